"""What holds a comment back: spam of every kind, and what would expose somebody.

``examining`` asks each room and comes to a verdict; nothing here refuses or drops anything.
"""
