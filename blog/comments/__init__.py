"""Readers' comments: taking them, deciding about them, and what their writers can still do.

What holds a comment back is the room beside this one, ``blog.guarding``.
"""
