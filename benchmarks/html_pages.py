"""How well news pages are read: title, date, author, outlet and text, against what their publishers say.

    python benchmarks/html_pages.py --data DIRECTORY [--show FIELD]

DIRECTORY holds `gold.jsonl`, one object a page: `file`, `url`, `gold` with `title`, `date` (ISO), `author` (a list),
`sitename` and `text`. Names are compared without case, accents, signs and a leading "The"; a date is right when its day
is, in UTC or in the zone that the page states; text is scored by the F1 of its words. `--show` lists the pages whose
FIELD is wrong.
"""

import argparse
import collections
import dataclasses
import datetime
import json
import re
import statistics
import time
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from index.read.options import ReadOptions
from index.read.reading import read
from index.types import Article, Rejected

FIELDS = ("title", "date", "author", "outlet")
_WORD = re.compile(r"\w+")


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
    arguments = parser.parse_args()
    pages = [json.loads(line) for line in (arguments.data / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    scores: list[Score] = []
    seconds = 0.0
    for page in pages:
        start = time.process_time()
        found = next(read([str(arguments.data / page["file"])], ReadOptions()))
        seconds += time.process_time() - start
        score = compare(page["gold"], found)
        scores.append(score)
        if arguments.show:
            show(arguments.show, page, found, score)
    print(f"{len(pages)} pages, {len(pages) / seconds:.0f} a second of one core")
    for field in FIELDS:
        known = [score.right[field] for score in scores if field in score.right]
        print(f"{field:8} {sum(known) / len(known):6.1%}  right of {len(known)}")
    for name in ("precision", "recall", "f1"):
        values = [getattr(score, name) for score in scores]
        print(f"text {name:10} mean {statistics.mean(values):.3f}  median {statistics.median(values):.3f}")


def compare(gold: Mapping[str, Any], found: Article | Rejected) -> Score:
    """Score one page."""
    if isinstance(found, Rejected):
        return Score(right=dict.fromkeys(FIELDS, False), precision=0.0, recall=0.0)
    names = [name for name in (found.byline or "").split(", ") if name]
    right = {
        "title": fold(found.title) == fold(gold["title"]),
        "date": found.published is not None and found.published.value[:10] in days(gold["date"]),
        "outlet": fold(found.publisher or "") == fold(gold["sitename"]),
    }
    if gold.get("author"):
        right["author"] = {fold(name) for name in names} == {fold(name) for name in gold["author"]}
    wanted, given = words(gold["text"]), words(found.text)
    common = (wanted & given).total()
    return Score(right=right, precision=common / (given.total() or 1), recall=common / (wanted.total() or 1))


def days(stated: str) -> set[str]:
    """Give the day of a date as stated and in UTC."""
    moment = datetime.datetime.fromisoformat(stated)
    return {stated[:10], moment.astimezone(datetime.UTC).date().isoformat()}


def show(field: str, page: Mapping[str, Any], found: Article | Rejected, score: Score) -> None:
    if isinstance(found, Rejected):
        print(f"{page['file']}: rejected: {found.detail}")
    elif field == "text":
        if score.f1 < 0.85:
            print(f"{page['file']}: precision {score.precision:.2f}, recall {score.recall:.2f}")
    elif not score.right.get(field, True):
        name = {"date": "published", "author": "byline", "outlet": "publisher"}.get(field, field)
        given, wanted = getattr(found, name), page["gold"][{"outlet": "sitename"}.get(field, field)]
        print(f"{page['file']}: {given!r} instead of {wanted!r}")


def fold(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"\W+", " ", plain).strip().removeprefix("the ")


def words(text: str) -> collections.Counter[str]:
    return collections.Counter(_WORD.findall(text.casefold()))


if __name__ == "__main__":
    main()
