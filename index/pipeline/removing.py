"""Remove articles for good: they leave the archive and the index, and stay out when their sources are read again."""

from collections.abc import Collection
from dataclasses import dataclass

from index.archive.archive import Archive
from index.pipeline.guarding import existing_archive
from index.pipeline.updating import update
from index.read.walk import source_of
from index.settings import Settings
from index.store.commit import prepare
from index.store.lock import WriterLock
from index.stories.tombstones import bury
from index.types import Article

_PARTS = (":", "!")
"""What comes between a file's source and what tells one of its articles from the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """How many articles were removed, and the name of the generation without them."""

    removed: int
    generation: str | None


def remove(ids: Collection[str], settings: Settings) -> Removal:
    """Remove articles; ids that the archive lacks are passed over.

    They stay out until `newsmorgue index --revive` reads their sources. Raises StoreError where the data directory
    cannot be used.
    """
    place = existing_archive(settings)
    prepare(settings.data_dir)  # this machine may have none yet, where the archive is on a server
    with WriterLock(settings.data_dir) as lock, Archive(place) as archive:
        archive.files.read_again(ids)  # so that the next run counts them as removed
        removed = bury(archive, ids)
        generation = update(archive, lock, settings).generation
    return Removal(removed=removed, generation=generation.name if generation else None)


def articles(ids: Collection[str], settings: Settings) -> list[Article]:
    """Give those of some articles that the archive holds, in the given order, each once."""
    with Archive(existing_archive(settings), writable=False) as archive:
        found = (archive.get(one) for one in dict.fromkeys(ids))
        return [one.article for one in found if one]


def ids_from(path: str, settings: Settings) -> list[str]:
    """Give the articles that came from a file or directory, or from a place in a file (`a.jsonl:7`, `a.zip!b.txt`).

    The path may name what is not there any more; `-` means standard input.
    """
    with Archive(existing_archive(settings), writable=False) as archive:
        source = path if path == "-" else source_of(path)
        numbers = archive.files.at(source).values()
        if numbers:
            return archive.files.ids(numbers)
        found = []
        for end in (place for place, sign in enumerate(source) if sign in _PARTS):
            for one in archive.files.ids(archive.files.at(source[:end]).values()):
                tagged = archive.get(one)
                if tagged and _is_within(tagged.article.source, source):
                    found.append(one)
        return found


def _is_within(source: str, place: str) -> bool:
    return source == place or source.startswith(tuple(place + sign for sign in _PARTS))
