"""Requests compute one after the other, and none holds up the others for long."""

import contextlib
import threading
import time
from collections.abc import Iterable

from web.serving.keeping import Environ, Start
from web.serving.turns import Turns


class Slow:
    """An application that notes how many of its calls ran at once."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self.running = self.most = self.done = 0

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        with self._lock:
            self.running += 1
            self.most = max(self.most, self.running)
        time.sleep(self._seconds)
        with self._lock:
            self.running -= 1
            self.done += 1
        if environ.get("fails"):
            raise ZeroDivisionError
        return [b"done"]


def asked(turns: Turns, times: int) -> None:
    threads = [threading.Thread(target=turns, args=({}, lambda *_: None)) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_no_more_compute_at_a_time_than_may() -> None:
    for most in (1, 2):
        slow = Slow(0.005)
        asked(Turns(slow, most, 60), 8)
        assert (slow.most, slow.done) == (most, 8)


def test_who_has_waited_long_enough_begins() -> None:
    slow = Slow(0.3)
    asked(Turns(slow, 1, 0.01), 3)
    assert (slow.most, slow.done) == (3, 3)


def test_a_place_comes_free_where_a_call_fails() -> None:
    turns = Turns(Slow(0), 1, 60)
    for _ in range(3):
        with contextlib.suppress(ZeroDivisionError):
            turns({"fails": True}, lambda *_: None)
    assert list(turns({}, lambda *_: None)) == [b"done"]


def test_a_place_that_was_not_had_is_not_given_back() -> None:
    slow = Slow(0.05)
    turns = Turns(slow, 1, 0)
    asked(turns, 4)
    slow.most = 0
    asked(Turns(slow, 1, 60), 4)
    assert slow.most == 1
