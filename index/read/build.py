"""From what a source states to an article: the one place where texts are cleaned, dates read and ids given."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from index.dates import parse_date
from index.read.clean.article import clean_paragraphs, join_paragraphs
from index.read.clean.characters import one_line, tidy_characters
from index.read.clean.paragraphs import split_paragraphs
from index.read.clean.titles import clean_title
from index.read.dating import Doubt
from index.read.identity import article_id, normalise_url, url_day, usable_url
from index.read.lead import dateline_date
from index.read.options import ReadOptions
from index.types import Article, PublicationDate, Rejected

_BY: Final = re.compile(r"^(?:(?:written|posted|reported|story) )?by:?\s+", re.IGNORECASE)
_LANGUAGE: Final = re.compile(r"(?P<code>[a-z]{2,3})(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_LANGUAGES: Final = {
    "english": "en",
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "italian": "it",
    "portuguese": "pt",
}
_LONGEST_FIELD: Final = 2_000
"""No URL, byline or publisher is longer; what is, is something else in the wrong column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a source says of one article, as it says it; only characters have been decoded and markup removed."""

    source: str
    text: str
    title: str = ""
    url: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: PublicationDate | None = None
    doubts: tuple[Doubt, ...] = ()
    """The dates that it states and that are in doubt."""
    language: str | None = None
    own_id: str | None = None
    file: str = ""
    """The source of the file of many that the article is a part of."""
    is_url_shared: bool = False
    """Whether other articles of the file state the same URL, so that it is nobody's identity."""


def apart(all_stated: Iterable[Stated]) -> Iterator[Stated]:
    """Tell articles of one file apart that state one URL under several ids of their own."""
    found = list(all_stated)
    ids: defaultdict[str, set[str | None]] = defaultdict(set)
    for one in found:
        if one.url:
            ids[normalise_url(one.url)].add(one.own_id)
    for one in found:
        shared = one.url is not None and one.own_id is not None and len(ids[normalise_url(one.url)]) > 1
        yield replace(one, is_url_shared=True) if shared else one


def build(stated: Stated, options: ReadOptions, *, position: int | None = None) -> Iterator[Article | Rejected | Doubt]:
    """Make what is stated an article, and give behind it what is in doubt of its date, or say why it is none.

    `position` is its number among those of a file.
    """
    found = build_article(stated, options)
    if isinstance(found, Rejected):
        yield replace(found, position=position)
        return
    yield found
    for doubt in stated.doubts:
        yield replace(doubt, source=stated.source, position=position)


def build_article(stated: Stated, options: ReadOptions) -> Article | Rejected:
    """Clean what is stated and make it an article, or say why it is none.

    An article without a stated date gets the day in its URL's path, or that of its dateline, if it has one; less
    certain, where it states a date that was not understood.
    """
    if len(stated.text) > options.max_article_chars:
        return Rejected(
            source=stated.source,
            reason="too-large",
            detail=f"its text has {len(stated.text):,} characters, more than the {options.max_article_chars:,} of an "
            "article (setting max_article_chars)",
        )
    url = usable_url(_short(stated.url) or "")
    publisher = options.publisher or _short(stated.publisher)
    title = clean_title(stated.title[:_LONGEST_FIELD], publisher=publisher)
    paragraphs = clean_paragraphs(split_paragraphs(tidy_characters(stated.text)), title=title)
    if not paragraphs:
        return Rejected(
            source=stated.source, reason="no-text", detail="it has no text" + (", only a title" if title else "")
        )
    published = stated.published or _url_date(url) or dateline_date(paragraphs)
    if published and stated.doubts and not stated.published:
        published = replace(published, certain=False)
    byline = _short(stated.byline)
    own_id = _short(stated.own_id)
    return Article(
        id=article_id(
            url=None if stated.is_url_shared else url,
            source=stated.source,
            file=stated.file,
            own_id=own_id,
            content=f"{stated.title}\n\n{stated.text}",
        ),
        source=stated.source,
        title=title,
        text=join_paragraphs(paragraphs),
        url=url,
        byline=_BY.sub("", byline) if byline else None,
        publisher=publisher,
        published=published,
        language=_language(stated.language),
        own_id=own_id,
    )


def _url_date(url: str | None) -> PublicationDate | None:
    day = url_day(url) if url else None
    return parse_date(day, origin="page") if day else None


def _short(text: str | None) -> str | None:
    return one_line(text[:_LONGEST_FIELD]) or None if text else None


def _language(stated: str | None) -> str | None:
    text = (stated or "").strip().lower()
    match = _LANGUAGE.fullmatch(text)
    return _LANGUAGES.get(text) or (match["code"] if match else None)
