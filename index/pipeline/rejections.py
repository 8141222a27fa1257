"""The record of what a run rejected: all of it on disk, the first in memory."""

import contextlib
import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from index.errors import StoreError
from index.types import Rejected

FILE_NAME = "rejected.jsonl"
"""The record's file in the data directory: one JSON object a line, of the last run only."""

_KEPT = 100


class Rejections:
    """Takes down what was rejected; use it in a `with` statement."""

    def __init__(self, data_dir: Path) -> None:
        self.count = 0
        self.first: list[Rejected] = []
        self._path = data_dir / FILE_NAME
        with self._translated():
            self._file = self._path.open("w", encoding="utf-8", errors="backslashreplace")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            with self._translated():
                self._file.close()
        except StoreError:
            if error is None:  # else it says the same less well
                raise

    def add(self, rejected: Rejected) -> None:
        """Count and keep one."""
        self.count += 1
        if len(self.first) < _KEPT:
            self.first.append(rejected)
        with self._translated():
            self._file.write(json.dumps(dataclasses.asdict(rejected), ensure_ascii=False) + "\n")

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreError(
                f"cannot be written: {error.strerror}",
                where=str(self._path),
                remedy="Is the disk full, or are its permissions wrong?",
            ) from error
