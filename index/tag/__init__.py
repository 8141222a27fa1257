"""Find who and what an article names: dates, people and outlets."""
