"""Keep an archive in PostgreSQL, for several machines."""
