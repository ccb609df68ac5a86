"""Pages of the site itself: about us, how to reach us, how we correct."""
