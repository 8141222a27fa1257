"""The articles that were shown last, ready to be marked: who refines a question is shown many of them again."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

from search.engines.engine import Engine
from search.marks import Looked


class Shelf:
    """Gives the articles of one engine to be shown, each with its first `chars` characters made ready to be marked.

    Those asked for last are kept, up to `most` bytes of their texts and what was made of these. Safe for threads.
    """

    def __init__(self, engine: Engine, *, most: int, chars: int) -> None:
        self._engine = engine
        self._most = most
        self._chars = chars
        self._bytes = 0
        self._kept: OrderedDict[str, Looked] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, ids: Sequence[str]) -> list[Looked | None]:
        """Give the articles with these ids, None where there is none."""
        found: dict[str, Looked | None] = {}
        with self._lock:
            for one in ids:
                if one in self._kept:
                    self._kept.move_to_end(one)
                    found[one] = self._kept[one]
        missing = [one for one in ids if one not in found]
        for one, shown in zip(missing, self._engine.show(missing), strict=True):
            found[one] = looked = Looked(shown, self._chars) if shown else None
            if looked and looked.size <= self._most:
                self._keep(one, looked)
        return [found[one] for one in ids]

    def _keep(self, article_id: str, looked: Looked) -> None:
        """Keep an article; those that nobody asked for longest go."""
        with self._lock:
            if article_id in self._kept:
                return
            self._kept[article_id] = looked
            self._bytes += looked.size
            while self._bytes > self._most:
                self._bytes -= self._kept.popitem(last=False)[1].size
