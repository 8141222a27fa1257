"""Answer questions of an index: parse the query, match, count facets, cut snippets. Imports search and index."""
