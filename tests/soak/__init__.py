"""Long runs against a running server, started by hand; the suite runs short forms of them."""
