"""Run pieces through workers: in this process where that is enough, else in several, always in order."""

import itertools
import os
from collections.abc import Generator, Iterable, Iterator

from index.pipeline.pool import Pool
from index.pipeline.work import Assignment, Batch, Worker
from index.read.piece import Piece
from index.types import Rejected

SMALL_BYTES = 2**20
"""An input of less is read in this process: starting others would take longer than the work."""


def run(pieces: Iterator[Piece | Rejected], assignment: Assignment) -> Generator[Batch, None, None]:
    """Yield the batches of all pieces, in their order; with `jobs` of 1 (or little input and 0) in this process."""
    first = next(pieces, None)
    if first is None:
        return
    everything = itertools.chain([first], pieces)
    jobs = assignment.settings.jobs or _jobs_for(first)
    if jobs == 1:
        yield from _run_here(everything, assignment)
        return
    with Pool(assignment, jobs=jobs) as pool:
        yield from pool.run(everything)


def _run_here(pieces: Iterable[Piece | Rejected], assignment: Assignment) -> Iterator[Batch]:
    worker = Worker(assignment)
    try:
        for piece in pieces:
            if isinstance(piece, Rejected):
                yield Batch(outcomes=(piece,))
            else:
                yield from worker.work(piece)
    finally:
        worker.close()


def _jobs_for(first: Piece | Rejected) -> int:
    if isinstance(first, Piece) and first.total is not None and first.total < SMALL_BYTES:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
