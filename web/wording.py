"""Numbers, dates and lists in the words of the page."""

import re
from datetime import date, timedelta

from markupsafe import Markup, escape

from index.types import Article, PublicationDate

ORIGINS = {
    "metadata": "as stated by its source",
    "feed": "as stated by the feed",
    "page": "as stated by the web page",
    "text": "as stated in the text",
    "filename": "taken from the file's name or address",
}

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def number(value: int) -> str:
    """Write a whole number with thin groups: 12,000."""
    return f"{value:,}"


def plural(count: int, one: str, many: str) -> str:
    """Write a count with its noun: 1 article, 2 articles."""
    return f"{number(count)} {one if count == 1 else many}"


def iso_date(value: str) -> str:
    """Write an ISO date as precisely as it is given: 3 December 2021, December 2021, 2021, 3 December 2021, 09:30."""
    day, _, time = value.partition("T")
    parts = day.split("-")
    words = [MONTHS[int(part) - 1] if index == 1 else str(int(part)) for index, part in enumerate(parts)]
    text = " ".join(reversed(words))
    if not time:
        return text
    zone = " UTC" if time.endswith(("Z", "+00:00")) else ""
    return f"{text}, {time[:5]}{zone}"


def published(value: PublicationDate | None) -> str:
    """Write when an article was published, or that nothing says so."""
    return iso_date(value.value) if value else "undated"


def source(article: Article) -> str:
    """Write by whom and when an article was published."""
    return " · ".join(part for part in (article.publisher, published(article.published)) if part)


def file_name(source: str) -> str:
    """Write where an article was read from without the directories, which are the server's own business."""
    return source.rsplit("/", 1)[-1]


def span(start: str, end: str) -> str:
    """Write the days of one bar of the timeline as shortly as they allow: a day, a month, a year, or from – to."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if first == last:
        return iso_date(start)
    precision = _precision(first, last)
    if start[:precision] == end[:precision]:
        return iso_date(start[:precision])
    dash = "–" if precision == len("2021") else " – "
    return f"{iso_date(start[:precision])}{dash}{iso_date(end[:precision])}"


def _precision(first: date, last: date) -> int:
    """Tell how many characters of the ISO dates say it all: whole years, whole months, or days."""
    after = last + timedelta(days=1)
    if (first.month, first.day, after.month, after.day) == (1, 1, 1, 1):
        return len("2021")
    return len("2021-12") if (first.day, after.day) == (1, 1) else len("2021-12-03")


def emphasised(text: str) -> Markup:
    """Write a reading as HTML: escaped, and what stands between asterisks in `<em>`."""
    parts = re.split(r"\*([^*]+)\*", text)
    return Markup("").join(
        Markup("<em>{}</em>").format(part) if place % 2 else escape(part) for place, part in enumerate(parts)
    )


def opening(text: str, *, length: int = 90) -> str:
    """Give the first words of a text, for an article that has no title."""
    line = text.split("\n", 1)[0]
    if len(line) <= length:
        return line or "Untitled"
    return f"{line[:length].rsplit(' ', 1)[0]}…"
