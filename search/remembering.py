"""Answers given before: the same question to the same generation has the same answer."""

import threading
from collections import OrderedDict
from collections.abc import Hashable

from search.answer import Answer


class Answers:
    """Keeps the answers that were asked for last, up to a number of them; safe for threads.

    `asked` counts the questions, `found` those whose answer was kept.
    """

    def __init__(self, most: int) -> None:
        self.asked = 0
        self.found = 0
        self._most = most
        self._kept: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Answer | None:
        """Give the answer to a question, where it is kept."""
        with self._lock:
            self.asked += 1
            if key not in self._kept:
                return None
            self.found += 1
            self._kept.move_to_end(key)
            return self._kept[key]

    def keep(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer; that which nobody asked for longest goes."""
        with self._lock:
            self._kept[key] = answer
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Let go of all answers."""
        with self._lock:
            self._kept.clear()
