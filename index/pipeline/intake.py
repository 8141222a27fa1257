"""Take in what the workers send: count it, and put it into the archive in batches."""

import time

from index.archive.archive import Archive, Entry
from index.pipeline.rejections import Rejections
from index.pipeline.work import Batch, Unchanged
from index.types import Rejected


class Intake:
    """The parent's end of a run; the numbers are those of `index.pipeline.report`."""

    def __init__(self, archive: Archive, rejections: Rejections, *, batch_articles: int) -> None:
        self.added = 0
        self.changed = 0
        self.unchanged = 0
        self.duplicates = 0
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

    @property
    def articles(self) -> int:
        """The number of articles that came in, those waiting to be archived among them."""
        return self.added + self.changed + self.unchanged + self.duplicates + len(self._waiting)

    def take(self, batch: Batch) -> None:
        """Take in one batch."""
        self.done = max(self.done, batch.done)
        self.total = batch.total or self.total
        self.reading += batch.reading
        self.tagging += batch.tagging
        self.worker_memory = max(self.worker_memory, batch.memory)
        for outcome in batch.outcomes:
            if isinstance(outcome, Rejected):
                self._rejections.add(outcome)
            elif self._is_duplicate(outcome.id):
                self.duplicates += 1
            elif isinstance(outcome, Unchanged):
                self.unchanged += 1
            else:
                self._waiting.append(outcome)
        if len(self._waiting) >= self._batch_articles:
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
        self.writing += time.process_time() - began

    def _is_duplicate(self, article_id: str) -> bool:
        key = hash(article_id)  # a number takes a third of the memory; 64 bits do not collide in an archive's lifetime
        if key in self._seen:
            return True
        self._seen.add(key)
        return False
