"""A server of several processes, as its clients and whoever runs it meet it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.settings import Settings
from web.serving import processes

ROOT = Path(__file__).parents[2]


@contextmanager
def running(settings: Settings, **changes: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Serve by two processes, and give the address."""
    own = {
        f"NEWSMORGUE_{name.upper()}": value for name, value in {"processes": "2", "metrics": "true", **changes}.items()
    }
    command = [sys.executable, "-m", "newsmorgue", "serve", "--data-dir", str(settings.data_dir), "--port", "0"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env={**os.environ, **own}, cwd=ROOT, text=True, **pipes) as server:  # type: ignore[call-overload]
        try:
            line = server.stdout.readline()
            yield re.search(r"http://[^/\s]+", line).group(), server
        finally:
            server.kill()


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as response:
        return bytes(response.read())


def figures(address: str) -> dict[str, float]:
    lines = (line for line in get(f"{address}/metrics").decode().splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def ready(address: str) -> None:
    """Wait until all processes are there."""
    for _ in range(300):
        try:
            if get(f"{address}/readyz") == b"ready\n":
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail("they never were")


def drains(address: str) -> bool:
    """Say whether the server says that it is ending before it takes no more connections."""
    for _ in range(300):
        try:
            get(f"{address}/readyz")
        except urllib.error.HTTPError as error:
            return error.code == 503
        except OSError:
            return False
        time.sleep(0.01)
    return False


def children(server: "subprocess.Popen[str]") -> list[int]:
    told = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text("ascii")
    return [int(one) for one in told.split()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at the processes as Linux tells them")
def test_processes_count_together_are_replaced_and_end_together(settings: Settings) -> None:
    with running(settings, drain_seconds="1") as (address, server):
        ready(address)
        before = figures(address)
        assert before["newsmorgue_processes"] == 2
        for number in range(20):
            assert json.loads(get(f"{address}/api/v1/search?q=harris&size={number % 5 + 1}"))["total"]
        key = 'newsmorgue_requests_total{route="/api/v1/search",method="GET",status="200"}'
        after = figures(address)
        assert after[key] == 20, "whichever process answered"
        status = json.loads(get(f"{address}/api/v1/status"))
        assert (status["answers"], status["answers_kept"]) == (20, after["newsmorgue_answers_kept_hits_total"])

        one, other = children(server)
        os.kill(one, signal.SIGKILL)
        for _ in range(600):
            now = children(server)
            if len(now) == 2 and one not in now:
                break
            time.sleep(0.05)
        assert other in now
        ready(address)
        assert figures(address)[key] == 20, "what it counted stays"

        server.send_signal(signal.SIGTERM)
        assert drains(address), "a balancer can see that it ends"
        assert server.wait(30) == 0
        with pytest.raises(urllib.error.URLError, match="refused"):
            get(f"{address}/healthz")
        for process in now:
            with pytest.raises(ProcessLookupError):
                os.kill(process, 0)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at the processes as Linux tells them")
def test_processes_end_where_their_parent_is_gone(settings: Settings) -> None:
    with running(settings) as (address, server):
        ready(address)
        orphans = children(server)
        server.kill()
        for _ in range(200):
            if not any(Path(f"/proc/{one}").exists() for one in orphans):
                return
            time.sleep(0.05)
    pytest.fail("they go on")


def test_a_process_that_ends_at_once_is_replaced_later_each_time() -> None:
    place, waits = processes._Place(), []
    for _ in range(12):
        place.ended(now := place.due + 1.0)
        waits.append(round(place.due - now, 6))
        place.since = place.due
    assert waits[:4] == [0.1, 0.2, 0.4, 0.8]
    assert waits[-1] == processes.LONGEST_WAIT
    place.ended(now := place.since + processes.STEADY + 1)
    assert place.due == now, "one that was steady is replaced at once"
