"""Answer plans by array operations over whatever gives postings, lengths and columns as arrays."""
