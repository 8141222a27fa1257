"""How well and how fast the default tagger works, in one table: `python -m benchmarks.tagging --data DATA`.

    [--folds 5] [--fold K | --only N | --no-folds] [--show 50] [--errors FILE] [--seeds DIR]

Cross-validation end to end: for each fold (`--fold K`: one alone; `--only N`: the first; `--no-folds`) the model is
trained without it, then the whole tagger runs on the fold's articles, and what it finds is scored strictly
(`benchmarks.scoring`). The shipped model does the rest: people by span on `ner-eval`, which no model is trained on;
dates in texts against `DATA/dates`; the day of publication where a page or a text states one; all that is found in the
seed articles, to be read by eye; the size of the shipped files; import to first tag; and the speed on one core,
by stage. What DATA does not hold is said and left out.
"""

import argparse
import gzip
import itertools
import random
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import nltk

from benchmarks import dates as date_benchmark
from benchmarks import publication as publication_benchmark
from benchmarks.scoring import Tally, count, record_of
from index.read.options import ReadOptions
from index.read.reading import read
from index.tag.dates import find_dates
from index.tag.default import DefaultTagger, shipped_model
from index.tag.lexicon import word_list
from index.tag.model import SequenceModel
from index.tag.outlets.find import find_outlets
from index.tag.people import find_people
from index.tag.settle import settle
from index.tag.tokens import Document, analyse
from index.types import Article
from training.corpora import as_labelled, read_columns
from training.crf import Options
from training.labelled import LabelledArticle, read_labels
from training.train import TABLES, Corpus, read_corpus, train

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


Fold = tuple[list[LabelledArticle], list[LabelledArticle]]
"""The articles to train on, and those to be scored."""

FIRST_TAG = """
import time
started = time.perf_counter()
from index.tag.default import DefaultTagger
from index.types import Article
DefaultTagger().mentions(Article(id="0", source="", title="", text="Ann Lee told Reuters on Friday."))
print(time.perf_counter() - started)
"""
"""What a fresh interpreter runs, to time the import and the first article."""
_STARTS = 5


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=5)
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--fold", type=int, default=None, metavar="K", help="run this fold alone, counted from 1")
    chosen.add_argument("--only", type=int, default=None, metavar="N", help="run the first N folds")
    chosen.add_argument("--no-folds", action="store_true", help="train nothing: only what the shipped model does")
    parser.add_argument("--show", type=int, default=0, help="print the commonest wrong and missed values")
    parser.add_argument("--errors", type=Path, default=None, help="write each article's wrong and missed values here")
    parser.add_argument("--seeds", type=Path, default=None, help="the seed articles; by default beside or in DATA")
    options = parser.parse_args(arguments)
    if options.fold is not None and not 1 <= options.fold <= options.folds:
        parser.error(f"--fold is one of 1 to {options.folds}")
    data: Path = options.data
    if not options.no_folds:
        corpus = read_corpus(data)
        divided = _folds(corpus, options.folds)
        divided = divided[: options.only] if options.fold is None else [divided[options.fold - 1]]
        errors: list[str] = []
        _print_tallies(cross_validate(corpus, divided, errors=errors), options.show)
        _print_baselines(corpus, divided)
        if options.errors:
            options.errors.write_text("\n".join(errors), encoding="utf-8")
    sections: dict[Path, Callable[[Path], None]] = {
        data / "ner-eval" / "worldwide_newswire_300.conll.gz": _print_spans,
        data / "dates": _print_dates,
        data / "html-pages": _print_pages,
        data / "labels": _print_stated,
        options.seeds or _seeds_of(data): _print_seeds,
    }
    for path, section in sections.items():
        if path.exists():
            section(path)
        else:
            _print(f"left out: there is no {path}")
    _print_cost()
    _print_speed([article.document.article for article in read_labels(data / "labels")])


