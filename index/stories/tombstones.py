"""Tombstones: what is kept of an article that was removed for good, so that it is known when it was edited.

Its sketch, and digests of its traits: numbers, from which no word of it can be told.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from index.archive.archive import Archive
from index.archive.stories import StoryRows
from index.stories.sketches import SKETCH_BYTES, Sketch
from index.types import Article

_DIGEST: Final = 8
_TRAITS: Final = 4 * _DIGEST
_LEAST_WORDS: Final = 50
"""A text of fewer words may be that of any number of articles (`Read on for subscribers only`)."""
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """Digests of an article's title, date, details and words, in this order; of what it lacks there is none (zeros).

    Its details are the words with a capital or a digit; a text of few words has no digest of them.
    """

    data: bytes

    @classmethod
    def of(cls, article: Article) -> Self:
        """Give the traits of an article."""
        words = _WORD.findall(article.text)
        details = sorted(word for word in words if not word[0].islower())
        parts = (
            " ".join(article.title.casefold().split()),
            article.published.value if article.published else "",
            " ".join(details),
            " ".join(words).casefold() if len(words) >= _LEAST_WORDS else "",
        )
        return cls(data=b"".join(_digest(part) for part in parts))

    @property
    def name(self) -> bytes:
        """The digests of title and date; none where it has neither."""
        found = self.data[: 2 * _DIGEST]
        return found if any(found) else b""

    @property
    def is_full_name(self) -> bool:
        """Whether it has both a title and a date."""
        return any(self.data[:_DIGEST]) and any(self._date)

    @property
    def details(self) -> bytes:
        """The digest of its details."""
        return self.data[2 * _DIGEST : 3 * _DIGEST]

    @property
    def wording(self) -> bytes:
        """The digests of date and words; none where it lacks one of them."""
        words = self.data[3 * _DIGEST :]
        return self._date + words if any(self._date) and any(words) else b""

    @property
    def _date(self) -> bytes:
        return self.data[_DIGEST : 2 * _DIGEST]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is kept of a removed article."""

    traits: Traits
    sketch: Sketch


def bury(archive: Archive, ids: Iterable[str]) -> int:
    """Remove articles for good and keep a tombstone of each; give how many there were."""
    wanted = list(ids)
    found = ((one, archive.get(one)) for one in archive.known(wanted))
    traits = {one: Traits.of(tagged.article) for one, tagged in found if tagged}
    removed = archive.remove(wanted, barred=True)
    rows = StoryRows(archive.database)
    numbers = rows.numbers_of(traits)
    sketches = dict(rows.sketches_of(numbers.values(), size=SKETCH_BYTES))
    rows.put_sketches(
        (numbers[one], sketches[numbers[one]] + traits[one].data) for one in traits if numbers[one] in sketches
    )
    return removed


def bury_edited(archive: Archive, barred: Mapping[str, str]) -> None:
    """Remove edited forms of removed articles for good: ids to those of what had been removed.

    Each gets the tombstone of the latter, so that later forms too are compared with what was removed, not with forms
    that were told to be of it.
    """
    if not barred:
        return
    rows = StoryRows(archive.database)
    numbers = rows.numbers_of({*barred, *barred.values()})
    kept = dict(rows.sketches_of((numbers[one] for one in barred.values()), size=SKETCH_BYTES + _TRAITS))
    archive.remove(barred, barred=True)
    rows.put_sketches((numbers[one], kept[numbers[other]]) for one, other in barred.items() if numbers[other] in kept)


def tombstones(archive: Archive, ids: Iterable[str]) -> dict[str, Tombstone]:
    """Give the tombstones of those of some removed articles that have one; of several with the same, one."""
    rows = StoryRows(archive.database)
    names = {number: one for one, number in rows.numbers_of(list(ids)).items()}
    found = {data: names[number] for number, data in rows.sketches_of(names, size=SKETCH_BYTES + _TRAITS)}
    return {
        one: Tombstone(
            traits=Traits(data=data[SKETCH_BYTES:]),
            sketch=np.frombuffer(data[:SKETCH_BYTES], dtype="<u4").astype(np.uint32),
        )
        for data, one in found.items()
    }


def _digest(text: str) -> bytes:
    return (
        hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest() if text else bytes(_DIGEST)
    )
