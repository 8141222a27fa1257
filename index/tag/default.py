"""The default tagger: a sequence model, tables and rules; no download, no network."""

import functools
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Protocol

from index.tag.again import look_again
from index.tag.completing import complete_names
from index.tag.dates import find_dates
from index.tag.given import find_given_names
from index.tag.lineups import complete_lists
from index.tag.model import SequenceModel
from index.tag.outlets.find import find_outlets
from index.tag.people import find_people
from index.tag.refusals import is_thing
from index.tag.tokens import Document, Span, analyse
from index.types import Article, Mention

RULES = 8
"""Raised by whoever changes a rule so that an article may get other mentions."""

MODEL = "names.npz"
"""The model's file in `index/tag/data`."""


class NameModel(Protocol):
    """Finds spans that may be people or outlets: the shipped sequence model, one of cross-validation, or spaCy's."""

    version: str

    def spans(self, document: Document) -> Sequence[Span]:
        """Give the spans of one article, in order; they do not overlap."""
        ...


class DefaultTagger:
    """Finds people, outlets and dates in English news (see docs/model-card.md).

    `model` replaces the shipped one, as cross-validation does.
    """

    def __init__(self, *, model: NameModel | None = None) -> None:
        self._model: NameModel = model or shipped_model()
        self.version = f"default-{RULES}-{_data_digest()}-{self._model.version}"

    def tag(self, articles: Iterable[Article]) -> Iterator[tuple[Mention, ...]]:
        """Yield each article's mentions, sorted by title then text, then start; people and outlets never overlap."""
        for article in articles:
            yield self.mentions(article)

    def mentions(self, article: Article) -> tuple[Mention, ...]:
        """Find the mentions of one article."""
        document = analyse(article)
        spans = complete_names(document, self._model.spans(document))
        spans = [*spans, *complete_lists(spans)]
        spans = look_again(document, [*spans, *find_given_names(document, spans)])
        outlets = find_outlets(document, [_by_form(span) for span in spans])
        people = _apart_from(find_people(document, spans), outlets)
        found = [*people, *outlets, *find_dates(article)]
        return tuple(sorted(found, key=lambda mention: (mention.field != "title", mention.start, mention.end)))


def _by_form(span: Span) -> Span:
    """Let what the model takes for a person, and what is a thing by its form, be an outlet where one is called so."""
    return replace(span, kind="outlet") if span.kind == "person" and is_thing(span) else span


def _apart_from(people: list[Mention], outlets: list[Mention]) -> list[Mention]:
    """Leave out people whose names touch those of outlets (Drudge Report, Rolling Stone)."""
    taken = {(mention.field, offset) for mention in outlets for offset in range(mention.start, mention.end)}
    return [
        mention
        for mention in people
        if all((mention.field, offset) not in taken for offset in range(mention.start, mention.end))
    ]


@functools.cache
def shipped_model() -> SequenceModel:
    """Load the model that ships in the package, once."""
    with resources.as_file(resources.files("index.tag") / "data" / MODEL) as path:
        return SequenceModel.load(Path(path))


@functools.cache
def _data_digest() -> str:
    """Give a short digest of the tables, so that another table is another version."""
    digest = hashlib.sha256()
    for entry in sorted((resources.files("index.tag") / "data").iterdir(), key=lambda entry: entry.name):
        if entry.is_file():
            digest.update(entry.read_bytes())
    return digest.hexdigest()[:8]
