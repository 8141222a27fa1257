"""Tell from a whole archive which names are one person's, and whom a surname alone means in an article."""
