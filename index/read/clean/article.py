"""All the steps from a source's paragraphs to an article's."""

from collections.abc import Sequence
from itertools import pairwise

from index.read.clean.credits import has_credits, strip_credits
from index.read.clean.furniture import is_furniture, strip_inline
from index.read.clean.links import drop_linked, introduces
from index.read.clean.points import drop_repeated_points
from index.read.clean.titles import drop_repeated_title


def clean_paragraphs(paragraphs: Sequence[str], *, title: str = "") -> list[str]:
    """Clean paragraphs that are tidy already; none of those that are left is empty."""
    search_credits = has_credits("\n".join(paragraphs))
    kept: list[str] = []
    for paragraph, following in pairwise((*drop_linked(paragraphs), "")):
        if is_furniture(paragraph) and not (kept and introduces(paragraph, following)):
            continue
        text = strip_inline(paragraph)
        if search_credits:
            text = strip_credits(text)
        if text and (text is paragraph or not is_furniture(text)):
            kept.append(text)
    return drop_repeated_points(drop_repeated_title(title, kept) if title else kept)


def join_paragraphs(paragraphs: Sequence[str]) -> str:
    """Put paragraphs together as the text of an article."""
    return "\n\n".join(paragraphs)
