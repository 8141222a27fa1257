"""From a word or a phrase as typed to a leaf of the tree, noting what had to be mended."""

import calendar
import datetime
import re

from index.words import IN_WORD, words
from index.words import Word as FoundWord
from search.query.lexer import NEAR, OPERATORS, Token
from search.query.notes import Notes
from search.query.tree import DateRange, Exact, Fuzzy, Node, Phrase, TextField, Value, ValueField, Wildcard, Word

MIN_PREFIX = 2
"""Letters before the first `*`."""

MIN_FUZZY = 3
"""Letters of a word that may differ by one: with fewer, everything is alike."""

_DAY = datetime.timedelta(days=1)
_Days = tuple[datetime.date, datetime.date]

_TEXT_FIELDS: dict[str, TextField] = {"": "", "title": "title", "text": "text"}
_VALUE_FIELDS: dict[str, ValueField] = {"person": "person", "outlet": "outlet", "publisher": "publisher"}
_BOOST = re.compile(r"(?<=.)\^\d*(?:\.\d+)?$")
_FUZZY = re.compile(r"(.+)~(\d*)")
_SAFE = re.compile(rf"[#@]?[^\W_](?:[{IN_WORD}]|['’.,&/_-](?=\w))*")
_PATTERN = re.compile(r"[*?~]")
_TRAILING = re.compile(rf"[^{IN_WORD}*~^]+$")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


def leaf(token: Token, field: str, notes: Notes) -> Node | None:
    """Give the leaf of a word, phrase or exact token under a field ("" for none); None where nothing is left of it."""
    if field in _VALUE_FIELDS:
        return _value(token, _VALUE_FIELDS[field], notes)
    if field not in _TEXT_FIELDS:
        return _dates(token, field, notes)
    if token.kind == "word":
        return _word(token, _TEXT_FIELDS[field], notes)
    text = token.text
    found = list(words(text))
    if not found:
        return _nothing(token, notes)
    span = (token.start, token.end)
    if "*" in text or "?" in text[:-1]:
        notes.add("wildcard-in-quotes", "“*” and “?” mean nothing in quotes or behind “=”.", *span)
        text = " ".join(text.replace("*", " ").split())
        found = list(words(text))
    if token.kind == "exact":
        return Exact(text=_cut(text, found), field=_TEXT_FIELDS[field], span=span)
    if token.distance and len(found) == 1:
        notes.add("distance-of-one", "A distance means nothing with a single word.", *span)
    distance = token.distance if len(found) > 1 else 0
    return Phrase(text=text, distance=distance, field=_TEXT_FIELDS[field], span=span)


def _word(token: Token, field: TextField, notes: Notes) -> Node | None:
    text, span = _TRAILING.sub("", token.text), (token.start, token.end)
    if boost := _BOOST.search(text):
        notes.add("boost", f"“{boost.group()}” is no operator here and was ignored.", *span)
        text = _TRAILING.sub("", text[: boost.start()])
    if fuzzy := _FUZZY.fullmatch(text):
        return _fuzzy(fuzzy[1], fuzzy[2], field, token, notes)
    if "*" in text or "?" in text:
        return _wildcard(text, field, token, notes)
    return _plain(text, field, token, notes)


def _plain(text: str, field: TextField, token: Token, notes: Notes) -> Node | None:
    text = _searchable(text)
    if not text:
        return _nothing(token, notes)
    return Word(text=text, field=field, span=(token.start, token.end))


def _fuzzy(text: str, distance: str, field: TextField, token: Token, notes: Notes) -> Node | None:
    span = (token.start, token.end)
    found = list(words(text))
    if len(found) != 1 or "*" in text or "?" in text or len(found[0].form) < MIN_FUZZY:
        notes.add("fuzzy", f"“~” needs one word of {MIN_FUZZY} letters or more; it was ignored.", *span)
        return _plain(text.replace("*", "").replace("?", ""), field, token, notes)
    if distance == "0":
        return _plain(text, field, token, notes)
    if distance not in {"", "1"}:
        notes.add("fuzzy-distance", "Words may differ by one letter only; “~1” was used.", *span)
    return Fuzzy(text=text[found[0].start : found[0].end], field=field, span=span)


