"""Which values of a keyword field are shown as which: the tagger's by ordinal, and those that an authority shows.

Made once for each edition of a generation, by a few arrays as long as the field's values and pairs; see
docs/decisions/0011-authority.md.
"""

import bisect
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engines.arrays.source import Keywords, Rows

Numbers = NDArray[np.int64]

NOTHING = -1
"""The ordinal of a value that is not shown."""


class Moved(NamedTuple):
    """A value of one row that is shown otherwise there than elsewhere: its ordinal, and what it is shown as."""

    row: int
    ordinal: int
    to: str | None


class Renamed(NamedTuple):
    """A keyword field as it is shown; `values` ascend.

    - `fresh`: those of them that are no old values.
    - `to` int32[old values]: the new ordinal of each old one, NOTHING where it is not shown.
    - `keywords`: the field, by new ordinals.
    - `order` int32[old values]: the old ordinals by their new ones; those of the new one `n` are at `at[n]:at[n + 1]`.
    - `leaving`: for old ordinals, the rows in which they are shown otherwise; `arriving`: for new ones, the rows that
      have them by an exception.
    """

    values: tuple[str, ...]
    fresh: tuple[str, ...]
    to: Rows
    keywords: Keywords
    order: Rows
    at: Numbers
    leaving: Mapping[int, Rows]
    arriving: Mapping[int, Rows]

    def members(self, number: int) -> list[int]:
        """Give the old ordinals that are shown everywhere as a new one."""
        found: list[int] = self.order[self.at[number] : self.at[number + 1]].tolist()
        return found


def renamed(
    values: Sequence[str], keywords: Keywords, whole: Mapping[int, str | None], moved: Sequence[Moved]
) -> Renamed:
    """Show values otherwise: those of some ordinals everywhere (`whole`), and those `moved` in single rows."""
    targets = {name for name in whole.values() if name is not None} | {one.to for one in moved if one.to is not None}
    names, fresh, to = _numbered(values, whole, targets)
    place = {name: bisect.bisect_left(names, name) for name in targets}
    counts, rows = keywords.counts, np.repeat(np.arange(len(keywords.counts), dtype=np.int64), keywords.counts)
    ordinals = to.take(keywords.ordinals)
    starts = np.cumsum(counts) - counts
    for one in moved:
        begin = int(starts[one.row])
        own = keywords.ordinals[begin : begin + int(counts[one.row])]
        ordinals[begin + int(np.flatnonzero(own == one.ordinal)[0])] = place[one.to] if one.to is not None else NOTHING
    kept = (ordinals != NOTHING) & ~_repeated(rows, ordinals, to, moved, place)
    rows, ordinals = rows.compress(kept), ordinals.compress(kept)
    present = np.zeros(len(names), dtype=np.bool_)
    present[ordinals] = True
    renumbered = np.append(np.where(present, np.cumsum(present) - 1, NOTHING), NOTHING).astype(np.int32)
    to = renumbered[to]  # where the last stands for NOTHING
    order = to.argsort(kind="stable").astype(np.int32)
    shown = tuple(name for name, there in zip(names, present.tolist(), strict=True) if there)
    return Renamed(
        values=shown,
        fresh=tuple(name for name in fresh if present[place[name]]),
        to=to,
        keywords=Keywords(
            len(shown), np.bincount(rows, minlength=len(counts)).astype(np.int64), renumbered.take(ordinals)
        ),
        order=order,
        at=np.searchsorted(to.take(order), np.arange(len(shown) + 1)),
        leaving=_rows_by({(one.ordinal, one.row) for one in moved}),
        arriving=_rows_by({(int(renumbered[place[one.to]]), one.row) for one in moved if one.to is not None}),
    )


def _numbered(
    values: Sequence[str], whole: Mapping[int, str | None], targets: set[str]
) -> tuple[list[str], list[str], Rows]:
    """Give the values that may be shown, those of them that are new, and for each old value which of them it is."""
    stays = np.ones(len(values), dtype=np.bool_)
    stays[list(whole)] = False
    at = {name: bisect.bisect_left(values, name) for name in targets}
    known = {name: one for name, one in at.items() if one < len(values) and values[one] == name}
    stays[list(known.values())] = True
    fresh = sorted(targets - known.keys())
    before = np.array([at[name] for name in fresh], dtype=np.int64)
    numbers = np.cumsum(stays) - 1 + np.searchsorted(before, np.arange(len(values)), side="right")
    names = sorted([*(values[one] for one in np.flatnonzero(stays).tolist()), *fresh])
    to = np.where(stays, numbers, NOTHING).astype(np.int32)
    for ordinal, name in whole.items():
        to[ordinal] = NOTHING if name is None else bisect.bisect_left(names, name)
    return names, fresh, to


def _repeated(
    rows: Numbers, ordinals: Rows, to: Rows, moved: Sequence[Moved], place: Mapping[str, int]
) -> NDArray[np.bool_]:
    """Tell the pairs that a row has already: only values that several are shown as can be there twice."""
    found = np.zeros(len(rows), dtype=np.bool_)
    several = np.bincount(to[to != NOTHING], minlength=len(to) + len(place)) > 1
    several[[place[one.to] for one in moved if one.to is not None]] = True
    doubtful = np.flatnonzero((ordinals != NOTHING) & several.take(ordinals))
    _, first = np.unique(rows.take(doubtful) << 32 | ordinals.take(doubtful), return_index=True)
    found[doubtful] = True
    found[doubtful.take(first)] = False
    return found


def _rows_by(pairs: set[tuple[int, int]]) -> dict[int, Rows]:
    found: dict[int, list[int]] = {}
    for ordinal, row in sorted(pairs):
        found.setdefault(ordinal, []).append(row)
    return {ordinal: np.array(rows, dtype=np.int32) for ordinal, rows in found.items()}
