"""Score how well hits are ordered, beside plain Whoosh and tantivy: `python benchmarks/relevance.py --data DIR`.

DIR holds the Cranfield collection (cran.all.1400, cran.qry, cran.qrels); without it only the judged queries over seeds/
(benchmarks/judgements/seeds.json) are scored. All systems rank the articles that have any of a query's words, so that
only the order is compared. Whoosh is 2.7.4 with BM25F and its defaults; tantivy is scored where it is installed
(`pip install -e .[bench]`); each is shown with its default analysis and with its English stemmer.

Prints nDCG@10 and MAP (Voorhees and Harman, TREC) in percent for each system and collection, and ours over each.
"""

import argparse
import json
import math
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from whoosh import scoring
from whoosh.analysis import Analyzer, StandardAnalyzer, StemmingAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import MultifieldParser, OrGroup

from index.engines.whoosh import WhooshWriter
from index.read.options import ReadOptions
from index.read.reading import read
from index.settings import Settings
from index.types import Article, Tagged
from index.words import words
from search.engines.engine import Plan, Window
from search.engines.whoosh import open_whoosh
from search.query.tree import Node, Word, either

try:
    import tantivy
except ImportError:
    tantivy = None

ROOT = Path(__file__).parent
DEPTH = 1_000
Ranker = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Articles, queries by number, and for each query the gain of the articles that are relevant."""

    name: str
    articles: list[Article]
    queries: dict[str, str]
    gains: dict[str, dict[str, int]]


def main() -> None:
    """Score all systems on all collections and print a table for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the directory of the Cranfield collection")
    options = parser.parse_args()
    collections = [cranfield(options.data)] if options.data else []
    for collection in (*collections, seeds()):
        print(f"{collection.name}: {len(collection.articles):,} articles, {len(collection.queries)} queries")
        print(f"{'':24}{'nDCG@10':>8}{'MAP':>8}   ours over it, MAP")
        scores = {name: score(collection, ranker) for name, ranker in systems(collection.articles)}
        ours = scores["newsmorgue"][1]
        for name, (gain, precision) in scores.items():
            print(f"{name:24}{gain:8.1%}{precision:8.1%}   {ours / precision - 1:+.1%}")


def cranfield(directory: Path) -> Collection:
    """Read Cranfield: relevance 1 (a complete answer) to 4 (of minimum interest) become gains of 4 to 1."""
    articles = [
        Article(id=f"{int(number):016x}", source=number, title=_flat(parts["T"]), text=_flat(parts["W"]))
        for number, parts in _records(directory / "cran.all.1400")
    ]
    queries = {
        str(place): _flat(parts["W"]) for place, (_, parts) in enumerate(_records(directory / "cran.qry"), start=1)
    }
    gains: dict[str, dict[str, int]] = {query: {} for query in queries}
    for line in (directory / "cran.qrels").read_text(encoding="ascii").splitlines():
        query, article, relevance = line.split()[:3]
        if 1 <= int(relevance) <= 4:
            gains[query][f"{int(article):016x}"] = 5 - int(relevance)
    return Collection(name="cranfield", articles=articles, queries=queries, gains=gains)