def _wildcard(text: str, field: TextField, token: Token, notes: Notes) -> Node | None:
    span = (token.start, token.end)
    if text[0] in "*?":
        message = f"“{text}” was ignored: a word cannot begin with “*” or “?”."
        notes.add("wildcard-start", message, *span)
        return None
    text = text.rstrip("?") if "*" not in text else text
    plain = text.replace("*", "").replace("?", "")
    found = list(words(plain))
    if "*" not in text and "?" not in text:
        return _plain(text, field, token, notes)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(plain)):
        message = "“*” and “?” work in single words only; here they were ignored."
        notes.add("wildcard-compound", message, *span)
        return _plain(plain, field, token, notes)
    if "*" in text and len(text.partition("*")[0].replace("?", "")) < MIN_PREFIX:
        message = f"“{text}” was ignored: “*” needs {MIN_PREFIX} letters or more before it."
        notes.add("short-prefix", message, *span)
        return None
    return Wildcard(pattern=re.sub(r"\*+", "*", text), field=field, span=span)


def _value(token: Token, field: ValueField, notes: Notes) -> Node | None:
    span = (token.start, token.end)
    text = token.text if token.kind == "phrase" else _searchable(token.text)
    if not any(True for _ in words(text)):
        return _nothing(token, notes)
    if token.kind == "word" and (sign := _PATTERN.search(token.text.rstrip("?"))):
        notes.add("wildcard-in-name", f"“{sign[0]}” is ignored in {field}: a part of a name is enough.", *span)
        text = _searchable(_PATTERN.split(token.text)[0]) or text
    if token.distance:
        notes.add("distance-of-name", f"A distance means nothing in {field}.", *span)
    return Value(field=field, text=text, whole=token.kind != "word", span=span)


def _dates(token: Token, field: str, notes: Notes) -> Node | None:
    span = (token.start, token.end)
    raw = (token.raw or token.text).strip().rstrip(",;")
    try:
        first, last = _bounds(raw)
        if first and last and first[0] > last[1]:
            notes.add("swapped-dates", "The dates were swapped: the first was the later one.", *span)
            first, last = last, first
        low, high = (first[0] if first else None), (last[1] if last else None)
        if field == "before":
            low, high = None, (low or high or datetime.date.min) - _DAY
        elif field == "after":
            low, high = (high or low or datetime.date.max) + _DAY, None
    except (ValueError, OverflowError):
        message = f"“{raw}” is no date and was ignored; write 2021, 2021-11, 2021-11-05 or 2021-11..2021-12."
        notes.add("bad-date", message, *span)
        return None
    return DateRange(first=low, last=high, span=span)


def _bounds(text: str) -> tuple[_Days | None, _Days | None]:
    """Give the two dates of a range, the same twice for a single one; raises ValueError where there is none."""
    begin, dots, end = text.partition("..")
    first = _span_of(begin) if begin else None
    last = (_span_of(end) if end else None) if dots else first
    if first is None and last is None:
        raise ValueError(text)
    return first, last


def _span_of(text: str) -> _Days:
    """Give the first and last day of a date as precise as typed; raises ValueError where there is none."""
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if match[3]:
        return (date := datetime.date(year, month, day)), date
    if match[2]:
        return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def _searchable(text: str) -> str:
    """Give what is searchable of a chunk in a form that reads back to itself, and never as an operator."""
    found = list(words(text))
    if not found:
        return ""
    cut = _cut(text, found)
    if not _SAFE.fullmatch(cut):
        cut = "/".join(text[word.start : word.end] for word in found)
    return cut.lower() if cut in OPERATORS or NEAR.fullmatch(cut) else cut


def _cut(text: str, found: list[FoundWord]) -> str:
    """Cut what stands before the first word, but for the sign of a hashtag or handle, and after the last."""
    start = found[0].start
    return text[start - (start > 0 and text[start - 1] in "#@") : found[-1].end]


def _nothing(token: Token, notes: Notes) -> Node | None:
    notes.add("nothing-searchable", f"“{token.text}” has no letters or digits and was ignored.", token.start, token.end)
    return None
