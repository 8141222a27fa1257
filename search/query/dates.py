"""Dates as they are typed behind `date:`, `before:` and `after:`.

Ours are 2021, 2021-11, 2021-11-05, and two of these around `..`; other ways of writing are read where they can mean one
thing only. Days of today's calendar (*yesterday*) are not read: a question is also an address, which would change its
meaning overnight.
"""

import calendar
import datetime
import re
from dataclasses import dataclass

from search.language import N_, _, gettext
from search.query.notes import Notes, said
from search.query.tree import DateRange, Span

_DAY = datetime.timedelta(days=1)
_Days = tuple[datetime.date, datetime.date]

_MONTHS = [name.lower() for name in ("", *calendar.month_abbr[1:])]
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_NAMED = rf"(?:{_ORDINAL}[ -])?{_MONTH}[ -](?:{_ORDINAL},?[ ])?\d{{4}}(?!\d)"
_FULL = rf"(?:{_NAMED}|\d{{4}}(?:[-/.]\d{{1,2}}){{0,2}}(?![\d/-]))"
_ANY = rf"(?:{_NAMED}|\d+(?:[-/.]\d+)*(?:t[\d:.z+-]*)?)"
_EXTENT = re.compile(
    rf"(?:last|this|past|next) (?:day|week|month|year)s?"
    rf"|[\[{{][^\]}}]{{0,60}}[\]}}]|[<>]=?\s*{_ANY}|{_ANY}\s+(?:to|-)\s+{_FULL}"
    rf"|{_ANY}?\s*(?:\.\.+|…)(?:\s*{_FULL}|{_ANY})?|{_ANY}",
    re.IGNORECASE,
)
_REST = re.compile(r'[^\s"()]*')

_PLAIN = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_SIGNED = re.compile(r"(\d{4})([/.])(\d{1,2})(?:\2(\d{1,2}))?", re.ASCII)
_GLUED = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTH_FIRST = re.compile(r"(\d{1,2})[/.-](\d{4})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_TIMED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[Tt ]\d{1,2}:.*", re.ASCII)
_NAMED_PARTS = re.compile(
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th)?[ -])?({_MONTH})[ -](?:(\d{{1,2}})(?:st|nd|rd|th)?,?[ ])?(\d{{4}})", re.IGNORECASE
)
_BRACKETS = re.compile(r"[\[{]\s*(\S+)\s+to\s+(\S+?)\s*[\]}]", re.IGNORECASE)
_COMPARED = re.compile(r"([<>]=?)\s*(.*)", re.DOTALL)
_JOINED = (
    re.compile(r"(.*?)\s*(?:\.{2,}|…)\s*(.*)", re.DOTALL),
    re.compile(r"(.+?)\s+(?:to|-)\s+(.+)", re.IGNORECASE | re.DOTALL),
    re.compile(r"(\d{4})-(\d{4})"),
    re.compile(r"(\d{4}-\d{1,2})[-/](\d{4}-\d{1,2})"),
    re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[-/](\d{4}-\d{1,2}-\d{1,2})"),
)
_OURS = re.compile(r"(?:D(?:\s*\.\.\s*D?)?|\.\.\s*D)".replace("D", r"(?:\d{4}(?:-\d{1,2}){0,2})"), re.ASCII)
_RELATIVE = re.compile(
    r"today|yesterday|tomorrow|now\b.*|(?:last|this|past|next)\b.*|\d+\s*[hdwmy]|(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    re.IGNORECASE,
)

FORMS = N_("Dates are written 2021, 2021-11, 2021-11-05 or 2021-11..2021-12.")


