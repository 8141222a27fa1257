"""Turn a pile of news articles into an index: read them, tag them, keep them. Imports nothing of ours but itself."""
