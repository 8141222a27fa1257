"""Score the outlets found in labelled articles, as `score_tags.py` does, and time the finder.

    python benchmarks/outlets.py --data DIR [--show N] [--half a|b] [--table FILE.tsv] [--contexts]

DIR holds labels/labels.jsonl, labels/articles.jsonl and articles/us-politics-12k.jsonl.gz. No model is asked: table
and rules alone. The articles are halved by a hash of their ids; rules were made on half `a`, half `b` was only scored.
"""

import argparse
import gzip
import hashlib
import importlib.util
import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from index.tag.dates import find_dates
from index.tag.outlets.find import find_outlets
from index.tag.outlets.table import OutletTable, default_table, read_table
from index.tag.settle import settle
from index.tag.tokens import analyse
from index.types import Article


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, help="score_tags.py; by default tools/score_tags.py beside DIR")
    parser.add_argument("--table", type=Path, help="another table than the shipped one")
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="the N commonest wrong and missed names of half a"
    )
    parser.add_argument("--half", choices="ab", default="a", help="the half whose names --show and --contexts print")
    parser.add_argument("--contexts", action="store_true", help="print the text around what is wrong or missed")
    args = parser.parse_args()
    started = time.process_time()
    table = read_table(args.table.open(encoding="utf-8")) if args.table else default_table()
    print(f"table: {len(table.outlets)} outlets, loaded in {(time.process_time() - started) * 1000:.0f} ms")
    scorer = _load(args.scorer or args.data.parent / "tools" / "score_tags.py")
    articles = {row["id"]: row for row in _rows(args.data / "labels" / "articles.jsonl")}
    counts = {half: [0, 0, 0, 0] for half in ("a", "b", "all")}
    wrongs: Counter[str] = Counter()
    misses: Counter[str] = Counter()
    for gold in _rows(args.data / "labels" / "labels.jsonl"):
        row = articles[gold["id"]]
        half = "ab"[hashlib.sha256(gold["id"].encode()).digest()[0] % 2]
        predicted = predict(row, table)
        right, wrong, missed = scorer.score(gold, {"outlets": predicted}, "outlets")
        for key in (half, "all"):
            counts[key] = [x + y for x, y in zip(counts[key], (right, len(wrong), len(missed), 1), strict=True)]
        if half == args.half:
            wrongs.update(wrong)
            misses.update(missed)
            if args.contexts:
                contexts(row, gold, predicted, wrong, missed)
    for key, (right, wrong, missed, number) in counts.items():
        precision, recall = right / max(right + wrong, 1), right / max(right + missed, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(
            f"{key:4} precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}"
            f" ({right} right, {wrong} wrong, {missed} missed, {number} articles)"
        )
    if args.show:
        print("wrong: ", ", ".join(f"{name} ×{count}" for name, count in wrongs.most_common(args.show)))
        print("missed:", ", ".join(f"{name} ×{count}" for name, count in misses.most_common(args.show)))
    time_finder(args.data / "articles" / "us-politics-12k.jsonl.gz", table)


def to_article(row: dict[str, Any]) -> Article:
    return Article(
        id=row.get("id", ""),
        source="",
        title=row["title"] or "",
        text=row["text"],
        url=row.get("url"),
        publisher=row.get("publisher"),
    )


def predict(row: dict[str, Any], table: Any) -> list[dict[str, Any]]:
    """Give each outlet of an article once, with its weightiest role: cited before publisher before credit."""
    values: dict[str, dict[str, Any]] = {}
    for mention in find_outlets(analyse(to_article(row)), table=table):
        value = values.setdefault(mention.value, {"name": mention.value, "role": mention.role, "mentions": []})
        value["mentions"].append(mention)
        if ("cited", "publisher", "credit").index(mention.role) < ("cited", "publisher", "credit").index(value["role"]):
            value["role"] = mention.role
    return list(values.values())


def contexts(
    row: dict[str, Any],
    gold: dict[str, Any],
    predicted: list[dict[str, Any]],
    wrong: list[str],
    missed: list[str],
) -> None:
    """Print the text around what one article has wrong or missed."""

    def around(text: str, start: int, end: int) -> str:
        return f"{text[max(0, start - 60) : start]}⟦{text[start:end]}⟧{text[end : end + 40]}".replace("\n", "⏎")

    where = f"{row['id']} [{row.get('publisher')}]"
    for value in predicted:
        if value["name"] in wrong:
            mention = value["mentions"][0]
            place = around(row[mention.field], mention.start, mention.end)
            print(f"WRONG  {where} {value['name']} ({mention.via}, {value['role']}) | {place}")
    for label in gold["outlets"]:
        if label["name"] in missed:
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


def _rows(path: Path) -> Any:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _load(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score_tags", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
