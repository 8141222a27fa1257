"""Score the outlets found in labelled articles, strictly (`benchmarks.scoring`), and time the finder.

    python -m benchmarks.outlets --data DIR [--texts FILE --labels FILE] [--show N] [--half a|b] [--contexts]

DIR holds labels/labels.jsonl, labels/articles.jsonl and articles/us-politics-12k.jsonl.gz; `--texts` and `--labels`
score other articles, such as those of `training/labels`, whose texts their outlets own. No model is asked unless
`--model` is given. The articles are halved by a hash of their ids; rules were made on half `a`, `b` was only scored.
"""

import argparse
import gzip
import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.scoring import Tally, count
from index.tag.again import look_again
from index.tag.dates import find_dates
from index.tag.default import shipped_model
from index.tag.outlets.find import find_outlets
from index.tag.outlets.table import OutletTable, default_table, read_table
from index.tag.settle import settle
from index.tag.tokens import Document, Span, analyse
from index.types import Article

SETS = {"abp": "US politics", "bbc": "BBC", "ww": "many countries"}


def main() -> None:
    """Print precision, recall and F1 by half and by kind of article, then the time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--texts", type=Path, help="the articles; by default labels/articles.jsonl in DIR")
    parser.add_argument("--labels", type=Path, help="their labels; by default labels/labels.jsonl in DIR")
    parser.add_argument("--table", type=Path, help="another table than the shipped one")
    parser.add_argument("--model", action="store_true", help="give the finder the shipped model's candidates too")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="the N commonest wrong and missed names")
    parser.add_argument("--half", choices="ab", default="a", help="the half whose names --show and --contexts print")
    parser.add_argument("--contexts", action="store_true", help="print the text around what is wrong or missed")
    parser.add_argument("--no-speed", action="store_true", help="leave out the timing")
    args = parser.parse_args()
    started = time.process_time()
    table = read_table(args.table.open(encoding="utf-8")) if args.table else default_table()
    print(f"table: {len(table.outlets)} outlets, loaded in {(time.process_time() - started) * 1000:.0f} ms")
    articles = {row["id"]: row for row in _rows(args.texts or args.data / "labels" / "articles.jsonl")}
    spans_of = _spans if args.model else _no_spans
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for gold in _rows(args.labels or args.data / "labels" / "labels.jsonl"):
        if gold["id"] not in articles:
            continue
        row = articles[gold["id"]]
        half = "ab"[hashlib.sha256(gold["id"].encode()).digest()[0] % 2]
        predicted = predict(row, table, spans_of)
        own = Tally()
        count(own, gold, {"outlets": predicted}, "outlets")
        for key in ("all", f"half {half}", set_of(gold["id"])):
            tallies[key].right += own.right
            tallies[key].wrong += own.wrong
            tallies[key].missed += own.missed
        if half == args.half and args.contexts:
            contexts(row, gold, predicted, own)
    for key, tally in sorted(tallies.items()):
        print(
            f"{key:16} precision {tally.precision:.3f} recall {tally.recall:.3f} F1 {tally.f1:.3f}"
            f" ({tally.right} right, {tally.wrong.total()} wrong, {tally.missed.total()} missed)"
        )
    if args.show:
        tally = tallies[f"half {args.half}"]
        for title, names in (("wrong: ", tally.wrong), ("missed:", tally.missed)):
            print(title, ", ".join(f"{name} ×{number}" for name, number in names.most_common(args.show)))
    if not args.no_speed:
        time_finder(args.data / "articles" / "us-politics-12k.jsonl.gz", table)


def set_of(identity: str) -> str:
    """Name the kind of articles that one belongs to, by its id or its address."""
    if "://" in identity:
        return "BBC" if "bbc." in identity else "US politics"
    prefix = identity.partition("-")[0]
    return SETS.get(prefix, prefix)


def _spans(document: Document) -> Sequence[Span]:
    return look_again(document, shipped_model().spans(document))


def _no_spans(document: Document) -> Sequence[Span]:
    return ()


def to_article(row: dict[str, Any]) -> Article:
    """Make an article of a line of a file."""
    return Article(
        id=row.get("id", ""),
        source="",
        title=row["title"] or "",
        text=row["text"],
        url=row.get("url"),
        publisher=row.get("publisher"),
    )


def predict(
    row: dict[str, Any], table: OutletTable, spans_of: Callable[[Document], Sequence[Span]]
) -> list[dict[str, Any]]:
    """Give each outlet of an article once, with its weightiest role: cited before publisher before credit."""
    values: dict[str, dict[str, Any]] = {}
    document = analyse(settle(to_article(row), table=table))
    for mention in find_outlets(document, spans_of(document), table=table):
        value = values.setdefault(mention.value, {"name": mention.value, "role": mention.role, "mentions": []})
        value["mentions"].append(mention)
        if ("cited", "publisher", "credit").index(mention.role) < ("cited", "publisher", "credit").index(value["role"]):
            value["role"] = mention.role
    return list(values.values())


def contexts(row: dict[str, Any], gold: dict[str, Any], predicted: list[dict[str, Any]], own: Tally) -> None:
    """Print the text around what one article has wrong or missed."""

    def around(text: str, start: int, end: int) -> str:
        return f"{text[max(0, start - 60) : start]}⟦{text[start:end]}⟧{text[end : end + 40]}".replace("\n", "⏎")

    where = f"{row['id']} [{row.get('publisher')}]"
    for value in predicted:
        if value["name"] in own.wrong:
            mention = value["mentions"][0]
            place = around(row[mention.field], mention.start, mention.end)
            print(f"WRONG  {where} {value['name']} ({mention.via}, {value['role']}) | {place}")
    for label in gold["outlets"]:
        if label["name"] in own.missed:
            text, surface = f"{row['title']} ## {row['text']}", label["surfaces"][0]
            start = text.find(surface)
            print(f"MISSED {where} {label['name']} | {around(text, start, start + len(surface))}")


def time_finder(path: Path, table: OutletTable) -> None:
    """Print the time of finding outlets, and of all that is done for dates, outlets and publishers, without tokens."""
    articles = [to_article(row) for row, _ in zip(_rows(path), range(1500), strict=False)]
    documents = [analyse(article) for article in articles]
    words = sum(len(article.text.split()) for article in articles)
    steps: dict[str, Callable[[], object]] = {
        "outlets": lambda: [find_outlets(document, table=table) for document in documents],
        "dates": lambda: [find_dates(article) for article in articles],
        "settling": lambda: [settle(article, table=table) for article in articles],
    }
    total = 0.0
    for name, step in steps.items():
        started = time.process_time()
        step()
        milliseconds = (time.process_time() - started) / words * 500 * 1000
        total += milliseconds
        print(f"{name}: {milliseconds:.2f} ms per 500 words")
    print(f"all three: {total:.2f} ms per 500 words ({len(articles)} articles, {words} words, one core)")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
