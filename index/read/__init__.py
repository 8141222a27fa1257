"""Read articles out of whatever form they come in."""
