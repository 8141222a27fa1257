"""Newsmorgue itself: the default engine, opened through a committed generation as the server does.

`exact` asks for each word in quotes: the same work as the peers do. Otherwise words also find their inflections, as
people type them. Pages and snippets are asked of the searcher with the query as text, the rest of the engine.
"""

import functools
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.peers.peer import WORKS, Found, Work
from benchmarks.peers.question import Question
from index.engines.registry import engine_writer
from index.settings import Settings
from index.store.commit import commit, prepare
from index.store.generations import current, verify
from index.store.lock import WriterLock
from index.types import Tagged
from index.version import VERSION
from search.engines.engine import Engine, FacetWish, Plan, Window
from search.engines.registry import open_engine
from search.query.parser import parse
from search.request import SearchRequest
from search.searcher import Searcher


def verifying(directory: Path) -> float:
    """Give the processor milliseconds that checking an index's checksums takes before it is opened, where it is."""
    began = time.process_time()
    verify(current(directory))
    return (time.process_time() - began) * 1000


_FACETS = tuple(FacetWish(field=field, size=10) for field in ("person", "outlet", "publisher"))


class Newsmorgue:
    """A `benchmarks.peers.peer.Peer`; answers some `works` only, with some settings `changed`."""

    version = VERSION

    def __init__(self, name: str, *, exact: bool = True, works: tuple[Work, ...] = WORKS, **changed: int) -> None:
        self.name = name
        self._exact = exact
        self._works = works
        self._settings = Settings(jobs=1, verify_on_open=False, **changed)  # type: ignore[arg-type]  # none is a bool

    def write(self, directory: Path, articles: Iterable[Tagged], joined: Callable[[str], str]) -> None:
        """Write an index; see `Peer`."""
        del joined
        prepare(directory)
        writer = engine_writer(self._settings)

        def write(path: Path) -> None:
            writer.write(path, removed=(), added=articles)

        with WriterLock(directory) as lock:
            commit(
                directory,
                lock,
                base=None,
                write=write,
                form=writer.form,
                archive="benchmark",
                revision=1,
                articles=0,
                keep=1,
            )

    def open(self, directory: Path) -> None:
        """Open an index; see `Peer`."""
        self._directory = directory
        self._searcher = Searcher(directory, self._settings)

    @functools.cached_property
    def _engine(self) -> Engine:
        return open_engine(current(self._directory), self._settings)

    def prepare(self, question: Question, work: Work) -> Any:
        """Write the query down; see `Peer`."""
        if work not in self._works:
            return None
        text = str(question) if self._exact else question.inflected()
        if work in {"page", "snippets"}:
            return SearchRequest(q=text) if work == "page" else SearchRequest(q=text, facets=())
        return Plan(
            tree=parse(text, self._settings).tree,
            window=Window(size=10),
            facets=_FACETS if work == "facets" else (),
        )

    def ask(self, prepared: Any, work: Work) -> Any:
        """Answer; see `Peer`."""
        if work in {"page", "snippets"}:
            return self._searcher.ask(prepared)
        return self._engine.run(prepared)

    def found(self, answer: Any, work: Work) -> Found:
        """Say what was found; see `Peer`."""
        if work in {"page", "snippets"}:
            facets = {facet.field: {one.value: one.count for one in facet.values} for facet in answer.facets}
            return Found(ids=[hit.article.id for hit in answer.hits], total=answer.total, facets=facets)
        ids = [key.id for key in answer.rows]
        if work != "facets":
            return Found(ids=ids)
        return Found(ids=ids, total=answer.total, facets={one.field: dict(one.values) for one in answer.facets})
