"""Near copies as pages list them."""

from collections.abc import Iterator
from dataclasses import dataclass

from index.types import Article
from search.answer import Copies, Copy
from search.request import SearchRequest
from web.links import article_url, changed, comparison_url
from web.wording import source


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One near copy: who published it when, its title where that is another one than that of the article beside it.

    `url` is its page, `comparison_url` where the two are compared.
    """

    source: str
    title: str | None
    url: str
    comparison_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyList:
    """The near copies of an article: how many, the earliest of them, and where the article's page lists more.

    On that page itself `left` are in the JSON alone.
    """

    total: int
    listed: tuple[Listed, ...]
    more_url: str | None

    @property
    def left(self) -> int:
        """How many are not listed."""
        return self.total - len(self.listed)


MOST = 30
"""Copies that a page lists of an article: of a wire report there are hundreds, and the JSON has them."""


def copy_list(found: Copies, article: Article, asked: SearchRequest | None = None) -> CopyList:
    """Give the copies of an article; with a search, their pages show what matches it."""
    return CopyList(
        total=found.total,
        listed=tuple(_listed(found.articles[:MOST], article, changed(asked) if asked else None)),
        more_url=f"{article_url(article.id)}#copies" if found.total > len(found.articles) else None,
    )


def _listed(copies: tuple[Copy, ...], article: Article, asked: SearchRequest | None) -> Iterator[Listed]:
    for one in copies:
        yield Listed(
            source=source(one),
            title=one.title if one.title != article.title else None,
            url=article_url(one.id, request=asked),
            comparison_url=comparison_url(article.id, one.id),
        )
