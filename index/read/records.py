"""One JSON object or CSV row as an article: its columns by their usual names."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from index.dates import numeric_order
from index.read.build import Stated, build
from index.read.columns import absent_columns, find_columns
from index.read.dating import Doubt, Orders, Statement, date_of
from index.read.markup import plain, unescape
from index.read.ninjs import from_ninjs, is_ninjs, refusal_of
from index.read.options import ReadOptions
from index.types import Article, DateOrigin, Rejected

_NOTHING: Final = frozenset({"", "nan", "none", "null", "n/a", "na", "undefined", "nat", "-"})
"""How programs write that there is no value."""
_WRAPPERS: Final = ("_source", "article", "fields", "document", "doc", "item", "attributes", "data")
"""Members that hold the article itself in the answers of search engines and publishing systems."""
_INNER: Final = ("name", "rendered", "value", "text", "title", "#text", "$", "main", "original", "url", "href")
"""Members that hold the value where it is an object: `{"id": "bbc", "name": "BBC"}`."""
_TYPED: Final = ("$date", "$oid", "$numberLong", "$numberInt")
"""The only members of an object by which MongoDB's exports tell the type of a value."""
_CLOCK: Final = re.compile(r"\d{1,2}[:.]\d\d(?::\d\d(?:\.\d+)?)?(?:\s*[ap]\.?m\.?)?")
"""The time of a day, as in a column beside that of the date."""
_SHOWN_COLUMNS: Final = 12
FIRST_RECORDS: Final = 100
"""So many records of a file tell which members it has."""


def read_record(
    record: Mapping[str, Any],
    source: str,
    options: ReadOptions,
    *,
    file: str,
    position: int | None = None,
    orders: Orders = (),
) -> Iterator[Article | Rejected | Doubt]:
    """Make one record an article and give what is in doubt of its date, or say what it lacks.

    `file` is the source without the number of the record, `position` that number, `orders` what the columns of the file
    prove of the order of days and months.
    """
    stated = state_record(record, source, options, file=file, orders=orders)
    if isinstance(stated, Rejected):
        yield replace(stated, position=position)
    else:
        yield from build(stated, options, position=position)


def state_record(
    record: Mapping[str, Any],
    source: str,
    options: ReadOptions,
    *,
    file: str,
    origin: DateOrigin = "metadata",
    orders: Orders = (),
) -> Stated | Rejected:
    """Give what one record states, or say what it lacks; see `read_record`. `origin` is what its date comes from."""
    refusal = refusal_of(record) if is_ninjs(record) else None
    if refusal:
        return Rejected(source=source, reason=refusal[0], detail=refusal[1])
    record = _plain_record(record, options)
    columns = find_columns(tuple(record), options)
    if "text" not in columns:
        return Rejected(source=source, reason="no-text-column", detail=missing_text(tuple(record)))
    texts = {target: _first(record, names) for target, names in columns.items() if target not in ("text", "date")}
    title = texts.get("title")
    dating = date_of(_dates(record, columns.get("date", ())), origin=origin, options=options, orders=orders)
    return Stated(
        source=source,
        text=plain(_first(record, columns["text"], paragraphs=True) or ""),
        title=plain(title).replace("\n", " ") if title else "",
        url=texts.get("url"),
        byline=_named(_unescaped(texts.get("byline"))),
        publisher=_unescaped(texts.get("publisher")),
        published=dating.published,
        doubts=dating.doubts,
        language=texts.get("language"),
        own_id=texts.get("id"),
        file=file,
    )


def figured_dates(records: Iterable[Any], options: ReadOptions) -> Iterator[tuple[str, str]]:
    """Give the dates in figures that records state in columns of dates, with the names of these."""
    for record in records:
        if isinstance(record, Mapping):
            article = _plain_record(record, options)
            for name, stated in _dates(article, find_columns(tuple(article), options).get("date", ())):
                if isinstance(stated, str) and numeric_order(stated):
                    yield name, stated


