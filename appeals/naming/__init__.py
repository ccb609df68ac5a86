"""The name memory at work: which names look alike, what was answered, what readers are told.

``likeness`` and ``finding`` are pure: they read texts and no database. ``asking`` puts a text's
names beside those the site knows; ``answering`` remembers; ``linking`` keeps which texts use
which spelling, so that editions can carry it.
"""
