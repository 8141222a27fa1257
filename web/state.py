"""What a running application holds."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, cast

from flask import Flask, current_app

from index.settings import Settings
from search.answer import Facet
from search.partial import missed
from search.request import SearchRequest
from search.searcher import Searcher

KEY = "newsmorgue"

Made = TypeVar("Made")


@dataclass(slots=True, kw_only=True)
class State:
    """The searcher, the settings, and what was made of the current generation and serves until the next one."""

    searcher: Searcher
    settings: Settings
    _generation: str = ""
    _made: dict[object, object] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def once(self, key: object, make: Callable[[], Made]) -> Made:
        """Make something once for each generation; two threads may both make it, what is partial serves once."""
        generation = self.searcher.generation()
        with self._lock:
            if generation != self._generation:
                self._generation, self._made = generation, {}
            made = self._made
        if key in made:
            return cast(Made, made[key])
        with missed() as parts:
            new = make()
        if not parts:
            made[key] = new
        return new


def state() -> State:
    """Give what this application holds."""
    return state_of(current_app)


def state_of(app: Flask) -> State:
    """Give what an application holds."""
    return cast(State, app.extensions[KEY])


def searcher() -> Searcher:
    """Give the searcher that this application answers from."""
    return state().searcher


def everything(name: str) -> Facet:
    """Give one facet whole, over the whole archive."""
    return state().once(("facet", name), lambda: searcher().values(SearchRequest(), name)[1])


def totals(name: str) -> dict[str, int]:
    """Give how many articles of the whole archive have each value of a facet."""
    return state().once(("totals", name), lambda: {one.value: one.count for one in everything(name).values})
