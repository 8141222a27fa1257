"""Small archives of our own words, for tests of identity."""

from collections.abc import Iterable

from index.identity.casts import cast_of
from index.identity.columns import Columns
from index.types import Article, Mention, PublicationDate, Tagged


def article(number: int, text: str, people: Iterable[str | tuple[str, str]], *, year: int = 2020) -> Tagged:
    """Make an article in which each of some people stands where the text first has the name, or its surface."""
    mentions = []
    for one in people:
        value, surface = one if isinstance(one, tuple) else (one, one)
        start = text.index(surface)
        mentions.append(
            Mention(
                kind="person", value=value, surface=surface, field="text", start=start, end=start + len(surface), via=""
            )
        )
    made = Article(
        id=f"{number:016x}",
        source=f"/{number}",
        title="",
        text=text,
        published=PublicationDate(value=f"{year}-05-01", precision="day", origin="metadata"),
    )
    return Tagged(article=made, mentions=tuple(mentions))


def columns(*articles: Tagged) -> Columns:
    """Give the columns of an archive of some articles."""
    return Columns().changed((), [(one.article.id, cast_of(one)) for one in articles])
