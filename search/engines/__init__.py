"""Answer questions of an index, one module an engine. The writers are in index/engines/."""
