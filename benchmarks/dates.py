"""Score the dates found in news articles against GUM's annotation, and time the finder.

    python benchmarks/dates.py --data DIR [--show] [--articles FILE.jsonl.gz]

DIR holds GUM news articles as XML (https://gucorpling.org/gum/): <date when=… | from=… to=… | notBefore=… notAfter=…>
and `dateCreated`, which is given to the finder as the day of publication. A date is detected when a mention
overlaps the annotated words; its value is right when it equals the annotation at the annotation's precision. A span
(from, notBefore) is right by its start. Files are halved by a hash of their names: rules were made on the half `a`.
"""

import argparse
import gzip
import hashlib
import json
import re
import time
from pathlib import Path
from typing import NamedTuple

from index.tag.dates import find_dates
from index.types import Article, PublicationDate


class Gold(NamedTuple):
    """One annotated date: its place, the value of the date or of the start of the span, and which of the two it is."""

    start: int
    end: int
    value: str
    span: bool
    vague: bool


def read_gum(path: Path) -> tuple[Article, list[Gold]]:
    """Rebuild a GUM text with blanks as in running text, and the places of its dates."""
    source = path.read_text(encoding="utf-8")
    created = re.search(r'dateCreated="([\d-]+)"', source)
    text, gold, opened = "", [], []
    glue_next, in_word = True, 0
    for line in source.splitlines():
        if line.startswith("<"):
            if line.startswith("<date"):
                opened.append((line, -1))
            elif line.startswith("</date"):
                tag, start = opened.pop()
                if start >= 0:
                    gold.append(_gold(tag, start, len(text)))
            elif line.startswith("<w>"):
                in_word = 1
            elif line.startswith("</w>"):
                in_word = 0
            elif re.match(r"</?(?:p|head|item|caption|figure|table|row|cell)\b", line) and not text.endswith("\n"):
                text += "\n\n"
                glue_next = True
            continue
        token = line.split("\t")[0]
        glue = (
            glue_next or in_word > 1 or token in {",", ".", ";", ":", "?", "!", ")", "]", "%", "'s", "’s", "n't", "”"}
        )
        glue = glue or (token in {"-", "–"} and in_word > 0)
        if not glue:
            text += " "
        opened = [(tag, len(text) if start < 0 else start) for tag, start in opened]
        text += token
        glue_next = token in {"(", "[", "$", "£", "€", "“"}
        in_word += in_word > 0
    published = PublicationDate(value=created.group(1), precision="day", origin="metadata") if created else None
    return Article(id=path.stem, source=str(path), title="", text=text, published=published), gold


def _gold(tag: str, start: int, end: int) -> Gold:
    values = dict(re.findall(r'(\w+)="([^"]*)"', tag))
    value = values.get("when") or values.get("from") or values.get("notBefore") or values.get("notAfter") or ""
    vague = "notBefore" in values or "notAfter" in values
    return Gold(start, end, value[:10], "from" in values, vague)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--show", action="store_true", help="list what is wrong, missed and too much in half a")
    parser.add_argument("--show-all", action="store_true", help="list it for half b too")
    parser.add_argument("--articles", type=Path, help="JSONL.gz of articles (title, text, date) to time the finder on")
    args = parser.parse_args()
    counts: dict[str, list[int]] = {}
    for path in sorted(args.data.glob("*.xml")):
        half = "ab"[hashlib.sha256(path.stem.encode()).digest()[0] % 2]
        article, gold = read_gum(path)
        show = args.show_all or (args.show and half == "a")
        for name, one in score(article, gold, show=show).items():
            for key in (f"half {half}, {name}", f"all, {name}"):
                counts[key] = [x + y for x, y in zip(counts.get(key, [0, 0, 0, 0]), one, strict=True)]
    print(f"{'':38}{'gold':>6}{'found':>7}   detection P    R    F1    value P    R    F1")
    for key in sorted(counts):
        gold_count, found, overlapping, right = counts[key]
        detection, value = ratios(overlapping, found, gold_count), ratios(right, found, gold_count)
        print(f"{key:38}{gold_count:6}{found:7}        {detection}   {value}")
    if args.articles:
        time_finder(args.articles)


def score(article: Article, gold: list[Gold], *, show: bool) -> dict[str, list[int]]:
    """Count gold, found, overlapping and right dates: over every annotation, and over all but vague spans."""
    mentions = find_dates(article)
    taken: set[int] = set()
    pairs = []
    for mention in mentions:
        overlaps = [i for i, g in enumerate(gold) if g.start < mention.end and mention.start < g.end and i not in taken]
        best = next((i for i in overlaps if agrees(mention.value, gold[i])), overlaps[0] if overlaps else None)
        if best is not None:
            taken.add(best)
        pairs.append((mention, best))
    if show:
        report(article, gold, pairs)
    result = {}
    for name, keep in (("every annotation", lambda g: True), ("without vague spans", lambda g: not g.vague)):
        found = [(m, i) for m, i in pairs if i is None or keep(gold[i])]
        hits = [(m, i) for m, i in found if i is not None]
        right = [1 for m, i in hits if agrees(m.value, gold[i])]
        result[name] = [sum(map(keep, gold)), len(found), len(hits), len(right)]
    return result


def agrees(value: str, gold: Gold) -> bool:
    """Say whether a value is right at the gold's precision; "the 1960s" are written 1960 or 1960-01-01."""
    return value == gold.value or (gold.span and value != "" and gold.value == value + "-01-01"[len(value) - 10 :])


def report(article: Article, gold: list[Gold], pairs: list) -> None:  # type: ignore[type-arg]
    print(f"== {article.id} published {article.published.value if article.published else None}")
    for mention, i in pairs:
        context = article.text[max(0, mention.start - 40) : mention.end + 30].replace("\n", " ")
        if i is None:
            print(f"  extra  {mention.surface!r} {mention.value}  | {context}")
        elif not agrees(mention.value, gold[i]):
            print(f"  wrong  {mention.surface!r} {mention.value} not {gold[i].value}  | {context}")
    hit = {i for _, i in pairs}
    for i, g in enumerate(gold):
        if i not in hit:
            print(f"  missed {article.text[g.start : g.end]!r} {g.value}{' vague' if g.vague else ''}")


def ratios(right: int, found: int, gold: int) -> str:
    precision, recall = right / max(found, 1), right / max(gold, 1)
    return f"{precision:.3f} {recall:.3f} {2 * precision * recall / max(precision + recall, 1e-9):.3f}"


def time_finder(path: Path) -> None:
    articles = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number == 3000:
                break
            row = json.loads(line)
            published = (
                PublicationDate(value=row["date"], precision="day", origin="metadata") if row.get("date") else None
            )
            articles.append(
                Article(id=str(number), source="", title=row["title"] or "", text=row["text"], published=published)
            )
    words = sum(len(a.text.split()) for a in articles)
    started = time.process_time()
    found = sum(len(find_dates(a)) for a in articles)
    seconds = time.process_time() - started
    print(
        f"{len(articles)} articles, {words} words, {found} dates: {seconds / words * 500 * 1000:.2f} ms per 500 words"
    )


if __name__ == "__main__":
    main()
