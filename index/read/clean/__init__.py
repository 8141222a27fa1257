"""Making a clean text of what a source gives: one step a module, in the order of `article.py`."""
