"""A Whoosh codec whose segments are files of arrays (index/engines/arrays), so that Whoosh itself can search them.

Whoosh's TOC names these classes, so they must stay importable under these names. Articles are Whoosh's documents.
"""

from pathlib import Path
from typing import Any, NoReturn

from whoosh.codec.whoosh3 import W3Codec, W3Segment

from index.engines.arrays.segment import Segment
from index.engines.whoosh_directory import UNWRITTEN
from index.engines.whoosh_documents import ArraysDocuments
from index.engines.whoosh_terms import ArraysTerms

EXTENSION = ".seg"


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
        return ArraysDocuments(open_segment(Path(storage.folder), segment), segment, Path(storage.folder))

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
    """What Whoosh's own writer gets instead of writers of fields and articles: it can be made, not written to."""

    is_closed = False

    def start_doc(self, docnum: int) -> NoReturn:
        """Raise NotImplementedError: an article was to be written."""
        raise NotImplementedError(UNWRITTEN)

    def start_field(self, fieldname: str, fieldobj: Any) -> NoReturn:
        """Raise NotImplementedError: a field was to be written."""
        raise NotImplementedError(UNWRITTEN)

    def add_postings(self, schema: Any, lengths: Any, items: Any) -> None:
        """Write nothing; raise NotImplementedError where there is anything to write."""
        for _ in items:
            raise NotImplementedError(UNWRITTEN)

    def close(self) -> None:
        """Do nothing: there is no file."""
        self.is_closed = True
