"""Tell which records of a changed file are former ones of it, edited.

A record without a URL and an id of its own is known by what it says (index/read/identity.py), so that lines may move:
edited, it looks like a new one beside one that is gone. An article that is taken for another is lost, and one in two
forms is not: the two are one only where nothing speaks against it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.archive.archive import Archive
from index.archive.files import FileRead
from index.read.identity import STANDARD_INPUT, is_front_page
from index.stories.sketches import Shingles, shingles, sketch
from index.stories.tombstones import Tombstone, Traits, tombstones
from index.types import Article

ALIKE: Final = 0.6
"""What an edited text of the same title and date shares with its former form, at least."""
SURE: Final = 0.8
"""The same where title or date is missing: then the details must be the same too."""
_DOUBT: Final = 0.1
"""So much more two texts must share where one is a tombstone: an estimate by 126 minima is off by less (2.3 sigma)."""
_LEAST: Final = 8
"""Where texts have fewer shingles of their own, nothing can be said."""
_LEAST_MINIMA: Final = 60
"""The same for the minima of a tombstone's sketch."""
_OTHERS: Final = 100
"""So many other records of the file, evenly spread, tell what its texts have in common."""
_CROWD: Final = 16
"""Of more records with the same title and date, none is told to be another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """Articles of a file that are edited forms: their ids to those of the former ones, which are gone from the file.

    The former forms of those `barred` were removed for good; those of the `edited` are in the archive still.
    """

    edited: Mapping[str, str]
    barred: Mapping[str, str]


def succession(archive: Archive, file: FileRead) -> Succession:
    """Find the edited records of a file that was just read, before the archive takes note of it.

    A pair must have the same title and date and share ALIKE of their shingles; or the same title or date, where both
    lack the other, the same details and SURE; or the same date and the same words under another title. What other
    records of the file say too does not count, and neither of the two may be as much like a third.
    """
    nothing = Succession(edited={}, barred={})
    if file.source == STANDARD_INPUT:  # each input is another
        return nothing
    gone, fresh = archive.files.turnover(file)
    if not gone or not fresh:
        return nothing
    buried = tombstones(archive, [one for one, barred in gone.items() if barred])
    alive = dict(_known_by_content(archive, (one for one, barred in gone.items() if not barred)))
    former = {**{one: stone.traits for one, stone in buried.items()}, **alive}
    new = dict(_known_by_content(archive, fresh))
    candidates = list(_candidates(new, former))
    if not candidates:
        return nothing
    texts = _Texts(archive, [*file.owned, *alive])
    edited = _unique(
        (one, other) for one, other, least in candidates if other in alive and texts.share(one, other) >= least
    )
    barred = _unique(
        (one, other)
        for one, other, least in candidates
        if other in buried and one not in edited and texts.estimate(one, buried[other]) >= min(1.0, least + _DOUBT)
    )
    return Succession(edited=edited, barred=barred)


def _known_by_content(archive: Archive, ids: Iterable[str]) -> Iterator[tuple[str, Traits]]:
    """Yield the traits of those of some articles that nothing but their content identifies."""
    for one in ids:
        tagged = archive.get(one)
        if tagged and _is_nameless(tagged.article):
            yield one, Traits.of(tagged.article)


def _is_nameless(article: Article) -> bool:
    return article.own_id is None and (article.url is None or is_front_page(article.url))


def _candidates(new: Mapping[str, Traits], former: Mapping[str, Traits]) -> Iterator[tuple[str, str, float]]:
    """Yield pairs of new and former records that may be one, each with what they must share at least."""
    by_key: defaultdict[bytes, list[str]] = defaultdict(list)
    for one, traits in former.items():
        for key in filter(None, (traits.name, traits.wording)):
            by_key[key].append(one)
    times = Counter(key for traits in new.values() for key in (traits.name, traits.wording) if key in by_key)
    crowds = {key for key, count in times.items() if max(count, len(by_key[key])) > _CROWD}
    for one, traits in new.items():
        for other in by_key.get(traits.name, ()) if traits.name not in crowds else ():
            if traits.is_full_name:
                yield one, other, ALIKE
            elif traits.details == former[other].details:
                yield one, other, SURE
        for other in by_key.get(traits.wording, ()) if traits.wording not in crowds else ():
            if traits.name != former[other].name:
                yield one, other, 1.0


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give those pairs of whose two sides neither is in another pair."""
    found = set(pairs)
    ones, others = Counter(one for one, _ in found), Counter(other for _, other in found)
    return {one: other for one, other in found if ones[one] == others[other] == 1}


class _Texts:
    """The texts of a file's records, present and gone: what two of them share and none of the others says."""

    def __init__(self, archive: Archive, records: Sequence[str]) -> None:
        self._archive = archive
        step = max(1, len(records) // _OTHERS)
        self._sample = {one: self._shingles(one) for one in dict.fromkeys(records[::step])}
        said, times = np.unique(
            np.concatenate([np.zeros(0, dtype=np.uint64), *self._sample.values()]), return_counts=True
        )
        self._said = np.append(said, np.iinfo(np.uint64).max)  # so that each has a place
        self._times = np.append(times, 0)

    def share(self, one: str, other: str) -> float:
        """Give what two records share of the shingles that are theirs alone."""
        ones, others = self._shingles(one), self._shingles(other)
        both = np.intersect1d(ones, others, assume_unique=True)
        either = self._own(np.union1d(ones, others), {one: ones, other: others})
        return len(np.intersect1d(both, either)) / len(either) if len(either) >= _LEAST else 0.0

    def estimate(self, one: str, stone: Tombstone) -> float:
        """Estimate the same of a record and a removed one: only those minima count that no other record says."""
        ones = self._shingles(one)
        own = self._own(ones, {one: ones})
        if len(own) < _LEAST:
            return 0.0
        all_minima, own_minima = sketch(ones), sketch(own)
        counted = (own_minima == all_minima) | (stone.sketch < all_minima)
        return _mean((stone.sketch == all_minima)[counted])

    def _own(self, found: Shingles, of: Mapping[str, Shingles]) -> Shingles:
        """Leave out of some shingles those that other records say than those `of` which they are."""
        places = np.searchsorted(self._said, found)
        times = np.where(self._said[places] == found, self._times[places], 0)
        for one, theirs in of.items():
            if one in self._sample:
                times = times - np.isin(found, theirs, assume_unique=True)
        return found[times <= 0]

    def _shingles(self, one: str) -> Shingles:
        tagged = self._archive.get(one)
        return shingles(tagged.article.text) if tagged else np.zeros(0, dtype=np.uint64)


def _mean(agree: NDArray[np.bool_]) -> float:
    return float(agree.mean()) if len(agree) >= _LEAST_MINIMA else 0.0
