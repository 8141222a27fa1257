"""What an outlet is named for: as a source, as the publisher itself, or in a picture's credit."""

import re
from collections.abc import Sequence

from index.tag.outlets.place import Place
from index.types import MentionRole

_REACH = 60
_NAME = r"[A-Z][\w.’'-]*"
# What stands before the name in its line: "Photo by Jane Doe/", "Image copyright", "[Jane Doe/", "© 2019".
_CREDIT_BEFORE = re.compile(
    r"(?:(?:Photo|Photograph|Photographer|Image|Picture|Video|Illustration|Credit|Photos?\s+Credit)s?\s*"
    r"(?:[Bb]y|[Cc]ourtesy(?: of)?|[Cc]redit|/|:|illustration|via|copyright)\s*(?:the\s+|The\s+)?[^.\n(]{0,60}"
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
_POLL = re.compile(r"[^.\n]{0,40}\b(?:poll|survey|tracking)", re.IGNORECASE)


def role_of(place: Place, places: Sequence[Place], publisher: str) -> MentionRole:
    """Give `publisher` where an outlet names itself, `credit` in a credit, else `cited`.

    `places` are all outlets of the article: "ABC News/Washington Post" are two outlets, "Jane Doe/Reuters" a credit.
    """
    if place.value == publisher:
        return "publisher"
    return "credit" if _is_credit(place, places) else "cited"


def _is_credit(place: Place, places: Sequence[Place]) -> bool:
    text = place.tokens.text
    head, tail = text[max(0, place.start - _REACH) : place.start], text[place.end : place.end + _REACH]
    line = head.rsplit("\n", 1)[-1]
    if _CREDIT_BEFORE.search(line) or _VIA.search(line):
        return True
    if _CREDIT_AFTER.match(tail):
        return not _POLL.match(tail)
    if not _NAME_SLASH.search(line):
        return False
    slash = place.first - 1 if place.token(-1) == "/" else place.first - 2
    return not any(other.last == slash and other.tokens is place.tokens for other in places)
