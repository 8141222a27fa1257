"""Take in what the workers send: count it, and put it into the archive in batches."""

import dataclasses
import time
from collections.abc import Mapping
from typing import Final

from index.archive.archive import Archive, Entry
from index.archive.files import FileKnown, FileRead, Reading
from index.archive.holding import Version
from index.pipeline.doubting import forgotten, kept
from index.pipeline.ledger import Ledger, OpenFile
from index.pipeline.rejections import Rejections
from index.pipeline.report import Replacement
from index.pipeline.work import Barred, Batch, Found, Outcome
from index.stories.likeness import is_another
from index.stories.succeeding import succession
from index.stories.tombstones import bury_edited
from index.types import Rejected

_KEPT: Final = 100
"""How many replacements are shown; all are counted."""


class Intake:
    """The parent's end of a run; the numbers are those of `index.pipeline.report`."""

    def __init__(self, archive: Archive, rejections: Rejections, *, batch_articles: int, revive: bool) -> None:
        self.added = 0
        self.changed = 0
        self.unchanged = 0
        self.duplicates = 0
        self.removed = 0
        self.replaced = 0
        self.replacements: list[Replacement] = []
        self.done = 0
        self.total: int | None = None
        self.reading = 0.0
        self.tagging = 0.0
        self.writing = 0.0
        self.worker_memory = 0
        self._archive = archive
        self._rejections = rejections
        self._batch_articles = batch_articles
        self._revive = revive
        self._seen: dict[int, Version] = {}
        self._waiting: dict[str, Entry] = {}
        self._added: set[str] = set()
        self._file: OpenFile | None = None
        self._finished: list[FileRead] = []

    @property
    def articles(self) -> int:
        """The number of articles that came in, those waiting to be archived among them."""
        return self.added + self.changed + self.unchanged + self.duplicates + self.removed + len(self._waiting)

    def skip(self, file: FileKnown) -> None:
        """Count a file that need not be read, as if it had been."""
        self.unchanged += file.articles - file.duplicates - file.removed
        self.duplicates += file.duplicates
        self.removed += file.removed
        for rejected in file.rejections:
            self._rejections.add(rejected)

    def take(self, batch: Batch, ledger: Ledger) -> None:
        """Take in one batch."""
        self.done = max(self.done, batch.done)
        self.total = batch.total or self.total
        self.reading += batch.reading
        self.tagging += batch.tagging
        self.worker_memory = max(self.worker_memory, batch.memory)
        if ledger.current is not self._file:
            self._close()
            self._file = ledger.current
        ids = [one.id for one in batch.outcomes if isinstance(one, Found)]
        archived, owners = self._archive.known(ids), self._archive.files.owners(ids)
        for outcome in batch.outcomes:
            self._sort(outcome, archived, owners)
        if batch.last:
            ledger.passed()
        if len(self._waiting) >= self._batch_articles:
            self.flush()

    def finish(self) -> None:
        """Take note that all is read, to the end of the last file."""
        self._close()
        self.flush()

    def flush(self) -> None:
        """Put all that waits into the archive; it is on disk on return."""
        began = time.process_time()
        waiting = list(self._waiting.values())
        known = self._archive.known(self._waiting)
        claims = {one: self._seen[_key(one)] for one in self._waiting}
        self._archive.put(waiting, revive=self._revive, claims=claims)
        self._added.update(self._waiting.keys() - known.keys())
        self._waiting = {}
        self.changed += len(known)
        self.added += len(waiting) - len(known)
        if self._finished:
            self._archive.files.record([self._succeeded(file) for file in self._finished])
            self._finished = []
        self.writing += time.process_time() - began

    def _succeeded(self, file: FileRead) -> FileRead:
        """Let the edited records of a file take the place of their former forms: one that was removed stays out."""
        found = succession(self._archive, file)
        barred = {} if self._revive else found.barred
        self._archive.remove(found.edited.values())
        bury_edited(self._archive, barred)
        edited = len(self._added & found.edited.keys())
        self.changed += edited
        self.added -= edited + len(self._added & barred.keys())
        self.removed += len(barred)
        self._added.difference_update(file.owned)
        return dataclasses.replace(
            file,
            owned=[one for one in file.owned if one not in barred],
            others=[*file.others, *barred],
            removed=file.removed + len(barred),
        )

    def _close(self) -> None:
        if self._file:
            self._finished.append(self._doubted(self._file, self._file.closed()))
        self._file = None

    def _doubted(self, file: OpenFile, read: FileRead) -> FileRead:
        """Tell what is kept of a file that was not read whole, and where options were forgotten that had counted."""
        count = self._archive.files.lacking(read) if read.reading is not Reading.WHOLE else 0
        told = forgotten(read, file.former) if file.former and (count or file.changed) else None
        if told:
            self._rejections.add(told)
        if not count:
            return read
        rejected = kept(read, count)
        self._rejections.add(rejected)
        return dataclasses.replace(read, rejections=(*read.rejections, rejected)) if read.state else read

    def _sort(self, outcome: Outcome, archived: Mapping[str, bytes], owners: Mapping[str, Version]) -> None:
        file = self._file or OpenFile(source="", state=None)
        if isinstance(outcome, Found) and self._says_otherwise(outcome, file):
            outcome = _other_text(outcome)
        if isinstance(outcome, Rejected):
            self._rejections.add(outcome)
            file.reject(outcome)
            return
        file.articles += 1
        if isinstance(outcome, Barred):
            self.removed += 1
            file.removed += 1
            file.others.append(outcome.id)
            return
        key = _key(outcome.id)
        here = file.version
        seen = self._seen.get(key)
        holder = seen or owners.get(outcome.id)
        waiting = self._waiting.get(outcome.id)
        held = waiting.hash if waiting else archived.get(outcome.id)
        is_elsewhere = holder is not None and holder.source != here.source
        if holder and (holder > here if is_elsewhere else holder is seen):
            self._repeat(outcome, file)
            if is_elsewhere and held != outcome.hash:
                self._replace(outcome, source=outcome.source, by=holder.source, waiting=waiting, file=file)
            return
        self._seen[key] = here
        if held == outcome.hash:
            if seen:
                self.duplicates += 1
            else:
                self.unchanged += 1
        elif outcome.entry is None:  # the archive held it until this run replaced it: the next one reads it again
            file.state = None
            self.duplicates += 1
        else:
            if waiting:
                self.duplicates += 1
            if holder and is_elsewhere:
                self._replace(outcome, source=holder.source, by=outcome.source, waiting=waiting)
            self._waiting[outcome.id] = outcome.entry
            file.changed += outcome.id in archived
        file.owned.append(outcome.id)

    def _says_otherwise(self, outcome: Found, file: OpenFile) -> bool:
        """Tell whether a file had an article of this id before that says something else."""
        return file.texts.setdefault(_key(outcome.id), outcome.text) != outcome.text

    def _repeat(self, outcome: Found, file: OpenFile) -> None:
        self.duplicates += 1
        file.duplicates += 1
        file.others.append(outcome.id)

    def _replace(
        self, found: Found, *, source: str, by: str, waiting: Entry | None, file: OpenFile | None = None
    ) -> None:
        """Tell that the form of `source` gives way to that of a newer file; of another article, as a rejection.

        The `file` that is being read remembers the rejection, where it is of it.
        """
        self.replaced += 1
        if found.entry and is_another(self._archive, found.entry, than=waiting):
            rejected = _other_article(found.id, source=source, by=by)
            self._rejections.add(rejected)
            if file:
                file.reject(rejected)
        elif len(self.replacements) < _KEPT:
            self.replacements.append(Replacement(id=found.id, source=source, by=by))


def _key(article_id: str) -> int:
    """Give a number that takes a third of an id's memory; 64 bits do not collide in an archive's lifetime."""
    return hash(article_id)


def _other_article(article_id: str, *, source: str, by: str) -> Rejected:
    return Rejected(
        source=source,
        reason="same-id-other-text",
        detail=f"it has the URL of an article of {by}, a newer file, and nothing else in common with it; that was kept "
        f"(as {article_id}). Is the URL that of a section? Give each article one of its own",
    )


def _other_text(found: Found) -> Rejected:
    place = found.source.rpartition(":")[2]
    return Rejected(
        source=found.source,
        reason="same-id-other-text",
        detail="it has the URL, or the id where there is none, of an article before it in the same file, but says "
        f"something else; the first was kept (as {found.id}). Give each article a URL of its own, or none and an id",
        position=int(place) if place.isascii() and place.isdigit() else None,
    )
