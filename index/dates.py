"""Stated publication dates: `Dec. 3, 2021 9:30 a.m. ET`, RFC 2822, ISO 8601, epochs, made one form or refused.

A date is never guessed: what is not wholly understood, cannot be (30 February), lies in the future or is a known
placeholder (year 0001 or 9999, the instant 0 of Unix) gives None.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from index.types import DateOrigin, Precision, PublicationDate

EARLIEST_YEAR: Final = 1500
"""Nothing that could be called a newspaper is older."""
FUTURE_DAYS: Final = 2
"""How far ahead of now a date may lie: time zones and embargoes, not more."""
MAX_CHARS: Final = 120
Order = Literal["dmy", "mdy", "either"]
"""In which order day and month stand in a date in figures."""

_MONTH_NAMES: Final = "january february march april may june july august september october november december"
MONTHS: Final[Mapping[str, int]] = {
    **{name: number for number, name in enumerate(_MONTH_NAMES.split(), 1)},
    **{name[:3]: number for number, name in enumerate(_MONTH_NAMES.split(), 1)},
    "sept": 9,
}
"""English month names and their abbreviations, in lower case, to 1-12."""

_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>\d{4})\b"
_SHORT_YEAR = r"(?P<year>\d{4}|\d{2})\b"
_CLOCK = (
    r"(?:\b(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?|\b(?P<hour12>\d{1,2})\s*(?P<half12>[ap]\.?m\b\.?))"
)
_OFFSET = r"(?P<offset>z\b|(?:utc|gmt)?\s*[+-]\d{1,2}(?::?\d{2})?(?!\d))"

_ISO = re.compile(
    r"(?P<year>\d{4})(?:(?P<separator>[-/.])(?P<month>\d{1,2})(?:(?P=separator)(?P<day>\d{1,2})"
    r"(?:(?:t|\s)\s*(?P<rest>\S.*))?)?)?"
)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:t?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<rest>\D.*)?|\s+(?P<clock>\S.*))?"
)
_STAMP = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d")
"""Twelve digits that make a time of the calendar: as milliseconds they would all be one of May to July 1976."""
_EXIF = re.compile(r"(\d{4}):(\d{2}):(\d{2})(?=\s)")
_ZERO_FRACTION = re.compile(r"(?<=\A\d{8})\.0+\Z|(?<=\A\d{12})\.0+\Z|(?<=\A\d{14})\.0+\Z")
"""What programs that know only numbers with fractions append to `20240105`."""
_ZONE_NAME = re.compile(r"(?<=[+-]\d{4})\s*\([a-z ]+ time\)\Z|(?<=[\dz])\[[\w/+-]+\]\Z")
"""The name behind an offset: `GMT+0100 (Central European Standard Time)`, `+02:00[Europe/Berlin]`."""
_EPOCH = re.compile(r"(?P<seconds>\d{9,10})(?:\.\d+)?|(?P<milliseconds>\d{12,13})|(?P<microseconds>\d{15,16})")
_NUMERIC = re.compile(rf"\b(?P<first>\d{{1,2}})(?P<separator>[-/.])(?P<second>\d{{1,2}})(?P=separator){_SHORT_YEAR}")
_PLACEHOLDER = re.compile(r"(?:^|[\s/])-?(?:0000|0001|9999)(?=$|[\s/-])|^1970-01-01[T ]00:00")
_WORDED = tuple(
    re.compile(form)
    for form in (
        rf"\b{_MONTH}\s+{_DAY}\s+{_CLOCK}\s+(?:(?P<zone>[a-z]{{2,5}})\s+)?{_YEAR}",  # asctime, date(1)
        rf"\b{_MONTH}\s*{_DAY}\s*,?\s*{_YEAR}",
        rf"\b{_DAY}(?:\s+of)?[\s-]*{_MONTH},?[\s-]*{_SHORT_YEAR}",
        rf"\b{_YEAR}[\s-]+{_MONTH}[\s-]+{_DAY}",
        rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}",
    )
)
_TIME = re.compile(_CLOCK)
_ZONE_OFFSET = re.compile(_OFFSET)
_WORD = re.compile(r"[a-z]+")
_NOISE_WORDS: Final = """
published publication publish posted post updated update modified last first created date time dated on at of the from
local mon monday tue tues tuesday wed weds wednesday thu thur thurs thursday fri friday sat saturday sun sunday
hrs hours uhr
"""
_NOISE = frozenset(_NOISE_WORDS.split())
_LEAD = re.compile(rf"(?:(?:{'|'.join(sorted(_NOISE, key=len, reverse=True))})\b[\s:,]*)+")

_HOURS_OF_ZONES: Final[Mapping[str, float]] = {
    **{"utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 1, "cet": 1, "west": 1, "wat": 1, "cest": 2, "eet": 2, "sast": 2},
    **{"cat": 2, "eest": 3, "msk": 3, "eat": 3, "pkt": 5, "hkt": 8, "sgt": 8, "myt": 8, "awst": 8, "jst": 9, "kst": 9},
    **{"acst": 9.5, "acdt": 10.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "ndt": -2.5, "adt": -3},
    **{"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "hst": -10},
}
_SEASONAL_ZONES: Final[Mapping[str, str]] = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
_AMBIGUOUS_ZONES: Final = frozenset({"ist", "ast", "nst"})
"""Indian, Irish or Israeli; Atlantic or Arabian: the clock is believed, the zone is not."""


@dataclass(slots=True, kw_only=True)
class _Parts:
    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int = 0
    second: int = 0
    zone: tzinfo | None = None
    certain: bool = True


def parse_date(
    stated: str | float,
    *,
    origin: DateOrigin,
    day_first: bool = False,
    order_known: bool = False,
    now: datetime | None = None,
) -> PublicationDate | None:
    """Understand one stated date, wholly or not at all.

    Numbers, and texts that are numbers, are Unix seconds (10 digits), milliseconds (13) or microseconds (16) where they
    have the length for it; 8, 12 and 14 digits are a day or a time of the calendar (`202401051230`), if they make one.
    `03/04/2021` is 3 April with `day_first`, else 4 March, and uncertain either way unless the order is known (say,
    from the other dates of a column); with dots the day leads where it is not. A clock at exactly midnight counts as no
    clock: that is how programs write days. `now` (aware) is for tests.
    """
    now = now or datetime.now(UTC)
    text = f"{stated:.0f}" if isinstance(stated, float) and abs(stated) < 1e17 else str(stated)
    text = text.strip().lower().replace("\xa0", " ").replace("\u202f", " ").replace("\u2212", "-")
    text = _LEAD.sub("", _ZONE_NAME.sub("", text))
    text = _EXIF.sub(r"\1-\2-\3", _ZERO_FRACTION.sub("", text), count=1)
    if not text or len(text) > MAX_CHARS or not any(c.isdigit() for c in text):
        return None
    try:
        parts = (
            _parse_epoch(text)
            or _parse_iso(text)
            or _parse_numeric(text, day_first=day_first, order_known=order_known)
            or _parse_worded(text)
        )
        return None if parts is None else _finish(parts, origin, now)
    except (ValueError, OverflowError):
        return None


def numeric_order(stated: str) -> Order | None:
    """Tell which order of day and month a date in figures shows: `13/04/2021` day first, `04/13/2021` month first.

    `either` where it may be both, and means two days; None where it is no such date, or means one day in both.
    """
    match = _NUMERIC.search(stated) if len(stated) <= MAX_CHARS else None
    if match is None:
        return None
    first, second = int(match["first"]), int(match["second"])
    if not (1 <= min(first, second) <= 12 and max(first, second) <= 31) or first == second:
        return None
    if first > 12:
        return "dmy"
    if second > 12:
        return "mdy"
    return "either" if match["separator"] != "." else None


def is_placeholder(stated: str | float) -> bool:
    """Tell a value by which programs say that there is no date: `0000-00-00`, the instant 0, the years 1 and 9999."""
    text = str(stated).strip()
    return not text.strip("0-/.:TZ+ ") or _PLACEHOLDER.search(text) is not None


def _parse_epoch(text: str) -> _Parts | None:
    match = _EPOCH.fullmatch(text)
    if not match or _STAMP.fullmatch(text):
        return None
    if match["seconds"]:
        seconds = int(match["seconds"])
    else:
        seconds = int(match["milliseconds"]) // 1000 if match["milliseconds"] else int(match["microseconds"]) // 10**6
    moment = datetime.fromtimestamp(seconds, UTC)
    return _Parts(
        year=moment.year,
        month=moment.month,
        day=moment.day,
        hour=moment.hour,
        minute=moment.minute,
        second=moment.second,
        zone=UTC,
    )


def _parse_iso(text: str) -> _Parts | None:
    match = _ISO.fullmatch(text)
    if match:
        parts = _Parts(year=int(match["year"]), month=_number(match["month"]), day=_number(match["day"]))
        return parts if match["rest"] is None or _take_clock(parts, match["rest"]) else None
    match = _COMPACT.fullmatch(text)
    if not match:
        return None
    parts = _Parts(year=int(match["year"]), month=int(match["month"]), day=int(match["day"]))
    if match["clock"]:
        return parts if _take_clock(parts, match["clock"]) else None
    if match["hour"]:
        parts.hour, parts.minute, parts.second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
        if match["rest"] and not _take_clock(parts, match["rest"]):
            return None
    return parts


def _parse_numeric(text: str, *, day_first: bool, order_known: bool) -> _Parts | None:
    match = _NUMERIC.search(text)
    if not match:
        return None
    first, second = int(match["first"]), int(match["second"])
    is_dotted = match["separator"] == "." and not order_known
    day_leads = first > 12 or (second <= 12 and (day_first or is_dotted))
    day, month = (first, second) if day_leads else (second, first)
    ambiguous = first <= 12 and second <= 12 and first != second and not (is_dotted or order_known)
    parts = _Parts(year=_full_year(match["year"]), month=month, day=day, certain=not ambiguous)
    return parts if _take_clock(parts, _without(text, match)) else None


def _parse_worded(text: str) -> _Parts | None:
    for form in _WORDED:
        match = form.search(text)
        if match:
            break
    else:
        return None
    found = match.groupdict()
    parts = _Parts(
        year=_full_year(match["year"]), month=MONTHS[match["month"]], day=_number(found.get("day")), certain=True
    )
    if "hour" in found:
        _set_clock(parts, match)
        parts.zone = _zone(found["zone"], parts) if found["zone"] else None
    return parts if _take_clock(parts, _without(text, match)) else None


def _take_clock(parts: _Parts, rest: str) -> bool:
    """Read clock and zone from what stands around the date; false where something else stands there too."""
    clock = _TIME.search(rest)
    if clock:
        _set_clock(parts, clock)
        rest = _without(rest, clock)
    offset = _ZONE_OFFSET.search(rest)
    if offset and parts.hour is not None:
        parts.zone = _fixed_zone(offset["offset"])
        rest = _without(rest, offset)
    for word in _WORD.findall(rest):
        if word in _NOISE:
            continue
        if parts.hour is None or not _known_zone(word):
            return False
        if parts.zone is None:
            parts.zone = _zone(word, parts)
    return not any((c.isalnum() and not c.isascii()) or c.isdigit() for c in rest)


def _set_clock(parts: _Parts, match: re.Match[str]) -> None:
    hour = int(match["hour"] or match["hour12"])
    half = match["half"] or match["half12"]
    if half and hour <= 12:  # "14:30 p.m." is written too, and has one reading
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    parts.hour, parts.minute, parts.second = hour, int(match["minute"] or 0), int(match["second"] or 0)


def _known_zone(word: str) -> bool:
    return word in _HOURS_OF_ZONES or word in _SEASONAL_ZONES or word in _AMBIGUOUS_ZONES


def _zone(word: str, parts: _Parts) -> tzinfo | None:
    if word in _HOURS_OF_ZONES:
        return timezone(timedelta(hours=_HOURS_OF_ZONES[word]))
    if word in _SEASONAL_ZONES and parts.month:
        try:
            return ZoneInfo(_SEASONAL_ZONES[word])
        except ZoneInfoNotFoundError:  # a system without time zone data
            return None
    return None


def _fixed_zone(text: str) -> tzinfo:
    digits = re.sub(r"[^\d+-]", "", text)
    if not digits:
        return UTC
    sign = -1 if digits[0] == "-" else 1
    digits = digits[1:]
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))


def _finish(parts: _Parts, origin: DateOrigin, now: datetime) -> PublicationDate | None:
    """Check that the date can be, and cut it at its precision."""
    if not EARLIEST_YEAR <= parts.year < 9999:
        return None
    day = date(parts.year, parts.month or 1, parts.day or 1)
    if parts.day and parts.hour == 24 and parts.minute == parts.second == 0:  # ISO 8601: the next day begins
        day, parts.hour = day + timedelta(days=1), 0
    if day > now.date() + timedelta(days=FUTURE_DAYS):
        return None
    midnight = parts.hour == 0 and parts.minute == 0 and parts.second == 0
    if (day.year, day.month, day.day) == (1970, 1, 1) and parts.hour is not None and midnight:
        return None
    certain = parts.certain and (parts.day is None or day != date(1970, 1, 1))
    precision: Precision
    if parts.month is None:
        value, precision = f"{parts.year:04}", "year"
    elif parts.day is None:
        value, precision = f"{parts.year:04}-{parts.month:02}", "month"
    elif parts.hour is None or midnight:
        value, precision = day.isoformat(), "day"
    else:
        moment = datetime(
            parts.year, parts.month, parts.day, parts.hour, parts.minute, min(parts.second, 59), tzinfo=parts.zone
        )
        value, precision = moment.replace(second=0).isoformat(timespec="minutes"), "minute"
    return PublicationDate(value=value, precision=precision, origin=origin, certain=certain)


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _full_year(digits: str) -> int:
    """Read `21` as 2021 and `85` as 1985: two digits mean the century in which computers wrote them."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return 2000 + year if year < 70 else 1900 + year
