"""Score quotations and their speakers against labels made by reading, and time the finder.

    python benchmarks/quotes.py --data ../shared/data [--split dev|test|last] [--show] [--time N]

DIR/articles/*.jsonl.gz hold the articles of the labels in `benchmarks/judgements/quotes/`, which have offsets and
names only: passages of articles drawn at random, with each stretch that is quoted in them, who said it, and each
stretch in quotation marks that is no quotation. A quotation is found where one span covers most of the other. A
speaker is right where it is the labelled person's name, or one that fits it. A speaker given to words that are no
quotation, or that nobody named in the article said, is wrong. `either` labels (a word or two of which readers may
differ) count only where a wrong speaker is given. Rules were made on the split `dev`; `test` was drawn before, `last`
when they were done, and what is wrong in these two was never looked at.
"""

import argparse
import collections
import gzip
import hashlib
import json
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.pipeline.work import GROUP_ARTICLES
from index.read.options import ReadOptions
from index.read.reading import read
from index.tag.default import DefaultTagger
from index.tag.names import full_names_fit, parse_name
from index.tag.quotes.quotations import find_quotes
from index.tag.settle import settle
from index.types import Article, Quote

LABELS = Path(__file__).parent / "judgements" / "quotes"


@dataclass(slots=True)
class Counts:
    """Quotations labelled, found and right; speakers labelled, given and right."""

    labelled: int = 0
    found: int = 0
    overlapping: int = 0
    speakers: int = 0
    given: int = 0
    right: int = 0
    faults: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        """Give a line of the table."""
        quotes = f"{_ratio(self.overlapping, self.found)}  {_ratio(self.overlapping, self.labelled)}"
        speakers = f"{_ratio(self.right, self.given)}  {_ratio(self.right, self.speakers)}"
        return f"{name:24}{self.labelled:6}{self.found:7}   {quotes}  {self.speakers:9}{self.given:7}   {speakers}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", choices=["dev", "test", "last"], help="score one split only")
    parser.add_argument("--show", action="store_true", help="list what is wrong or missed in the split dev")
    parser.add_argument("--time", type=int, default=0, metavar="N", help="time tagging and quotations of N articles")
    args = parser.parse_args()
    labels = [record for path in sorted(LABELS.glob("*.jsonl")) for record in map(json.loads, path.open("rb"))]
    labels = [record for record in labels if args.split in (None, record["split"])]
    tagger = DefaultTagger()
    totals: dict[str, Counts] = collections.defaultdict(Counts)
    stale = 0
    articles = {article.url: article for article in read_articles(args.data, {record["id"] for record in labels})}
    for record in labels:
        article = articles.get(record["id"])
        if article is None or digest(article.text) != record["digest"]:
            stale += 1
            continue
        quotes = find_quotes(article.text, tagger.mentions(article))
        for name in (record["split"], f"{record['split']} {record['stratum']}", "all"):
            score(record, quotes, article.text, totals[name])
    print(f"{'':24}quotes  found       P      R    speakers  given       P      R")
    for name in sorted(totals):
        print(totals[name].line(name))
    if stale:
        print(f"{stale} passages passed over: their articles are missing, or read otherwise than when labelled")
    if args.show:
        print("\n".join(totals["dev"].faults))
    if args.time:
        time_finder(args.data, tagger, args.time)


def read_articles(data: Path, wanted: set[str] | None, limit: int = 0) -> Iterator[Article]:
    """Yield the articles of the data folder with these addresses, as the readers give them to the tagger."""
    with tempfile.TemporaryDirectory() as temporary:
        chosen = Path(temporary) / "articles.jsonl"
        with chosen.open("w", encoding="utf-8") as out:
            for path in sorted((data / "articles").glob("*.jsonl.gz")):
                with gzip.open(path, "rt", encoding="utf-8") as lines:
                    for number, line in enumerate(lines):
                        if limit and number >= limit:
                            break
                        if wanted is None or json.loads(line)["url"] in wanted:
                            out.write(line)
        yield from (settle(one) for one in read([str(chosen)], ReadOptions()) if isinstance(one, Article))


