"""What the site says of itself to search engines, to other sites and to who reports a weakness."""
