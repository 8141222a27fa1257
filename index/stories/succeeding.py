"""Tell which records of a changed file are former ones of it, edited.

A record without a URL and an id of its own is known by what it says (index/read/identity.py), so that lines may move:
edited, it looks like a new one beside one that is gone. The two are one where they have the same title and date, or the
same date and half of their shingles.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from index.archive.archive import Archive
from index.archive.files import FileRead
from index.archive.stories import StoryRows
from index.read.identity import STANDARD_INPUT
from index.stories.sketches import SKETCH_BYTES, Sketch, band_keys
from index.types import Article

ALIKE: Final = 0.5
"""What an edited text shares with its former form, at least, estimated by their sketches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """Articles of a file that are edited forms: their ids to those of the former ones, which are gone from the file.

    The former forms of those `barred` were removed for good; those of the `edited` are in the archive still.
    """

    edited: Mapping[str, str]
    barred: Mapping[str, str]


def succession(archive: Archive, file: FileRead) -> Succession:
    """Find the edited records of a file that was just read, before the archive takes note of it."""
    nothing = Succession(edited={}, barred={})
    if file.source == STANDARD_INPUT:  # each input is another
        return nothing
    gone, fresh = archive.files.turnover(file)
    if not gone or not fresh:
        return nothing
    alive = {one.id: one for one in _known_by_content(archive, (one for one, barred in gone.items() if not barred))}
    new = {one.id: one for one in _known_by_content(archive, fresh)}
    edited = _by_title(alive.values(), new.values())
    left = [one for one in new if one not in edited]
    former = {*alive, *(one for one, barred in gone.items() if barred)} - set(edited.values())
    barred: dict[str, str] = {}
    for one, other in _by_sketch(archive, sorted(former), left):
        if other not in alive:
            barred[one] = other
        elif alive[other].date == new[one].date:
            edited[one] = other
    return Succession(edited=edited, barred=barred)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    id: str
    title: str
    date: str


def _known_by_content(archive: Archive, ids: Iterable[str]) -> Iterable[_Record]:
    """Yield those of some articles that nothing but their content identifies; of each only what is small."""
    for one in ids:
        tagged = archive.get(one)
        if tagged and _is_known_by_content(tagged.article):
            article = tagged.article
            date = article.published.value if article.published else ""
            yield _Record(id=one, title=article.title.casefold(), date=date)


def _is_known_by_content(article: Article) -> bool:
    return article.url is None and article.own_id is None


def _by_title(former: Iterable[_Record], new: Iterable[_Record]) -> dict[str, str]:
    """Match records with the same title and date, where each side has one such."""
    was, now = ([(one.title, one.date) for one in records if one.title and one.date] for records in (former, new))
    single = {key for key, count in (Counter(was) & Counter(now)).items() if count == 1}
    single -= {key for key, count in (Counter(was) | Counter(now)).items() if count > 1}
    by_key = {(one.title, one.date): one.id for one in former}
    return {one.id: by_key[one.title, one.date] for one in new if (one.title, one.date) in single}


def _by_sketch(archive: Archive, former: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Match articles with what they are most alike to, each with one other, the likest first."""
    was_ids, was = _sketches(archive, former)
    now_ids, now = _sketches(archive, new)
    if not was_ids or not now_ids:
        return []
    was_keys, now_keys = band_keys(was), band_keys(now)
    pairs: set[tuple[int, int]] = set()
    for band in range(was_keys.shape[1]):
        _, ones, others = np.intersect1d(now_keys[:, band], was_keys[:, band], return_indices=True)
        pairs.update(zip(ones.tolist(), others.tolist(), strict=True))
    rated = sorted(((float((now[one] == was[other]).mean()), one, other) for one, other in pairs), reverse=True)
    found: dict[int, int] = {}
    for share, one, other in rated:
        if share >= ALIKE and one not in found and other not in found.values():
            found[one] = other
    return [(now_ids[one], was_ids[other]) for one, other in found.items()]


def _sketches(archive: Archive, ids: Sequence[str]) -> tuple[list[str], Sketch]:
    rows = StoryRows(archive.database)
    names = {number: one for one, number in rows.numbers_of(ids).items()}
    found = dict(rows.sketches_of(names, size=SKETCH_BYTES))
    data = np.frombuffer(b"".join(found.values()), dtype="<u4").astype(np.uint32)
    return [names[number] for number in found], data.reshape(len(found), SKETCH_BYTES // 4)
