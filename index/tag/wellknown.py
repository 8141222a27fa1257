"""People so well known that the press writes their surname alone (`data/well-known.tsv`): facts, with conditions."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources

from index.tag.names import PersonName, parse_name


@dataclass(frozen=True, slots=True, kw_only=True)
class WellKnown:
    """Whom a short name means: the usual full `name`, from year `since` to year `until`.

    `titles` are words of which one must stand before the short name, none if empty; `first` tells that the short name
    means this person even where the article names a relative in full.
    """

    name: str
    since: int
    until: int
    titles: frozenset[str]
    first: bool


class WellKnownTable:
    """The table by short name."""

    def __init__(self, rows: Iterable[tuple[str, WellKnown]]) -> None:
        self._rows: dict[tuple[str, ...], list[WellKnown]] = {}
        self._full: set[tuple[str, ...]] = set()
        for short, known in rows:
            self._rows.setdefault(parse_name(short).words, []).append(known)
            full = parse_name(known.name)
            if not full.suffix:
                self._full.add((full.words[0], full.words[-1]))

    def find(self, name: PersonName, *, titles: tuple[str, ...], year: int | None) -> WellKnown | None:
        """Find whom a short name means after these words in a year; None where that is not certain.

        Without a year only those rows count that hold for all years.
        """
        for known in self._rows.get(name.words, ()):
            if known.titles and known.titles.isdisjoint(titles):
                continue
            if year is None:
                if known.until == FOREVER:
                    return known
            elif known.since <= year <= known.until:
                return known
        return None

    def knows(self, name: PersonName) -> bool:
        """Tell whether a short name is in the table, whatever its conditions."""
        return name.words in self._rows

    def is_full(self, name: PersonName) -> bool:
        """Tell whether this is the full name of somebody in the table, middle names aside."""
        return not name.suffix and (name.words[0], name.words[-1]) in self._full


FOREVER = 9999


@functools.cache
def well_known() -> WellKnownTable:
    """Read the table."""
    text = (resources.files("index.tag") / "data" / "well-known.tsv").read_text(encoding="utf-8")
    rows: list[tuple[str, WellKnown]] = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            short, name, since, until, titles, first = (line.split("\t") + [""] * 5)[:6]
            known = WellKnown(
                name=name,
                since=int(since or 0),
                until=int(until or FOREVER),
                titles=frozenset(titles.split()),
                first=first == "first",
            )
            rows.append((short, known))
    return WellKnownTable(rows)
