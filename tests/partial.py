"""An engine that answers windows in part, as one without time, or a cluster without a node, does."""

import dataclasses
from collections.abc import Callable

import pytest

from search import harvest
from search.engines.arrays.engine import ArrayEngine
from search.engines.engine import Cut, Outcome, Plan
from search.partial import miss

ROWS = 3
"""Hits of a window of a walk, and so those before the second."""


def spoil(patch: pytest.MonkeyPatch, times: int, *, when: Callable[[Plan], object]) -> list[Plan]:
    """Let plans be answered in part, so many `times`; gives those that were."""
    spoilt: list[Plan] = []
    run = ArrayEngine.run

    def answer(engine: ArrayEngine, plan: Plan) -> Outcome:
        outcome = run(engine, plan)
        if len(spoilt) == times or not when(plan):
            return outcome
        spoilt.append(plan)
        miss("deadline")
        cut = Cut(code="deadline", message="It took too long.", span=(0, 0))
        return dataclasses.replace(outcome, rows=outcome.rows[:1], cuts=(cut,))

    patch.setattr(ArrayEngine, "run", answer)
    patch.setattr(harvest, "ROWS", ROWS)
    patch.setattr(harvest, "PAUSES", (0.0, 0.0))
    return spoilt


def amid(plan: Plan) -> bool:
    """Say whether a plan is of a window behind the first."""
    return plan.window.key is not None


def always(plan: Plan) -> bool:
    """Say so of any plan."""
    return True
