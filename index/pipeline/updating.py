"""Bring the index up to the archive: one generation with all that the last one lacks."""

import contextlib
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from index.archive.archive import Archive
from index.archive.places import place_of
from index.authority.identities import FILE_NAME
from index.authority.log import tell
from index.engines.registry import engine_writer
from index.engines.writer import Cost, EngineWriter
from index.errors import CorruptError, NoIndexError
from index.identity.updating import identify
from index.packing import Packed
from index.pipeline.naming import APART_ARTICLES, Naming
from index.pipeline.sharing import Alone, Shared, sharing
from index.processes import jobs_of
from index.settings import Settings
from index.store.commit import commit
from index.store.files import write_durably
from index.store.generations import Generation, current_whole
from index.store.lock import WriterLock
from index.stories.linking import OnLinked
from index.stories.updating import link_stories
from index.types import Tagged


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What became of the index: its `generation` (None while nothing was ever archived).

    `committed` tells whether it is new, `rebuilt` why it was built anew rather than continued, `cost` what other
    processes took for it.
    """

    generation: Generation | None
    committed: bool = False
    rebuilt: str | None = None
    cost: Cost = field(default_factory=Cost)


OnWritten = Callable[[int, int], None]
"""Called now and then with the number of articles written, and of all that are to be written."""

OnNamed = Callable[[], tuple[bytes, Cost]]
"""Called when the index is written; gives what is known of names, and what another process took to tell it."""

_REPORT_EVERY = 50


def update(
    archive: Archive,
    lock: WriterLock,
    settings: Settings,
    *,
    anew: bool = False,
    on_linked: OnLinked = lambda done, total: None,
    on_written: OnWritten = lambda done, total: None,
) -> Update:
    """Commit a generation that holds what the archive holds, unless the current one does already.

    Stories are linked and names identified before, while no other machine changes articles; from then on the archive is
    read as of that moment. Where there are no others, names are identified while the index is written. Where other
    machines write the same index, it is continued from whatever generation they committed last, and becomes theirs too;
    they wait meanwhile (`index.pipeline.sharing`).
    The current one is read whole first, for its checksums. One that is damaged, of another engine or of another archive
    is left behind, and the new one built from the archive alone, as it is where the caller wants it `anew`. Raises
    StoreError where that cannot be written, CorruptError where the archive is damaged.
    """
    tell(settings.data_dir, archive)
    writer = engine_writer(settings)
    with contextlib.ExitStack() as held:
        shared = held.enter_context(sharing(archive, writer, settings))
        base, rebuilt = (None, "asked for") if anew else _base(archive, writer, settings.data_dir)
        frozen = held.enter_context(contextlib.ExitStack())
        with archive.alone():
            link_stories(archive, on_linked=on_linked)
            done = not rebuilt and archive.revision == (base.manifest.revision if base else 0) and _knows_names(base)
            if done and (shared.recorded or base is None):
                return Update(generation=base)
            naming = _naming(archive, settings, held, since=base.manifest.revision if base else 0)
            writer = shared.begin()
            frozen.enter_context(archive.frozen())
        if base and archive.changed(since=base.manifest.revision) > archive.count() / 2:
            base = None  # most is new or tagged anew: taking the old out and merging the rest would cost more
        make = functools.partial(
            _commit,
            archive,
            lock,
            settings,
            shared=shared,
            frozen=frozen,
            writer=writer,
            naming=naming,
            on_written=on_written,
        )
        try:
            generation, cost = make(base=base)
        except CorruptError as error:
            if base is None:
                raise
            rebuilt = _told(error)
            generation, cost = make(base=None)
    return Update(generation=generation, committed=True, rebuilt=rebuilt, cost=cost)


def _naming(archive: Archive, settings: Settings, held: contextlib.ExitStack, *, since: int) -> OnNamed:
    """Have names identified: beside the writing of the index, where that is worth a process and nobody else writes."""
    if archive.database.shared or jobs_of(settings) == 1 or archive.changed(since=since) < APART_ARTICLES:
        names = identify(archive).names
        return lambda: (names, Cost())
    return held.enter_context(Naming(archive, place_of(settings))).wait


def _base(archive: Archive, writer: EngineWriter, data_dir: Path) -> tuple[Generation | None, str | None]:
    """Give the generation to continue, or None and why there is none."""
    try:
        base = current_whole(data_dir)
    except NoIndexError:
        return None, None
    except CorruptError as error:
        return None, _told(error)
    manifest = base.manifest
    if manifest.form != writer.form:
        return None, f"the index was in the form {manifest.form}, now it is {writer.form}"
    if manifest.archive != archive.identity or manifest.revision > archive.revision:
        return None, "the index was made from another archive"
    return base, None


def _knows_names(base: Generation | None) -> bool:
    """Tell whether a generation has what is known of names; those of older versions lack it."""
    return base is None or FILE_NAME in base.manifest.files


def _told(error: CorruptError) -> str:
    """Say what was damaged, without the remedy: building anew is that."""
    return f"the index was damaged: {error.where}: {error.what}"


def _commit(
    archive: Archive,
    lock: WriterLock,
    settings: Settings,
    *,
    shared: Alone | Shared,
    frozen: contextlib.ExitStack,
    writer: EngineWriter,
    base: Generation | None,
    naming: OnNamed,
    on_written: OnWritten,
) -> tuple[Generation, Cost]:
    costs = []
    since = base.manifest.revision if base else 0

    def write(directory: Path) -> None:
        removed = archive.changed_ids(since=since) if base else ()
        written = writer.write(directory, removed=removed, added=_Added(archive, since, on_written))
        names, named = naming()
        costs.append(Cost(seconds=written.seconds + named.seconds, memory=max(written.memory, named.memory)))
        (directory / FILE_NAME).unlink(missing_ok=True)
        write_durably(directory / FILE_NAME, names)

    def announce(generation: Generation) -> None:
        frozen.close()  # all is read, and nothing can be written before
        shared.record(generation)

    generation = commit(
        settings.data_dir,
        lock,
        base=base,
        write=write,
        form=writer.form,
        archive=archive.identity,
        revision=archive.revision,
        articles=archive.count(),
        keep=settings.keep_generations,
        after=shared.last,
        announce=announce if isinstance(shared, Shared) else None,
    )
    return generation, costs[0]


class _Added:
    """The articles that an index lacks; as long as there are of them, which an engine may want to know before.

    They are `index.engines.writer.PackedArticles`.
    """

    def __init__(self, archive: Archive, since: int, on_written: OnWritten) -> None:
        self._archive = archive
        self._since = since
        self._on_written = on_written
        self._total = archive.changed(since=since)

    def __len__(self) -> int:
        return self._total

    def __iter__(self) -> Iterator[Tagged]:
        return (one.tagged() for one in self.packed())

    def packed(self) -> Iterator[Packed]:
        """Yield the articles as they are in the archive."""
        done = 0
        for change in self._archive.changes(since=self._since):
            if change.packed is not None:
                yield self._archive.packed(change.packed, story=change.story)
                done += 1
                if done % _REPORT_EVERY == 0:
                    self._on_written(done, self._total)
        self._on_written(done, self._total)
