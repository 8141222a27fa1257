"""All hits of a question, one after the other, at constant memory: what exports are made of."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from search.answer import Notice
from search.engines.engine import Engine, Key, Plan, Shown, Window
from search.request import SearchRequest

ROWS = 1_000
"""Hits found at a time: each time the question is asked again, and each row held takes some 200 bytes."""

FEWEST, MOST = 5, 50
"""Articles read at a time: few at first, as who asks may want no more, then twice as many each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvested:
    """One hit of a harvest: what a list shows of its article, its score, and the ids of its copies that match."""

    shown: Shown
    score: float
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """All hits of a request in its order, of one generation; `committed` is when that was made.

    `hits` may be walked once, and only while the harvest is open.
    """

    request: SearchRequest
    reading: str
    notices: tuple[Notice, ...]
    total: int
    articles: int
    generation: str
    committed: str
    hits: Iterator[Harvested]


def walk(engine: Engine, plan: Plan) -> Iterator[Harvested]:
    """Give all hits of a plan, whatever its window: window after window, each from the last hit of the one before."""
    key: Key | None = None
    size = FEWEST
    while True:
        window = Window(size=ROWS, key=key) if key else Window(size=ROWS)
        outcome = engine.run(dataclasses.replace(plan, window=window))
        rows = outcome.rows
        copies = {row.id: one.ids for row, one in zip(rows, outcome.others, strict=False)}
        start = 0
        while part := rows[start : start + size]:
            start, size = start + size, min(2 * size, MOST)
            for row, shown in zip(part, engine.show([row.id for row in part]), strict=True):
                if shown is not None:
                    yield Harvested(shown=shown, score=row.score, copies=copies.get(row.id, ()))
        if len(rows) < ROWS:
            return
        key = rows[-1]
