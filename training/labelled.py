"""Labelled articles: the type that training reads, and the spans of names that labels stand for in a text."""

import gzip
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from index.read.options import ReadOptions
from index.read.reading import read
from index.tag.kinds import kind_of
from index.tag.lexicon import word_list
from index.tag.model import LABELS
from index.tag.settle import settle
from index.tag.tokens import Document, FieldTokens, SpanKind, analyse
from index.types import Article, FieldName, Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSpan:
    """A name in a field of an article: its kind and its offsets."""

    kind: SpanKind
    field: FieldName
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledArticle:
    """An analysed article with its names; `labels` is the record of the label file, empty for open corpora."""

    document: Document
    spans: tuple[GoldSpan, ...]
    labels: dict[str, Any]


def read_labels(folder: Path) -> Iterator[LabelledArticle]:
    """Read `articles.jsonl` and `labels.jsonl` of a folder, and project the labelled surfaces into the texts.

    The articles go through the readers and are settled, as on their way to the tagger; one that the readers reject
    raises ValueError.
    """
    labels = _records(folder / "labels.jsonl")
    for article in read([str(folder / "articles.jsonl")], ReadOptions()):
        if isinstance(article, Rejected):
            _refuse(article)
        elif article.own_id in labels:
            yield _labelled(article, labels[article.own_id])


def read_own_labels(labels_file: Path, folder: Path) -> Iterator[LabelledArticle]:
    """Read labels whose `id` is the address of an article in a folder's `*.jsonl.gz`; as `read_labels` otherwise.

    Labels of articles that the folder does not hold are passed over.
    """
    labels = _records(labels_file)
    with tempfile.TemporaryDirectory() as temporary:
        chosen = Path(temporary) / "articles.jsonl"
        with chosen.open("w", encoding="utf-8") as out:
            for path in sorted(folder.glob("*.jsonl.gz")):
                with gzip.open(path, "rt", encoding="utf-8") as lines:
                    out.writelines(line for line in lines if json.loads(line)["url"] in labels)
        for article in read([str(chosen)], ReadOptions()):
            if isinstance(article, Rejected):
                _refuse(article)
            elif article.url in labels:
                yield _labelled(article, labels[article.url])


def _records(path: Path) -> dict[str, dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return {record["id"]: record for record in map(json.loads, lines)}


def _labelled(article: Article, labels: dict[str, Any]) -> LabelledArticle:
    document = analyse(settle(article))
    return LabelledArticle(document=document, spans=tuple(project(document, labels)), labels=labels)


def _refuse(rejected: Rejected) -> NoReturn:
    raise ValueError(f"{rejected.source}: {rejected.reason}: {rejected.detail}")


def project(document: Document, labels: dict[str, Any]) -> Iterator[GoldSpan]:
    """Find where the labelled surfaces stand, longest first, at the edges of tokens.

    A single word right before the head of another name is left out (`Trump` in `Trump Tower`).
    """
    surfaces: dict[str, SpanKind] = {}
    for person in labels["people"]:
        surfaces.update(dict.fromkeys(person["surfaces"], "person"))
    for outlet in labels["outlets"]:
        surfaces.update(dict.fromkeys(outlet["surfaces"], "outlet"))
    if not surfaces:
        return
    pattern = re.compile("|".join(re.escape(s) for s in sorted(surfaces, key=len, reverse=True) if s))
    for tokens in document.fields:
        starts = {start: index for index, start in enumerate(tokens.starts)}
        ends = {end: index + 1 for index, end in enumerate(tokens.ends)}
        position = 0
        while match := pattern.search(tokens.text, position):
            position = match.start() + 1
            for surface in sorted(
                (s for s in surfaces if tokens.text.startswith(s, match.start())), key=len, reverse=True
            ):
                end = match.start() + len(surface)
                if match.start() in starts and end in ends:
                    position = end
                    if surfaces[surface] != "person" or not _heads_a_thing(tokens, starts[match.start()], ends[end]):
                        yield GoldSpan(kind=surfaces[surface], field=tokens.field, start=match.start(), end=end)
                    break


def _heads_a_thing(tokens: FieldTokens, first: int, last: int) -> bool:
    if last - first > 1 or last >= len(tokens):
        return False
    follower = kind_of(tokens.strings[last])
    return (
        follower.capital
        and follower.lower in word_list("heads")
        and follower.lower not in word_list("organisers")
        and tokens.sentences[first] == tokens.sentences[last]
    )


def token_labels(tokens: FieldTokens, spans: Sequence[GoldSpan]) -> list[str]:
    """Give each token of a field its label, one of LABELS."""
    labels = ["O"] * len(tokens)
    for span in spans:
        if span.field == tokens.field:
            first, last = tokens.index_at(span.start), tokens.index_at(span.end - 1) + 1
            offset = 1 if span.kind == "person" else 3
            labels[first:last] = [LABELS[offset]] + [LABELS[offset + 1]] * (last - first - 1)
    return labels
