"""The articles of a segment of arrays, as Whoosh asks for them: their columns, lengths and stored fields."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whoosh.codec import base
from whoosh.columns import ColumnReader

from index.engines.arrays.layout import DAYS, KEYWORDS
from index.engines.arrays.segment import Segment
from index.engines.whoosh_columns import ReadBytes, ReadDays
from index.engines.whoosh_fields import SEPARATOR, length_of_byte, to_bytes
from index.packing import pack
from index.schema import FIELDS


class ArraysDocuments(base.PerDocumentReader):  # type: ignore[misc]  # Whoosh has no types
    """The articles of a segment, as Whoosh asks for them."""

    def __init__(self, segment: Segment, entry: Any, directory: Path) -> None:
        self._segment = segment
        self._entry = entry
        self._directory = directory

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
        if isinstance(column, ReadBytes | ReadDays):
            column.directory = self._directory
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
        """Give what is stored of an article: each field that has a value; see whoosh_fields.py."""
        segment = self._segment
        article = segment.article(docnum)
        stored: dict[str, Any] = {"id": article.id, "title": article.title, "text": article.text}
        for field in FIELDS:
            if field.kind == "keyword":
                values = [value for value, _ in segment.values(field.name, docnum)]
                stored[field.name] = values if field.many else "".join(values)
            elif field.kind == "date":
                stored[field.name] = int(segment.array(field.name)[docnum])
        return {name: value for name, value in stored.items() if value}

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
