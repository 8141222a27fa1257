"""The language of all that is said to people: sentences by gettext, numbers and dates by a table.

Sentences stand in English where they are said, inside `_()` or `ngettext()`, where `pybabel extract` finds them; one
that is a constant of its module stands inside `N_()`, and is translated where it is said. Another language is another
`Language`, with the catalogue that a translator made of them.
"""

import gettext as catalogues
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """How one language writes: its tag (BCP 47), its catalogue, and the forms of its numbers and dates."""

    tag: str
    thousands: str
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    day: str
    month: str
    short_day: str
    sentences: catalogues.NullTranslations = field(default_factory=catalogues.NullTranslations)


ENGLISH = Language(
    tag="en",
    thousands=",",
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    short_months=("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"),
    day="{day} {month} {year}",
    month="{month} {year}",
    short_day="{day} {month}",
)

LANGUAGE = ENGLISH
"""The language that is spoken."""


def tag() -> str:
    """Give the tag of the language that is spoken."""
    return LANGUAGE.tag


def gettext(message: str) -> str:
    """Say a sentence in the language of the archive."""
    return LANGUAGE.sentences.gettext(message)


def ngettext_plain(one: str, many: str, count: int) -> str:
    """Say the one of two sentences that fits a count."""
    return LANGUAGE.sentences.ngettext(one, many, count)


def _(message: str, **values: object) -> str:
    """Say a sentence with its blanks, written `%(name)s`, filled in."""
    return gettext(message) % values if values else gettext(message)


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """Say the one of two sentences that fits a count; `%(n)s` in it is the count as people write it."""
    return ngettext_plain(one, many, count) % {"n": number(count), **values}


def N_(message: str) -> str:  # noqa: N802  # the name that extractors of gettext know
    """Mark a sentence that is said elsewhere."""
    return message


def number(value: int) -> str:
    """Write a whole number: 12,000."""
    return f"{value:,}".replace(",", LANGUAGE.thousands)


def iso_date(value: str) -> str:
    """Write an ISO date as precisely as it is given: 3 December 2021, December 2021, 2021, 3 December 2021, 09:30."""
    day, _blank, time = value.partition("T")
    text = _written(day.split("-"), LANGUAGE.months)
    if not time:
        return text
    zone = " UTC" if time.endswith(("Z", "+00:00")) else ""
    return f"{text}, {time[:5]}{zone}"


def short_date(value: str) -> str:
    """Write an ISO date as shortly as a chart's axis wants it: 3 Dec, Dec 2021, 2021."""
    parts = value.split("-")
    if len(parts) == 3:
        return LANGUAGE.short_day.format(day=int(parts[2]), month=LANGUAGE.short_months[int(parts[1]) - 1])
    return _written(parts, LANGUAGE.short_months)


def _written(parts: list[str], months: tuple[str, ...]) -> str:
    year = str(int(parts[0]))
    if len(parts) == 1:
        return year
    month = months[int(parts[1]) - 1]
    if len(parts) == 2:
        return LANGUAGE.month.format(month=month, year=year)
    return LANGUAGE.day.format(day=int(parts[2]), month=month, year=year)
