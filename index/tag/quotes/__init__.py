"""Who said what: quotations in a text, each with the person who is told to have said it, where that is clear.

`quotations.find_quotes` is the entrance; docs/quotes.md states the rules, how well they do, and where they end.
"""
