"""Feeds of everything that is public: Atom and JSON Feed, and a list of them all as OPML."""
