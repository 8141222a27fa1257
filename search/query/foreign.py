"""What people type who know other systems: the names of fields, and the operators of proximity.

Google, Lucene and its children, LexisNexis, Westlaw, Factiva, ProQuest, EBSCO and X have them. What has an equal here
is read as that, with a notice; of the rest, a notice says what to type instead.
"""

import re
from dataclasses import dataclass

from search.language import N_, _, gettext
from search.query.tree import MAX_DISTANCE

FIELDS = ("title", "text", "person", "outlet", "publisher", "said", "by", "date", "before", "after")
"""The names that may stand before a colon."""

_SAME = {
    "title": "allintitle headline headlines heading hd hl hlead intitle ti titles",
    "text": "allintext bd body content fulltext intext",
    "person": "name people persons",
    "outlet": "media outlets",
    "publisher": "newspaper paper pub publication publishers site source src",
    "said": "quotation quote quoted quotes",
    "by": "quotedby speaker speakers",
    "date": "day dates daterange dt month pd pubdate publicationdate published year",
}
SYNONYMS = {name: field for field, names in _SAME.items() for name in names.split()}
"""The names of fields in other systems, and what they are."""

_FROM_TO = N_("From a day on is date:2021-11-05.., up to a day date:..2021-11-05.")
_BYLINES = N_("There is no field of authors; person: are those whom articles mention, by: those whom they quote.")
_ADVICE = {
    "since": _FROM_TO,
    "from": _FROM_TO,
    "until": _FROM_TO,
    "to": _FROM_TO,
    "exists_": N_('Articles that mention somebody are -person:"(none)".'),
    "has": N_('Articles that mention somebody are -person:"(none)".'),
    "inurl": N_("Articles of one publisher are publisher:cnn."),
    "url": N_("Articles of one publisher are publisher:cnn."),
    "author": _BYLINES,
    "au": _BYLINES,
    "byline": _BYLINES,
}
_GENERAL = N_("Fields are %(fields)s.")

AND_NOT = frozenset({"ANDNOT", "AND-NOT"})
"""Ways to write AND NOT in one word."""

_UNIT = r"\d{1,9}|s|p|sent|para"
_NEAR = re.compile(
    rf"(?:w|within|pre|n|p|near|onear|adj|same)?/(?P<slashed>{_UNIT})(?!\w)"
    r"|(?:near|adj)(?P<glued>\d{1,2})(?!\w)"
    r"|(?:around|near)\(\s*(?P<called>\d{1,9})\s*\)",
    re.IGNORECASE,
)
_OURS = re.compile(r"NEAR/\d")
_UNITS = {"s": 25, "sent": 25, "p": MAX_DISTANCE, "para": MAX_DISTANCE}
_PLURAL = re.compile(r"e?s\)", re.IGNORECASE)
_ENDING = re.compile(r"[\s()\"]|$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignNear:
    """An operator of proximity as others write it, up to offset `end`, and the distance that it asks for."""

    end: int
    distance: int


def foreign_near(text: str, start: int) -> ForeignNear | None:
    """Read `w/5`, `near5`, `AROUND(5)` and their like; sentences (`/s`) and paragraphs count as so many words."""
    match = _NEAR.match(text, start)
    if not match or not _ENDING.match(text, match.end()) or _OURS.match(text, start):
        return None
    unit = (match["slashed"] or match["glued"] or match["called"]).lower()
    return ForeignNear(end=match.end(), distance=_UNITS.get(unit) or int(unit))


def known_field(name: str, sign: str, after: str) -> str | None:
    """Give the field that a name means before a sign, None where none: `title:`, `title=`, `TITLE(`, `date>`.

    `after` is what follows the sign: before a blank only our own names are names, for headlines have prefixes too. The
    plural in brackets, as in *title(s)*, names no field.
    """
    field = name if name in FIELDS else SYNONYMS.get(name)
    if sign == ":" and name in FIELDS:
        return field
    if not after[:1].strip() and sign not in "<>":
        return None
    if sign in "<>":
        return field if field == "date" else None
    return None if sign == "(" and _PLURAL.match(after) else field


def field_advice(name: str) -> str:
    """Say what to type instead of a field that there is not."""
    if name in _ADVICE:
        return gettext(_ADVICE[name])
    return _(_GENERAL, fields=", ".join(f"{field}:" for field in FIELDS))
