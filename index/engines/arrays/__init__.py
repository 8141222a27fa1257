"""Segments as named arrays in one file; layout.py says which arrays there are. Nothing here knows Whoosh."""
