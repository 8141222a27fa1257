"""The order of hits, and pages of it: by the keys of hits, never by numbers."""

import math
import struct
from typing import Any

from index.days import UNDATED
from index.engines.opensearch.cluster import Json
from index.engines.opensearch.mapping import OLDEST, UNDATED_LAST
from search.engines.engine import Key, Window
from search.engines.opensearch.expressions import every, term
from search.request import Sort

_Order = list[tuple[str, str]]

_BEHIND = "\u0000"
"""What makes of an id the next text there is."""


class Order:
    """How hits are sorted: by score where anything is scored and it is asked for, then by day, then by id."""

    def __init__(self, sort: Sort, *, scored: bool) -> None:
        self.by_score = sort == "relevance" and scored
        day = (OLDEST, "asc") if sort == "oldest" else ("date", "desc")
        self._fields: _Order = [*([("_score", "desc")] if self.by_score else []), day, ("id", "asc")]
        self._oldest = sort == "oldest"

    def page(self, window: Window) -> Json:
        """Say which hits a window wants; those before a key come in the reverse order."""
        back = window.key is not None and window.side != "after"
        asked: Json = {"sort": [{field: _turned(way) if back else way} for field, way in self._fields]}
        if window.key is not None:
            id_ = window.key.id + _BEHIND if window.side == "until" else window.key.id
            values: list[Any] = [window.key.score] if self.by_score else []
            asked["search_after"] = [*values, self._day(window.key.day), id_]
        return asked

    def key(self, hit: Json) -> Key:
        """Give the key of a hit; Elasticsearch puts one more value behind those that it was asked to sort by."""
        *scores, day, id_ = hit["sort"][: len(self._fields)]
        number = UNDATED if self._oldest and day == UNDATED_LAST else int(day)
        return Key(score=float(scores[0]) if scores else float(hit.get("_score") or 0.0), day=number, id=str(id_))

    def before(self, key: Key, *, inclusive: bool) -> Json:
        """Match what comes before a key by day and id, whatever the scores, and the key's own hit where `inclusive`."""
        field, way = self._fields[-2]
        day = self._day(key.day)
        earlier: Json = {"range": {field: {"lt" if way == "asc" else "gt": day}}}
        same: Json = {"range": {"id": {"lte" if inclusive else "lt": key.id}}}
        return {"bool": {"should": [earlier, every([], [term(field, day), same])], "minimum_should_match": 1}}

    def _day(self, day: int) -> int:
        return UNDATED_LAST if self._oldest and day == UNDATED else day


def above(score: float) -> float:
    """Give the next score there is above one: a cluster's are of 32 bits, and what it tells are decimals near them."""
    [bits] = struct.unpack("<i", struct.pack("<f", score))
    [following] = struct.unpack("<f", struct.pack("<i", bits + 1))
    return float(following) if math.isfinite(following) else score


def _turned(way: str) -> str:
    return "asc" if way == "desc" else "desc"