def absent_members(records: Iterable[Any], source: str, options: ReadOptions) -> Iterator[Rejected]:
    """Say which columns of `--map` none of the first records of a file has; other records may."""
    if options.columns:
        found = [record for record in records if isinstance(record, dict)]
        names = {str(name) for record in found for name in (*record, *_unwrap(record, options))}
        yield from absent_columns(names, source, options) if found else ()


def missing_text(names: Sequence[str]) -> str:
    """Say which columns there are where none is known to hold the text, and what to do."""
    shown = ", ".join(str(name)[:40] for name in names[:_SHOWN_COLUMNS]) or "none"
    more = f" and {len(names) - _SHOWN_COLUMNS} more" if len(names) > _SHOWN_COLUMNS else ""
    return f"no column holds the text; there are: {shown}{more}. Name the one that does: --map text=COLUMN"


def has_text(record: Mapping[str, Any], options: ReadOptions) -> bool:
    """Tell whether a JSON object is an article by itself (and not a list of them)."""
    if is_ninjs(record):
        return True
    columns = find_columns(tuple(_unwrap(record, options)), options)
    return any(isinstance(_unwrap(record, options).get(name), str | list) for name in columns.get("text", ()))


def _plain_record(record: Mapping[str, Any], options: ReadOptions) -> Mapping[str, Any]:
    """Give the members of an article under the names of columns, wherever the record has them."""
    return _unwrap(from_ninjs(record) if is_ninjs(record) else record, options)


def _unwrap(record: Mapping[str, Any], options: ReadOptions) -> Mapping[str, Any]:
    """Look into the member that holds the article, where the object itself has no text."""
    names = find_columns(tuple(record), options).get("text", ())
    if any(isinstance(record[name], str) and record[name] for name in names):
        return record
    for wrapper in _WRAPPERS:
        inner = record.get(wrapper)
        if isinstance(inner, dict) and "text" in find_columns(tuple(inner), options):
            outer = {name: value for name, value in record.items() if name != wrapper}
            return {**outer, **inner}
    return record


def _first(record: Mapping[str, Any], names: Sequence[str], *, paragraphs: bool = False) -> str | None:
    """Give the first of the columns that says something."""
    for name in names:
        text = _text(record[name], paragraphs=paragraphs)
        if text and (len(text) > 10 or text.strip().lower() not in _NOTHING):
            return text
    return None


def _text(value: Any, *, paragraphs: bool) -> str | None:
    """Read a value as text; lists are joined, as paragraphs or as names, and objects give their name."""
    value = _untyped(value)
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        parts = [part for part in (_text(item, paragraphs=paragraphs) for item in value) if part]
        return ("\n\n" if paragraphs else ", ").join(parts)
    if isinstance(value, dict):
        inner = next((value[name] for name in _INNER if isinstance(value.get(name), str)), None)
        return inner if isinstance(inner, str) else None
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return str(value)
    return None


def _untyped(value: Any) -> Any:
    """Give what an object of one member that only tells a type holds, itself one perhaps; anything else as it is."""
    for _ in range(2):
        if isinstance(value, dict) and len(value) == 1 and next(iter(value)) in _TYPED:
            value = next(iter(value.values()))
    return value


def _dates(record: Mapping[str, Any], names: Sequence[str]) -> Iterator[Statement]:
    """Give what the columns of dates state, without what says that there is none, or tells the time of day alone."""
    for name in names:
        value = _untyped(record[name])
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        stated = value if is_number else _text(value, paragraphs=False)
        text = str(stated or "").strip().lower()
        if stated is not None and text not in _NOTHING and not _CLOCK.fullmatch(text):
            yield str(name), stated


def _named(byline: str | None) -> str | None:
    """Give a byline that names somebody: some systems state the number of an author."""
    return byline if byline and any(sign.isalpha() for sign in byline) else None


def _unescaped(text: str | None) -> str | None:
    return unescape(text) if text else None