def _records(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    for record in re.split(r"^\.I ", path.read_text(encoding="ascii"), flags=re.MULTILINE)[1:]:
        number, *parts = re.split(r"^\.([TABW])\s*\n", record, flags=re.MULTILINE)
        yield number.strip(), dict(zip(parts[::2], parts[1::2], strict=True))


def _flat(text: str) -> str:
    return " ".join(text.split())


def seeds() -> Collection:
    """Read the sample archive and its judged queries."""
    judged = json.loads((ROOT / "judgements" / "seeds.json").read_text(encoding="utf-8"))["queries"]
    articles = [one for one in read([str(ROOT.parent / "seeds")], ReadOptions()) if isinstance(one, Article)]
    known = {Path(one.source).name: one.id for one in articles}
    return Collection(
        name="seeds",
        articles=articles,
        queries={str(number): one["q"] for number, one in enumerate(judged)},
        gains={
            str(number): {known[name]: gain for name, gain in one["judged"].items()}
            for number, one in enumerate(judged)
        },
    )


def systems(articles: list[Article]) -> Iterator[tuple[str, Ranker]]:
    """Index the articles with each system; give its name and what ranks their ids for a query."""
    with tempfile.TemporaryDirectory() as directory:
        yield "newsmorgue", newsmorgue(articles, Path(directory))
    yield "whoosh", plain_whoosh(articles, StandardAnalyzer())
    yield "whoosh, stemmed", plain_whoosh(articles, StemmingAnalyzer())
    if tantivy:
        yield "tantivy", plain_tantivy(articles, "default")
        yield "tantivy, stemmed", plain_tantivy(articles, "en_stem")


def newsmorgue(articles: list[Article], directory: Path) -> Ranker:
    """Rank with ours, by an OR of the query's words."""
    settings = Settings(jobs=1)
    WhooshWriter(settings).write(
        directory, removed=[], added=[Tagged(article=article, mentions=()) for article in articles]
    )
    engine = open_whoosh(directory, settings)

    def rank(query: str) -> list[str]:
        asked: list[Node] = [Word(text=form) for form in dict.fromkeys(word.form for word in words(query))]
        outcome = engine.run(Plan(tree=either(asked), window=Window(size=DEPTH)))
        return [row.id for row in outcome.rows]

    return rank


def plain_whoosh(articles: list[Article], analyzer: Analyzer) -> Ranker:
    """Rank with Whoosh as its documentation shows it, by OR over title and text."""
    schema = Schema(id=ID(stored=True), title=TEXT(analyzer=analyzer), text=TEXT(analyzer=analyzer))
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for article in articles:
        writer.add_document(id=article.id, title=article.title, text=article.text)
    writer.commit()
    searcher = index.searcher(weighting=scoring.BM25F())
    parser = MultifieldParser(["title", "text"], schema, group=OrGroup)

    def rank(query: str) -> list[str]:
        return [hit["id"] for hit in searcher.search(parser.parse(" ".join(_plain(query))), limit=DEPTH)]

    return rank


def plain_tantivy(articles: list[Article], tokenizer: str) -> Ranker:
    """Rank with tantivy as its documentation shows it, by OR over title and text."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for field in ("title", "text"):
        builder.add_text_field(field, tokenizer_name=tokenizer)
    index = tantivy.Index(builder.build())
    writer = index.writer(num_threads=1)
    for article in articles:
        writer.add_document(tantivy.Document(id=article.id, title=article.title, text=article.text))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def rank(query: str) -> list[str]:
        parsed = index.parse_query(" ".join(_plain(query)), ["title", "text"])
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(parsed, DEPTH).hits]

    return rank


def _plain(query: str) -> list[str]:
    """Give a query's words without signs that would be operators."""
    return re.findall(r"\w+", query.lower())


def score(collection: Collection, ranker: Ranker) -> tuple[float, float]:
    """Give the mean nDCG@10 and the mean average precision over the queries that have relevant articles."""
    gains, precisions = [], []
    for number, wanted in collection.gains.items():
        if wanted:
            ranked = ranker(collection.queries[number])
            gains.append(ndcg(ranked, wanted))
            precisions.append(average_precision(ranked, wanted))
    return sum(gains) / len(gains), sum(precisions) / len(precisions)


def ndcg(ranked: list[str], gains: dict[str, int], depth: int = 10) -> float:
    """Give the discounted cumulative gain of the first hits, as a part of the best possible."""
    best = sorted(gains.values(), reverse=True)[:depth]
    found = [gains.get(one, 0) for one in ranked[:depth]]
    return _discounted(found) / _discounted(best)


def _discounted(gains: list[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def average_precision(ranked: list[str], gains: dict[str, int]) -> float:
    """Give the mean, over all relevant articles, of the precision where each is found, 0 where it is not."""
    found, total = 0, 0.0
    for place, one in enumerate(ranked, start=1):
        if one in gains:
            found += 1
            total += found / place
    return total / len(gains)


if __name__ == "__main__":
    main()
