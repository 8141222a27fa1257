"""Writes segments of arrays into a Whoosh index: whole batches of articles, and merges of what is small."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.writing import SegmentWriter

from index.engines.arrays.batch import Batch, Means
from index.engines.arrays.file import ArrayFile
from index.engines.arrays.merging import Part, merge
from index.engines.arrays.vocabulary import Vocabulary
from index.engines.merge_policy import Sized, groups_of
from index.engines.whoosh_codec import ArraysCodec, open_segment, segment_path
from index.engines.whoosh_directory import INDEX_NAME
from index.engines.whoosh_fields import LENGTHS, whoosh_schema
from index.types import Tagged

_ENTRY_BYTES = 250
"""What a word or name of the vocabulary takes in memory."""

_SHARE = 4
"""One part in so many of the memory is the vocabulary's, and another what a merge may take."""


class BatchWriter(SegmentWriter):  # type: ignore[misc]  # Whoosh has no types
    """Adds articles to an index, removes others, and commits both; like Whoosh's own writer it holds the index's lock.

    Articles are gathered, and segments merged, in about `memory` bytes: a full batch is written as a segment, and the
    segments of one writer are merged into as few as have `most` articles at most each. Whoosh's own `add_document`
    raises NotImplementedError; `index.engines.whoosh_codec.Unwritten` says why.
    """

    def __init__(self, index: Any, *, memory: int, most: int) -> None:
        super().__init__(index, codec=ArraysCodec())
        self.schema = whoosh_schema()  # an earlier version's may lack what Whoosh's own searcher asks of fields
        self._directory = Path(index.storage.folder)
        self._memory = memory
        self._most = most
        self._means = Means(LENGTHS)
        self._batch = Batch(self._means)
        self._runs: list[Any] = []
        self._parts: list[Any] = []

    def remove(self, ids: Iterable[str]) -> None:
        """Mark the articles of these ids as removed; those that are not there are passed over."""
        opened = [(segment, open_segment(self._directory, segment)) for segment in self.segments]
        for article_id in ids:
            for entry, segment in opened:
                for number in segment.find(article_id):
                    entry.delete_document(number)

    def add(self, articles: Iterable[Tagged]) -> None:
        """Add articles."""
        for tagged in articles:
            self._batch.add(tagged)
            if len(self._batch) >= self._most or self._batch.full(self._memory - self._known_bytes()):
                self._flush()

    def add_parts(self, segments: Sequence[Any]) -> None:
        """Take over segments that other processes wrote, whose files are in place."""
        self._parts += segments

    def commit(self, **_: Any) -> None:
        """Write everything, merge what is small, and make it the index."""
        self._flush()
        self._means = Means(LENGTHS)  # what was known and sorted in makes room for what is merged
        self._batch = Batch(self._means)
        self._gather()
        super().commit(mergetype=lambda _, segments: self._settled(segments))

    def _known_bytes(self) -> int:
        return len(self._means.vocabulary) * _ENTRY_BYTES

    def _flush(self) -> None:
        """Write what is gathered as a segment."""
        if len(self._batch):
            segment = self.codec.new_segment(self.storage, INDEX_NAME)
            with ArrayFile(segment_path(self._directory, segment)) as file:
                self._batch.write(file)
            segment.set_doc_count(len(self._batch))
            self._runs.append(segment)
        if self._known_bytes() > self._memory // _SHARE:
            self._means.vocabulary = Vocabulary()
        self._batch = Batch(self._means)

    def _gather(self) -> None:
        """Merge what this writer wrote, one run after the other, into as few segments as may be."""
        groups: list[list[Any]] = []
        for run in self._runs:
            if groups and sum(map(_live, groups[-1])) + _live(run) <= self._most:
                groups[-1].append(run)
            else:
                groups.append([run])
        self._runs = [self._merged(group) for group in groups]

    def _settled(self, segments: Sequence[Any]) -> list[Any]:
        """Give the segments of the next index, merged as merge_policy.py says."""
        sized = [Sized(one, _live(one), int(one.deleted_count())) for one in (*segments, *self._parts)]
        sized += [Sized(one, _live(one), new=True) for one in self._runs]
        return [self._settled_group(group) for group in groups_of(sized, most=self._most)]

    def _settled_group(self, group: Sequence[Sized[Any]]) -> Any:
        """Merge a group; what was not merged keeps its file, unless most of it was removed."""
        [first, *others] = group
        return self._merged([one.segment for one in group]) if others or first.live < first.removed else first.segment

    def _merged(self, group: Sequence[Any]) -> Any:
        """Merge segments into one, and remove the files of those that no index knows."""
        if len(group) == 1 and not group[0].has_deletions():
            return group[0]
        parts = [Part(open_segment(self._directory, one), _live_mask(one)) for one in group]
        segment = self.codec.new_segment(self.storage, INDEX_NAME)
        with ArrayFile(segment_path(self._directory, segment)) as file:
            merge(file, parts, memory=self._memory // _SHARE)
        segment.set_doc_count(sum(map(_live, group)))
        for one in group:
            if one in self._runs or one in self._parts:
                segment_path(self._directory, one).unlink()
        return segment


def _live(segment: Any) -> int:
    return int(segment.doc_count_all() - segment.deleted_count())


def _live_mask(segment: Any) -> NDArray[np.bool_]:
    live = np.ones(segment.doc_count_all(), dtype=np.bool_)
    live[list(segment.deleted_docs())] = False
    return live