def cross_validate(corpus: Corpus, folds: Sequence[Fold], *, errors: list[str]) -> dict[tuple[str, str], Tally]:
    """Tag each labelled article by a model trained without its fold; tallies by (set of articles, kind of value).

    The articles with labels of our own are dealt into folds of their own, and always tallied apart.
    """
    tallies: dict[tuple[str, str], Tally] = {}
    for fold, (kept, inside) in enumerate(folds):
        tagger = DefaultTagger(model=train(kept, corpus, version=f"fold {fold}", options=Options()))
        for labelled in inside:
            predicted = record_of(labelled.labels["id"], tagger.mentions(labelled.document.article))
            _score(tallies, labelled.labels, predicted, errors)
    return tallies


def _folds(corpus: Corpus, folds: int) -> list[Fold]:
    """Divide the labelled articles: for each fold those to train on and those to be scored."""
    pairs = zip(folds_of(len(corpus.labelled), folds), folds_of(len(corpus.own), folds), strict=True)
    divided: list[Fold] = []
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


def _print_baselines(corpus: Corpus, folds: Sequence[Fold]) -> None:
    """Print what a list of given names finds by itself in the same articles, and what is known of other taggers."""
    tally = Tally()
    for _, inside in folds:
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


def _print_dates(directory: Path) -> None:
    """Score the values of the dates in texts, as `benchmarks.dates` does."""
    totals: dict[str, list[int]] = {}
    for path in sorted(directory.glob("*.xml")):
        article, gold = date_benchmark.read_gum(path)
        for name, counts in date_benchmark.score(article, gold, show=False).items():
            totals[name] = [sum(pair) for pair in zip(totals.get(name, [0] * 4), counts, strict=True)]
    for name, (gold_count, found, _, right) in totals.items():
        precision, recall, f1 = date_benchmark.ratios(right, found, gold_count).split()
        _print(f"dates    {'values, ' + name:30} P {precision}  R {recall}  F1 {f1}  ({gold_count} labels)")


def _print_pages(directory: Path) -> None:
    _print_published("news pages", publication_benchmark.pages(directory))


def _print_stated(directory: Path) -> None:
    count_of_texts = publication_benchmark.labelled(directory / "articles.jsonl", directory / "labels.jsonl")
    _print_published("labelled texts", count_of_texts)


def _print_published(name: str, counted: publication_benchmark.Count) -> None:
    stated = counted.right + len(counted.wrong) + len(counted.missed)
    exact = f"{counted.right / stated:.3f}" if stated else "-"
    invented, silent = len(counted.invented), len(counted.invented) + counted.silent
    _print(f"published {name:29} exact {exact} of {stated}; invented {invented} of {silent} without a date")


def _seeds_of(data: Path) -> Path:
    """Give the folder of the seed articles: in DATA, else beside it."""
    inside = data / "seed-articles"
    return inside if inside.exists() else data.parent / "seed-articles"


def _print_seeds(directory: Path) -> None:
    """Print all that is found in each seed article, for the eye."""
    tagger = DefaultTagger()
    for found in read([str(directory)], ReadOptions()):
        if not isinstance(found, Article):
            _print(f"seed     rejected: {found}")
            continue
        article = settle(found)
        mentions = tagger.mentions(article)
        published = article.published.value if article.published else "none stated"
        _print(f"seed     {Path(article.source).name}: {article.title!r}, published {published}")
        for kind in ("person", "outlet", "date"):
            names = Counter(mention.value or f"?{mention.surface}" for mention in mentions if mention.kind == kind)
            _print(f"         {kind:7} " + ", ".join(f"{name} ({number})" for name, number in names.items()))


def _print_cost() -> None:
    """Print the size of the shipped model and tables, and the time from import to the first tag (median of starts)."""
    files = sorted(path for path in TABLES.iterdir() if path.is_file())
    size = sum(path.stat().st_size for path in files)
    _print(f"size     {len(files)} model and table files {'':8} {size / 1e6:.2f} MB")
    seconds = [
        float(subprocess.run([sys.executable, "-c", FIRST_TAG], check=True, capture_output=True, text=True).stdout)
        for _ in range(_STARTS)
    ]
    _print(f"start    import to first tag            {statistics.median(seconds):.2f} s (least {min(seconds):.2f} s)")


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
