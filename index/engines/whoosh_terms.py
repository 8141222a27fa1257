"""The terms of a segment of arrays and their postings, as Whoosh asks for them."""

from collections.abc import Iterator
from typing import Any

from whoosh.codec import base
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from index.engines.arrays.identities import Identities
from index.engines.arrays.layout import DAYS
from index.engines.arrays.postings import Postings
from index.engines.arrays.segment import Segment
from index.engines.whoosh_days import Days
from index.engines.whoosh_fields import length_of_byte

Terms = Postings | Identities | Days


class ArraysTerms(base.TermsReader):  # type: ignore[misc]  # Whoosh has no types
    """The terms of a segment, as Whoosh asks for them: by field and bytes."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        days = {field: Days(segment, field) for field in DAYS}
        self._fields: dict[str, Terms] = {**segment.fields, "id": Identities(segment), **days}

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field, text = term
        return field in self._fields and self._fields[field].find(text) >= 0

    def indexed_field_names(self) -> list[str]:
        """Give the fields that have terms."""
        return sorted(self._fields)

    def cursor(self, fieldname: str, fieldobj: Any) -> "ArraysCursor":
        """Give a cursor over the terms of a field."""
        return ArraysCursor(self, fieldname, fieldobj)

    def field(self, fieldname: str) -> Terms:
        """Give the terms of a field; raises TermNotFound where it has none."""
        if fieldname not in self._fields:
            raise TermNotFound(f"No field {fieldname!r}")
        return self._fields[fieldname]

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Give all terms, in order."""
        for name in self.indexed_field_names():
            yield from ((name, text) for text in self._fields[name].terms())

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Give the terms from a first one on, and all fields behind."""
        for name in self.indexed_field_names():
            if name >= fieldname:
                field = self._fields[name]
                low = field.from_(prefix) if name == fieldname else 0
                yield from ((name, field.term(number)) for number in range(low, field.size))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Give all terms with what is known of them, in order."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Give the terms from a first one on, with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Give what is known of a term; raises TermNotFound where there is none."""
        return self.info(fieldname, self._number(fieldname, text))

    def info(self, fieldname: str, number: int) -> TermInfo:
        """Give what is known of a term by its number."""
        field = self.field(fieldname)
        articles, times = field.articles(number, number + 1), field.times(number, number + 1)
        shortest = longest = None
        if isinstance(field, Postings) and field.counted:
            lengths = self._segment.lengths(fieldname)[articles]
            shortest, longest = length_of_byte(int(lengths.min())), length_of_byte(int(lengths.max()))
        return TermInfo(
            weight=float(times.sum()),
            df=len(articles),
            minlength=shortest,
            maxlength=longest or 0,
            maxweight=float(times.max()),
            minid=int(articles[0]),
            maxid=int(articles[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Give how often a term stands in all articles; 0 where this segment lacks it, as Whoosh adds segments up."""
        number = self.field(fieldname).find(text)
        return 0.0 if number < 0 else float(self.field(fieldname).times(number, number + 1).sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Give how many articles have a term, 0 where none has."""
        number = self.field(fieldname).find(text)
        return 0 if number < 0 else int(self.field(fieldname).counts(number, number + 1)[0])

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        """Give the postings of a term, as Whoosh walks them."""
        number = self._number(fieldname, text)
        field = self.field(fieldname)
        times = field.times(number, number + 1)
        values: Any = None
        if isinstance(field, Postings):
            if field.placed:
                values = _EncodedPositions(format_, times.tolist(), field.positions(number, number + 1).tolist())
            elif field.counted:
                values = [count.to_bytes(4, "big") for count in times.tolist()]
        return ListMatcher(
            field.articles(number, number + 1).tolist(),
            weights=times.astype(float).tolist(),
            values=values,
            format=format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.info(fieldname, number),
        )

    def _number(self, fieldname: str, text: bytes) -> int:
        number = self.field(fieldname).find(text)
        if number < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return number


class _EncodedPositions:
    """The values of a term's postings in Whoosh's own form, each made when it is asked for."""

    def __init__(self, format_: Any, times: list[int], positions: list[int]) -> None:
        self._format = format_
        self._positions = positions
        self._ends = [0]
        for count in times:
            self._ends.append(self._ends[-1] + count)

    def __getitem__(self, posting: int) -> Any:
        return self._format.encode(self._positions[self._ends[posting] : self._ends[posting + 1]])


class ArraysCursor(base.FieldCursor):  # type: ignore[misc]  # Whoosh has no types
    """A place among the terms of a field."""

    def __init__(self, terms: ArraysTerms, fieldname: str, fieldobj: Any) -> None:
        self._reader = terms
        self._fieldname = fieldname
        self._fieldobj = fieldobj
        self._terms = terms.field(fieldname)
        self._number = 0

    def first(self) -> Any:
        """Go to the first term and give it."""
        self._number = 0
        return self.text()

    def find(self, term: Any) -> Any:
        """Go to a term or the one behind it, and give it."""
        self._number = self._terms.from_(term if isinstance(term, bytes) else self._fieldobj.to_bytes(term))
        return self.text()

    def next(self) -> Any:
        """Go to the next term and give it."""
        self._number += 1
        return self.text()

    def text(self) -> Any:
        """Give the term of this place, None behind the last."""
        return self._fieldobj.from_bytes(self._terms.term(self._number)) if self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        """Give what is known of this term."""
        return self._reader.info(self._fieldname, self._number) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Say whether there is a term here."""
        return self._number < self._terms.size
