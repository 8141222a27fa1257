"""Outlets that an article names: by a table, by context, by form, and by the model's candidates."""
