"""A data directory served as users serve it: by the command, or by the same server within the test."""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from waitress.server import create_server

from index.settings import Settings
from search.searcher import Searcher
from web.application import create_application


@contextmanager
def serving(environment: Mapping[str, str], data_dir: Path | str, processes: int = 1) -> Iterator[str]:
    """Run `newsmorgue serve` over a data directory; gives its address."""
    command = [sys.executable, "-m", "newsmorgue", "serve", "--data-dir", str(data_dir), "--processes", str(processes)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as one:
        try:
            assert one.stdout is not None
            lines = []
            for line in one.stdout:
                lines.append(line)
                if found := re.match(r"Serving at (\S+?)/? ", line):
                    yield found[1]
                    break
            else:
                raise AssertionError("".join(lines))
        finally:
            one.terminate()
            one.wait(30)


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """Serve a data directory from a thread of this process; gives the address."""
    searcher = Searcher(settings.data_dir, settings)
    server = create_server(create_application(searcher, settings), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join(timeout=5)
        searcher.close()
