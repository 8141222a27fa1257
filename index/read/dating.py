"""Which of the dates that a source states is its article's, and which it states in vain or in two senses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from index.dates import is_placeholder, numeric_order, parse_date
from index.read.options import ReadOptions
from index.types import Article, DateOrigin, PublicationDate, Rejected

_SHOWN_CHARS: Final = 60

Statement = tuple[str, str | float]
"""The name of a field or column, and the date that it states."""
Orders = tuple[tuple[str, bool], ...]
"""Columns that prove the order of their days and months, and whether the day comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A date that was stated and not understood (`read_as` is None), or may be two days, of which one was taken."""

    field: str
    value: str
    read_as: str | None = None
    source: str = ""
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """The date of an article, if one was understood, and what is in doubt."""

    published: PublicationDate | None = None
    doubts: tuple[Doubt, ...] = ()


def date_of(
    statements: Iterable[Statement], *, origin: DateOrigin, options: ReadOptions, orders: Orders = ()
) -> Dating:
    """Give the first stated date that can be understood; it is less certain where one before it could not be."""
    proved = dict(orders)
    doubts: list[Doubt] = []
    for field, stated in statements:
        found = parse_date(
            stated, origin=origin, day_first=proved.get(field, options.day_first), order_known=field in proved
        )
        if found is None:
            if not is_placeholder(stated):
                doubts.append(Doubt(field=field, value=str(stated)))
            continue
        if doubts:
            return Dating(published=replace(found, certain=False), doubts=tuple(doubts))
        if not options.day_first and field not in proved and numeric_order(str(stated)) == "either":
            doubts.append(Doubt(field=field, value=str(stated), read_as=found.value))
        return Dating(published=found, doubts=tuple(doubts))
    return Dating(doubts=tuple(doubts))


def tell_doubts(found: Iterable[Article | Rejected | Doubt]) -> Iterator[Article | Rejected]:
    """Make doubts notices of what was read.

    Each date that was not understood is told; of those that may be two days the first of each column of a piece, with
    their number: where one is in doubt, the others mostly are.
    """
    ambiguous: dict[str, tuple[Doubt, int]] = {}
    for one in found:
        if not isinstance(one, Doubt):
            yield one
        elif one.read_as is None:
            yield _unread(one)
        else:
            first, count = ambiguous.get(one.field, (one, 0))
            ambiguous[one.field] = first, count + 1
    for first, count in ambiguous.values():
        yield _ambiguous(first, count)


def _unread(doubt: Doubt) -> Rejected:
    return Rejected(
        source=doubt.source,
        reason="unread-date",
        detail=f"its {doubt.field} {_shown(doubt.value)} is no date that is understood, or lies in the future; the "
        "article was read without it",
        position=doubt.position,
    )


def _ambiguous(doubt: Doubt, count: int) -> Rejected:
    more = f", and so may {count - 1:,} behind it" if count > 1 else ""
    return Rejected(
        source=doubt.source,
        reason="ambiguous-date",
        detail=f"its {doubt.field} {_shown(doubt.value)} may be two days{more}: it was read as {doubt.read_as}, the "
        "month first. Set date_order to dmy if the day comes first",
        position=doubt.position,
    )


def _shown(value: str) -> str:
    return repr(value if len(value) <= _SHOWN_CHARS else f"{value[:_SHOWN_CHARS]}…")
