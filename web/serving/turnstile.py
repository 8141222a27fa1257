"""A bounded queue before the threads: what does not fit is turned away at once, by a thread of its own.

Waitress puts every request into one queue without end; under overload all answers become slow, and most come when
nobody waits for them any more. Here at most so many wait as can be answered soon; the others get 503 with Retry-After,
which costs next to nothing.
"""

import threading

from waitress.channel import HTTPChannel
from waitress.task import ThreadedTaskDispatcher

_here = threading.local()


def turned_away() -> bool:
    """Say whether the request that this thread answers did not fit into the queue."""
    return getattr(_here, "turned_away", False)


class _Quiet(ThreadedTaskDispatcher):  # type: ignore[misc]  # waitress is not typed
    """Waitress's own threads, without a warning for each request that has to wait."""

    def add_task(self, task: HTTPChannel) -> None:
        with self.lock:
            self.queue.append(task)
            self.queue_cv.notify()


class _Refusing(_Quiet):
    """The thread that turns away."""

    def handler_thread(self, thread_no: int) -> None:
        _here.turned_away = True
        super().handler_thread(thread_no)


class Turnstile(_Quiet):
    """The threads that answer, before which at most so many requests wait."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self._refusing = _Refusing()

    def set_thread_count(self, count: int) -> None:
        """Start or stop threads."""
        super().set_thread_count(count)
        self._refusing.set_thread_count(1 if count else 0)

    def add_task(self, task: HTTPChannel) -> None:
        """Queue a request, or have it turned away."""
        if len(self.queue) >= self._most:
            self._refusing.add_task(task)
        else:
            super().add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:  # noqa: FBT001, FBT002  as waitress has it
        """End all threads."""
        self._refusing.shutdown(cancel_pending, timeout)
        return bool(super().shutdown(cancel_pending, timeout))
