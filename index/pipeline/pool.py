"""Worker processes that turn pieces into batches, given back in the order of the pieces.

Each worker has one piece at a time. What it sends is held until all earlier pieces are through; a worker that runs
far ahead is not listened to, so that it waits. One that dies costs its piece, and another takes its place.
"""

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Self

from index.errors import NewsmorgueError
from index.pipeline.work import Assignment, Batch, Worker
from index.processes import CONTEXT, ending
from index.read.piece import Piece
from index.types import Rejected

AHEAD_BATCHES = 16
"""Batches held of one piece that must wait for an earlier one; with 64 articles each, some megabytes."""

PIECES_PER_JOB = 4
"""Pieces begun, for each worker, before the first of them must be done: how far the fast may run ahead."""


@dataclass(slots=True, kw_only=True)
class _Slot:
    """One piece in its place in the order: what came of it so far."""

    batches: deque[Batch] = field(default_factory=deque)
    done: bool = False


@dataclass(slots=True, kw_only=True)
class _Process:
    """One worker process, and the piece that it has."""

    process: SpawnProcess
    connection: Connection
    piece: Piece | None = None
    slot: _Slot = field(default_factory=_Slot)


class Pool:
    """Up to `jobs` worker processes, started as they are needed, ended with the `with` statement."""

    def __init__(self, assignment: Assignment, *, jobs: int) -> None:
        self._assignment = assignment
        self._jobs = jobs
        self._processes: list[_Process] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._processes:
            worker.connection.close()
            worker.process.terminate()
        for worker in self._processes:
            worker.process.join()
        self._processes.clear()

    def run(self, pieces: Iterable[Piece | Rejected]) -> Iterator[Batch]:
        """Yield the batches of each piece, in the order of pieces; a Rejected among them passes through.

        Raises what a worker raises on purpose (NewsmorgueError), and what `pieces` raises.
        """
        waiting = iter(pieces)
        slots: deque[_Slot] = deque()
        while True:
            self._hand_out(waiting, slots)
            if not slots:
                return
            while slots and (slots[0].batches or slots[0].done):
                if slots[0].batches:
                    yield slots[0].batches.popleft()
                else:
                    slots.popleft()
            if slots:
                self._listen(head=slots[0])

    def _hand_out(self, waiting: Iterator[Piece | Rejected], slots: deque[_Slot]) -> None:
        """Give pieces to idle workers while there are both, and not too many are begun."""
        while len(slots) < PIECES_PER_JOB * self._jobs and (worker := self._idle()):
            piece = next(waiting, None)
            if piece is None:
                return
            slot = _Slot()
            slots.append(slot)
            if isinstance(piece, Rejected):
                slot.batches.append(Batch(outcomes=(piece,), last=True))
                slot.done = True
                continue
            worker.piece, worker.slot = piece, slot
            try:
                worker.connection.send(piece)
            except OSError:
                self._bury(worker)

    def _idle(self) -> _Process | None:
        for worker in self._processes:
            if worker.piece is None:
                return worker
        return self._start() if len(self._processes) < self._jobs else None

    def _start(self) -> _Process:
        ours, theirs = CONTEXT.Pipe()
        process = CONTEXT.Process(target=_serve, args=(theirs, self._assignment), daemon=True)
        process.start()
        theirs.close()
        worker = _Process(process=process, connection=ours)
        self._processes.append(worker)
        return worker

    def _listen(self, *, head: _Slot) -> None:
        """Wait until a worker has something to say, but not to those that are too far ahead of the head."""
        heard = {
            worker.connection: worker
            for worker in self._processes
            if worker.piece and (worker.slot is head or len(worker.slot.batches) < AHEAD_BATCHES)
        }
        for connection in wait(list(heard)):
            worker = heard[connection]  # type: ignore[index]  # wait gives back what it was given
            try:
                message = worker.connection.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if isinstance(message, NewsmorgueError):
                raise message
            if isinstance(message, Batch):
                worker.slot.batches.append(message)
            else:
                worker.slot.done = True
                worker.piece = None

    def _bury(self, worker: _Process) -> None:
        """Take leave of a worker that died: its piece is rejected, from where it was."""
        self._processes.remove(worker)
        worker.connection.close()
        worker.process.join()
        if piece := worker.piece:
            detail = (
                f"the process that read it {ending(worker.process.exitcode)}: index it by itself, or with fewer --jobs"
            )
            rejected = Rejected(source=piece.source, reason="worker-died", detail=detail)
            worker.slot.batches.append(Batch(outcomes=(rejected,), done=piece.done, total=piece.total, last=True))
            worker.slot.done = True


def _serve(connection: Connection, assignment: Assignment) -> None:
    """Be a worker process: take pieces, send their batches and then None, until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides what it means
    try:
        worker = Worker(assignment)
        while True:
            piece = connection.recv()
            for batch in worker.work(piece):
                connection.send(batch)
            connection.send(None)
    except NewsmorgueError as error:
        connection.send(error)
    except (EOFError, ConnectionError):
        pass
