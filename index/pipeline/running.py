"""Run pieces through workers: in this process where that is enough, else in several, always in order."""

import itertools
from collections.abc import Generator, Iterable, Iterator

from index.pipeline.pool import Pool
from index.pipeline.work import Assignment, Batch, Worker
from index.processes import jobs_of
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
    small = isinstance(first, Piece) and first.total is not None and first.total < SMALL_BYTES
    jobs = 1 if small and not assignment.settings.jobs else jobs_of(assignment.settings)
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
                yield Batch(outcomes=(piece,), last=True)
            else:
                yield from worker.work(piece)
    finally:
        worker.close()
