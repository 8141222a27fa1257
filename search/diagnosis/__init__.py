"""When a question finds nothing: what is to blame, and what would find something."""
