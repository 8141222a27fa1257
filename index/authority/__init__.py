"""Decide which people and outlets an archive shows: what was computed of its names, and what its users corrected."""
