"""A cache of arrays that is bounded by their bytes."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


SHARE = 4
"""What takes more than one part in so many of a cache is not kept: it would drive out too much else."""


class Cache(Generic[T]):
    """Keeps what was loaded last, up to a number of bytes; safe for threads."""

    def __init__(self, size: int, weigh: Callable[[T], int]) -> None:
        self._size = size
        self._weigh = weigh
        self._held = 0
        self._entries: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = threading.Lock()

    def peek(self, key: Hashable) -> T | None:
        """Give what belongs to a key where it is kept."""
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
            return self._entries.get(key)

    def get(self, key: Hashable, load: Callable[[], T]) -> T:
        """Give what belongs to a key, loading it where it is not kept; two threads may load the same at once."""
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
                return self._entries[key]
        value = load()
        weight = self._weigh(value)
        if weight > self._size // SHARE:
            return value
        with self._lock:
            if key not in self._entries:
                self._entries[key] = value
                self._held += weight
                while self._held > self._size:
                    self._held -= self._weigh(self._entries.popitem(last=False)[1])
        return value
