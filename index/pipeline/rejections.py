"""The record of what a run rejected: all of it on disk, the first in memory."""

import dataclasses
import json
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
        try:
            self._file = (data_dir / FILE_NAME).open("w", encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            raise StoreError(
                f"cannot be written: {error.strerror}", where=str(data_dir / FILE_NAME), remedy="Check its permissions"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, rejected: Rejected) -> None:
        """Count and keep one."""
        self.count += 1
        if len(self.first) < _KEPT:
            self.first.append(rejected)
        self._file.write(json.dumps(dataclasses.asdict(rejected), ensure_ascii=False) + "\n")
