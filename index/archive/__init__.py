"""Keep the articles and their mentions in a database, the source of truth: a file of SQLite, or PostgreSQL."""
