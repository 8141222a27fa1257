"""The field table in Whoosh's terms: the schema that the writer and the reader of a Whoosh index share.

Layout of an index, by kind of field (index/schema.py):

- identity `id`: one term, the id itself; and a bytes column of it. Stored.
- words `title`, `text`, `names`: terms are the folded forms of index/words.py, with positions and lengths (BM25F).
  `title` and `text` are stored. In `names` one name follows the other after a gap of NAME_GAP positions, so that no
  phrase spans two names.
- stems `title_stems`, `text_stems`: terms are stems, with frequencies and lengths, without positions.
- keyword `person`, `outlet`, `publisher`, `story`, `speaker`: terms are whole values; and a bytes column with
  the article's values in UTF-8, joined by SEPARATOR (empty where there is none), from which `split_column` gives them
  back. Stored: a list where an article may have several.
- date `date`, `date_last`: a 32-bit column of day numbers (index/days.py), 0 for undated; terms are those of Whoosh's
  NUMERIC without tiers, none for undated. Stored where dated.
- stored `article`: a bytes column; `index.packing.unpack` gives the article with its mentions.

Every article has a value in every column. What is stored is put together of these (whoosh_documents.py). Terms and
bytes are UTF-8; lone surrogates become "?".
The schema lies pickled in Whoosh's TOC, so these classes must stay importable under these names.
"""

import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from whoosh import fields, formats
from whoosh.analysis import IDAnalyzer
from whoosh.util.numeric import byte_to_length

from index.days import UNDATED
from index.engines.arrays.layout import TEXTS
from index.engines.whoosh_analysis import Analyzer
from index.engines.whoosh_columns import ReadBytes, ReadDays
from index.schema import FIELDS, Field
from index.words import ANALYSIS, columns, stems

FORM = f"whoosh/4+words/{ANALYSIS}"
"""Names this layout and the analysis of its terms: an index of another form is built again, never misread."""

SEPARATOR = "\x1f"
"""What joins the values of a keyword column; it never occurs in a value."""

LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], dtype=np.int64)
"""The number of words that each length byte stands for, as Whoosh rounds lengths."""

_FREQUENCY = struct.Struct("!I")  # as Whoosh's Frequency format encodes it

Posting = tuple[bytes, int, float, bytes]


class WordsField(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """Folded words with positions, from a text or a sequence of forms in which "" stands for a position left free."""

    def __init__(self, *, stored: bool = False) -> None:
        super().__init__(formats.Positions(), Analyzer(), scorable=True, stored=stored)

    def index(self, value: str | Sequence[str], **_: object) -> Iterator[Posting]:
        """Yield (term, frequency, weight, encoded positions) for each distinct form."""
        positions: defaultdict[str, list[int]] = defaultdict(list)
        for position, form in enumerate(columns(value).forms if isinstance(value, str) else value):
            positions[form].append(position)
        positions.pop("", None)
        encode = self.format.encode
        for form, places in positions.items():
            yield to_bytes(form), len(places), float(len(places)), encode(places)


class StemsField(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """Stems with frequencies, from a text or a sequence of stems."""

    def __init__(self) -> None:
        super().__init__(formats.Frequency(), Analyzer(stemmed=True), scorable=True)

    def index(self, value: str | Sequence[str], **_: object) -> Iterator[Posting]:
        """Yield (term, frequency, weight, encoded frequency) for each distinct stem."""
        for stem, count in Counter(stems(value) if isinstance(value, str) else value).items():
            yield to_bytes(stem), count, float(count), _FREQUENCY.pack(count)


class KeywordField(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """Whole values, searchable as terms and listed for each article in a column, from a sequence of distinct values."""

    def __init__(self, *, unique: bool = False) -> None:
        super().__init__(formats.Existence(), IDAnalyzer(), unique=unique, sortable=ReadBytes(), stored=True)

    def index(self, value: str | Sequence[str], **_: object) -> Iterator[Posting]:
        """Yield one posting for each value."""
        for text in _several(value):
            yield to_bytes(text), 1, 1.0, b""

    def to_column_value(self, value: str | Sequence[str]) -> bytes:
        """Join the values."""
        return to_bytes(SEPARATOR.join(_several(value)))


class DayField(fields.NUMERIC):  # type: ignore[misc]  # Whoosh has no types
    """Day numbers, searchable as Whoosh searches numbers: `NumericRange("date", 738000, 738030)`."""

    def __init__(self) -> None:
        super().__init__(int, bits=32, shift_step=0, sortable=ReadDays(), stored=True)

    def index(self, num: int, **_: object) -> Iterator[Posting]:
        """Yield the posting of a day, none where undated."""
        if num != UNDATED:
            yield self.to_bytes(num), 1, 1.0, b""

    def to_column_value(self, x: int) -> int:
        """Give the day number itself."""
        return x

    def from_column_value(self, x: int) -> int:
        """Give the day number itself."""
        return x


def to_bytes(text: str) -> bytes:
    """Give the bytes of a term or value."""
    return text.encode("utf-8", "replace")


def _several(value: str | Sequence[str]) -> Sequence[str]:
    return (value,) if isinstance(value, str) else value


def length_of_byte(byte: int) -> int:
    """Give the number of words that a length byte stands for."""
    return int(LENGTHS[byte])


def split_column(value: bytes) -> list[str]:
    """Give the values that one row of a keyword field's column holds."""
    return value.decode("utf-8").split(SEPARATOR) if value else []


def whoosh_schema(table: Iterable[Field] = FIELDS) -> fields.Schema:
    """Give Whoosh's schema for the field table."""
    return fields.Schema(**{field.name: _field_type(field) for field in table})


def _field_type(field: Field) -> fields.FieldType:
    match field.kind:
        case "words":
            return WordsField(stored=field.name in TEXTS)
        case "stems":
            return StemsField()
        case "keyword":
            return KeywordField()
        case "identity":
            return KeywordField(unique=True)
        case "date":
            return DayField()
        case "stored":
            return fields.COLUMN(ReadBytes())
