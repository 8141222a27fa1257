"""From paths to a committed generation: read and tag in parallel, keep, index."""
