"""Articles with their mentions as bytes: what the archive and the engines keep, and give back.

One byte for the version of the form, then zlib over compact JSON: the article's fields in their order, then one row for
each mention without its surface, which the offsets give back, then one for each quotation. The first form had none.
"""

import dataclasses
import json
import zlib
from dataclasses import dataclass
from typing import Any

from index.errors import CorruptError
from index.types import Article, Mention, PublicationDate, Quote, Tagged

_VERSION = 2
_HEADER = bytes([_VERSION])
_WITHOUT_QUOTES = b"\x01"
_LEVEL = 6

_ARTICLE_FIELDS = ("id", "source", "title", "text", "url", "byline", "publisher", "language", "own_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """An article that is packed still, with its `story`, as one process hands it to another.

    `where` and `remedy` tell of the archive that it comes from, for the error where it is damaged.
    """

    data: bytes
    story: str = ""
    where: str = ""
    remedy: str = ""

    def tagged(self) -> Tagged:
        """Give the article; raises CorruptError where it is damaged."""
        try:
            return dataclasses.replace(unpack(self.data), story=self.story)
        except CorruptError as error:
            raise CorruptError(error.what, where=self.where, remedy=self.remedy or error.remedy) from error


def pack(tagged: Tagged) -> bytes:
    """Turn an article with its mentions into compressed bytes.

    Raises ValueError where a mention's surface is not what its offsets say.
    """
    text = json.dumps(_row_of(tagged), ensure_ascii=False, separators=(",", ":"))
    return _HEADER + zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def _row_of(tagged: Tagged) -> list[Any]:
    article = tagged.article
    mentions = []
    for mention in tagged.mentions:
        field = article.title if mention.field == "title" else article.text
        if field[mention.start : mention.end] != mention.surface:
            raise ValueError(
                f"the mention {mention.surface!r} does not stand at {mention.start} of the {mention.field}"
            )
        mentions.append(
            (mention.kind, mention.value, mention.field, mention.start, mention.end, mention.via, mention.role)
        )
    stated = article.published
    date = None if stated is None else (stated.value, stated.precision, stated.origin, stated.certain)
    quotes = [quote_row(quote) for quote in tagged.quotes]
    return [[getattr(article, name) for name in _ARTICLE_FIELDS], date, mentions, quotes]


def unpack(data: bytes) -> Tagged:
    """Turn the bytes of `pack` back into the article with its mentions.

    Raises CorruptError where the bytes are not what `pack` made, or are of a newer version.
    """
    if data[:1] not in (_HEADER, _WITHOUT_QUOTES):
        raise CorruptError(
            f"an article is packed in the form {data[:1].hex() or 'of nothing'}, not {_VERSION}",
            remedy="Was it written by a newer Newsmorgue? Otherwise index again from the sources",
        )
    try:
        values, date, rows, *more = json.loads(zlib.decompress(data[1:]).decode("utf-8", "surrogatepass"))
        return _tagged_of(values, date, rows, more[0] if data[:1] == _HEADER else [])
    except (zlib.error, ValueError, TypeError, KeyError, IndexError) as error:
        raise CorruptError(
            f"a packed article cannot be unpacked: {error}", remedy="Index again from the sources"
        ) from error


def quote_row(quote: Quote) -> list[Any]:
    """Give a quotation as a row for JSON, which `quote_of` reads: its speaker first, its spans last."""
    return [quote.speaker, quote.speaker_start, quote.speaker_end, quote.cue, quote.via, *map(list, quote.spans)]


def quote_of(row: list[Any]) -> Quote:
    """Give the quotation of a row; ValueError or TypeError where it is none."""
    speaker, speaker_start, speaker_end, cue, via, *spans = row
    return Quote(
        spans=tuple((start, end) for start, end in spans),
        speaker=speaker,
        speaker_start=speaker_start,
        speaker_end=speaker_end,
        cue=cue,
        via=via,
    )


def _tagged_of(values: list[Any], date: list[Any] | None, rows: list[Any], quotes: list[Any]) -> Tagged:
    published = None
    if date is not None:
        value, precision, origin, certain = date
        published = PublicationDate(value=value, precision=precision, origin=origin, certain=certain)
    article = Article(**dict(zip(_ARTICLE_FIELDS, values, strict=True)), published=published)
    mentions = []
    for kind, value, field, start, end, via, role in rows:
        surface = (article.title if field == "title" else article.text)[start:end]
        mentions.append(
            Mention(kind=kind, value=value, surface=surface, field=field, start=start, end=end, via=via, role=role)
        )
    return Tagged(article=article, mentions=tuple(mentions), quotes=tuple(map(quote_of, quotes)))
