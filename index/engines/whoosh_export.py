"""Write articles as an index of Whoosh's own: its codec, its field types, nothing of ours.

The fields, all stored: `id` (unique), `title` and `text` (words, lower-cased, accents folded, no stop words left out),
`person`, `outlet`, `publisher`, `story` (each whole name one term; several are stored as a list), `date` (the first
moment that the publication date may mean; absent where undated), `published` (the date as precisely as known), `url`,
`byline`, `language`, `source`.
"""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import fields
from whoosh.analysis import CharsetFilter, StandardAnalyzer
from whoosh.index import create_in, exists_in
from whoosh.support.charset import accent_map

from index.days import UNDATED
from index.engines.values import values_of
from index.errors import StoreError, UsageError
from index.types import Tagged


def export_schema() -> fields.Schema:
    """Give the schema of an exported index."""
    analyzer = StandardAnalyzer(stoplist=None, minsize=1) | CharsetFilter(accent_map)
    return fields.Schema(
        id=fields.ID(unique=True, stored=True),
        title=fields.TEXT(analyzer=analyzer, stored=True),
        text=fields.TEXT(analyzer=analyzer, stored=True),
        person=fields.ID(stored=True),
        outlet=fields.ID(stored=True),
        publisher=fields.ID(stored=True),
        story=fields.ID(stored=True),
        date=fields.DATETIME(stored=True, sortable=True),
        published=fields.STORED(),
        url=fields.ID(stored=True),
        byline=fields.STORED(),
        language=fields.ID(stored=True),
        source=fields.STORED(),
    )


def export_whoosh(articles: Iterable[Tagged], directory: Path, *, memory: int) -> int:
    """Write articles into a new or empty directory, holding about `memory` bytes; gives their number.

    Raises UsageError where the directory holds something already, StoreError where it cannot be written.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if exists_in(str(directory)) or any(directory.iterdir()):
            raise UsageError("the directory is not empty", where=str(directory), remedy="Give a new one")
        writer = create_in(str(directory), export_schema()).writer(limitmb=max(1, memory // 2**20))
        count = 0
        try:
            for tagged in articles:
                writer.add_document(**_fields_of(tagged))
                count += 1
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
    except OSError as error:
        raise StoreError(
            f"the export cannot be written: {error}", where=str(directory), remedy="Is the disk full?"
        ) from error
    return count


def _fields_of(tagged: Tagged) -> dict[str, Any]:
    article, values = tagged.article, values_of(tagged)
    found: dict[str, Any] = {
        "id": values.id,
        "title": values.title,
        "text": values.text,
        "person": list(values.person),
        "outlet": list(values.outlet),
        "publisher": values.publisher,
        "story": values.story,
        "published": article.published.value if article.published else None,
        "url": article.url,
        "byline": article.byline,
        "language": article.language,
        "source": article.source,
    }
    if values.date != UNDATED:
        found["date"] = datetime.datetime.combine(datetime.date.fromordinal(values.date), datetime.time())
    return {name: _plain(value) for name, value in found.items() if value}


def _plain(value: Any) -> Any:
    """Replace lone surrogates, which Whoosh cannot write."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
