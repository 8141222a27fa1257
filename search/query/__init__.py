"""The query language: from what a person typed to a tree, notices and a reading."""
