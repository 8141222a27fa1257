"""Read a generation that index/engines/whoosh.py wrote; index/engines/arrays/layout.py says which arrays lie there.

Whoosh opens its TOC and nothing else: matching, scoring and counting are done on mapped arrays (search/engines/arrays).
Whoosh's own parser, matchers and facets never see a question, though its own searcher works on these files too.
"""

import datetime
import errno
import functools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from index.days import UNDATED
from index.engines.arrays.segment import Segment
from index.engines.whoosh_codec import ArraysSegment, open_segment
from index.engines.whoosh_directory import INDEX_NAME
from index.engines.whoosh_fields import LENGTHS, to_bytes
from index.errors import CorruptError, StoreError
from index.settings import Settings
from index.store.manifest import REPAIR
from index.types import Article, Mention, Quote, Tagged
from search.engines.arrays.cache import Cache
from search.engines.arrays.engine import ArrayEngine
from search.engines.arrays.source import Bytes, Forms, Gathered, Keywords, Positions, Postings, Quotations, Rows
from search.engines.engine import Shown
from search.engines.whoosh_part import Part, all_quotations, joined, placed

NAME = "whoosh"

_MACHINE = {errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO}
"""What is no damage of the files: rights, open files, memory, the disk."""

_LAST_DAY = datetime.date.max.toordinal()

_ENTRY_BYTES = 500
"""About what an entry of the cache takes beside its arrays."""


def open_whoosh(directory: Path, settings: Settings) -> ArrayEngine:
    """Open a generation's directory; raises CorruptError or StoreError where its files cannot be read."""
    return ArrayEngine(NAME, WhooshSource(directory, settings), settings)


