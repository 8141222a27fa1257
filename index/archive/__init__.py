"""Keep the articles and their mentions in SQLite, the source of truth."""
