"""Read a generation that index/engines/whoosh.py wrote; what lies where is said in index/engines/whoosh_fields.py.

Whoosh opens its files and decodes its postings; matching, scoring and counting are done on arrays (search/engines/
arrays). Whoosh's own parser, matchers and facets never see a question.
"""

import datetime
import errno
import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import TermNotFound

from index.days import UNDATED
from index.engines.whoosh_fields import INDEX_NAME, split_column, to_bytes
from index.errors import CorruptError, StoreError
from index.packing import unpack
from index.settings import Settings
from index.store.manifest import REPAIR
from index.types import Tagged
from search.engines.arrays.cache import Cache
from search.engines.arrays.engine import ArrayEngine
from search.engines.arrays.ordinals import Ordinals
from search.engines.arrays.plain import Floats, Places, Postings
from search.engines.whoosh_postings import counts_of, places_of
from search.engines.whoosh_vocabulary import words_from

NAME = "whoosh"

_MACHINE = {errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO}
"""What is no damage of the files: rights, open files, memory, the disk."""

_LAST_DAY = datetime.date.max.toordinal()

_FORM_BYTES = 150
"""About what a form with its count takes in memory."""

T = TypeVar("T")


def open_whoosh(directory: Path, settings: Settings) -> ArrayEngine:
    """Open a generation's directory; raises CorruptError or StoreError where its files cannot be read."""
    return ArrayEngine(NAME, WhooshSource(directory, settings), settings)


