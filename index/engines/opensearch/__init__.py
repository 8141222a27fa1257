"""The index on a cluster of OpenSearch: what is asked of it, what lies there, and how it gets there."""
