"""A server of its own for a measurement: `newsmorgue serve` in a process that ends with the block."""

import contextlib
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A running server: the root of its addresses, and its first process, the parent of the others."""

    url: str
    pid: int

    def processes(self) -> list[int]:
        """Give all its processes (Linux)."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text("ascii").split()
        return [self.pid, *map(int, children)]

    def wait_until_ready(self) -> None:
        """Wait until all its processes answer."""
        for _ in range(600):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.url}/readyz", timeout=60):
                return
            time.sleep(0.1)

    def memory(self) -> int:
        """Give the bytes of memory that the processes have now, what they share counted once, mapped files included."""
        return sum(_told(process, "Pss") for process in self.processes())

    def private(self) -> int:
        """Give the same without mapped files, which the system takes back where it needs the room."""
        kinds = ("Pss_Anon", "Pss_Shmem")
        return sum(_told(process, kind) for process in self.processes() for kind in kinds)

    def seconds(self) -> float:
        """Give the seconds of processor time that the processes have taken."""
        ticks = 0
        for process in self.processes():
            fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))  # its own and those of children that ended (proc(5))
        return ticks / os.sysconf("SC_CLK_TCK")


def _told(process: int, kind: str) -> int:
    """Give a line of what the system tells of a process's memory, in bytes."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{kind}:"))


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
