"""The seam between articles and whatever finds the names in them."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from index.types import Article, Mention


class Tagger(Protocol):
    """Finds dates, people and outlets in a stream of articles.

    Found by entry point in the group `newsmorgue.taggers`: a class that needs no argument, and takes the text after a
    colon where the setting has one (`spacy:en_core_web_md`). `version` changes whenever the
    same article may get other mentions; it is part of each article's content hash, so a newer tagger tags again.
    """

    version: str

    def tag(self, articles: Iterable[Article]) -> Iterator[tuple[Mention, ...]]:
        """Yield each article's mentions, in the order of the articles, while reading ahead as little as it likes."""
        ...
