"""The optional second tagger: names by a spaCy pipeline, everything after that by the same rules and tables.

`newsmorgue index … --tagger spacy` uses `en_core_web_sm`, `--tagger spacy:NAME` another installed pipeline, and
`--tagger spacy:DIRECTORY` one that lies in a directory. It needs the extra `newsmorgue[spacy]` and the pipeline itself.
"""

import importlib
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from index.errors import UsageError
from index.tag.default import DefaultTagger
from index.tag.tokens import Document, FieldTokens, Span, SpanKind
from index.types import Article, FieldName, Mention

PIPELINE = "en_core_web_sm"
"""The pipeline that is loaded where none is named."""
_KINDS: dict[str, SpanKind] = {"PERSON": "person", "PER": "person", "ORG": "outlet"}
_BATCH_ARTICLES = 64
_PIECE_CHARS = 50_000
"""spaCy needs about 1 GB for each 100,000 characters of one text, so longer ones are handed over in pieces."""

_Entities = list[tuple[FieldName, int, int, SpanKind]]


class SpacyTagger:
    """Tags by a spaCy pipeline's PERSON and ORG entities, which people, outlets and dates are then resolved from.

    An organisation is only a candidate: it becomes an outlet where the table knows it. UsageError where spaCy or the
    pipeline is missing, or has no part that finds names.
    """

    def __init__(self, pipeline: str = PIPELINE) -> None:
        self._names = _SpacyNames(pipeline)
        self._tagger = DefaultTagger(model=self._names)
        self.version = self._tagger.version

    def tag(self, articles: Iterable[Article]) -> Iterator[tuple[Mention, ...]]:
        """Yield each article's mentions in order; spaCy reads some articles ahead, as it works in batches."""
        stream = iter(articles)
        while batch := list(itertools.islice(stream, _BATCH_ARTICLES)):
            self._names.read(batch)
            for article in batch:
                yield self._tagger.mentions(article)


class _SpacyNames:
    """Stands where the sequence model stands: gives the spans of a document, which `read` has found before."""

    def __init__(self, pipeline: str) -> None:
        self._nlp = _load(pipeline)
        meta = self._nlp.meta
        self.version = f"spacy-{meta.get('lang')}-{meta.get('name')}-{meta.get('version')}-{meta.get('spacy_version')}"
        self._found: dict[int, _Entities] = {}

    def read(self, articles: Sequence[Article]) -> None:
        """Find the entities of a batch of articles; what was found of the batch before is forgotten."""
        self._found = {id(article): [] for article in articles}
        pieces = (
            (text, (id(article), field, start)) for article in articles for field, start, text in _pieces(article)
        )
        for doc, (key, field, start) in self._nlp.pipe(pieces, as_tuples=True):
            self._found[key] += [
                (field, start + entity.start_char, start + entity.end_char, _KINDS[entity.label_])
                for entity in doc.ents
                if entity.label_ in _KINDS
            ]

    def spans(self, document: Document) -> list[Span]:
        """Give the spans of an article of the batch, at the edges of our own tokens; they never overlap."""
        by_field: dict[FieldName, FieldTokens] = {tokens.field: tokens for tokens in document.fields}
        spans: list[Span] = []
        for field, start, end, kind in self._found[id(document.article)]:
            tokens = by_field[field]
            first, last = tokens.index_at(start), tokens.index_at(end - 1) + 1
            free = not spans or spans[-1].tokens is not tokens or spans[-1].last <= first
            if free and first < last <= len(tokens):
                spans.append(Span(kind=kind, tokens=tokens, first=first, last=last))
        return spans


def _pieces(article: Article) -> Iterator[tuple[FieldName, int, str]]:
    """Cut title and text into pieces that spaCy can hold, at lines' ends where there are any, with their offsets."""
    fields: tuple[tuple[FieldName, str], ...] = (("title", article.title), ("text", article.text))
    for field, text in fields:
        start = 0
        while start < len(text):
            end = start + _PIECE_CHARS
            if end < len(text):
                line = text.rfind("\n", start, end)
                end = line + 1 if line > start else end
            yield field, start, text[start:end]
            start = end


def _load(pipeline: str) -> Any:
    """Load a spaCy pipeline by its name or its directory."""
    where = "tagger spacy"
    try:
        spacy = importlib.import_module("spacy")
    except ImportError as error:
        raise UsageError(
            "spaCy is not installed", where=where, remedy="Install it: pip install 'newsmorgue[spacy]'"
        ) from error
    try:
        nlp = spacy.load(pipeline)
    except (OSError, ValueError, ImportError) as error:
        raise UsageError(
            f"there is no spaCy pipeline {pipeline!r} that loads",
            where=where,
            remedy=f"Get one: python -m spacy download {PIPELINE}; or name another: spacy:NAME or spacy:DIRECTORY",
        ) from error
    if not {"ner", "entity_ruler"} & set(nlp.pipe_names) and "doc.ents" not in nlp.analyze_pipes()["attrs"]:
        raise UsageError(f"the spaCy pipeline {pipeline!r} finds no names", where=where, remedy="Name one with ner.")
    return nlp