def digest(text: str) -> str:
    """Tell a text from any other, so that labels never meet one whose offsets have moved."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def score(record: dict[str, Any], quotes: tuple[Quote, ...], text: str, counts: Counts) -> None:
    """Add what is right and wrong in one passage."""
    spans = [(span, quote) for quote in quotes for span in quote.spans]
    spans = [(span, quote) for span, quote in spans if record["start"] <= span[0] < record["end"]]
    unseen = list(spans)
    for label in record["quotes"]:
        found = next((one for one in unseen if _overlap(one[0], (label["start"], label["end"])) > 0.5), None)
        if found is not None:
            unseen.remove(found)
        speaker = found[1].speaker if found else None
        right = bool(speaker and label["speaker"] and same_person(speaker, label["speaker"]))
        counts.labelled += label["kind"] == "quote"
        counts.overlapping += label["kind"] == "quote" and found is not None
        counts.found += label["kind"] != "either" and found is not None
        counts.speakers += label["kind"] == "quote" and label["speaker"] is not None
        counts.given += bool(speaker) and (label["kind"] != "either" or not right)
        counts.right += right and label["kind"] == "quote"
        fault = ""
        if speaker and not right:
            fault = "WRONG " + speaker
        elif label["kind"] == "quote" and label["speaker"] and not right:
            fault = "missed" if found else "unfound"
        elif label["kind"] == "quote" and not found:
            fault = "unfound, no speaker"
        elif label["kind"] == "none" and found:
            fault = "no quotation"
        if fault:
            cue = f" via {found[1].via}, cue {found[1].cue!r}" if found else ""
            before, words = text[max(0, label["start"] - 110) : label["start"]], text[label["start"] : label["end"]]
            after = text[label["end"] : label["end"] + 80]
            shown = f"{before}[[{words[:40]}..{words[-20:]}]]{after}".replace("\n", " ¶")
            counts.faults.append(f"{fault} ({label['speaker']}){cue}: {shown}")
    for span, quote in unseen:
        if not any(_overlap(span, (label["start"], label["end"])) > 0.5 for label in record["quotes"]):
            counts.found += 1
            counts.given += quote.speaker is not None
            counts.faults.append(f"too much {quote.speaker} via {quote.via}: {text[span[0] - 60 : span[0] + 60]!r}")


def same_person(one: str, other: str) -> bool:
    """Tell whether two names are one person's: equal, or one a form of the other."""
    first, second = parse_name(one), parse_name(other)
    return one == other or full_names_fit(first, second) or full_names_fit(second, first)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / max(one[1] - one[0], other[1] - other[0], 1)


def _ratio(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "    -"


def time_finder(data: Path, tagger: DefaultTagger, number: int) -> None:
    """Print how much processor time quotations add to tagging, by groups as a run of `newsmorgue index` does."""
    articles = list(read_articles(data, None, limit=number))
    spent = added = 0.0
    quotes: list[tuple[Quote, ...]] = []
    for group in (articles[at : at + GROUP_ARTICLES] for at in range(0, len(articles), GROUP_ARTICLES)):
        began = time.process_time()
        mentions = [tagger.mentions(article) for article in group]
        tagged = time.process_time()
        quotes += [find_quotes(article.text, found) for article, found in zip(group, mentions, strict=True)]
        spent += tagged - began
        added += time.process_time() - tagged
    print(
        f"{len(articles)} articles, {sum(map(len, quotes))} quotations, "
        f"{sum(one.speaker is not None for found in quotes for one in found)} with a speaker: "
        f"tagging {1000 * spent / len(articles):.2f} ms, quotations {1000 * added / len(articles):.2f} ms an article, "
        f"{100 * added / spent:.1f} % more"
    )


if __name__ == "__main__":
    main()
