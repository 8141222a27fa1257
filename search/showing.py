"""The hits of a page: its articles with the passages that match, found once for each question and article."""

import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from typing import NamedTuple

from index.settings import Settings
from search.answer import Hit, Snippet
from search.engines.engine import Engine, Key
from search.marks import Looked, Marker, Marks
from search.shelf import Shelf
from search.snippets import excerpts

_OBJECTS = 300
"""Bytes of the objects of an excerpt, and of each of its passages and marks, beside what its passages say."""


class Excerpt(NamedTuple):
    """What is shown of an article for a question: its passages, and the marks of its title."""

    snippets: tuple[Snippet, ...]
    title: Marks

    def size(self) -> int:
        """Give about how many bytes it takes."""
        passages = sum(sys.getsizeof(one.text) + _OBJECTS * (1 + len(one.marks)) for one in self.snippets)
        return _OBJECTS * (1 + len(self.title)) + passages


class _Made(dict[str, Excerpt]):
    """The excerpts that were made for one question, by article, and the bytes that they take."""

    size = 0


class Showing:
    """Shows the articles of one engine by the passages that match; safe for threads.

    Who refines a question by a filter, orders its hits otherwise, or goes back, is shown many articles again for the
    same words: excerpts made for the questions asked last are kept, up to the setting `snippet_cache_bytes`.
    """

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._shelf = Shelf(engine, most=settings.shown_cache_bytes, chars=settings.snippet_scan_chars)
        self._passages = settings.passages
        self._most = settings.snippet_cache_bytes
        self._bytes = 0
        self._questions: OrderedDict[Hashable, _Made] = OrderedDict()
        self._lock = threading.Lock()

    def hits(self, rows: Sequence[Key], marker: Marker, until: float) -> tuple[tuple[Hit, ...], int]:
        """Give the hits, and how many of them have no marks: those not reached `until` a time of `perf_counter`.

        These are shown by their opening.
        """
        hits: list[Hit] = []
        fresh: dict[str, Excerpt] = {}
        bare = 0
        known = self._known(marker.key)
        for row, looked in zip(rows, self._shelf.take([row.id for row in rows]), strict=True):
            if looked is None:
                continue
            excerpt = known.get(row.id)
            if excerpt is None and time.perf_counter() >= until:
                bare += 1
                excerpt = Excerpt(*excerpts(looked, (), most=self._passages))
            elif excerpt is None:
                excerpt = fresh[row.id] = self._excerpt(looked, marker)
            hits.append(Hit(shown=looked.shown, score=row.score, snippets=excerpt.snippets, title_marks=excerpt.title))
        if fresh and self._most:
            self._keep(marker.key, fresh)
        return tuple(hits), bare

    def hit(self, looked: Looked, row: Key, marker: Marker) -> Hit:
        """Show one article that is not one of many a page shows again."""
        excerpt = self._excerpt(looked, marker)
        return Hit(shown=looked.shown, score=row.score, snippets=excerpt.snippets, title_marks=excerpt.title)

    def _excerpt(self, looked: Looked, marker: Marker) -> Excerpt:
        return Excerpt(*excerpts(looked, marker.clauses(looked), most=self._passages))

    def _known(self, question: Hashable) -> _Made:
        with self._lock:
            known = self._questions.get(question)
            if known is None:
                return _Made()
            self._questions.move_to_end(question)
            return known

    def _keep(self, question: Hashable, fresh: dict[str, Excerpt]) -> None:
        """Keep some excerpts; those go of the questions that nobody asked for longest, this one's others at last."""
        with self._lock:
            made = self._questions.setdefault(question, _Made())
            size = sum(one.size() for key, one in fresh.items() if key not in made)
            made.update(fresh)
            made.size += size
            self._bytes += size
            self._questions.move_to_end(question)
            while self._bytes > self._most:
                self._bytes -= self._questions.popitem(last=False)[1].size
