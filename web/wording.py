"""Numbers, dates and lists in the words of the page."""

from datetime import date

from index.types import PublicationDate

ORIGINS = {
    "metadata": "as stated by the record",
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


def span(start: str, end: str) -> str:
    """Write the days of one bar of the timeline as shortly as they allow: a year, a month, a day, or from-to."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if first == last:
        return iso_date(start)
    if (first.year, first.month, first.day, last.month, last.day) == (last.year, 1, 1, 12, 31):
        return str(first.year)
    following = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    if (first.year, first.month, first.day) == (last.year, last.month, 1) and (following - last).days == 1:
        return iso_date(start[:7])
    return f"{iso_date(start)} to {iso_date(end)}"


def opening(text: str, *, length: int = 90) -> str:
    """Give the first words of a text, for an article that has no title."""
    line = text.split("\n", 1)[0]
    if len(line) <= length:
        return line or "Untitled"
    return f"{line[:length].rsplit(' ', 1)[0]}…"
