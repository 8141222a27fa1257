"""Pages for people: HTML that works without JavaScript, one module a resource."""
