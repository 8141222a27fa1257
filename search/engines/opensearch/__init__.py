"""Questions answered by a cluster of OpenSearch: our trees as its queries, its answers as our outcomes."""
