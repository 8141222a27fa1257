"""Keep an archive in one SQLite file."""
