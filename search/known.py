"""Whom names in queries mean in one engine."""

from search.engines.engine import Engine
from search.query.tree import Value


class KnownNames:
    """What names mean in one engine, each looked up once; see `search.marks.Names`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[Value, frozenset[str]] = {}

    def __call__(self, clause: Value) -> frozenset[str]:
        """Give the people, outlets or publishers that a name means."""
        if clause not in self._known:
            self._known[clause] = frozenset(self._engine.names(clause.field, clause.text, whole=clause.whole))
        return self._known[clause]
