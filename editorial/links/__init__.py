"""Asking whether the sources that our texts cite still answer."""
