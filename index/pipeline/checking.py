"""Check a data directory: that everything is what was written, and that archive and index agree."""

from dataclasses import dataclass, replace
from pathlib import Path

from index.archive.archive import Archive
from index.archive.connecting import format_of
from index.archive.database import FORMAT
from index.archive.places import place_of
from index.archive.verifying import Damaged
from index.authority.log import tell, untold
from index.engines.registry import engine_writer
from index.engines.writer import EngineWriter
from index.errors import CorruptError, NoIndexError
from index.pipeline.guarding import existing_archive
from index.pipeline.updating import update
from index.settings import Settings
from index.store.commit import prepare
from index.store.generations import Generation, current_whole, has_generations
from index.store.lock import WriterLock


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What a check found: `problems` as sentences, none where all is well.

    `articles` are those of the archive, `behind` the changes that the index lacks (no problem: the next run brings
    them). `damaged` articles of the archive are not what was written; a repair takes them out, and the next indexing of
    their sources brings them back. `has_index` is false where none was built yet, as after a disk ran full before the
    first. `untold` says that running servers may not know all corrections, which is a problem too; a repair tells them.
    `rebuilt` is the name of the generation that a repair made.
    """

    articles: int
    behind: int
    problems: tuple[str, ...]
    damaged: tuple[Damaged, ...] = ()
    has_index: bool = True
    untold: str = ""
    rebuilt: str | None = None


def check(settings: Settings) -> Check:
    """Read the archive and the current generation whole, and compare them.

    Raises NoIndexError where there is neither, CorruptError where the archive is missing, or damaged otherwise than in
    single articles: nothing can mend that but a backup or the sources.
    """
    place = existing_archive(settings)
    with Archive(place, writable=False) as archive:
        damaged = archive.damaged()
        if damaged:
            problems = tuple(
                f"the article {one.id} of {one.source or 'unknown source'} is not what was written" for one in damaged
            )
            return Check(articles=archive.count(), behind=0, problems=problems, damaged=tuple(damaged))
        derived = archive.derived()
        if derived:
            named = ", ".join(f"{len(keys):,} of its {table}" for table, keys in derived.items())
            problem = f"the archive is damaged in what is made of its articles, and made again by a repair: {named}"
            return Check(articles=archive.count(), behind=0, problems=(problem,))
        try:
            generation = current_whole(settings.data_dir)
        except (CorruptError, NoIndexError) as error:
            if isinstance(error, NoIndexError) and not has_generations(settings.data_dir):
                return Check(articles=archive.count(), behind=archive.revision, problems=(), has_index=False)
            return Check(articles=archive.count(), behind=0, problems=(str(error),))
        disagreements = _disagreements(archive, generation, engine_writer(settings))
        # The file of an archive on a server is kept up by who serves from it, and read by nobody else.
        unknown = untold(settings.data_dir, archive) if isinstance(place, Path) else ""
        return Check(
            articles=archive.count(),
            behind=max(0, archive.revision - generation.manifest.revision),
            problems=(*disagreements, *((unknown,) if unknown else ())),
            untold=unknown,
        )


def repair(settings: Settings) -> Check:
    """Check, and where there is a problem build the index anew from the archive, without its damaged articles.

    These are read again by the next run over their sources. An archive of an older version is brought up to date.
    """
    place = place_of(settings)
    if 0 < format_of(place) < FORMAT:
        prepare(settings.data_dir)
        with WriterLock(settings.data_dir), Archive(place):
            pass  # opening it does that
    found = check(settings)
    if found.untold:
        with Archive(place) as archive:
            tell(settings.data_dir, archive)
        found = replace(found, problems=tuple(one for one in found.problems if one != found.untold))
    if not found.problems and (found.has_index or not found.behind):
        return found
    prepare(settings.data_dir)  # who deletes an index may take its directory too
    with WriterLock(settings.data_dir) as lock, Archive(place) as archive:
        if found.damaged:
            archive.give_up(found.damaged)
        derived = archive.derived()
        if derived:
            archive.drop_derived(derived)
        generation = update(archive, lock, settings, anew=True).generation
        articles = archive.count()
    return Check(
        articles=articles,
        behind=0,
        problems=found.problems,
        damaged=found.damaged,
        untold=found.untold,
        rebuilt=generation.name if generation else None,
    )


def _disagreements(archive: Archive, generation: Generation, writer: EngineWriter) -> list[str]:
    manifest = generation.manifest
    if manifest.archive != archive.identity or manifest.revision > archive.revision:
        return ["the index was made from another archive"]
    count = archive.count()
    if manifest.articles != count and manifest.revision == archive.revision:  # asked last: a writer may be at work
        return [f"the index holds {manifest.articles:,} articles, the archive {count:,}"]
    held = writer.count(generation.path) if writer.form == manifest.form else None
    if held not in {None, count} and manifest.revision == archive.revision:
        return [f"the index holds {held:,} articles, the archive {count:,}"]
    return []
