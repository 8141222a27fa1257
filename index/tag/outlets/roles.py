"""What an outlet is named for: as a source, as the publisher itself, or in a picture's credit."""

import re
from collections.abc import Container

from index.tag.outlets.place import Place
from index.types import MentionRole

_REACH = 60
_NAME = r"[A-Z][\w.’'-]*"
# What stands before the name in its line: "Photo by Jane Doe/", "Image copyright", "[Jane Doe/", "© 2019".
_CREDIT_BEFORE = re.compile(
    r"(?:(?:Photo|Photograph|Photographer|Image|Picture|Video|Illustration|Credit|Photos?\s+Credit)s?\s*"
    r"(?:[Bb]y|[Cc]ourtesy(?: of)?|[Cc]redit|/|:|illustration|via|copyright)\s*(?:the\s+|The\s+)?[^.\n(]{0,60}\(?\s?"
    r"|\bImage copyright\s+(?:[\w ]{1,30}/)?|\[[^\]\n]{2,60}/\s?"
    rf"|\((?:{_NAME}\s+){{1,3}}/\s?|©\s*(?:19|20)?\d*\s*)$"
)
_NAME_SLASH = re.compile(rf"(?:{_NAME}\s+){{1,3}}[A-Z][\w’'-]+\s*/\s*(?:The\s+|the\s+)?$")
_VIA = re.compile(r"(?:Getty Images|[A-Z][\w’'-]+)(?:\s*/\s*[\w .’'-]{2,40})?\s+via\s+$")
# What stands after it: "AP Photo", "/Getty", "via Getty Images", "REUTERS/Jane Doe".
_CREDIT_AFTER = re.compile(
    r"\s*(?:/\s*)?(?:[Pp]hoto|File|FILE|Images?)\b|\s*(?:/|via)\s*(?:Getty|AP\b|AFP|Reuters)"
    rf"|\s*/\s*{_NAME}\s+[A-Z]"
)
_PICTURE = re.compile(r"\b[Pp]hoto|PHOTO|Getty")
_POLL = re.compile(r"[^.\n]{0,40}\b(?:poll|survey|tracking)", re.IGNORECASE)


def role_of(place: Place, taken: Container[tuple[int, int]], publisher: str) -> MentionRole:
    """Give `publisher` where an outlet names itself, `credit` in a credit, else `cited`.

    `taken` holds the tokens of all outlets of the article (`Place.indices`): "ABC News/Washington Post" are two
    outlets, "Jane Doe/Reuters" is a credit.
    """
    if place.value == publisher:
        return "publisher"
    return "credit" if _is_credit(place, taken) else "cited"


def _is_credit(place: Place, taken: Container[tuple[int, int]]) -> bool:
    text = place.tokens.text
    head, tail = text[max(0, place.start - _REACH) : place.start], text[place.end : place.end + _REACH]
    line = head.rsplit("\n", 1)[-1]
    if _PICTURE.search(place.surface) or _CREDIT_BEFORE.search(line) or _VIA.search(line) or _stands_alone(place):
        return True
    if _is_beside_another(place, taken) or _POLL.match(tail):
        return False
    return _CREDIT_AFTER.match(tail) is not None or _NAME_SLASH.search(line) is not None


def _is_beside_another(place: Place, taken: Container[tuple[int, int]]) -> bool:
    """See "ABC News/Washington Post": two outlets with a slash between them."""
    tokens = id(place.tokens)
    if place.token(1) == "/" and ((tokens, place.last + 1) in taken or (tokens, place.last + 2) in taken):
        return True
    step = 1 if place.token(-1) == "/" else 2 if place.token(-2) == "/" else 0
    return step > 0 and (tokens, place.first - step - 1) in taken


def _stands_alone(place: Place) -> bool:
    """See an agency's name that is a line of its own, under a picture that the text has lost."""
    text = place.tokens.text
    alone = text[place.start - 1 : place.start] in ("", "\n") and text[place.end : place.end + 1] in ("", "\n")
    return alone and any(outlet.kind == "agency" for outlet in place.candidates)
