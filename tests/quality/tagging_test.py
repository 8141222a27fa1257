"""Floors that only go up: what the tagger finds in articles that it was not trained on, written or openly licensed.

`articles.jsonl`: short articles written and labelled for this purpose.
`kinds.jsonl`: one of each kind that news has (obituary, court, results, live blog, polls, letters …) and of each way to
name people, also written for this purpose, and harder than the news.
`gmb.jsonl`: public-domain world news of the Groningen Meaning Bank, labelled by reading, held out of training.
Raise a floor whenever the tagger does better; never lower one.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from benchmarks.scoring import Tally, count, record_of
from index.tag.default import DefaultTagger
from index.tag.settle import stated_date
from index.types import Article, Mention, PublicationDate

SETS = ("articles", "kinds", "gmb")

# (set, kind): the least precision and recall
FLOORS = {
    ("articles", "people"): (0.98, 0.95),
    ("articles", "outlets"): (1.00, 0.95),
    ("articles", "dates"): (0.96, 0.96),
    ("kinds", "people"): (0.88, 0.90),
    ("kinds", "outlets"): (0.97, 0.92),
    ("kinds", "dates"): (0.98, 0.98),
    ("gmb", "people"): (0.93, 0.95),
    ("gmb", "outlets"): (1.00, 1.00),
    ("gmb", "dates"): (1.00, 1.00),
}


@dataclass(slots=True)
class Result:
    """The counts of one kind in one set, and a line for each article that is not right."""

    tally: Tally = field(default_factory=Tally)
    faults: list[str] = field(default_factory=list)

    def add(self, identity: str, one: Tally) -> None:
        """Add the counts of one article."""
        self.tally.right += one.right
        self.tally.wrong += one.wrong
        self.tally.missed += one.missed
        if one.wrong or one.missed:
            wrong, missed = (", ".join(sorted(names.elements())) or "none" for names in (one.wrong, one.missed))
            self.faults.append(f"{identity}: wrong {wrong}; missed {missed}")


def records(name: str) -> list[dict[str, Any]]:
    lines = (Path(__file__).parent / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def article_of(record: dict[str, Any]) -> Article:
    day = record["published"]
    return Article(
        id=record["id"],
        source="tests",
        title=record["title"],
        text=record["text"],
        published=PublicationDate(value=day, precision="day", origin="metadata") if day else None,
    )


def date_tally(record: dict[str, Any], mentions: tuple[Mention, ...]) -> Tally:
    """Count the values of dates; a mention without a value states nothing."""
    found = Counter(mention.value for mention in mentions if mention.kind == "date" and mention.value)
    labelled = Counter(record["dates"])
    return Tally(right=(found & labelled).total(), wrong=found - labelled, missed=labelled - found)


@pytest.fixture(scope="module")
def results() -> dict[tuple[str, str], Result]:
    tagger = DefaultTagger()
    gathered = {key: Result() for key in FLOORS}
    for name in SETS:
        for record in records(name):
            mentions = tagger.mentions(article_of(record))
            predicted = record_of(record["id"], mentions)
            gathered[name, "dates"].add(record["id"], date_tally(record, mentions))
            for kind in ("people", "outlets"):
                one = Tally()
                count(one, record, predicted, kind)
                gathered[name, kind].add(record["id"], one)
    return gathered


@pytest.mark.parametrize(("name", "kind"), FLOORS)
def test_tagging_is_as_good_as_it_was(results: dict[tuple[str, str], Result], name: str, kind: str) -> None:
    result, (precision, recall) = results[name, kind], FLOORS[name, kind]
    reached = (result.tally.precision, result.tally.recall)
    floors = f"P {reached[0]:.4f} (floor {precision}), R {reached[1]:.4f} (floor {recall})"
    told = "\n".join([f"{kind} of {name}: {floors}", *result.faults])
    if reached[0] < precision or reached[1] < recall:
        pytest.fail(told, pytrace=False)


@pytest.mark.parametrize("name", SETS)
def test_a_text_states_its_own_date_or_none(name: str) -> None:
    found = {record["id"]: stated_date(record["text"]) for record in records(name)}
    stated = {record["id"]: record["stated"] for record in records(name)}
    assert {identity: date.value if date else None for identity, date in found.items()} == stated


@pytest.mark.parametrize("name", SETS)
def test_the_labels_stand_in_the_articles(name: str) -> None:
    for record in records(name):
        text = record["title"] + "\n" + record["text"]
        for label in (*record["people"], *record["outlets"]):
            surfaces = label.get("surfaces") or [label["name"].split()[0]]
            assert all(surface in text for surface in surfaces), (record["id"], label["name"])


def test_every_kind_is_labelled_in_number() -> None:
    labelled = {(name, kind): sum(len(record[kind]) for record in records(name)) for name, kind in FLOORS}
    assert labelled["kinds", "people"] >= 250
    assert labelled["kinds", "outlets"] >= 80
    assert labelled["kinds", "dates"] >= 110
    assert labelled["gmb", "people"] >= 120
