"""Questions asked of the demonstration, each with what its reader hopes to find."""
