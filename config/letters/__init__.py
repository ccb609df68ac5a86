"""Letters by e-mail: what is new, daily or weekly, to those who confirmed that they want it."""
