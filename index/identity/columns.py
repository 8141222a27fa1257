"""The casts of an archive as columns of numbers, which load at once: what is kept between runs, and grows with each."""

import json
import zlib
from array import array
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.identity.casts import Cast
from index.identity.naming import is_full, name_of

Ids = NDArray[np.int32]

_VERSION = 2
_SEXES = {"": 0, "m": 1, "f": 2, "fm": 3}


@dataclass(slots=True, kw_only=True)
class Columns:
    """Who stands where: a row is one naming, a name in an article; names and words are known by number.

    `articles`, `days` (ordinals as of `datetime.date`, in the middle of what is known; 0 where unknown) and `of_outlet`
    are by article, `of_article`, `of_name` and `sexes` (1 for a Mr., 2 for a Mrs.) by row. Of row `r`, the words beside
    are `beside[beside_ends[r]:beside_ends[r + 1]]`; so are the words that stand for it `alone`, the names that the text
    has of it in full, `stated`, and the words `around` it. `born` has the surnames from before a marriage by name.
    `folded` are the words of each name as they are compared, empty for a surname alone.
    """

    articles: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    born: dict[str, list[str]] = field(default_factory=dict)
    days: Ids = field(default_factory=lambda: np.zeros(0, np.int32))
    of_outlet: Ids = field(default_factory=lambda: np.zeros(0, np.int32))
    of_article: Ids = field(default_factory=lambda: np.zeros(0, np.int32))
    of_name: Ids = field(default_factory=lambda: np.zeros(0, np.int32))
    sexes: Ids = field(default_factory=lambda: np.zeros(0, np.int32))
    beside: Ids = field(default_factory=lambda: np.zeros(0, np.int32))
    beside_ends: Ids = field(default_factory=lambda: np.zeros(1, np.int32))
    alone: Ids = field(default_factory=lambda: np.zeros(0, np.int32))
    alone_ends: Ids = field(default_factory=lambda: np.zeros(1, np.int32))
    stated: Ids = field(default_factory=lambda: np.zeros(0, np.int32))
    stated_ends: Ids = field(default_factory=lambda: np.zeros(1, np.int32))
    around: Ids = field(default_factory=lambda: np.zeros(0, np.int32))
    around_ends: Ids = field(default_factory=lambda: np.zeros(1, np.int32))

    def changed(self, dropped: Collection[str], casts: Iterable[tuple[str, Cast]]) -> "Columns":
        """Give the columns without some articles, and with others, by id, after them."""
        kept = self._without(dropped)
        return kept._with(casts)

    def encode(self) -> bytes:
        """Give the columns as bytes."""
        texts = json.dumps([getattr(self, name) for name in _TEXTS]).encode("ascii")
        columns = [getattr(self, name).astype("<i4").tobytes() for name in _COLUMNS]
        sizes = json.dumps([_VERSION, len(texts), *map(len, columns)]).encode()
        return zlib.compress(b"\n".join([sizes, texts + b"".join(columns)]), 1)

    @classmethod
    def decode(cls, data: bytes) -> "Columns | None":
        """Read the bytes of `encode`; None where another version wrote them."""
        head, _, body = zlib.decompress(data).partition(b"\n")
        version, length, *sizes = json.loads(head)
        if version != _VERSION:
            return None
        texts = dict(zip(_TEXTS, json.loads(body[:length]), strict=True))
        columns: dict[str, Any] = {}
        for name, size in zip(_COLUMNS, sizes, strict=True):
            columns[name] = np.frombuffer(body[length : length + size], dtype="<i4").astype(np.int32)
            length += size
        return cls(**texts, **columns)

    def _without(self, dropped: Collection[str]) -> "Columns":
        known = set(self.articles)
        if known.isdisjoint(dropped):
            return self
        keep = np.array([article not in dropped for article in self.articles], dtype=bool)
        rows = keep[self.of_article]
        numbers = np.cumsum(keep) - 1
        made: dict[str, Any] = {name: getattr(self, name) for name in _TEXTS} | {
            "articles": [article for article, kept in zip(self.articles, keep.tolist(), strict=True) if kept],
            "of_article": numbers[self.of_article[rows]].astype(np.int32),
        }
        made |= {name: getattr(self, name)[keep] for name in ("days", "of_outlet")}
        made |= {name: getattr(self, name)[rows] for name in ("of_name", "sexes")}
        for name in _RAGGED:
            lengths = np.diff(getattr(self, f"{name}_ends"))
            made[name] = getattr(self, name)[np.repeat(rows, lengths)]
            made[f"{name}_ends"] = np.concatenate([[0], np.cumsum(lengths[rows])]).astype(np.int32)
        return Columns(**made)

    def _with(self, casts: Iterable[tuple[str, Cast]]) -> "Columns":
        names, words, outlets = _Numbers(self.names), _Numbers(self.words), _Numbers(self.outlets)
        articles = list(self.articles)
        born = {name: list(found) for name, found in self.born.items()}
        more: dict[str, array[int]] = {name: array("i") for name in _COLUMNS}
        last = {name: int(getattr(self, f"{name}_ends")[-1]) for name in _RAGGED}
        for article, cast in casts:
            for named in cast.people:
                more["of_article"].append(len(articles))
                more["of_name"].append(names.of(named.value))
                more["sexes"].append(_SEXES[named.sexes])
                more["beside"].extend([words.of(word) for word in named.beside])
                more["alone"].extend([words.of(word) for word in named.alone])
                more["around"].extend([words.of(word) for word in named.around])
                more["stated"].extend([names.of(name) for name in named.stated])
                for name in _RAGGED:
                    more[f"{name}_ends"].append(last[name] + len(more[name]))
                if named.born and named.born not in born.setdefault(named.value, []):
                    born[named.value].append(named.born)
            articles.append(article)
            more["days"].append(_ordinal(cast.day))
            more["of_outlet"].append(outlets.of(cast.publisher))
        return Columns(
            articles=articles,
            names=names.strings,
            folded=self.folded + [_folded(name) for name in names.strings[len(self.names) :]],
            words=words.strings,
            outlets=outlets.strings,
            born=born,
            **{name: _joined(getattr(self, name), found) for name, found in more.items()},
        )


_RAGGED = ("beside", "alone", "stated", "around")
_COLUMNS = (
    *("days", "of_outlet", "of_article", "of_name", "sexes"),
    *(column for name in _RAGGED for column in (name, f"{name}_ends")),
)
_TEXTS = ("articles", "names", "folded", "words", "outlets", "born")
_MIDDLE = {4: "-07-01", 7: "-15", 10: ""}
"""What to put after a date of so many letters that is known to the year, to the month, to the day."""


def _ordinal(day: str) -> int:
    try:
        return date.fromisoformat(day + _MIDDLE[len(day)]).toordinal()
    except (KeyError, ValueError):
        return 0


class _Numbers:
    """Strings by number, from 0."""

    def __init__(self, strings: list[str]) -> None:
        self.strings = list(strings)
        self._numbers = {string: number for number, string in enumerate(self.strings)}

    def of(self, string: str) -> int:
        number = self._numbers.get(string)
        if number is None:
            number = self._numbers[string] = len(self.strings)
            self.strings.append(string)
        return number


def _folded(value: str) -> str:
    return " ".join(name_of(value).words) if is_full(value) else ""


def _joined(before: Ids, more: "array[int]") -> Ids:
    return np.concatenate([before, np.array(more, dtype=np.int32)])
