"""What an outlet is named for: as a source, as the publisher itself, or in a picture's credit."""

import re
from collections.abc import Sequence

from index.tag.outlets.place import Place
from index.types import MentionRole

_REACH = 60
_CREDIT_BEFORE = re.compile(
    r"(?:(?:Photo|Photograph|Photographer|Image|Picture|Video|Illustration|Credit|Photos?\s+Credit)s?\s*"
    r"(?:[Bb]y|[Cc]ourtesy(?: of)?|[Cc]redit|/|:|illustration|via|copyright)\s*(?:the\s+|The\s+)?[^.\n(]{0,60}"
    r"|\bImage copyright\s+(?:[\w ]{1,30}/)?|\[[^\]\n]{2,60}/\s?|\((?:[A-Z][\w.’'-]+\s+){1,3}/\s?|©\s*(?:19|20)?\d*\s*)$",
)
_NAME_SLASH = re.compile(r"(?:[A-Z][\w.’'-]*\s+){1,3}[A-Z][\w’'-]+\s*/\s*(?:The\s+|the\s+)?$")
_CREDIT_AFTER = re.compile(r"\s*(?:/\s*)?(?:Photo|photo|File|FILE|Images?|via Getty|/\s?Getty|/ Getty|,?\s*via AP)\b|\s*/\s*[A-Z][\w.-]+\s+[A-Z]|/Getty| via (?:Getty|AP|Reuters)\b")
_VIA = re.compile(r"(?:Getty Images|[A-Z][\w’'-]+)(?:\s*/\s*[\w .’'-]{2,40})?\s+via\s+$")
_POLL = re.compile(r"[^.\n]{0,40}\b(?:poll|survey|tracking)")


def role_of(place: Place, places: Sequence[Place], publisher: str) -> MentionRole:
    """Give `publisher` where an outlet names itself, `credit` in a credit, else `cited`.

    `places` are all outlets of the article: "ABC News/Washington Post" are two outlets, "Jane Doe/Reuters" a credit.
    """
    if place.value == publisher:
        return "publisher"
    return "credit" if _is_credit(place, places) else "cited"


def _is_credit(place: Place, places: Sequence[Place]) -> bool:
    text = place.tokens.text
    start, end = place.tokens.starts[place.first], place.tokens.ends[place.last - 1]
    head, tail = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    line = head.rsplit("\n", 1)[-1]
    if _CREDIT_BEFORE.search(line) or _VIA.search(line):
        return True
    if _CREDIT_AFTER.match(tail):
        return not _POLL.match(tail)
    if not _NAME_SLASH.search(line):
        return False
    strings = place.tokens.strings
    slash = place.first - 1 if strings[place.first - 1] == "/" else place.first - 2
    return not any(other.last == slash and other.tokens is place.tokens for other in places)
