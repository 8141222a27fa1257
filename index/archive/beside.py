"""What is kept of articles in tables of its own, by their numbers: sketches and casts, each row with its checksum.

The checksum is of the article's id too, so that a row which comes to another article by a damaged number is told.
"""

from collections.abc import Iterable

from index.archive.database import Rows, rows_of
from index.archive.hashing import row_checksum


def beside_checksum(article_id: str, data: bytes) -> bytes:
    """Give the checksum of what is kept of an article."""
    return row_checksum(article_id, data)


def is_whole(checksum: bytes, article_id: str | None, data: bytes) -> bool:
    """Tell whether a row is what was written; `article_id` is that of its number, None where no article has that.

    Rows that were written before checksums were of ids are known by their data alone.
    """
    return article_id is not None and checksum in {beside_checksum(article_id, data), row_checksum(data)}


def with_checksums(source: Rows, rows: Iterable[tuple[int, bytes]]) -> list[tuple[int, bytes, bytes]]:
    """Give rows of (number of an article, data) with their checksums; those of no article are left out."""
    data = dict(rows)
    ids = rows_of(source, "SELECT number, id FROM articles WHERE number IN ({keys})", data)
    return [(number, data[number], beside_checksum(article_id, data[number])) for number, article_id in ids]
