"""What the caller decides about reading: limits, columns, the publisher."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from index.errors import SettingError, UsageError
from index.settings import Settings

Target = Literal["title", "text", "date", "publisher", "url", "byline", "language", "id"]
"""The parts of an article that a column can fill."""
TARGETS: Final[tuple[Target, ...]] = get_args(Target)

DateOrder = Literal["mdy", "dmy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How to read: travels to the worker processes with every piece. The limits are those of `index.settings`."""

    columns: tuple[tuple[Target, str], ...] = ()
    """Which column of JSON and CSV files fills which part of an article, before any usual name."""
    publisher: str | None = None
    """The publisher of all articles, whatever they state."""
    day_first: bool = False
    piece_bytes: int = Settings().piece_bytes
    max_file_bytes: int = Settings().max_file_bytes
    max_expanded_bytes: int = Settings().max_expanded_bytes
    max_spooled_bytes: int = Settings().max_spooled_bytes
    max_expansion: int = Settings().max_expansion
    max_nesting: int = Settings().max_nesting
    max_members: int = Settings().max_members
    max_line_bytes: int = Settings().max_line_bytes
    max_page_bytes: int = Settings().max_page_bytes
    max_article_chars: int = Settings().max_article_chars
    max_depth: int = Settings().max_depth
    follow_links: bool = Settings().follow_links
    max_xml_depth: int = Settings().max_xml_depth


def read_options(settings: Settings, *, maps: Iterable[str] = (), publisher: str | None = None) -> ReadOptions:
    """Gather the options of one run; `maps` are texts like `title=HEAD`, a target and the column that fills it.

    Raises UsageError for a map that names no target, SettingError for an unknown `date_order`.
    """
    if settings.date_order not in get_args(DateOrder):
        raise SettingError(
            f"{settings.date_order!r} is no order of dates", where="date_order", remedy="Give mdy or dmy"
        )
    return ReadOptions(
        columns=tuple(_parse_map(text) for text in maps),
        publisher=(publisher or "").strip() or None,
        day_first=settings.date_order == "dmy",
        piece_bytes=settings.piece_bytes,
        max_file_bytes=settings.max_file_bytes,
        max_expanded_bytes=settings.max_expanded_bytes,
        max_spooled_bytes=settings.max_spooled_bytes,
        max_expansion=settings.max_expansion,
        max_nesting=settings.max_nesting,
        max_members=settings.max_members,
        max_line_bytes=settings.max_line_bytes,
        max_page_bytes=settings.max_page_bytes,
        max_article_chars=settings.max_article_chars,
        max_depth=settings.max_depth,
        follow_links=settings.follow_links,
        max_xml_depth=settings.max_xml_depth,
    )


def _parse_map(text: str) -> tuple[Target, str]:
    name, equals, column = text.partition("=")
    targets = {target: target for target in TARGETS}
    target = targets.get(name.strip().lower())  # type: ignore[call-overload]
    if not equals or not column.strip():
        raise UsageError(f"{text!r} maps nothing", where="--map", remedy="Write it like title=HEAD, the target first")
    if target is None:
        raise UsageError(
            f"unknown target {name.strip()!r}", where="--map", remedy=f"The targets are {', '.join(TARGETS)}"
        )
    return target, column.strip()
