"""Keep generations of the index on disk: immutable files, a manifest, one atomic pointer, one writer."""
