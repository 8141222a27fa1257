"""Show answers to people and scripts, over Flask. Imports search, and of index its types, errors and settings."""