class WhooshSource:
    """The arrays of one Whoosh index; a `search.engines.arrays.source.Source`.

    Rows are the articles that were not removed, segment after segment. The files are mapped; what is decoded of them is
    kept up to the setting `search_cache_bytes`. Each method may raise CorruptError or StoreError.
    """

    def __init__(self, directory: Path, settings: Settings) -> None:
        self._directory = directory
        self._parts: list[Part] = []
        with self._reading():
            toc = TOC.read(FileStorage(str(directory)), INDEX_NAME)
            rows = 0
            for entry in toc.segments:
                if not isinstance(entry, ArraysSegment):
                    raise CorruptError("the index holds a segment in another codec")
                segment = open_segment(directory, entry)
                self._parts.append(Part(segment, frozenset(entry.deleted_docs()), rows))
                rows += self._parts[-1].size
            self.articles = rows
            self.ids: NDArray[np.bytes_] = self._column("id", np.bytes_)
            self.first_day: NDArray[np.int32] = self._column("date", np.int32)
            self.last_day: NDArray[np.int32] = self._column("date_last", np.int32)
            self._check_days()
        self.length_of = LENGTHS.astype(np.float64)
        self._cache: Cache[Any] = Cache(settings.search_cache_bytes, _weigh)
        self._lengths: dict[str, Bytes] = {}

    def by_id(self) -> Rows:
        """Give rows by id; see `Source.by_id`."""
        with self._reading():
            found: list[Rows] = [part.by_id() for part in self._parts]
            if len(found) == 1:
                return found[0]
            rows = np.concatenate([np.empty(0, dtype=np.int32), *found])
            return rows.take(self.ids.take(rows).argsort(kind="stable"))  # which merges what is sorted already

    def lengths(self, field: str) -> Bytes:
        """Give lengths; see `Source.lengths`."""
        with self._reading():
            if field not in self._lengths:
                self._lengths[field] = self._column(f"{field}.lengths", np.uint8)
            return self._lengths[field]

    def postings(self, field: str, term: str) -> Postings:
        """Give a term's postings; see `Source.postings`."""
        found: Postings = self._cache.get(("postings", field, term), lambda: self._postings(field, term))
        return found

    def gather(self, field: str, terms: Sequence[str]) -> Gathered:
        """Give the postings of several terms; see `Source.gather`."""
        with self._reading():
            coded = [to_bytes(term) for term in dict.fromkeys(terms)]
            found = []
            for part in self._parts:
                numbers = sorted(part.segment.fields[field].find(term) for term in coded)
                known = np.array([number for number in numbers if number >= 0], dtype=np.int64)
                if len(known):
                    found.append(part.gather(field, known))
            return joined(found)

    def gather_prefix(self, field: str, prefix: str) -> Gathered:
        """Give the postings of all terms with a prefix; see `Source.gather_prefix`."""
        with self._reading():
            found = []
            for part in self._parts:
                low, high = part.segment.fields[field].prefixed(to_bytes(prefix))
                if low < high:
                    found.append(part.postings(field, low, high))
            return joined(found)

    def positions(self, field: str, form: str) -> Positions:
        """Give where a form stands; see `Source.positions`."""
        found: Positions = self._cache.get(("positions", field, form), lambda: self._positions(field, form))
        return found

    def forms(self, field: str, prefix: str) -> Forms:
        """Give the terms with a prefix; see `Source.forms`."""
        with self._reading():
            found = []
            for part in self._parts:
                terms = part.segment.fields[field]
                low, high = terms.prefixed(to_bytes(prefix))
                found.append((terms.terms(low, high), terms.counts(low, high)))
            return _forms(found)

    def endings(self, field: str, suffix: str) -> Forms:
        """Give the terms with a suffix; see `Source.endings`."""
        with self._reading():
            found = []
            for part in self._parts:
                terms = part.segment.fields[field]
                numbers = terms.ending(suffix).tolist()
                counts = [int(terms.counts(number, number + 1)[0]) for number in numbers]
                found.append(([terms.term(number) for number in numbers], np.array(counts, dtype=np.int64)))
            return _forms(found)

    def frequency(self, field: str, form: str) -> int:
        """Give about how many articles have a form; see `Source.frequency`."""
        with self._reading():
            return sum(
                int(part.segment.fields[field].counts(one, one + 1)[0]) for part, one in self._found(field, form)
            )

    def occurrences(self, field: str, form: str) -> int:
        """Give about how often a form stands in a field; see `Source.occurrences`."""
        with self._reading():
            return sum(part.segment.fields[field].occurrences(one) for part, one in self._found(field, form))

    def values(self, field: str) -> tuple[str, ...]:
        """Give a keyword field's values; see `Source.values`."""
        with self._reading():
            return tuple(value.decode("utf-8") for value in self._numbers(field))

    def keywords(self, field: str) -> Keywords:
        """Give which rows have which values; see `Source.keywords`."""
        with self._reading():
            found = [part.values(field) for part in self._parts]
            if len(found) == 1:
                return Keywords(self._parts[0].segment.fields[field].size, *found[0])
            numbers = self._numbers(field)
            ordinals = [np.empty(0, dtype=np.int32)]
            for part, one in zip(self._parts, found, strict=True):
                own = np.array([numbers[term] for term in part.segment.fields[field].terms()], dtype=np.int32)
                ordinals.append(own.take(one.ordinals))
            counts = np.concatenate([np.empty(0, dtype=np.int64), *(one.counts for one in found)])
            return Keywords(len(numbers), counts, np.concatenate(ordinals))

    def quotations(self) -> Quotations:
        """Give where quotations stand; see `Source.quotations`."""
        with self._reading():
            numbers = self._numbers("speaker")
            found = []
            for part in self._parts:
                terms = part.segment.fields["speaker"].terms()
                found.append(part.quotations(np.array([numbers[term] for term in terms], dtype=np.int32)))
            return all_quotations(found)

    def tagged(self, row: int) -> Tagged:
        """Give an article; see `Source.tagged`."""
        with self._reading():
            part = self._part(row)
            return part.segment.tagged(part.number(row))

    def shown(self, row: int) -> Shown:
        """Give an article as hits show it; see `Source.shown`."""
        with self._reading():
            part = self._part(row)
            segment, number = part.segment, part.number(row)
            article = segment.article(number)
            return Shown(
                article=article,
                people=tuple(segment.values("person", number)),
                outlets=tuple(segment.values("outlet", number)),
                mentions=functools.partial(self._mentions, segment, number, article),
                quotes=functools.partial(self._quotes, segment, number),
                story="".join(value for value, _ in segment.values("story", number)),
            )

    def close(self) -> None:
        """Let go of the files, as soon as nobody uses their arrays."""
        self._parts = []

    def _mentions(self, segment: Segment, number: int, article: Article) -> tuple[Mention, ...]:
        """Give an article's mentions, even where the index was closed meanwhile."""
        with self._reading():
            return segment.mentions(number, article)

    def _quotes(self, segment: Segment, number: int) -> tuple[Quote, ...]:
        with self._reading():
            return segment.spoken(number)

    def _postings(self, field: str, term: str) -> Postings:
        with self._reading():
            found = joined([part.postings(field, one, one + 1) for part, one in self._found(field, term)])
            return Postings(found.rows, found.codes)

    def _positions(self, field: str, form: str) -> Positions:
        with self._reading():
            return placed([part.positions(field, one) for part, one in self._found(field, form)])

    def _found(self, field: str, term: str) -> Iterator[tuple[Part, int]]:
        """Give the segments that have a term, and its number there."""
        coded = to_bytes(term)
        for part in self._parts:
            number = part.segment.fields[field].find(coded)
            if number >= 0:
                yield part, number

    def _numbers(self, field: str) -> dict[bytes, int]:
        """Number the values of a keyword field in all segments, in their order."""
        terms = sorted({term for part in self._parts for term in part.segment.fields[field].terms()})
        return {term: number for number, term in enumerate(terms)}

    def _part(self, row: int) -> Part:
        for part in self._parts:
            if row < part.first + part.size:
                return part
        raise IndexError(row)

    def _column(self, name: str, kind: type[np.generic]) -> Any:
        found = [part.column(name, kind) for part in self._parts]
        return found[0] if len(found) == 1 else np.concatenate(found) if found else np.empty(0, dtype=kind)

    def _check_days(self) -> None:
        dated, first, last = self.first_day != UNDATED, self.first_day, self.last_day
        if not np.all(np.where(dated, (first > 0) & (first <= last) & (last <= _LAST_DAY), last == UNDATED)):
            raise CorruptError("the index holds days that there are not")

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Turn what is raised over damaged files into our errors."""
        try:
            yield
        except CorruptError as error:
            raise self._damaged(error.what) from error
        except Exception as error:  # damaged bytes make Whoosh, pickle and numpy raise nearly anything
            if isinstance(error, OSError) and error.errno in _MACHINE:
                raise StoreError(f"the index cannot be read: {error}", where=str(self._directory)) from error
            raise self._damaged(f"the index cannot be read: {error!r}") from error

    def _damaged(self, what: str) -> CorruptError:
        return CorruptError(what, where=str(self._directory), remedy=REPAIR)


def _forms(parts: list[tuple[list[bytes], NDArray[np.int64]]]) -> Forms:
    """Join the terms of several segments."""
    if len(parts) == 1:
        terms, counts = parts[0]
        return Forms([term.decode("utf-8") for term in terms], counts)
    sums: dict[bytes, int] = {}
    for terms, counts in parts:
        for term, count in zip(terms, counts.tolist(), strict=True):
            sums[term] = sums.get(term, 0) + count
    order = sorted(sums)
    return Forms([term.decode("utf-8") for term in order], np.array([sums[term] for term in order], dtype=np.int64))


def _weigh(value: Postings | Positions) -> int:
    return _ENTRY_BYTES + sum(array.nbytes for array in value)
