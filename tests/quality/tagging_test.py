"""Floors that only go up, on short articles written and labelled for this purpose (`articles.jsonl`)."""

import json
from pathlib import Path

import pytest

from benchmarks.scoring import Tally, count, record_of
from index.tag.default import DefaultTagger
from index.types import Article, PublicationDate

LINES = (Path(__file__).parent / "articles.jsonl").read_text(encoding="utf-8").splitlines()
RECORDS = [json.loads(line) for line in LINES]


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    found = {"people": Tally(), "outlets": Tally()}
    tagger = DefaultTagger()
    for record in RECORDS:
        published = PublicationDate(value=record["published"], precision="day", origin="metadata")
        article = Article(
            id=record["id"], source="tests", title=record["title"], text=record["text"], published=published
        )
        predicted = record_of(record["id"], tagger.mentions(article))
        for kind, tally in found.items():
            count(tally, record, predicted, kind)
    return found


@pytest.mark.parametrize(("kind", "precision", "recall"), [("people", 0.98, 0.95), ("outlets", 0.95, 0.95)])
def test_tagging_is_as_good_as_it_was(tallies: dict[str, Tally], kind: str, precision: float, recall: float) -> None:
    tally = tallies[kind]
    told = f"wrong: {', '.join(tally.wrong)}; missed: {', '.join(tally.missed)}"
    assert tally.precision >= precision, told
    assert tally.recall >= recall, told


def test_the_labels_stand_in_the_articles() -> None:
    for record in RECORDS:
        text = record["title"] + "\n" + record["text"]
        for person in record["people"]:
            assert person["name"].split()[0] in text
        for outlet in record["outlets"]:
            assert outlet["surfaces"][0] in text
