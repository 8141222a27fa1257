"""Write an index, one module an engine. The readers are in search/engines/."""
