"""The arrays of a generation with its names as an authority shows them: a view, which remaps once what needs it."""

import dataclasses
import functools
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.authority.authority import Authority
from index.authority.types import NameKind
from index.types import Mention, Quote, Tagged
from search.engines.arrays.knowing import Knowing
from search.engines.arrays.known_names import KnownNames
from search.engines.arrays.ordinals import Ordinals, place_of
from search.engines.arrays.renaming import NOTHING, Moved, Renamed, renamed
from search.engines.arrays.source import (
    Bytes,
    Floats,
    Forms,
    Gathered,
    Keywords,
    Positions,
    Postings,
    Quotations,
    Rows,
    Source,
)
from search.engines.engine import Shown

_KINDS: dict[str, NameKind] = {"person": "person", "outlet": "outlet", "publisher": "outlet", "speaker": "person"}


class AuthoritySource:
    """Another source's arrays, its fields of names remapped; a `search.engines.arrays.source.Source`.

    `written` remembers what the other source has of each field. Safe for threads. The other source is closed by
    whoever opened it.
    """

    def __init__(self, source: Source, authority: Authority, written: Knowing) -> None:
        self.articles = source.articles
        self.ids: NDArray[np.bytes_] = source.ids
        self.first_day: NDArray[np.int32] = source.first_day
        self.last_day: NDArray[np.int32] = source.last_day
        self.length_of: Floats = source.length_of
        self._source = source
        self._authority = authority
        self._written = written
        self._fields: dict[str, Renamed] = {}
        self._exceptions: dict[str, list[Moved]] = {}
        self._lock = threading.RLock()

    def by_id(self) -> Rows:
        """Give rows by id; see `Source.by_id`."""
        return self._source.by_id()

    def lengths(self, field: str) -> Bytes:
        """Give lengths; see `Source.lengths`."""
        return self._source.lengths(field)

    def postings(self, field: str, term: str) -> Postings:
        """Give a term's postings; see `Source.postings`."""
        if field not in _KINDS:
            return self._source.postings(field, term)
        rows = np.unique(self.gather(field, (term,)).rows)
        return Postings(rows, np.zeros(len(rows), dtype=np.uint16))

    def gather(self, field: str, terms: Sequence[str]) -> Gathered:
        """Give the postings of several terms; see `Source.gather`."""
        if field not in _KINDS:
            return self._source.gather(field, terms)
        rows = np.concatenate([np.empty(0, dtype=np.int32), *self._rows(field, terms)])
        return Gathered(rows, np.zeros(len(rows), dtype=np.uint16))

    def gather_prefix(self, field: str, prefix: str) -> Gathered:
        """Give the postings of all terms with a prefix; see `Source.gather_prefix`."""
        if field not in _KINDS:
            return self._source.gather_prefix(field, prefix)
        return self.gather(field, [value for value in self.values(field) if value.startswith(prefix)])

    def positions(self, field: str, form: str) -> Positions:
        """Give where a form stands; see `Source.positions`."""
        return self._source.positions(field, form)

    def forms(self, field: str, prefix: str) -> Forms:
        """Give the terms with a prefix; see `Source.forms`."""
        return self._source.forms(field, prefix)

    def endings(self, field: str, suffix: str) -> Forms:
        """Give the terms with a suffix; see `Source.endings`."""
        return self._source.endings(field, suffix)

    def frequency(self, field: str, form: str) -> int:
        """Give about how many articles have a form; see `Source.frequency`."""
        return self._source.frequency(field, form)

    def occurrences(self, field: str, form: str) -> int:
        """Give about how often a form stands in a field; see `Source.occurrences`."""
        return self._source.occurrences(field, form)

    def values(self, field: str) -> tuple[str, ...]:
        """Give a keyword field's values; see `Source.values`."""
        return self._field(field).values if field in _KINDS else self._source.values(field)

    def keywords(self, field: str) -> Keywords:
        """Give which rows have which values; see `Source.keywords`."""
        return self._field(field).keywords if field in _KINDS else self._source.keywords(field)

    def quotations(self) -> Quotations:
        """Give quotations, whose speakers are shown as the authority shows them; see `Source.quotations`."""
        field, found = self._field("speaker"), self._source.quotations()
        speakers = np.append(field.to, np.int32(NOTHING)).take(found.speakers, mode="wrap")  # -1 is the last
        place = {name: number for number, name in enumerate(field.values)}
        for row, ordinal, to in self._exceptions.get("speaker", ()):
            own = slice(*np.searchsorted(found.rows, (row, row + 1)))
            speakers[own][found.speakers[own] == ordinal] = NOTHING if to is None else place[to]
        return found._replace(speakers=speakers.astype(np.int32))

    def ordinals(self, field: str) -> Ordinals:
        """Give a keyword field's values numbered, with the other names under which they are known."""
        if field not in _KINDS:
            return self._written.ordinals(field)
        return KnownNames(self._field(field), self._written.ordinals(field), self._authority.aliases(_KINDS[field]))

    def tagged(self, row: int) -> Tagged:
        """Give an article; see `Source.tagged`."""
        return self._authority.of(self._source.tagged(row))

    def shown(self, row: int) -> Shown:
        """Give an article as hits show it; see `Source.shown`."""
        found = self._source.shown(row)
        article = self._authority.article(found.article)
        return dataclasses.replace(
            found,
            article=article,
            people=self._counted(article.id, "person", found.people),
            outlets=self._counted(article.id, "outlet", found.outlets),
            quotes=functools.partial(self._quotes, article.id, found.quotes),
            mentions=functools.partial(self._mentions, article.id, found.mentions),
            written=found,
        )

    def close(self) -> None:
        """Do nothing: the arrays are another source's."""

    def _counted(self, article: str, kind: NameKind, names: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
        counts: dict[str, int] = {}
        for name, count in names:
            if (to := self._authority.shown(article, kind, name)) is not None:
                counts[to] = counts.get(to, 0) + count
        return tuple(counts.items())

    def _mentions(self, article: str, mentions: Callable[[], tuple[Mention, ...]]) -> tuple[Mention, ...]:
        return self._authority.mentions(article, mentions())

    def _quotes(self, article: str, quotes: Callable[[], tuple[Quote, ...]]) -> tuple[Quote, ...]:
        return self._authority.quotes(article, quotes())

    def _rows(self, field: str, terms: Sequence[str]) -> Iterator[Rows]:
        """Give the rows that have any of some values, each perhaps several times."""
        found, written = self._field(field), self._written.ordinals(field)
        numbers = {one for one in (place_of(term, found.values) for term in terms) if one is not None}
        yield from (found.arriving[one] for one in numbers & found.arriving.keys())
        members = [one for number in numbers for one in found.members(number)]
        whole = [written.values[one] for one in members if one not in found.leaving]
        yield self._source.gather(field, whole).rows
        for one in members:
            if one in found.leaving:
                rows = self._source.gather(field, (written.values[one],)).rows
                yield np.setdiff1d(rows, found.leaving[one])

    def _field(self, field: str) -> Renamed:
        with self._lock:
            if field not in self._fields:
                self._fields[field] = self._renamed(field)
            return self._fields[field]

    def _renamed(self, field: str) -> Renamed:
        written, kind, keywords = self._written.ordinals(field), _KINDS[field], self._written.keywords(field)
        touched = {one for key in self._authority.keys(kind) for one in written.called(key)}
        exact = (written.exactly(value) for value in self._authority.computed(kind))
        touched.update(one for one in exact if one is not None)
        whole = {one: self._authority.everywhere(kind, written.values[one]) for one in touched}
        whole = {one: to for one, to in whole.items() if to != written.values[one]}
        moved = self._exceptions[field] = list(self._moved(kind, written.values, keywords, whole))
        return renamed(written.values, keywords, whole, moved)

    def _moved(
        self, kind: NameKind, values: Sequence[str], keywords: Keywords, whole: Mapping[int, str | None]
    ) -> Iterator[Moved]:
        """Give what single articles show otherwise than all others."""
        articles = [(row, one) for one in self._authority.articles(kind) if (row := self._row(one)) is not None]
        if not articles:
            return
        ends = np.cumsum(keywords.counts)
        for row, article in articles:
            for ordinal in keywords.ordinals[ends[row] - keywords.counts[row] : ends[row]].tolist():
                to = self._authority.shown(article, kind, values[ordinal])
                if to != whole.get(ordinal, values[ordinal]):
                    yield Moved(row, ordinal, to)

    def _row(self, article: str) -> int | None:
        wanted = np.bytes_(article.encode("utf-8", "replace"))
        place = int(np.searchsorted(self._ids, wanted))
        return int(self._by_id[place]) if place < len(self._ids) and self._ids[place] == wanted else None

    @functools.cached_property
    def _by_id(self) -> Rows:
        return self._source.by_id()

    @functools.cached_property
    def _ids(self) -> NDArray[np.bytes_]:
        return self.ids.take(self._by_id)