class _NoDateError(ValueError):
    """What was typed is no date; the message says why, if there is more to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Range:
    """The days from the beginning of the first date to the end of the last; None is open, `single` is one date."""

    first: _Days | None
    last: _Days | None
    single: bool = False


def extent(text: str, start: int) -> int:
    """Give where the dates that begin at an offset end, blanks around `..` and within dates included."""
    match = _EXTENT.match(text, start)
    end = match.end() if match else start
    rest = _REST.match(text, end)
    return rest.end() if rest else end


def date_range(raw: str, field: str, span: Span, notes: Notes) -> DateRange | None:
    """Give the days that are asked for behind `date:`, `before:` or `after:`; None, with a notice, where it is none."""
    text = raw.strip().rstrip(",;")
    if not text.endswith(".."):
        text = text.rstrip(".")
    try:
        found = _range(text)
        if found.first and found.last and found.first[0] > found.last[0]:
            notes.add("swapped-dates", _("The dates were swapped: the first was the later one."), *span)
            found = _Range(first=found.last, last=found.first)
        asked = _asked(found, field, span)
    except _NoDateError as error:
        notes.add(
            "bad-date",
            _("%(text)s is no date and was ignored%(error)s.", text=said(text), error=error),
            *span,
            advice=gettext(FORMS),
        )
        return None
    except (ValueError, OverflowError):
        notes.add("bad-date", _("%(text)s is no date and was ignored.", text=said(text)), *span, advice=gettext(FORMS))
        return None
    if field != "date" and not found.single:
        taken = found.first if (field == "before" and found.first) or not found.last else found.last
        message = _(
            "“%(field)s:” takes one date: of %(text)s only %(taken)s was used.",
            field=field,
            text=said(text),
            taken=_named(taken),
        )
        notes.add("range-as-bound", message, *span, advice=_("Ranges stand behind “date:”."))
    elif not _OURS.fullmatch(text):
        read = said(str(asked).removeprefix("date:"))
        notes.add("date-form", _("%(text)s was read as %(read)s.", text=said(text), read=read), *span)
    return asked


def _asked(found: _Range, field: str, span: Span) -> DateRange:
    first, last = found.first, found.last
    if field == "before":
        bound = first or last
        return DateRange(first=None, last=(bound[0] if bound else datetime.date.min) - _DAY, span=span)
    if field == "after":
        bound = last or first
        return DateRange(first=(bound[1] if bound else datetime.date.max) + _DAY, last=None, span=span)
    return DateRange(first=first[0] if first else None, last=last[1] if last else None, span=span)


def _named(days: _Days | None) -> str:
    """Write a date as precise as it is."""
    if days is None:
        return ""
    first, last = days
    return first.isoformat()[: 10 if first == last else 7 if first.month == last.month else 4]


def _range(text: str) -> _Range:
    """Read a date or a range; raises ValueError where it is neither."""
    if compared := _COMPARED.fullmatch(text):
        days = _days(compared[2])
        match compared[1]:
            case ">":
                return _Range(first=_after(days), last=None)
            case ">=":
                return _Range(first=days, last=None)
            case "<":
                return _Range(first=None, last=_before(days))
        return _Range(first=None, last=days)
    ends = _BRACKETS.fullmatch(text) or next((found for form in _JOINED if (found := form.fullmatch(text))), None)
    if not ends:
        days = _days(text)
        return _Range(first=days, last=days, single=True)
    first, last = (None if end in {"", "*"} else _days(end) for end in ends.groups())
    if first is None and last is None:
        raise _NoDateError
    return _Range(first=first, last=last)


def _after(days: _Days) -> _Days:
    return (day := days[1] + _DAY), day


def _before(days: _Days) -> _Days:
    return (day := days[0] - _DAY), day


def _days(text: str) -> _Days:
    """Give the first and last day of a date as precise as typed; raises ValueError where there is none."""
    text = " ".join(text.split())
    if timed := _TIMED.fullmatch(text):
        text = timed[1]
    if match := _PLAIN.fullmatch(text) or _GLUED.fullmatch(text):
        return _span(match[1], match[2], match[3])
    if match := _SIGNED.fullmatch(text):
        return _span(match[1], match[3], match[4])
    if match := _MONTH_FIRST.fullmatch(text):
        return _span(match[2], match[1], None)
    if match := _YEAR_LAST.fullmatch(text):
        return _year_last(int(match[1]), int(match[3]), match[4])
    if match := _NAMED_PARTS.fullmatch(text):
        month = str(_MONTHS.index(match[2][:3].lower()))
        if not (match[1] and match[3]):
            return _span(match[4], month, match[1] or match[3])
    if _RELATIVE.fullmatch(text):
        raise _NoDateError(_(": no day is counted from today, for an address must mean the same tomorrow"))
    raise _NoDateError


def _year_last(one: int, two: int, year: str) -> _Days:
    """Read 25/12/2021 and 12/25/2021, which can mean one day only; 5/11/2021 can mean two."""
    if one != two and max(one, two) <= 12:
        days = (datetime.date(int(year), two, one), datetime.date(int(year), one, two))
        raise _NoDateError(_(": it may be %(one)s or %(other)s", one=days[0].isoformat(), other=days[1].isoformat()))
    return _span(year, str(min(one, two)), str(max(one, two)))


def _span(year: str, month: str | None, day: str | None) -> _Days:
    if month and day:
        return (date := datetime.date(int(year), int(month), int(day))), date
    if month:
        last = calendar.monthrange(int(year), int(month))[1]
        return datetime.date(int(year), int(month), 1), datetime.date(int(year), int(month), last)
    return datetime.date(int(year), 1, 1), datetime.date(int(year), 12, 31)
