"""How well and how fast the default tagger works: `python -m benchmarks.tagging --data DATA [--folds 5] [--show 50]`.

Cross-validation end to end: for each fold the model is trained without it, then the whole tagger runs on the fold's
articles, and what it finds is scored strictly (`benchmarks.scoring`). Then people by span on `ner-eval`, which
no model is trained on, and the speed on one core, by stage.
"""

import argparse
import gzip
import itertools
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import nltk

from benchmarks.scoring import Tally, count, record_of
from index.tag.dates import find_dates
from index.tag.default import DefaultTagger, shipped_model
from index.tag.lexicon import word_list
from index.tag.model import SequenceModel
from index.tag.outlets import find_outlets
from index.tag.people import find_people
from index.tag.tokens import Document, analyse
from index.types import Article
from training.corpora import as_labelled, read_columns
from training.crf import Options
from training.labelled import LabelledArticle
from training.train import Corpus, read_corpus, train

SETS = {
    "abp": "US politics",
    "bbc": "BBC",
    "ww": "newspapers of many countries",
    "own": "labels of our own",
    "own-us": "our own, US politics",
    "own-bbc": "our own, BBC",
    "own-gmb": "our own, world news (GMB)",
}
TRIAL = (
    "the naive CRF of the trial, as issue 3 states it: people F1 0.86, outlets F1 0.77 (unseen articles, 1,050 labels)"
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only", type=int, default=None, help="run this many folds of them")
    parser.add_argument("--show", type=int, default=0, help="print the commonest wrong and missed values")
    parser.add_argument("--errors", type=Path, default=None, help="write each article's wrong and missed values here")
    options = parser.parse_args(arguments)
    corpus = read_corpus(options.data)
    errors: list[str] = []
    tallies = cross_validate(corpus, folds=options.folds, only=options.only, errors=errors)
    _print_tallies(tallies, options.show)
    _print_baselines(corpus, folds=options.folds, only=options.only)
    if options.errors:
        options.errors.write_text("\n".join(errors), encoding="utf-8")
    _print_spans(options.data / "ner-eval" / "worldwide_newswire_300.conll.gz")
    _print_speed([article.document.article for article in corpus.labelled])


def cross_validate(
    corpus: Corpus, *, folds: int, only: int | None = None, errors: list[str]
) -> dict[tuple[str, str], Tally]:
    """Tag each labelled article by a model trained without its fold; tallies by (set of articles, kind of value).

    The articles with labels of our own are dealt into folds of their own, and always tallied apart.
    """
    tallies: dict[tuple[str, str], Tally] = {}
    for fold, (kept, inside) in enumerate(_folds(corpus, folds)[:only]):
        tagger = DefaultTagger(model=train(kept, corpus, version=f"fold {fold}", options=Options()))
        for labelled in inside:
            predicted = record_of(labelled.labels["id"], tagger.mentions(labelled.document.article))
            _score(tallies, labelled.labels, predicted, errors)
    return tallies


def _folds(corpus: Corpus, folds: int) -> list[tuple[list[LabelledArticle], list[LabelledArticle]]]:
    """Divide the labelled articles: for each fold those to train on and those to be scored."""
    pairs = zip(folds_of(len(corpus.labelled), folds), folds_of(len(corpus.own), folds), strict=True)
    divided = []
    for pair in pairs:
        kept: list[LabelledArticle] = []
        inside: list[LabelledArticle] = []
        for articles, chosen in zip((corpus.labelled, corpus.own), pair, strict=True):
            for index, article in enumerate(articles):
                (inside if index in chosen else kept).append(article)
        divided.append((kept, inside))
    return divided


def folds_of(count: int, folds: int) -> list[frozenset[int]]:
    """Deal the numbers below `count` into folds, always the same."""
    order = list(range(count))
    random.Random(2026).shuffle(order)
    return [frozenset(order[fold::folds]) for fold in range(folds)]


def _score(
    tallies: dict[tuple[str, str], Tally], labels: dict[str, Any], predicted: dict[str, Any], errors: list[str]
) -> None:
    for kind in ("people", "outlets"):
        own = Tally()
        count(own, labels, predicted, kind)
        if own.wrong or own.missed:
            errors.append(f"{labels['id']}\t{kind}\twrong: {', '.join(own.wrong)}\tmissed: {', '.join(own.missed)}")
        for name in _sets(labels["id"]):
            tally = tallies.setdefault((name, kind), Tally())
            tally.right += own.right
            tally.wrong += own.wrong
            tally.missed += own.missed


def _sets(identity: str) -> tuple[str, str]:
    """Name the sets that an article counts for; our own labels know articles by address, those of GMB by number."""
    if identity.startswith("gmb:"):
        return "own", "own-gmb"
    if identity.startswith("http"):
        return "own", "own-bbc" if "//bbc." in identity else "own-us"
    return "all", identity.partition("-")[0]


def _print_baselines(corpus: Corpus, *, folds: int, only: int | None) -> None:
    """Print what a list of given names finds by itself in the same articles, and what is known of other taggers."""
    tally = Tally()
    for _, inside in _folds(corpus, folds)[:only]:
        for labelled in inside:
            if _sets(labelled.labels["id"])[0] == "all":
                people = [{"name": name} for name in dict.fromkeys(_by_given_names(labelled.document))]
                count(tally, labelled.labels, {"people": people}, "people")
    _print(
        f"baseline given names and the capitals after them: people P {tally.precision:.3f}  R {tally.recall:.3f}"
        f"  F1 {tally.f1:.3f}"
    )
    _print(f"baseline {TRIAL}")
    _print(f"baseline NLTK's own names: {_nltk_baseline(corpus)}")


def _by_given_names(document: Document) -> Iterator[str]:
    """Yield each known given name with the capitalised words after it."""
    for tokens in document.fields:
        for match in re.finditer(r"\b[A-Z][a-z]+(?: [A-Z][\w.’'-]+)+", tokens.text):
            first, *rest = match.group().split(" ")
            if first.lower() in word_list("first"):
                yield " ".join([first, *rest]).removesuffix("’s").removesuffix("'s").rstrip(".")


def _nltk_baseline(corpus: Corpus) -> str:
    """Score NLTK's tokens, parts of speech and chunker on the labelled articles, where its data are installed."""
    for resource in ("chunkers/maxent_ne_chunker_tab", "taggers/averaged_perceptron_tagger_eng"):
        try:
            nltk.data.find(resource)
        except LookupError:
            return f"not available here ({resource} is missing)"
    tally = Tally()
    for labelled in corpus.labelled:
        names: dict[str, None] = {}
        for tokens in labelled.document.fields:
            for first, last in itertools.pairwise(tokens.bounds):
                for node in nltk.ne_chunk(nltk.pos_tag(list(tokens.strings[first:last]))):
                    if hasattr(node, "label") and node.label() == "PERSON":
                        names[" ".join(word for word, _ in node.leaves())] = None
        count(tally, labelled.labels, {"people": [{"name": name} for name in names]}, "people")
    return f"people P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}"


def _print_tallies(tallies: dict[tuple[str, str], Tally], show: int) -> None:
    for (name, kind), tally in sorted(tallies.items()):
        _print(
            f"{kind:8} {SETS.get(name, name):30} P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}"
            f"  ({tally.right} right, {tally.wrong.total()} wrong, {tally.missed.total()} missed)"
        )
    for kind in ("people", "outlets") if show else ():
        for title in ("wrong", "missed"):
            values: Counter[str] = getattr(tallies["all", kind], title)
            _print(f"  {kind} {title}: " + ", ".join(f"{name} x{n}" for name, n in values.most_common(show)))


def _print_spans(path: Path) -> None:
    """Score the places of people on newswire of many countries, exact edges."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = [as_labelled(path.name, sentences) for sentences in read_columns(lines.read())]
    tagger = DefaultTagger()
    tally = Tally()
    for article in articles:
        gold = {(span.start, span.end) for span in article.spans if span.kind == "person"}
        mentions = tagger.mentions(article.document.article)
        found = {(mention.start, mention.end) for mention in mentions if mention.kind == "person"}
        tally.right += len(gold & found)
        text = article.document.article.text
        tally.wrong.update(text[slice(*span)] for span in found - gold)
        tally.missed.update(text[slice(*span)] for span in gold - found)
    _print(
        f"people   ner-eval, by place              P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}"
        f"  ({len(articles)} articles)"
    )


def _print_speed(articles: Sequence[Article]) -> None:
    """Time each stage over the same articles, warm: processor time, as other work may share the machine."""
    model: SequenceModel = shipped_model()
    tagger = DefaultTagger()
    documents = [analyse(article) for article in articles]
    spans = [model.spans(document) for document in documents]
    stages: dict[str, Callable[[], object]] = {
        "tokens and sentences": lambda: [analyse(article) for article in articles],
        "sequence model": lambda: [model.spans(document) for document in documents],
        "people": lambda: [find_people(d, s) for d, s in zip(documents, spans, strict=True)],
        "outlets": lambda: [find_outlets(d, s) for d, s in zip(documents, spans, strict=True)],
        "dates": lambda: [find_dates(article) for article in articles],
        "everything": lambda: list(tagger.tag(articles)),
    }
    words = sum(len(article.text.split()) for article in articles) / len(articles)
    for name, stage in stages.items():
        start = time.process_time()
        stage()
        seconds = time.process_time() - start
        _print(
            f"speed    {name:22} {1000 * seconds / len(articles):6.2f} ms an article,"
            f" {len(articles) / seconds:6.0f} articles/s of {words:.0f} words, one core"
        )


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
