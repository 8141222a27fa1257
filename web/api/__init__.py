"""JSON for scripts: one module a resource, the same parameters and answers as the pages."""
