"""A Whoosh codec whose segments are files of arrays (index/engines/arrays), so that Whoosh itself can search them.

Whoosh's TOC names these classes, so they must stay importable under these names. Articles are Whoosh's documents.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.columns import ColumnReader
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from index.engines.arrays.identities import Identities
from index.engines.arrays.layout import DAYS, KEYWORDS
from index.engines.arrays.postings import Postings
from index.engines.arrays.segment import Segment
from index.engines.whoosh_fields import SEPARATOR, length_of_byte, to_bytes
from index.packing import pack

EXTENSION = ".seg"

_UNWRITTEN = (
    "Whoosh's writer cannot write this codec: index with newsmorgue, or take `newsmorgue export --whoosh` for an index "
    "of Whoosh's own"
)


class ArraysCodec(W3Codec):  # type: ignore[misc]  # Whoosh has no types
    """Reads segments of arrays; they are written by `index.engines.whoosh_writer.BatchWriter`."""

    def per_document_writer(self, storage: Any, segment: Any) -> "Unwritten":
        """Give a writer that refuses articles; see `Unwritten`."""
        return Unwritten()

    def field_writer(self, storage: Any, segment: Any) -> "Unwritten":
        """Give a writer that refuses fields; see `Unwritten`."""
        return Unwritten()

    def terms_reader(self, storage: Any, segment: Any) -> "ArraysTerms":
        """Give the reader of a segment's terms."""
        return ArraysTerms(open_segment(Path(storage.folder), segment))

    def per_document_reader(self, storage: Any, segment: Any) -> "ArraysDocuments":
        """Give the reader of a segment's articles."""
        return ArraysDocuments(open_segment(Path(storage.folder), segment), segment)

    def new_segment(self, storage: Any, indexname: str) -> "ArraysSegment":
        """Give a new segment, whose file is still to be written."""
        return ArraysSegment(self, indexname)


class ArraysSegment(W3Segment):  # type: ignore[misc]  # Whoosh has no types
    """A segment as the TOC knows it: its name, the number of its articles, and which of them were removed."""

    def should_assemble(self) -> bool:
        """Say that the segment is one file already."""
        return False


def segment_path(directory: Path, segment: Any) -> Path:
    """Give the place of a segment's file."""
    return directory / str(segment.make_filename(EXTENSION))


def open_segment(directory: Path, segment: Any) -> Segment:
    """Open the file of a segment; raises CorruptError where it is damaged."""
    return Segment(segment_path(directory, segment))


class Unwritten:
    """What Whoosh's own writer gets instead of writers of fields and articles: it can be made, but not written to.

    Whoosh hands over a posting at a time, in Python, which is most of what its indexing costs; `BatchWriter` inverts
    many articles by one sort instead, and never comes by here. To write over this codec by a second, slow way would
    be code that nothing of ours runs. An index by `newsmorgue export --whoosh` is one that Whoosh itself goes on with.
    """

    is_closed = False

    def start_doc(self, docnum: int) -> NoReturn:
        """Raise NotImplementedError: an article was to be written."""
        raise NotImplementedError(_UNWRITTEN)

    def start_field(self, fieldname: str, fieldobj: Any) -> NoReturn:
        """Raise NotImplementedError: a field was to be written."""
        raise NotImplementedError(_UNWRITTEN)

    def add_postings(self, schema: Any, lengths: Any, items: Any) -> None:
        """Write nothing; raise NotImplementedError where there is anything to write."""
        for _ in items:
            raise NotImplementedError(_UNWRITTEN)

    def close(self) -> None:
        """Do nothing: there is no file."""
        self.is_closed = True


