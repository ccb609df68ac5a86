"""Telling a WebSub hub that feeds have changed, where the site has one."""
