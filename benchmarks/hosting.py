"""A server of its own for a measurement: `newsmorgue serve` in a process that ends with the block."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A running server: the root of its addresses, and its process."""

    url: str
    pid: int

    def resident(self) -> int:
        """Give the bytes of memory that the process has now (Linux)."""
        pages = Path(f"/proc/{self.pid}/statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def served(data_dir: Path, **settings: str) -> Iterator[Served]:
    """Serve a data directory on a free port while the block runs."""
    environment = {**os.environ, **{f"NEWSMORGUE_{name.upper()}": value for name, value in settings.items()}}
    command = [sys.executable, "-m", "newsmorgue", "serve", "--data-dir", str(data_dir), "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if found := re.search(r"http://[^/\s]+", line):
                    yield Served(url=found.group(), pid=process.pid)
                    break
        finally:
            process.terminate()
            process.wait(30)
