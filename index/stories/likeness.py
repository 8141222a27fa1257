"""Whether two forms of an article may be the same article, by their sketches."""

import numpy as np

from index.archive.archive import Archive, Entry
from index.archive.stories import StoryRows
from index.stories.sketches import SKETCH_BYTES

UNLIKE = 0.04
"""Forms that share no more of their sketches have no sentence in common: chance gives as much to unrelated articles."""


def is_another(archive: Archive, entry: Entry, *, than: Entry | None) -> bool:
    """Tell whether an article has nothing in common with the form of its id that waits, or that the archive holds.

    False where a sketch is missing.
    """
    held = than.sketch if than else _archived(archive, entry.id)
    if not entry.sketch or not held or len(held) != len(entry.sketch):
        return False
    one, other = (np.frombuffer(sketch, dtype="<u4") for sketch in (entry.sketch, held))
    return bool((one == other).mean() <= UNLIKE)


def _archived(archive: Archive, article_id: str) -> bytes | None:
    rows = StoryRows(archive.database)
    numbers = rows.numbers_of([article_id]).values()
    return next((sketch for _, sketch in rows.sketches_of(numbers, size=SKETCH_BYTES)), None)
