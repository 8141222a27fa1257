"""The newest and the oldest articles of a subject: what can be read of all without reading all."""

import functools
from dataclasses import dataclass, replace
from itertools import islice

from index.types import Article
from search.engines.engine import Shown
from search.request import SearchRequest
from web.links import changed
from web.state import searcher

SAMPLE = 10
"""Articles read of either end: all would take seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The newest articles of a subject, newest first, and the oldest, oldest first; they may be the same."""

    newest: tuple[Shown, ...]
    oldest: tuple[Shown, ...]

    @property
    def articles(self) -> tuple[Shown, ...]:
        """Each of them once."""
        return tuple({one.article.id: one for one in (*self.newest, *self.oldest)}.values())

    @property
    def first(self) -> Article | None:
        """The first dated article, None where none is dated."""
        return _dated(self.oldest)

    @property
    def latest(self) -> Article | None:
        """The latest dated article, None where that is the first one, or none is dated."""
        found = _dated(self.newest)
        return found if found and self.first and found.id != self.first.id else None


def sample(subject: SearchRequest) -> Sample:
    """Read the newest articles of a subject and the oldest, without searching their texts for passages."""
    newest, oldest = (_read(changed(subject, sort=sort)) for sort in ("newest", "oldest"))
    return Sample(newest=newest, oldest=oldest)


def _read(request: SearchRequest) -> tuple[Shown, ...]:
    with searcher().harvest(request, whole=False) as harvest:
        return tuple(_kept(one.shown) for one in islice(harvest.hits, SAMPLE))


def _kept(shown: Shown) -> Shown:
    """Give what is shown of an article with mentions that are read but once: several parts of a page ask for them."""
    return replace(shown, mentions=functools.cache(shown.mentions))


def _dated(found: tuple[Shown, ...]) -> Article | None:
    return next((one.article for one in found if one.article.published), None)
