"""An article's facts and mentions as bytes, each for a column of its own: hits show the facts, and seldom the mentions.

Both are compact JSON: the facts are the fields of `FACTS` and the publication date, the mentions a row each without the
surface, which the offsets give back. The quotations follow the mentions, in rows that begin with `quote`.
"""

import dataclasses
import json
from typing import Any

from index.errors import CorruptError
from index.packing import quote_of, quote_row
from index.types import Article, Mention, PublicationDate, Quote, Tagged

_QUOTE = "quote"
FACTS = ("source", "url", "byline", "publisher", "language", "own_id")


def encode_text(text: str) -> bytes:
    """Give a text's UTF-8; lone surrogates are kept, as they came."""
    return text.encode("utf-8", "surrogatepass")


def decode_text(data: bytes) -> str:
    """Give the text of its UTF-8; raises CorruptError where it is none."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise CorruptError(f"a text is damaged: {error}") from error


def encode_facts(article: Article) -> bytes:
    """Give the bytes of an article's facts."""
    date = None if article.published is None else dataclasses.astuple(article.published)
    return _json([*(getattr(article, name) for name in FACTS), date])


def encode_mentions(tagged: Tagged) -> bytes:
    """Give the bytes of an article's mentions and quotations.

    Raises ValueError where a mention's surface is not what its offsets say.
    """
    article = tagged.article
    rows: list[Any] = []
    for one in tagged.mentions:
        if (article.title if one.field == "title" else article.text)[one.start : one.end] != one.surface:
            raise ValueError(f"the mention {one.surface!r} does not stand at {one.start} of the {one.field}")
        rows.append((one.kind, one.value, one.field, one.start, one.end, one.via, one.role))
    rows += [(_QUOTE, *quote_row(quote)) for quote in tagged.quotes]
    return _json(rows)


def decode_article(article_id: str, title: str, text: str, facts: bytes) -> Article:
    """Put an article together; raises CorruptError where the facts are not what was written."""
    try:
        *values, date = json.loads(facts.decode("utf-8", "surrogatepass"))
        published = None
        if date is not None:
            value, precision, origin, certain = date
            published = PublicationDate(value=value, precision=precision, origin=origin, certain=certain)
        named = dict(zip(FACTS, values, strict=True))
        return Article(id=article_id, title=title, text=text, published=published, **named)
    except (ValueError, TypeError) as error:
        raise CorruptError(f"an article's facts are damaged: {error}") from error


def decode_mentions(article: Article, data: bytes) -> tuple[Mention, ...]:
    """Give an article's mentions; raises CorruptError where they are not what was written."""
    try:
        rows: list[list[Any]] = json.loads(data.decode("utf-8", "surrogatepass"))
        named = (row for row in rows if row[0] != _QUOTE)
        return tuple(
            Mention(
                kind=kind,
                value=value,
                surface=(article.title if field == "title" else article.text)[start:end],
                field=field,
                start=start,
                end=end,
                via=via,
                role=role,
            )
            for kind, value, field, start, end, via, role in named
        )
    except (ValueError, TypeError, LookupError) as error:
        raise CorruptError(f"an article's mentions are damaged: {error}") from error


def decode_quotes(data: bytes) -> tuple[Quote, ...]:
    """Give an article's quotations; raises CorruptError where they are not what was written."""
    try:
        rows: list[list[Any]] = json.loads(data.decode("utf-8", "surrogatepass"))
        return tuple(quote_of(row[1:]) for row in rows if row[0] == _QUOTE)
    except (ValueError, TypeError, LookupError) as error:
        raise CorruptError(f"an article's quotations are damaged: {error}") from error


def _json(value: Any) -> bytes:
    return encode_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
