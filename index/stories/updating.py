"""Bring the stories of an archive up to its articles."""

import functools
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from index.archive.archive import Archive
from index.archive.stories import StoryRows
from index.stories.keeping import Kept
from index.stories.linking import Groups, OnLinked, link
from index.stories.sketches import BANDS, SKETCH_BYTES, Shingles, Sketch, band_keys, shingles, sketch_of

_KEPT_BYTES = 32 * 2**20
"""So much is kept of the sketches of articles, and as much of their shingles, while others are compared with them."""


def link_stories(archive: Archive, *, on_linked: OnLinked = lambda done, total: None) -> int:
    """Link the articles that are new or changed since the last time; give how many changed their story.

    Each article with near copies gets the id of the first of them in the archive as its story. Stories that lost an
    article, or in which one changed, are linked anew. Takes 170 bytes of memory for each article of the archive, and
    340 more for each that has words in common with new ones.
    """
    rows = StoryRows(archive.database)
    revision = archive.revision
    changed = rows.changed()
    if not changed:
        return 0
    torn = rows.members({row.story for row in changed if row.story})
    fresh = {row.number: row for row in (*changed, *torn) if row.alive}
    _complete(archive, rows, fresh)
    numbers, keys = _keys(rows)
    groups = Groups()
    known = rows.told(set(numbers.tolist()) - set(fresh)) if len(numbers) else {}
    firsts = rows.numbers_of(set(known.values()))
    for number, story in known.items():
        groups.join(number, firsts[story])
    if len(numbers):
        link(
            numbers,
            keys,
            np.isin(numbers, np.fromiter(fresh, dtype=np.int64, count=len(fresh))),
            groups,
            sketches_of=Kept(functools.partial(_sketches, rows), size=_KEPT_BYTES).of,
            shingles_of=Kept(functools.partial(_shingles, archive, rows), size=_KEPT_BYTES).of,
            on_linked=on_linked,
        )
    told = {number: first for first, members in groups.members().items() for number in members}
    return rows.tell(told, dropped={*fresh, *(row.number for row in changed)}, linked=revision)


def _complete(archive: Archive, rows: StoryRows, fresh: Iterable[int]) -> None:
    """Make the sketches that are missing: of articles that were archived before there were any."""
    missing = rows.without_sketch(fresh)
    rows.put_sketches((number, sketch_of(archive.unpacked(rows.packed(number)).article.text)) for number in missing)


def _keys(rows: StoryRows) -> tuple[NDArray[np.int64], Sketch]:
    numbers, keys = [], []
    for chunk in rows.sketches():
        data = np.frombuffer(b"".join(one for _, one in chunk), dtype="<u4").reshape(len(chunk), -1)
        numbers.append(np.array([number for number, _ in chunk], dtype=np.int64))
        keys.append(band_keys(data.astype(np.uint32)))
    if not numbers:
        return np.zeros(0, dtype=np.int64), np.zeros((0, BANDS), dtype=np.uint32)
    return np.concatenate(numbers), np.concatenate(keys)


def _sketches(rows: StoryRows, numbers: Iterable[int]) -> Iterator[tuple[int, Sketch]]:
    for number, data in rows.sketches_of(numbers, size=SKETCH_BYTES):
        yield number, np.frombuffer(data, dtype="<u4")


def _shingles(archive: Archive, rows: StoryRows, numbers: Iterable[int]) -> Iterator[tuple[int, Shingles]]:
    for number in numbers:
        yield number, shingles(archive.unpacked(rows.packed(number)).article.text)
