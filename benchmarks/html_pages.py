"""How well news pages are read: title, date, author, outlet and text, against what their publishers say.

    python benchmarks/html_pages.py --data DIRECTORY [--show FIELD] [--json FILE]

DIRECTORY holds `gold.jsonl`, one object a page: `file`, `url`, `gold` with `title`, `date` (ISO), `author` (a list),
`sitename` and `text`. trafilatura alone, with its own metadata and defaults but comments, reads the same pages in the
same run. Names are compared without case, accents, signs and a leading "The"; a date is right when its day is, in UTC
or in the zone that the page states; text is scored by the F1 of its words. An outlet is right as written when the names
are the same, and as an outlet when our table knows both as names of one (for trafilatura's names too). `--show` lists
the pages whose FIELD we have wrong.
"""

import argparse
import collections
import dataclasses
import datetime
import gzip
import json
import re
import statistics
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import trafilatura

from index.read.charset import decode
from index.read.options import ReadOptions
from index.read.reading import read
from index.tag.outlets.table import Outlet, default_table
from index.tag.settle import settle
from index.types import Article

FIELDS = ("title", "date", "author", "outlet as written", "outlet")
_WORD = re.compile(r"\w+")
_SPLIT = re.compile(r"\s*;\s*|,\s+")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was read of one page; nothing at all of one that was rejected."""

    title: str = ""
    date: str = ""
    authors: Sequence[str] = ()
    outlet: str = ""
    text: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How one page was read."""

    right: Mapping[str, bool]
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall of the text's words."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--show", choices=[*FIELDS, "text"])
    parser.add_argument("--json", type=Path, help="write the table as JSON")
    arguments = parser.parse_args()
    pages = [json.loads(line) for line in (arguments.data / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    readers: dict[str, Callable[[Path], Found]] = {"newsmorgue": by_newsmorgue, "trafilatura": by_trafilatura}
    table: dict[str, dict[str, float]] = {}
    for name, reader in readers.items():
        scores: list[Score] = []
        seconds = 0.0
        for page in pages:
            start = time.process_time()
            found = reader(arguments.data / page["file"])
            seconds += time.process_time() - start
            scores.append(compare(page["gold"], found))
            if arguments.show and name == "newsmorgue":
                show(arguments.show, page, found, scores[-1])
        table[name] = {**summary(scores), "pages a second": len(pages) / seconds}
    print(f"{len(pages)} pages{'':22}{''.join(f'{name:>13}' for name in table)}")
    for row in table["newsmorgue"]:
        cells = [f"{found[row]:13.1f}" if "second" in row else f"{found[row]:13.3f}" for found in table.values()]
        print(f"{row:30}{''.join(cells)}")
    if arguments.json:
        arguments.json.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def by_newsmorgue(path: Path) -> Found:
    """Read a page as `newsmorgue index` does."""
    article = next(read([str(path)], ReadOptions()))
    if not isinstance(article, Article):
        return Found()
    article = settle(article)
    return Found(
        title=article.title,
        date=article.published.value if article.published else "",
        authors=[name for name in (article.byline or "").split(", ") if name],
        outlet=article.publisher or "",
        text=article.text,
    )


def by_trafilatura(path: Path) -> Found:
    """Read a page by trafilatura's own main function."""
    found = trafilatura.bare_extraction(
        decode(gzip.decompress(path.read_bytes())), with_metadata=True, include_comments=False
    )
    if found is None:
        return Found()
    return Found(
        title=found.title or "",
        date=found.date or "",
        authors=[name for name in _SPLIT.split(found.author or "") if name],
        outlet=found.sitename or "",
        text=found.text or "",
    )


def compare(gold: Mapping[str, Any], found: Found) -> Score:
    """Score one page."""
    right = {
        "title": fold(found.title) == fold(gold["title"]),
        "date": found.date[:10] in days(gold["date"]),
        "outlet as written": fold(found.outlet) == fold(gold["sitename"]),
        "outlet": is_same_outlet(found.outlet, gold["sitename"]),
    }
    if gold.get("author"):
        right["author"] = {fold(name) for name in found.authors} == {fold(name) for name in gold["author"]}
    wanted, given = words(gold["text"]), words(found.text)
    common = (wanted & given).total()
    return Score(right=right, precision=common / (given.total() or 1), recall=common / (wanted.total() or 1))


def is_same_outlet(found: str, wanted: str) -> bool:
    """Tell whether two names are the same, or names of one outlet of the table."""
    table = default_table()
    known = table.by_name(found)
    return fold(found) == fold(wanted) or (known is not None and fold(wanted) in names_of(known))


def names_of(outlet: Outlet) -> set[str]:
    return {fold(name) for name in (outlet.name, outlet.title, *outlet.aliases, *outlet.ambiguous)}


def summary(scores: Sequence[Score]) -> dict[str, float]:
    """Give the share of pages right for each field, and the means of the text's scores."""
    rows: dict[str, float] = {}
    for field in FIELDS:
        known = [score.right[field] for score in scores if field in score.right]
        rows[field] = sum(known) / len(known)
    for name in ("precision", "recall", "f1"):
        values = [getattr(score, name) for score in scores]
        rows[f"text {name}, mean"] = statistics.mean(values)
        rows[f"text {name}, median"] = statistics.median(values)
    return rows


def days(stated: str) -> set[str]:
    """Give the day of a date as stated and in UTC."""
    moment = datetime.datetime.fromisoformat(stated)
    return {stated[:10], moment.astimezone(datetime.UTC).date().isoformat()}


def show(field: str, page: Mapping[str, Any], found: Found, score: Score) -> None:
    if field == "text":
        if score.f1 < 0.85:
            print(f"{page['file']}: precision {score.precision:.2f}, recall {score.recall:.2f}")
    elif not score.right.get(field, True):
        given, wanted = {
            "title": (found.title, page["gold"]["title"]),
            "date": (found.date, page["gold"]["date"]),
            "author": (found.authors, page["gold"]["author"]),
        }.get(field, (found.outlet, page["gold"]["sitename"]))
        print(f"{page['file']}: {given!r} instead of {wanted!r}")


def fold(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"\W+", " ", plain).strip().removeprefix("the ")


def words(text: str) -> collections.Counter[str]:
    return collections.Counter(_WORD.findall(text.casefold()))


if __name__ == "__main__":
    main()
