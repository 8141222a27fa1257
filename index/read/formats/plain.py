"""Plain text: one article a file, its headline, byline and date at the top or nowhere."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Final

from index.dates import parse_date
from index.read.build import Stated, build
from index.read.charset import decode
from index.read.clean.characters import tidy_characters
from index.read.clean.paragraphs import split_paragraphs
from index.read.dating import Doubt, tell_doubts
from index.read.format import Format, Head, cut_nothing
from index.read.lead import read_lead
from index.read.markup import begins_with_tag, plain, unescape
from index.read.options import ReadOptions
from index.read.piece import Piece
from index.types import Article, PublicationDate, Rejected

_NAME_DATE: Final = re.compile(r"(?:^|[^\d])((?:18|19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?:[^\d]|$)")


def _recognise(head: Head, options: ReadOptions) -> bool:
    del head, options
    return True


def _read(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected]:
    text = decode(piece.content or b"", declared=piece.charset)
    text = plain(text) if begins_with_tag(text) else unescape(text)
    paragraphs = split_paragraphs(tidy_characters(text))
    lead = read_lead(paragraphs, day_first=options.day_first)
    doubts = (Doubt(field="date", value=lead.unread_date),) if lead.unread_date else ()
    published = replace(lead.published, certain=False) if lead.published and doubts else lead.published
    stated = Stated(
        source=piece.source,
        title=lead.title,
        text="\n\n".join(lead.paragraphs),
        url=lead.url or piece.url,
        byline=lead.byline,
        publisher=lead.publisher,
        published=published,
        doubts=doubts,
    )
    for one in tell_doubts(build(stated, options)):
        if isinstance(one, Article) and one.published is None:
            yield replace(one, published=_date_of_name(piece.source))
        else:
            yield one


def _date_of_name(source: str) -> PublicationDate | None:
    """Read the day in a file's name (`2021-12-03-harris.txt`): evidence, but of whoever named it."""
    match = _NAME_DATE.search(PurePath(source).name)
    if match is None:
        return None
    found = parse_date(f"{match[1]}-{match[3]}-{match[4]}", origin="filename")
    return replace(found, certain=False) if found else None


PLAIN: Final = Format(name="text", recognise=_recognise, cut=cut_nothing, read=_read)
