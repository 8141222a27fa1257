"""What the names of one question mean, each looked up once a generation."""

import threading
from collections import OrderedDict

from index.engines.opensearch.cluster import Json
from search.engines.opensearch import names
from search.engines.opensearch.expressions import present, terms, without
from search.engines.opensearch.view import Asking
from search.request import NONE

_Key = tuple[str, str, str]

_KEPT = 5_000


class Known:
    """What was looked up last; safe for threads."""

    def __init__(self) -> None:
        self._found: OrderedDict[_Key, tuple[str, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: _Key) -> tuple[str, ...] | None:
        """Give what was found for a key; None where that is not known."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def keep(self, key: _Key, found: tuple[str, ...]) -> tuple[str, ...]:
        """Remember what was found."""
        with self._lock:
            self._found[key] = found
            if len(self._found) > _KEPT:
                self._found.popitem(last=False)
        return found


class Meanings:
    """Looks names up with what is left of one question's time; a partial answer is not remembered."""

    def __init__(self, asking: Asking, known: Known) -> None:
        self._asking = asking
        self._known = known

    def of(self, field: str, text: str, *, whole: bool) -> tuple[str, ...]:
        """Give the values that a typed name means; see `Engine.names`."""
        key = ("whole" if whole else "words", field, text)
        found = self._known.get(key)
        return self._keep(key, names.meant(self._asking, field, text, whole=whole)) if found is None else found

    def same(self, field: str, text: str) -> tuple[str, ...]:
        """Give the value that a name is, else those that are it but for case, accents and signs."""
        key = ("same", field, text)
        found = self._known.get(key)
        return self._keep(key, names.alike(self._asking, field, [text])[0]) if found is None else found

    def having(self, field: str, text: str, *, whole: bool) -> Json:
        """Match the articles that have a value that a typed name means; `NONE` means having none."""
        if text == NONE:
            return without(present(field))
        return terms(field, self.of(field, text, whole=whole))

    def _keep(self, key: _Key, found: tuple[str, ...]) -> tuple[str, ...]:
        return found if self._asking.cuts() else self._known.keep(key, found)
