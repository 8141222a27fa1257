"""Find near copies of articles, and the stories that they make."""
