"""Near copies as one hit: the earliest match of each story stands for all."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engines.arrays.ordering import Order
from search.engines.arrays.parts import Matches
from search.engines.arrays.source import Floats, Rows, Source

ALONE = -1
"""The story of an article without near copies."""


class Repeated(NamedTuple):
    """Matches of stories of which there are several matches, `rows` int32[n], and the `stories` int32[n] of each."""

    rows: Rows
    stories: Rows


class Folded(NamedTuple):
    """Matches of which those of one story are one.

    - `hits`: a row of each story, the earliest (in the order *oldest*), with the score of the story's best.
    - `rows`, `stories` int32[n]: the matches that are of stories; these ascend, the rows of each from the earliest on.
    """

    hits: Matches
    rows: Rows
    stories: Rows

    def others(self, row: int, story: int) -> Rows:
        """Give the matches of a hit's story but the hit itself, the earliest first."""
        low, high = np.searchsorted(self.stories, (story, story + 1)) if story != ALONE else (0, 0)
        rows = self.rows[low:high]
        return rows.compress(rows != row)

    def repeated(self) -> Repeated:
        """Give the matches of stories of which there are several."""
        if not len(self.rows):
            return Repeated(self.rows, self.stories)
        same = self.stories[1:] == self.stories[:-1]
        several = np.zeros(len(self.rows), dtype=np.bool_)
        several[1:] = same
        several[:-1] |= same
        return Repeated(self.rows.compress(several), self.stories.compress(several))


class Stories:
    """Which rows of one generation are of which story.

    - `of` int32[articles]: the number of a row's story, ALONE where it has none.
    - `_rows` int32[s]: all rows of stories, story after story, the earliest first; `_slot` int32[articles]: the place
      of a row there, ALONE for the others.
    """

    def __init__(self, source: Source, order: Order) -> None:
        _, counts, ordinals = source.keywords("story")
        told = np.flatnonzero(counts).astype(np.int32)
        self.of: Rows = np.full(source.articles, ALONE, dtype=np.int32)
        self.of[np.repeat(np.arange(source.articles), counts)] = ordinals.astype(np.int32)
        self._rows: Rows = told.take(np.lexsort((order.oldest.take(told), self.of.take(told))))
        self._slot: Rows = np.full(source.articles, ALONE, dtype=np.int32)
        self._slot[self._rows] = np.arange(len(told), dtype=np.int32)

    def fold(self, matches: Matches) -> Folded:
        """Make one of the matches of each story."""
        rows, scores = matches
        slots = self._slot.take(rows)
        places = np.flatnonzero(slots != ALONE)
        places = places.take(slots.take(places).argsort())
        told = rows.take(places)
        stories = self.of.take(told)
        if not len(told):
            return Folded(matches, told, stories)
        starts = np.flatnonzero(np.concatenate([[True], stories[1:] != stories[:-1]]))
        alone = np.flatnonzero(slots == ALONE)
        hits: Rows = np.concatenate([rows.take(alone), told.take(starts)])
        best: Floats | None = None
        if scores is not None:
            best = np.concatenate([scores.take(alone), np.maximum.reduceat(scores.take(places), starts)])
        return Folded(Matches(hits, best), told, stories)

    def having(self, rows: Rows) -> NDArray[np.bool_]:
        """Give bool[articles]: which rows are among some rows, or of the story of any of them."""
        found = np.zeros(len(self.of), dtype=np.bool_)
        found[rows] = True
        stories = self.of.take(rows)
        stories = stories[stories != ALONE]
        if len(stories):
            told = np.zeros(int(self.of.max()) + 1, dtype=np.bool_)
            told[stories] = True
            found[self._rows] |= told.take(self.of.take(self._rows))
        return found

    def all(self, row: int) -> Rows:
        """Give all rows of the story of a row, the earliest first; none where it has no story."""
        story = int(self.of[row])
        if story == ALONE:
            return self._rows[:0]
        of = self.of.take(self._rows)
        return self._rows[np.searchsorted(of, story) : np.searchsorted(of, story + 1)]


class Hits:
    """The hits that some matches make: one each, or where there are stories, one for each of them; see `Folded`."""

    def __init__(self, matches: Matches, stories: Stories | None) -> None:
        self.rows = matches.rows
        self.folded = stories.fold(matches) if stories else None
        self.shown = self.folded.hits if self.folded else matches
        self._stories = stories

    @property
    def total(self) -> int:
        """How many hits there are."""
        return len(self.shown.rows)

    def repeated(self) -> Repeated | None:
        """Give the matches that are of a story with others; None where all are hits of their own."""
        return self.folded.repeated() if self.folded else None

    def alike(self, rows: Rows) -> "Hits":
        """Give the hits that other matches make."""
        return Hits(Matches(rows, None), self._stories)

    def beyond(self, rows: Rows) -> "Hits":
        """Give the hits that other matches make beside these."""
        return self.alike(rows.compress(~self._stories.having(self.rows).take(rows)) if self._stories else rows)
