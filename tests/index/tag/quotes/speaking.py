"""Who says the quotations of a text that names a few people of our own."""

import re

from index.tag.quotes.quotations import find_quotes
from index.types import Mention

NAMES = {
    "Ann Quill": "Ann Quill",
    "Quill": "Ann Quill",
    "Bob Marsh": "Bob Marsh",
    "Marsh": "Bob Marsh",
    "Sorrel Finch": "Sorrel Finch",
    "Ember Wren": "Ember Wren",
    "Finch": "Sorrel Finch",
    "Wren": "Ember Wren",
}


def speakers(text: str, names: dict[str, str] = NAMES) -> list[str | None]:
    """List who says the quotations of a text that names people so; the longest name first."""
    pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names, key=len, reverse=True)))
    mentions = [
        Mention(
            kind="person",
            value=names[match.group()],
            surface=match.group(),
            field="text",
            start=match.start(),
            end=match.end(),
            via="test",
        )
        for match in pattern.finditer(text)
    ]
    return [one.speaker for one in find_quotes(text, mentions)]
