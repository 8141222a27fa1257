"""Rebuild the word table and the model that ship in the package: `python -m training.train --data DATA`.

DATA holds `labels/`, `articles/` and `ner-open/` (see docs/model-card.md). Deterministic: the same data give the
same files, on one machine.
"""

import argparse
import itertools
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.tag.default import MODEL
from index.tag.model import SequenceModel
from index.tag.tokens import Document, analyse
from index.tag.wordtable import WORDS
from index.types import Article
from training.background import beginning, read_bulk, word_table
from training.corpora import NEWSLIKE, read_open
from training.crf import Options, train_rows, training_rows
from training.gmb import read_gmb_labels
from training.labelled import LabelledArticle, read_labels, read_own_labels
from training.outlets import outlet_names
from training.roles import count_roles

LONGEST_BULK = 12_000
"""Longer unlabelled articles, in code points, are left out: lists and transcripts."""

OWN_LABELS = Path(__file__).parent / "labels" / "labels.jsonl"

GMB_LABELS = Path(__file__).parent / "labels" / "gmb.jsonl"

TABLES = Path(__file__).parent.parent / "index" / "tag" / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """All that training reads: articles with the labels of DATA, with our own, of open corpora, and unlabelled ones."""

    labelled: tuple[LabelledArticle, ...]
    own: tuple[LabelledArticle, ...]
    open: tuple[LabelledArticle, ...]
    bulk: tuple[Document, ...]


def read_corpus(data: Path) -> Corpus:
    """Read everything; an unlabelled article that is also among the labelled ones is left out."""
    known = outlet_names()
    labelled, own = _read_labelled(data)
    taken = _beginnings((*labelled, *own))
    return Corpus(
        labelled=labelled,
        own=own,
        open=tuple(read_open(data / "ner-open", NEWSLIKE, is_outlet=lambda name: name.casefold() in known)),
        bulk=tuple(
            analyse(Article(id=str(number), source="bulk", title=title, text=text))
            for number, (title, text) in enumerate(read_bulk(data, without=taken))
            if len(text) < LONGEST_BULK
        ),
    )


def _read_labelled(data: Path) -> tuple[tuple[LabelledArticle, ...], tuple[LabelledArticle, ...]]:
    own = itertools.chain(
        read_own_labels(OWN_LABELS, data / "articles"), read_gmb_labels(GMB_LABELS, data / "ner-open" / "gmb.tsv")
    )
    return tuple(read_labels(data / "labels")), tuple(own)


def _beginnings(articles: Iterable[LabelledArticle]) -> frozenset[str]:
    return frozenset(beginning(article.document.article.text) for article in articles)


def train(labelled: Sequence[LabelledArticle], corpus: Corpus, *, version: str, options: Options) -> SequenceModel:
    """Train on these labelled articles in two rounds.

    The first round's model tags the unlabelled articles; what it takes their words for is known to the second's.
    """
    articles = [*labelled, *corpus.open]
    first = train_rows(training_rows(articles, {}), roles={}, version=version, options=options)
    roles = count_roles(first, corpus.bulk)
    return train_rows(training_rows(articles, roles), roles=roles, version=version, options=options)


def main(arguments: Sequence[str] | None = None) -> None:
    """Count and cluster the words of the unlabelled articles, then train on everything; write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with labels/, articles/, ner-open/")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    taken = _beginnings(itertools.chain(*_read_labelled(options.data)))
    word_table(read_bulk(options.data, without=taken)).save(TABLES / WORDS)
    corpus = read_corpus(options.data)
    labelled = (*corpus.labelled, *corpus.own)
    spans = sum(len(article.spans) for article in (*labelled, *corpus.open))
    sys.stdout.write(
        f"{len(labelled)} labelled articles, {len(corpus.open)} of open corpora, {spans} names,"
        f" {len(corpus.bulk)} unlabelled articles\n"
    )
    train(labelled, corpus, version="2026.3", options=Options()).save(TABLES / MODEL)
    for name in (WORDS, MODEL):
        sys.stdout.write(f"{TABLES / name}: {(TABLES / name).stat().st_size / 1000:.0f} kB\n")
    sys.stdout.write(f"{time.perf_counter() - start:.0f} s\n")


if __name__ == "__main__":
    main()