class ArraysTerms(base.TermsReader):  # type: ignore[misc]  # Whoosh has no types
    """The terms of a segment, as Whoosh asks for them: by field and bytes."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._fields: dict[str, Postings | Identities] = {**segment.fields, "id": Identities(segment)}

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field, text = term
        return field in self._fields and self._fields[field].find(text) >= 0

    def indexed_field_names(self) -> list[str]:
        """Give the fields that have terms."""
        return sorted(self._fields)

    def cursor(self, fieldname: str, fieldobj: Any) -> "ArraysCursor":
        """Give a cursor over the terms of a field."""
        return ArraysCursor(self, fieldname, fieldobj)

    def field(self, fieldname: str) -> Postings | Identities:
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
        """Give how often a term stands in all articles."""
        number = self._number(fieldname, text)
        return float(self.field(fieldname).times(number, number + 1).sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Give how many articles have a term."""
        number = self._number(fieldname, text)
        return int(self.field(fieldname).counts(number, number + 1)[0])

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


class ArraysDocuments(base.PerDocumentReader):  # type: ignore[misc]  # Whoosh has no types
    """The articles of a segment, as Whoosh asks for them."""

    def __init__(self, segment: Segment, entry: Any) -> None:
        self._segment = segment
        self._entry = entry

    def doc_count(self) -> int:
        """Give the number of articles that were not removed."""
        return self._segment.size - int(self._entry.deleted_count())

    def doc_count_all(self) -> int:
        """Give the number of articles."""
        return self._segment.size

    def has_deletions(self) -> bool:
        """Say whether articles were removed."""
        return bool(self._entry.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Say whether an article was removed."""
        return bool(self._entry.is_deleted(docnum))

    def deleted_docs(self) -> Iterator[int]:
        """Give the articles that were removed."""
        return iter(self._entry.deleted_docs())

    def supports_columns(self) -> bool:
        """Say that there are columns."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Say whether a field has a column."""
        return fieldname in {"id", "article", *KEYWORDS, *DAYS}

    def column_reader(self, fieldname: str, column: Any) -> ColumnReader:
        """Give a field's column, whose values are those that whoosh_fields.py says."""
        return _Column(self._segment, fieldname)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Give the length of an article's field, as Whoosh rounds it."""
        if not self._counted(fieldname):
            return default
        return length_of_byte(int(self._segment.lengths(fieldname)[docnum]))

    def field_length(self, fieldname: str) -> int:
        """Give the length of a field in all articles."""
        return self._segment.total(fieldname) if self._counted(fieldname) else 0

    def min_field_length(self, fieldname: str) -> int:
        """Give the shortest length of a field."""
        return length_of_byte(int(self._segment.lengths(fieldname).min())) if self._counted(fieldname) else 0

    def max_field_length(self, fieldname: str) -> int:
        """Give the longest length of a field."""
        return length_of_byte(int(self._segment.lengths(fieldname).max())) if self._counted(fieldname) else 0

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Give what is stored otherwise than in columns: nothing."""
        return {}

    def _counted(self, fieldname: str) -> bool:
        field = self._segment.fields.get(fieldname)
        return field is not None and field.counted


class _Column(ColumnReader):  # type: ignore[misc]  # Whoosh has no types
    """The values of one column."""

    def __init__(self, segment: Segment, fieldname: str) -> None:
        self._segment = segment
        self._fieldname = fieldname
        self._sign = 1

    def __len__(self) -> int:
        return self._segment.size

    def __getitem__(self, docnum: int) -> Any:
        segment, field = self._segment, self._fieldname
        if field in DAYS:
            return int(segment.array(field)[docnum])
        if field == "article":
            return pack(segment.tagged(docnum))
        if field == "id":
            return to_bytes(segment.id(docnum))
        return to_bytes(SEPARATOR.join(value for value, _ in segment.values(field, docnum)))

    def __iter__(self) -> Iterator[Any]:
        return (self[number] for number in range(len(self)))

    def sort_key(self, docnum: int) -> Any:
        """Give what articles are sorted by."""
        value = self[docnum]
        return self._sign * value if isinstance(value, int) else value

    def set_reverse(self) -> None:
        """Sort by numbers from the greatest to the smallest."""
        self._sign = -1
