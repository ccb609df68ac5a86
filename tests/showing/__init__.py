"""Every type of page that readers see, to be looked at and to be tested.

``python -m tests.showing FOLDER`` makes the contact sheet.
"""
