"""Take in what the workers send: count it, and put it into the archive in batches."""

import time

from index.archive.archive import Archive, Entry
from index.archive.files import FileKnown, FileRead
from index.pipeline.ledger import Ledger, OpenFile
from index.pipeline.rejections import Rejections
from index.pipeline.work import Barred, Batch, Outcome, Unchanged
from index.types import Rejected


class Intake:
    """The parent's end of a run; the numbers are those of `index.pipeline.report`."""

    def __init__(self, archive: Archive, rejections: Rejections, *, batch_articles: int) -> None:
        self.added = 0
        self.changed = 0
        self.unchanged = 0
        self.duplicates = 0
        self.removed = 0
        self.done = 0
        self.total: int | None = None
        self.reading = 0.0
        self.tagging = 0.0
        self.writing = 0.0
        self.worker_memory = 0
        self._archive = archive
        self._rejections = rejections
        self._batch_articles = batch_articles
        self._seen: set[int] = set()
        self._waiting: list[Entry] = []
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
        elsewhere = self._elsewhere(batch, ledger)
        for outcome in batch.outcomes:
            self._sort(outcome, elsewhere)
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
        waiting = self._waiting
        known = len(self._archive.known(entry.id for entry in waiting))
        self._archive.put(waiting)
        self._waiting = []
        self.changed += known
        self.added += len(waiting) - known
        if self._finished:
            self._archive.files.record(self._finished)
            self._finished = []
        self.writing += time.process_time() - began

    def _close(self) -> None:
        if self._file:
            self._finished.append(self._file.closed())
        self._file = None

    def _elsewhere(self, batch: Batch, ledger: Ledger) -> set[str]:
        """Give the articles of a batch that count as another file has them, which was skipped."""
        if not ledger.skipped:
            return set()
        ids = (one.id for one in batch.outcomes if not isinstance(one, Rejected))
        return {one for one, file in self._archive.files.owners(ids).items() if file in ledger.skipped}

    def _sort(self, outcome: Outcome, elsewhere: set[str]) -> None:
        file = self._file or OpenFile(source="", state=None)
        if isinstance(outcome, Rejected):
            self._rejections.add(outcome)
            file.reject(outcome)
            return
        file.articles += 1
        if isinstance(outcome, Barred):
            self.removed += 1
            file.removed += 1
            file.others.append(outcome.id)
        elif self._is_repeated(outcome.id) or outcome.id in elsewhere:
            self.duplicates += 1
            file.duplicates += 1
            file.others.append(outcome.id)
        else:
            file.owned.append(outcome.id)
            if isinstance(outcome, Unchanged):
                self.unchanged += 1
            else:
                self._waiting.append(outcome)

    def _is_repeated(self, article_id: str) -> bool:
        key = hash(article_id)  # a number takes a third of the memory; 64 bits do not collide in an archive's lifetime
        if key in self._seen:
            return True
        self._seen.add(key)
        return False
