"""All hits of a question, one after the other, at constant memory: what exports are made of.

Nobody sees of a list where it lacks something, so that a walk gives all hits or raises.
"""

import dataclasses
import functools
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from index.errors import PartialError
from search.aliases import known_names, known_values
from search.answer import Notice
from search.engines.engine import Engine, Key, Outcome, Plan, Shown, Window
from search.known import KnownNames
from search.language import _, number
from search.notices import doubts, noted
from search.partial import missed
from search.plans import plan_of
from search.query.parser import Parsed
from search.query.reading import reading
from search.query.searched import searched
from search.request import SearchRequest

Made = TypeVar("Made")

ROWS = 1_000
"""Hits found at a time: each time the question is asked again, and each row held takes some 200 bytes."""

FEWEST, MOST = 5, 50
"""Articles read at a time: few at first, as who asks may want no more, then twice as many each time."""

PAUSES = (0.25, 1.0)
"""Seconds before a partial answer is asked for again: a cluster that lost a node has its copies ready by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvested:
    """One hit of a harvest: what a list shows of its article, its score, and the ids of its copies that match."""

    shown: Shown
    score: float
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """All hits of a request in its order, of one generation; `committed` is when that was made.

    `hits` may be walked once, and only while the harvest is open; where they must be whole, they may raise
    PartialError, before the first or after any.
    """

    request: SearchRequest
    reading: str
    notices: tuple[Notice, ...]
    total: int
    articles: int
    generation: str
    committed: str
    hits: Iterator[Harvested]


def gather(
    engine: Engine, parsed: Parsed, request: SearchRequest, *, generation: str, committed: str, whole: bool
) -> Harvest:
    """Give all hits of a request, whose query is `parsed`; see `Searcher.harvest`."""

    def ask() -> tuple[SearchRequest, Plan, Outcome, tuple[Notice, ...]]:
        known, renamed = known_values(request, engine)
        tree, read = known_names(parsed.tree, engine)
        plan = plan_of(tree, known, Window(size=1), copies=sys.maxsize)
        outcome = engine.run(plan)
        return known, plan, outcome, (*noted(outcome.cuts), *read, *renamed, *doubts(known))

    known, plan, outcome, notices = insist(ask) if whole else ask()
    return Harvest(
        request=known,
        reading=reading(searched(plan.tree, outcome.cuts), known, KnownNames(engine)),
        notices=(*parsed.notices, *notices),
        total=outcome.total,
        articles=outcome.articles,
        generation=generation,
        committed=committed,
        hits=walk(engine, plan, whole=whole),
    )


def insist(ask: Callable[[], Made], *, told: int = 0) -> Made:
    """Give a whole answer, asked for again where it is partial; `told` hits were given before.

    Raises PartialError where it stays partial.
    """
    for pause in (*PAUSES, None):
        with missed() as parts:
            answer = ask()
        if not parts:
            return answer
        if pause is not None:
            time.sleep(pause)
    if "shards-failed" in parts:
        why = _("parts of the archive did not answer")
    else:
        why = _("it took longer than the setting query_seconds allows")
    what = _("not all hits can be had now: %(why)s", why=why)
    if told:
        what = _("%(what)s; %(told)s were given before", what=what, told=number(told))
    raise PartialError(what, remedy=_("Ask again in a moment"))


def walk(engine: Engine, plan: Plan, *, whole: bool = True) -> Iterator[Harvested]:
    """Give all hits of a plan, whatever its window: window after window, each from the last hit of the one before.

    Raises PartialError where not all can be had; where they need not be `whole`, gives those that can.
    """
    key: Key | None = None
    size = FEWEST
    told = 0

    def had(ask: Callable[[], Made]) -> Made:
        return insist(ask, told=told) if whole else ask()

    while True:
        window = Window(size=ROWS, key=key) if key else Window(size=ROWS)
        outcome = had(functools.partial(engine.run, dataclasses.replace(plan, window=window)))
        rows = outcome.rows
        copies = {row.id: one.ids for row, one in zip(rows, outcome.others, strict=False)}
        start = 0
        while part := rows[start : start + size]:
            start, size = start + size, min(2 * size, MOST)
            for row, shown in zip(part, had(functools.partial(engine.show, [row.id for row in part])), strict=True):
                if shown is not None:
                    told += 1
                    yield Harvested(shown=shown, score=row.score, copies=copies.get(row.id, ()))
        if len(rows) < ROWS:
            return
        key = rows[-1]
