"""Whether two forms of an article may be the same article."""

from typing import Final

from index.archive.archive import Archive, Entry
from index.stories.sketches import jaccard, shingles

UNLIKE: Final = 0.02
"""Forms that share no more of their shingles have no sentence in common, only turns of phrase."""
_LEAST: Final = 20
"""Of a text with fewer shingles nothing can be said: a correction may change all of them."""


def is_another(archive: Archive, entry: Entry, *, than: Entry | None) -> bool:
    """Tell whether an article has nothing in common with the form of its id that waits, or that the archive holds."""
    held = archive.unpacked(than.packed) if than else archive.get(entry.id)
    if held is None:
        return False
    one, other = (shingles(tagged.article.text) for tagged in (archive.unpacked(entry.packed), held))
    return min(len(one), len(other)) >= _LEAST and jaccard(one, other) <= UNLIKE