class WhooshSource:
    """The arrays of one Whoosh index; a `search.engines.arrays.source.Plain`.

    Rows are the articles that were not removed, segment after segment. Whoosh's readers are not safe for threads, so
    one lock holds them; what they gave is kept as arrays, up to the setting `search_cache_bytes`.
    """

    def __init__(self, directory: Path, settings: Settings) -> None:
        self._directory = directory
        self._lock = threading.RLock()
        with self._reading():
            index = FileIndex(FileStorage(str(directory)), indexname=INDEX_NAME)
            self._schema = index.schema
            self._reader = index.reader()
            self._segments = [_Segment(reader) for reader, _ in self._reader.leaf_readers()]
            rows = 0
            for segment in self._segments:
                rows = segment.number(rows)
            self.articles = rows
            self.ids: NDArray[np.str_] = np.array(
                self._column("id", lambda value: value.decode("ascii")), dtype=np.str_
            )
            self.first_day = np.array(self._column("date", int), dtype=np.int32)
            self.last_day = np.array(self._column("date_last", int), dtype=np.int32)
            self._check_days()
        self._arrays: Cache[Any] = Cache(settings.search_cache_bytes, _weigh)
        self._ordinals: dict[str, Ordinals] = {}
        self._lengths: dict[str, Floats] = {}

    def lengths(self, field: str) -> Floats:
        """Give lengths, as Whoosh rounds them to a byte; see `Plain.lengths`."""
        with self._reading():
            if field not in self._lengths:
                parts = [segment.lengths(field) for segment in self._segments]
                self._lengths[field] = np.array([length for part in parts for length in part], dtype=np.float64)
            return self._lengths[field]

    def postings(self, field: str, term: str) -> Postings:
        """Give a term's postings; see `Plain.postings`."""
        found: Postings = self._arrays.get(("postings", field, term), lambda: self._load_postings(field, term))
        return found

    def places(self, field: str, form: str) -> Places:
        """Give a form's places; see `Plain.places`."""
        found: Places = self._arrays.get(("places", field, form), lambda: self._load_places(field, form))
        return found

    def forms(self, field: str, prefix: str) -> list[tuple[str, int]]:
        """Give a field's forms; see `Plain.forms`."""
        found: list[tuple[str, int]] = self._arrays.get(
            ("forms", field, prefix), lambda: self._load_forms(field, prefix)
        )
        return found

    def frequency(self, field: str, form: str) -> int:
        """Give about how many articles have a form; see `Plain.frequency`."""
        with self._reading():
            return sum(int(segment.reader.doc_frequency(field, to_bytes(form))) for segment in self._segments)

    def occurrences(self, field: str, form: str) -> int:
        """Give about how often a form stands in a field; see `Plain.occurrences`."""
        with self._reading():
            return sum(int(segment.reader.frequency(field, to_bytes(form))) for segment in self._segments)

    def ordinals(self, field: str) -> Ordinals:
        """Give a keyword field's values; see `Plain.ordinals`."""
        with self._reading():
            if field not in self._ordinals:
                self._ordinals[field] = Ordinals.of_rows(self._column(field, split_column))
            return self._ordinals[field]

    def tagged(self, row: int) -> Tagged:
        """Give an article; see `Plain.tagged`."""
        with self._reading():
            for segment in reversed(self._segments):
                if row >= segment.first_row:
                    return unpack(segment.column("article")[segment.document(row)])
        raise IndexError(row)

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            if not self._reader.is_closed:
                self._reader.close()

    def _load_postings(self, field: str, term: str) -> Postings:
        with self._reading():
            rows, counts = [], []
            for segment, matcher in self._matchers(field, term):
                documents, frequencies = counts_of(matcher)
                live = segment.rows[documents]
                rows.append(live[live >= 0])
                counts.append(frequencies[live >= 0])
        return Postings(_concatenated(rows, np.int32), _concatenated(counts, np.float64))

    def _load_places(self, field: str, form: str) -> Places:
        with self._reading():
            places = []
            for segment, matcher in self._matchers(field, form):
                documents, positions = places_of(matcher)
                live = segment.rows[documents].astype(np.int64)
                places.append((live << 32 | positions)[live >= 0])
        found: Places = _concatenated(places, np.int64)
        return found

    def _load_forms(self, field: str, prefix: str) -> list[tuple[str, int]]:
        with self._reading():
            found = [list(words_from(segment.reader, field, prefix)) for segment in self._segments]
        if len(found) == 1:
            return found[0]
        counts: dict[str, int] = {}
        for form, count in itertools.chain.from_iterable(found):
            counts[form] = counts.get(form, 0) + count
        return sorted(counts.items())

    def _matchers(self, field: str, term: str) -> Iterator[tuple["_Segment", Any]]:
        for segment in self._segments:
            try:
                yield segment, segment.reader.postings(field, to_bytes(term))
            except TermNotFound:
                continue

    def _column(self, field: str, read: Callable[[Any], T]) -> list[T]:
        return [read(value) for segment in self._segments for value in segment.values(field)]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Hold the readers, and turn what Whoosh raises over damaged files into our errors."""
        with self._lock:
            try:
                yield
            except CorruptError as error:
                raise self._damaged(error.what) from error
            except Exception as error:  # damaged bytes make Whoosh, pickle and numpy raise nearly anything
                if isinstance(error, OSError) and error.errno in _MACHINE:
                    raise StoreError(f"the index cannot be read: {error}", where=str(self._directory)) from error
                raise self._damaged(f"the index cannot be read: {error!r}") from error

    def _check_days(self) -> None:
        dated, first, last = self.first_day != UNDATED, self.first_day, self.last_day
        if not np.all(np.where(dated, (first > 0) & (first <= last) & (last <= _LAST_DAY), last == UNDATED)):
            raise CorruptError("the index holds days that there are not")

    def _damaged(self, what: str) -> CorruptError:
        return CorruptError(what, where=str(self._directory), remedy=REPAIR)


class _Segment:
    """One segment's reader, and the rows of its articles: -1 for those that were removed."""

    def __init__(self, reader: Any) -> None:
        self.reader = reader
        self.first_row = 0
        size = reader.doc_count_all()
        self._alive = np.array([not reader.is_deleted(number) for number in range(size)], dtype=np.bool_)
        self._documents = np.flatnonzero(self._alive)
        self.rows = np.full(size, -1, dtype=np.int32)
        self._columns: dict[str, Any] = {}

    def number(self, first_row: int) -> int:
        """Give the articles their rows, from a first; gives the next."""
        self.first_row = first_row
        self.rows[self._documents] = np.arange(first_row, first_row + len(self._documents), dtype=np.int32)
        return first_row + len(self._documents)

    def document(self, row: int) -> int:
        """Give Whoosh's number of a row."""
        return int(self._documents[row - self.first_row])

    def column(self, field: str) -> Any:
        """Give Whoosh's reader of a column."""
        if field not in self._columns:
            self._columns[field] = self.reader.column_reader(field, translate=False)
        return self._columns[field]

    def values(self, field: str) -> Iterator[Any]:
        """Give a column's values, row by row."""
        column = self.column(field)
        return (column[number] for number in self._documents.tolist())

    def lengths(self, field: str) -> Iterator[int]:
        """Give a field's lengths, row by row."""
        length = self.reader.doc_field_length
        return (length(number, field) or 0 for number in self._documents.tolist())


def _weigh(value: Postings | Places | list[tuple[str, int]]) -> int:
    if isinstance(value, list):
        return _FORM_BYTES * len(value)
    return value.rows.nbytes + value.counts.nbytes if isinstance(value, Postings) else value.nbytes


def _concatenated(arrays: list[Any], kind: Any) -> Any:
    if len(arrays) == 1:
        return arrays[0].astype(kind, copy=False)
    return np.concatenate(arrays).astype(kind, copy=False) if arrays else np.empty(0, dtype=kind)
