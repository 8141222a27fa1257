"""The arrays of a generation with its names as an authority shows them: a view, which remaps once what needs it."""

import dataclasses
import functools
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.authority.authority import Authority
from index.authority.types import NameKind
from index.types import Article, Mention, Quote, Tagged
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
from search.engines.arrays.withholding import NAMES, Withholding, withheld_rows
from search.engines.engine import Shown
from search.query.tree import Node

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
        if field == NAMES and self._withholding:
            return self._withholding.postings(term)
        if field not in _KINDS:
            return self._source.postings(field, term)
        rows = np.unique(self.gather(field, (term,)).rows)
        return Postings(rows, np.zeros(len(rows), dtype=np.uint16))

    def gather(self, field: str, terms: Sequence[str]) -> Gathered:
        """Give the postings of several terms; see `Source.gather`."""
        if field == NAMES and self._withholding:
            return self._withholding.gather(terms)
        if field not in _KINDS:
            return self._source.gather(field, terms)
        rows = np.concatenate([np.empty(0, dtype=np.int32), *self._rows(field, terms)])
        return Gathered(rows, np.zeros(len(rows), dtype=np.uint16))

    def gather_prefix(self, field: str, prefix: str) -> Gathered:
        """Give the postings of all terms with a prefix; see `Source.gather_prefix`."""
        if field == NAMES and self._withholding:
            return self._withholding.gather_prefix(prefix)
        if field not in _KINDS:
            return self._source.gather_prefix(field, prefix)
        return self.gather(field, [value for value in self.values(field) if value.startswith(prefix)])

    def positions(self, field: str, form: str) -> Positions:
        """Give where a form stands; see `Source.positions`."""
        if field == NAMES and self._withholding:
            return self._withholding.positions(form)
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
            outlets=self._cited(found.article, article, found.outlets),
            quotes=functools.partial(self._quotes, article.id, found.quotes),
            mentions=functools.partial(self._mentions, found.article, found.mentions),
            written=self._found(found),
        )

    def close(self) -> None:
        """Do nothing: the arrays are another source's."""

    def _counted(self, article: str, kind: NameKind, names: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
        counts: dict[str, int] = {}
        for name, count in names:
            if (to := self._authority.shown(article, kind, name)) is not None:
                counts[to] = counts.get(to, 0) + count
        return tuple(counts.items())

    def _cited(
        self, written: Article, article: Article, names: tuple[tuple[str, int], ...]
    ) -> tuple[tuple[str, int], ...]:
        """Give the outlets that are cited; that which is shown as the publisher itself cites nothing."""
        own, itself = article.publisher, written.publisher
        cited = (one for one in names if own is None or one[0] == itself or self._outlet(article.id, one[0]) != own)
        return self._counted(article.id, "outlet", tuple(cited))

    def _outlet(self, article: str, name: str) -> str | None:
        return self._authority.shown(article, "outlet", name)

    def _found(self, found: Shown) -> Shown:
        """Give an article as the tagger wrote it, without what is withheld: by this no word finds it."""
        names = (found.article.publisher, *(name for name, _ in found.people), *(name for name, _ in found.outlets))
        if self._hidden.isdisjoint(names):
            return found
        article, withheld = found.article.id, self._authority.withheld

        def mentions() -> tuple[Mention, ...]:
            return tuple(
                one
                for one in found.mentions()
                if one.kind == "date" or not one.value or not withheld(article, one.kind, one.value)
            )

        publisher = found.article.publisher
        hidden = bool(publisher) and withheld(article, "outlet", str(publisher))
        return dataclasses.replace(
            found,
            article=dataclasses.replace(found.article, publisher=None) if hidden else found.article,
            people=tuple(one for one in found.people if not withheld(article, "person", one[0])),
            outlets=tuple(one for one in found.outlets if not withheld(article, "outlet", one[0])),
            mentions=mentions,
        )

    def withholds(self, node: Node) -> bool:
        """Say whether a clause may find less by words of names than by all that the tagger wrote."""
        return self._withholding is not None and self._withholding.touches(node)

    @functools.cached_property
    def _withholding(self) -> Withholding | None:
        if not self._hidden:
            return None
        names = withheld_rows(
            self._withheld_of, lambda field, name: np.unique(self._source.gather(field, (name,)).rows)
        )
        return Withholding(self._source, names) if names else None

    @functools.cached_property
    def _withheld_of(self) -> Mapping[str, Mapping[str, Rows]]:
        fields = ("person", "outlet", "publisher") if self._authority.withholds else ()
        return {field: self._withheld(field) for field in fields}

    @functools.cached_property
    def _hidden(self) -> frozenset[str]:
        """The tagger's names that are withheld anywhere: most articles have none of them."""
        return frozenset(name for names in self._withheld_of.values() for name in names)

    def _withheld(self, field: str) -> dict[str, Rows]:
        """Give the tagger's values of a field that are withheld, with the rows in which."""
        written, kind, keywords = self._written.ordinals(field), _KINDS[field], self._written.keywords(field)
        values, withheld = written.values, self._authority.withheld
        whole = {one for one in self._touched(field) if withheld("", kind, values[one])}
        found = {one: self._source.gather(field, (values[one],)).rows for one in whole}
        for row, article, ordinals in self._single(kind, keywords):
            for one in ordinals:
                if (hidden := withheld(article, kind, values[one])) != (one in whole):
                    rows = found.get(one, np.empty(0, dtype=np.int32))
                    found[one] = np.union1d(rows, [row]) if hidden else np.setdiff1d(rows, [row])
        return {values[one]: np.unique(rows).astype(np.int32) for one, rows in found.items() if len(rows)}

    def _mentions(self, article: Article, mentions: Callable[[], tuple[Mention, ...]]) -> tuple[Mention, ...]:
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
        whole = {one: self._authority.everywhere(kind, written.values[one]) for one in self._touched(field)}
        whole = {one: to for one, to in whole.items() if to != written.values[one]}
        moved = list(self._moved(kind, written.values, keywords, whole))
        if field == "outlet":  # even where nothing is said of these: a publisher may be shown as one of them
            moved = self._without_publishers(written.values, keywords, whole, moved)
        self._exceptions[field] = moved
        return renamed(written.values, keywords, whole, moved)

    def _touched(self, field: str) -> set[int]:
        """Give the numbers of the tagger's values of a field of which anything was computed or corrected."""
        written, kind = self._written.ordinals(field), _KINDS[field]
        touched = {one for key in self._authority.keys(kind) for one in written.called(key)}
        exact = (written.exactly(value) for value in self._authority.computed(kind))
        return touched.union(one for one in exact if one is not None)

    def _without_publishers(
        self, values: Sequence[str], keywords: Keywords, whole: Mapping[int, str | None], moved: list[Moved]
    ) -> list[Moved]:
        """Leave out of rows what is shown there as the publisher, though the tagger found another outlet cited."""
        shown, written = self._field("publisher"), self._written.ordinals("publisher").values
        own = _only(shown.keywords)
        own_written = _only(self._written.keywords("publisher"))
        place = {name: number for number, name in enumerate(shown.values)}
        place_written = {name: number for number, name in enumerate(written)}
        names = [whole.get(one, value) for one, value in enumerate(values)]
        to = np.array([place.get(name, NOTHING) if name is not None else NOTHING for name in names], dtype=np.int64)
        to_written = np.array([place_written.get(name, NOTHING) for name in values], dtype=np.int64)
        rows = np.repeat(np.arange(len(keywords.counts)), keywords.counts)
        there = own.take(rows)
        same = (there != NOTHING) & (to.take(keywords.ordinals) == there)
        same &= to_written.take(keywords.ordinals) != own_written.take(rows)
        found = {(one.row, one.ordinal): one for one in moved}
        for pair in np.flatnonzero(same).tolist():
            row, ordinal = int(rows[pair]), int(keywords.ordinals[pair])
            found.setdefault((row, ordinal), Moved(row, ordinal, None))
        for one in moved:
            itself = one.to is not None and place.get(one.to) == own[one.row]
            if itself and to_written[one.ordinal] != own_written[one.row]:
                found[one.row, one.ordinal] = Moved(one.row, one.ordinal, None)
        return list(found.values())

    def _moved(
        self, kind: NameKind, values: Sequence[str], keywords: Keywords, whole: Mapping[int, str | None]
    ) -> Iterator[Moved]:
        """Give what single articles show otherwise than all others."""
        for row, article, ordinals in self._single(kind, keywords):
            for ordinal in ordinals:
                to = self._authority.shown(article, kind, values[ordinal])
                if to != whole.get(ordinal, values[ordinal]):
                    yield Moved(row, ordinal, to)

    def _single(self, kind: NameKind, keywords: Keywords) -> Iterator[tuple[int, str, list[int]]]:
        """Give the row and the id of each article of which anything is said alone, and the numbers of its values."""
        articles = [(row, one) for one in self._authority.articles(kind) if (row := self._row(one)) is not None]
        if not articles:
            return
        ends = np.cumsum(keywords.counts)
        for row, article in articles:
            yield row, article, keywords.ordinals[ends[row] - keywords.counts[row] : ends[row]].tolist()

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


def _only(keywords: Keywords) -> Rows:
    """Give the one value of each row of a field, NOTHING where it has none."""
    found = np.full(len(keywords.counts), NOTHING, dtype=np.int32)
    found[keywords.counts > 0] = keywords.ordinals
    return found
