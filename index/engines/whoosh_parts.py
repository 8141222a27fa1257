"""Write many articles in several processes, each a Whoosh index of its own, whose segments are then moved together."""

import itertools
import shutil
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Self

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from index.engines.whoosh_directory import INDEX_NAME
from index.engines.writer import Cost
from index.errors import StoreError
from index.packing import Packed
from index.processes import CONTEXT, ending, peak_memory
from index.types import Tagged

PART_ARTICLES = 1_000
"""A further process is started for each so many articles: fewer are written before it has started."""

_SENT = 64

WritePart = Callable[[Path, Iterable[Tagged]], None]
"""Writes a new index of these articles into an empty directory; importable or picklable, as it runs in a process."""


@dataclass(slots=True, kw_only=True, eq=False)
class _Part:
    directory: Path
    process: SpawnProcess
    connection: Connection


class Parts:
    """Up to `jobs` processes that write parts of an index below `directory`; use it in a `with` statement."""

    def __init__(self, directory: Path, write: WritePart, *, jobs: int) -> None:
        self._directory = directory
        self._write = write
        self._jobs = jobs
        self._parts: list[_Part] = []
        self._costs: list[Cost] = []

    @property
    def cost(self) -> Cost:
        """What the processes took that are done."""
        return Cost(
            seconds=sum(cost.seconds for cost in self._costs),
            memory=max((cost.memory for cost in self._costs), default=0),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for part in self._parts:
            part.connection.close()
            part.process.terminate()
            part.process.join()
            shutil.rmtree(part.directory, ignore_errors=True)

    def write(self, articles: Iterable[Tagged | Packed]) -> list[Any]:
        """Write the articles and move the files of all parts into the directory; give Whoosh's segments.

        Raises StoreError where a process fails, CorruptError where an article is damaged.
        """
        waiting: list[Tagged | Packed] = []
        sent = 0
        for article in articles:
            waiting.append(article)
            if len(waiting) == _SENT:
                if sent >= (len(self._parts) - 1) * PART_ARTICLES and len(self._parts) < self._jobs:
                    self._parts.append(self._start())
                self._send(self._parts[sent // _SENT % len(self._parts)], waiting)
                sent += _SENT
                waiting = []
        if not self._parts:
            self._parts.append(self._start())
        self._send(self._parts[0], waiting)
        for part in self._parts:
            self._send(part, None)
        return [segment for part in self._parts for segment in self._gather(part)]

    def _start(self) -> _Part:
        directory = self._directory / f"part-{len(self._parts)}"
        directory.mkdir(mode=0o755)
        ours, theirs = CONTEXT.Pipe()
        process = CONTEXT.Process(target=_serve, args=(theirs, self._write, directory), daemon=True)
        process.start()
        theirs.close()
        return _Part(directory=directory, process=process, connection=ours)

    def _send(self, part: _Part, articles: Sequence[Tagged | Packed] | None) -> None:
        try:
            part.connection.send(articles)
        except OSError as error:
            raise self._failed(part) from error

    def _gather(self, part: _Part) -> list[Any]:
        """Wait for a part to be written and move its files; give its segments."""
        try:
            outcome = part.connection.recv()
        except (EOFError, OSError) as error:
            raise self._failed(part) from error
        if not isinstance(outcome, Cost):
            raise outcome
        self._costs.append(outcome)
        segments: list[Any] = TOC.read(FileStorage(str(part.directory)), INDEX_NAME).segments
        for path in part.directory.glob("*.seg"):
            path.rename(self._directory / path.name)
        return segments

    def _failed(self, part: _Part) -> StoreError:
        try:
            failure = part.connection.recv() if part.connection.poll() else None
        except (EOFError, OSError):
            failure = None
        if isinstance(failure, StoreError):
            return failure
        part.process.join()
        return StoreError(
            f"a process that wrote a part of the index {ending(part.process.exitcode)}",
            where=str(self._directory),
            remedy="Nothing is lost: index again, with fewer --jobs or less engine_memory_bytes",
        )


def unpacked(articles: Iterable[Tagged | Packed]) -> Iterator[Tagged]:
    """Yield articles, those that are packed unpacked; raises CorruptError where one is damaged."""
    return (one.tagged() if isinstance(one, Packed) else one for one in articles)


def _serve(connection: Connection, write: WritePart, directory: Path) -> None:
    """Be a process that writes one part: take articles until None, then tell how it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides what it means
    try:
        sent = itertools.chain.from_iterable(iter(connection.recv, None))
        write(directory, unpacked(sent))
        connection.send(Cost(seconds=time.process_time(), memory=peak_memory()))
    except StoreError as error:
        connection.send(error)
    except (EOFError, ConnectionError):
        pass
