"""Scans and files behind an appeal: from a private original to pages the public may see.

The modules ``limits``, ``kinds``, ``pixels``, ``sources`` and ``child`` know nothing of Django:
they run in a process of their own, so that a file made to break its reader breaks nothing else.
"""
