"""The casts of an archive as columns of numbers, which load at once: what is kept between runs, and grows with each."""

import json
import zlib
from array import array
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.identity.casts import Cast
from index.identity.naming import is_full, name_of

Ids = NDArray[np.int32]

_VERSION = 1
_SEXES = {"": 0, "m": 1, "f": 2, "fm": 3}


@dataclass(slots=True, kw_only=True)
class Columns:
    """Who stands where: a row is one naming, a name in an article; names and words are known by number.

    `articles` and `years` (0 where unknown) are by article, `of_article`, `of_name` and `sexes` (1 for a Mr., 2 for a
    Mrs.) by row; the words beside row `r` are `beside[ends[r]:ends[r + 1]]`. `born` has the surnames from before a
    marriage by name. `folded` are the words of each name as they are compared, empty for a surname alone.
    """

    articles: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    born: dict[str, list[str]] = field(default_factory=dict)
    years: Ids = field(default_factory=lambda: np.zeros(0, np.int32))
    of_article: Ids = field(default_factory=lambda: np.zeros(0, np.int32))
    of_name: Ids = field(default_factory=lambda: np.zeros(0, np.int32))
    sexes: Ids = field(default_factory=lambda: np.zeros(0, np.int32))
    beside: Ids = field(default_factory=lambda: np.zeros(0, np.int32))
    ends: Ids = field(default_factory=lambda: np.zeros(1, np.int32))

    def changed(self, dropped: Collection[str], casts: Iterable[tuple[str, Cast]]) -> "Columns":
        """Give the columns without some articles, and with others, by id, after them."""
        kept = self._without(dropped)
        return kept._with(casts)

    def encode(self) -> bytes:
        """Give the columns as bytes."""
        texts = json.dumps([self.articles, self.names, self.folded, self.words, self.born]).encode("ascii")
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
        articles, names, folded, words, born = json.loads(body[:length])
        columns = {}
        for name, size in zip(_COLUMNS, sizes, strict=True):
            columns[name] = np.frombuffer(body[length : length + size], dtype="<i4").astype(np.int32)
            length += size
        return cls(articles=articles, names=names, folded=folded, words=words, born=born, **columns)

    def _without(self, dropped: Collection[str]) -> "Columns":
        known = set(self.articles)
        if known.isdisjoint(dropped):
            return self
        keep = np.array([article not in dropped for article in self.articles], dtype=bool)
        rows = keep[self.of_article]
        numbers = np.cumsum(keep) - 1
        lengths = np.diff(self.ends)
        return Columns(
            articles=[article for article, kept in zip(self.articles, keep.tolist(), strict=True) if kept],
            names=self.names,
            folded=self.folded,
            words=self.words,
            born=self.born,
            years=self.years[keep],
            of_article=numbers[self.of_article[rows]].astype(np.int32),
            of_name=self.of_name[rows],
            sexes=self.sexes[rows],
            beside=self.beside[np.repeat(rows, lengths)],
            ends=np.concatenate([[0], np.cumsum(lengths[rows])]).astype(np.int32),
        )

    def _with(self, casts: Iterable[tuple[str, Cast]]) -> "Columns":
        names, words = _Numbers(self.names), _Numbers(self.words)
        articles = list(self.articles)
        born = {name: list(found) for name, found in self.born.items()}
        years, of_article, of_name, sexes, beside, ends = (array("i") for _ in range(6))
        last = int(self.ends[-1])
        for article, cast in casts:
            for named in cast.people:
                of_article.append(len(articles))
                of_name.append(names.of(named.value))
                sexes.append(_SEXES[named.sexes])
                beside.extend([words.of(word) for word in named.beside])
                ends.append(last + len(beside))
                if named.born and named.born not in born.setdefault(named.value, []):
                    born[named.value].append(named.born)
            articles.append(article)
            years.append(int(cast.day[:4]) if cast.day[:4].isdigit() else 0)
        return Columns(
            articles=articles,
            names=names.strings,
            folded=self.folded + [_folded(name) for name in names.strings[len(self.names) :]],
            words=words.strings,
            born=born,
            years=_joined(self.years, years),
            of_article=_joined(self.of_article, of_article),
            of_name=_joined(self.of_name, of_name),
            sexes=_joined(self.sexes, sexes),
            beside=_joined(self.beside, beside),
            ends=_joined(self.ends, ends),
        )


_COLUMNS = ("years", "of_article", "of_name", "sexes", "beside", "ends")


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
