"""How well the day of publication is found where the text or the page states one, and whether any is invented.

    python -m benchmarks.publication --data DIR [--articles FILE.jsonl --labels FILE.jsonl] [--seeds seeds] [--show]

DIR holds html-pages/, labels/ and articles/us-politics-12k.jsonl.gz. Four questions, each with its own line:

- pages: the day of a news page, against what its publisher says;
- labelled articles: the date that the text states, against the label `stated_date`; where the label has none, any date
  is invented. `--articles` and `--labels` add others, such as those of `training/labels`;
- articles without their date: the record's date, address and file name are withheld, so that only the text can tell;
  a date that is not the record's is wrong, and counts as invented, for the text stated none or another one;
- the sample archive, against the table in its README.
"""

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.html_pages import days
from index.dates import parse_date
from index.read.options import ReadOptions
from index.read.reading import read
from index.tag.settle import settle, stated_date
from index.types import Article

_ROW = re.compile(r"\| (?P<file>[\w/.-]+)(?: \((?P<line>\d+)\))? \|[^|]*\| (?P<date>[^|]*) \|.*\|(?P<form>[^|]*)\|$")
_UNSTATED = re.compile(r"(?<!stamp has )no date(?! metadata)|without (?:a )?(?:year|date)|undated|\bnone\b")


@dataclass(slots=True)
class Count:
    """Dates of one set: right, wrong (another than stated), missed, and invented where none is stated."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    silent: int = 0

    def add(self, where: str, *, found: str | None, stated: frozenset[str]) -> None:
        """Count one article: what was found (a day) and the days that would be right, none where none is stated."""
        if not stated:
            if found is None:
                self.silent += 1
            else:
                self.invented.append(f"{where}: {found}")
        elif found is None:
            self.missed.append(f"{where}: {'/'.join(stated)}")
        elif found in stated:
            self.right += 1
        else:
            self.wrong.append(f"{where}: {found} instead of {'/'.join(stated)}")

    def show(self, name: str, *, details: bool) -> None:
        """Print the line of a set."""
        stated = self.right + len(self.wrong) + len(self.missed)
        silent = self.silent + len(self.invented)
        share = f"{self.right / stated:.3f}" if stated else "-"
        print(
            f"{name:34} exact {share:>5} of {stated:5} ({len(self.wrong)} wrong, {len(self.missed)} missed);"
            f" invented {len(self.invented)} of {silent}"
        )
        for title in ("wrong", "missed", "invented") if details else ():
            for line in getattr(self, title):
                print(f"    {title}: {line}")


def main() -> None:
    """Print a line for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=Path, help="more labelled articles (id, text)")
    parser.add_argument("--labels", type=Path, help="their labels (id, stated_date)")
    parser.add_argument("--seeds", type=Path, default=Path("seeds"))
    parser.add_argument("--show", action="store_true", help="list what is wrong, missed and invented")
    args = parser.parse_args()
    pages(args.data / "html-pages").show("news pages", details=args.show)
    labels = args.data / "labels"
    labelled(labels / "articles.jsonl", labels / "labels.jsonl").show("labelled articles", details=args.show)
    if args.articles and args.labels:
        labelled(args.articles, args.labels).show("further labelled articles", details=args.show)
    withheld(args.data / "articles" / "us-politics-12k.jsonl.gz", details=args.show)
    seeds(args.seeds).show("sample archive", details=args.show)


def pages(directory: Path) -> Count:
    """Read the news pages; every one states its date."""
    count = Count()
    for row in _rows(directory / "gold.jsonl"):
        found = next(read([str(directory / row["file"])], ReadOptions()))
        published = settle(found).published if isinstance(found, Article) else None
        count.add(
            row["file"], found=published.value[:10] if published else None, stated=frozenset(days(row["gold"]["date"]))
        )
    return count


def labelled(articles: Path, labels: Path) -> Count:
    """Take the dates from labelled texts alone."""
    count = Count()
    texts = {row["id"]: row["text"] for row in _rows(articles)}
    for row in _rows(labels):
        if row["id"] in texts:
            stated = frozenset([row["stated_date"]] if row.get("stated_date") else [])
            count.add(row["id"], found=_day_in(texts[row["id"]]), stated=stated)
    return count


def withheld(path: Path, *, details: bool) -> None:
    """Take dates from the texts of articles whose record has one, and compare."""
    right, wrong, number = 0, [], 0
    for row in _rows(path):
        if not row.get("date"):
            continue
        number += 1
        found = _day_in(row["text"])
        if found is not None and found == row["date"][:10]:
            right += 1
        elif found is not None:
            wrong.append(f"{row['url']}: {found}, the record says {row['date'][:10]}")
    taken = right + len(wrong)
    share = f"{right / taken:.3f}" if taken else "-"
    print(
        f"{'articles without their date':34} exact {share:>5} of {taken:5} taken;"
        f" {len(wrong)} another day; {number} articles"
    )
    for line in wrong if details else ():
        print(f"    another day: {line}")


def seeds(directory: Path) -> Count:
    """Read the sample archive; its README tells the dates, and the files that state none."""
    count = Count()
    found = {
        Path(article.source).relative_to(directory.resolve()).as_posix(): article for article in _articles(directory)
    }
    for line in (directory / "README.md").read_text(encoding="utf-8").splitlines():
        match = _ROW.match(line)
        if match is None:
            continue
        article = _of_row(found, match["file"], match["line"])
        gold = None if _UNSTATED.search(match["form"]) else parse_date(match["date"], origin="metadata")
        published = settle(article).published if article else None
        count.add(
            f"{match['file']} {match['line'] or ''}",
            found=published.value[:10] if published else None,
            stated=frozenset([gold.value[:10]] if gold else []),
        )
    return count


def _articles(directory: Path) -> Iterator[Article]:
    for article in read([str(directory.resolve())], ReadOptions()):
        if isinstance(article, Article):
            yield article


def _of_row(found: dict[str, Article], file: str, line: str | None) -> Article | None:
    """Give the article of a row of the table: by its file, and by its number among the file's articles."""
    own = [article for name, article in found.items() if name == file or name.startswith(f"{file}:")]
    return own[int(line or 1) - 1] if own else None


def _day_in(text: str) -> str | None:
    date = stated_date(text)
    return date.value[:10] if date else None


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
