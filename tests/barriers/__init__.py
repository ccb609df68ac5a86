"""Every page that readers see, in every language of the interface and every theme, before axe.

``python -m tests.barriers`` walks over them; the suite takes a shorter way over the same site.
"""
