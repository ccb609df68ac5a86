"""What the site calls itself and where it leads: its name, its tagline, its navigation."""
