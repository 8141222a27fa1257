"""A page of quotations asked for by an address: the parameters of a search, `by`, and the ways to other pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from index.types import Article, Quote
from search.engines.engine import Shown
from search.quoting import QuoteHit, QuotePage
from search.request import SearchRequest, to_params
from web.links import article_url, changed, name_url, quotes_url, with_query
from web.marking import Piece, pieces
from web.reading_parameters import Pairs
from web.state import searcher
from web.wording import heading, shortened

OWN = ("by",)
"""The parameters beside those of the search."""

BREAK = " … "
"""What stands between two stretches of one quotation."""


LATEST = 5
"""Quotations on the page of a person: by them, and about them."""

READ = 15
"""Quotations of a person that are read for these: an article often has several."""

LONGEST = 300
"""Characters of a quotation that such a page shows: one that is longer is read in its article."""

SHORTEST = 25
"""Characters of a quotation that says something alone: “quell” does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A quotation as a page shows it; `speaker_url` is the page of whoever said it."""

    words: tuple[Piece, ...]
    speaker: str | None
    speaker_url: str | None
    article: Article
    heading: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """The latest quotations of a person: of how many articles, and where all are."""

    said: tuple[Said, ...]
    articles: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks for: quotations in the matches of a search, by one person where one is named."""

    search: SearchRequest
    by: str = ""

    def page(self) -> QuotePage:
        """Give the quotations."""
        return searcher().quotes(self.search, (self.by,) if self.by else ())

    def url(self, path: str, *, cursor: str | None = None) -> str:
        """Give the address of a page of them."""
        return with_query(path, [*to_params(changed(self.search, cursor=cursor)), *self._own()])

    def with_by(self, name: str) -> "Asked":
        """Ask for one speaker alone, or for anybody where it is this one alone already."""
        return Asked(search=changed(self.search), by="" if self.by == name else name)

    def _own(self) -> Pairs:
        return [("by", self.by)] if self.by else []


def text_of(quote: Quote, text: str) -> str:
    """Give the words of a quotation, its stretches parted by an ellipsis."""
    return BREAK.join(text[start:end] for start, end in quote.spans)


def marks_in(quote: Quote, words: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Give where words of an article's text stand in what `text_of` gives; those outside are left out."""
    found, shift = [], 0
    for start, end in quote.spans:
        found += [(low - start + shift, high - start + shift) for low, high in words if start <= low and high <= end]
        shift += end - start + len(BREAK)
    return tuple(found)


def newest(name: str) -> tuple[tuple[QuoteHit, ...], int]:
    """Give the latest quotations of a person, and how many articles have any: of each the longest that is not long.

    Those of a word or two are given where there are too few others.
    """
    page = Asked(search=SearchRequest(size=READ, facet_size=1), by=name).page()
    found: dict[str, QuoteHit] = {}
    for hit in sorted(page.hits, key=lambda hit: -_length(hit.quote)):
        if _length(hit.quote) <= LONGEST:
            found.setdefault(hit.article.id, hit)
    order = list(dict.fromkeys(hit.article.id for hit in page.hits if hit.article.id in found))
    telling = sorted(order, key=lambda article: _length(found[article].quote) < SHORTEST)[:LATEST]
    return tuple(found[article] for article in order if article in telling), page.articles


def latest(name: str) -> Latest | None:
    """Give the latest quotations of a person as their page shows them, None where there are none."""
    hits, articles = newest(name)
    return Latest(said=tuple(map(said_of, hits)), articles=articles, url=quotes_url(name)) if articles else None


def about(kind: str, name: str, found: Iterable[Shown]) -> tuple[QuoteHit, ...]:
    """Give what others are quoted saying of a person or an outlet in some articles: one an article, up to `LATEST`."""
    return tuple(islice((hit for shown in found if (hit := _about(kind, name, shown))), LATEST))


def _length(quote: Quote) -> int:
    return sum(end - start for start, end in quote.spans)


def _about(kind: str, name: str, shown: Shown) -> QuoteHit | None:
    quotes = [one for one in shown.quotes() if one.speaker not in {None, name} and _length(one) <= LONGEST]
    if not quotes:
        return None
    places = [
        (one.start, one.end)
        for one in shown.mentions()
        if one.kind == kind and one.value == name and one.field == "text"
    ]
    for quote in quotes:
        if words := tuple(
            (start, end) for start, end in places if any(low <= start and end <= high for low, high in quote.spans)
        ):
            return QuoteHit(article=shown.article, quote=quote, words=words)
    return None


def said_of(hit: QuoteHit) -> Said:
    """Make a quotation ready to be shown."""
    article, quote = hit.article, hit.quote
    return Said(
        words=tuple(pieces(text_of(quote, article.text), marks_in(quote, hit.words))),
        speaker=quote.speaker,
        speaker_url=name_url("person", quote.speaker) if quote.speaker else None,
        article=article,
        heading=shortened(heading(article)),
        url=article_url(article.id),
    )
