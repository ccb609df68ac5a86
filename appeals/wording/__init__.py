"""How the newsroom words things: its glossary, and what it has published before."""
