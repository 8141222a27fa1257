"""The command: the one place that wires index, search and web together. Nothing imports it."""
