"""The shapes of a JSON Feed (https://jsonfeed.org/version/1.1), as far as articles fill them."""

from dataclasses import dataclass
from typing import Annotated

from web.api.types import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAuthor:
    """Who wrote or published an article."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One article."""

    id: Annotated[str, "stable: made of the article's id alone"]
    url: Annotated[Address, "its page in this archive"]
    title: str
    content_text: Annotated[str, "the passages that matched, else the beginning"]
    tags: Annotated[tuple[str, ...], "the people and outlets that it names"]
    external_url: Annotated[str | None, "where it was published"] = None
    date_published: Annotated[str | None, "the first instant that its date may mean"] = None
    authors: tuple[FeedAuthor, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonFeed:
    """A search as a feed."""

    version: str
    title: str
    home_page_url: Address
    feed_url: Address
    items: tuple[FeedItem, ...]
    next_url: Address | None = None
