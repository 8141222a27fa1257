"""Floors that only go up: who said what in texts written for this purpose, hard on purpose.

`quotes.jsonl`: each text with the words of every stretch that it quotes, who says them (null where the text does not
clearly tell a person), and stretches in quotation marks that are no quotation by themselves.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from index.tag.default import DefaultTagger
from index.tag.quotes.quotations import find_quotes
from index.types import Article

# The least precision and recall of stretches, and of speakers.
STRETCHES = (1.0, 1.0)
SPEAKERS = (1.0, 1.0)


def records() -> list[dict[str, Any]]:
    lines = (Path(__file__).parent / "quotes.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def found() -> dict[str, list[tuple[str, str | None]]]:
    tagger = DefaultTagger()
    stretches: dict[str, list[tuple[str, str | None]]] = {}
    for record in records():
        text = record["text"]
        mentions = tagger.mentions(Article(id=record["id"], source="tests", title="", text=text))
        quotes = find_quotes(text, mentions)
        stretches[record["id"]] = [(text[start:end], one.speaker) for one in quotes for start, end in one.spans]
    return stretches


def test_quotations_and_speakers_are_found_as_well_as_they_were(found: dict[str, list[tuple[str, str | None]]]) -> None:
    labelled = {(record["id"], *map(_key, quote)) for record in records() for quote in record["quotes"]}
    given = {(identity, words, _key(speaker)) for identity, one in found.items() for words, speaker in one}
    words, given_words = {one[:2] for one in labelled}, {one[:2] for one in given}
    speakers, given_speakers = {one for one in labelled if one[2]}, {one for one in given if one[2]}
    faults = "\n".join(map(str, sorted(labelled ^ given)))
    for name, right, least in (
        ("stretches", (words, given_words), STRETCHES),
        ("speakers", (speakers, given_speakers), SPEAKERS),
    ):
        common = len(right[0] & right[1])
        reached = common / len(right[1]), common / len(right[0])
        if reached[0] < least[0] or reached[1] < least[1]:
            pytest.fail(f"{name}: P {reached[0]:.3f}, R {reached[1]:.3f}, floors {least}\n{faults}", pytrace=False)


def test_what_is_no_quotation_is_none(found: dict[str, list[tuple[str, str | None]]]) -> None:
    quoted = {(identity, words) for identity, one in found.items() for words, _ in one}
    assert not {(record["id"], words) for record in records() for words in record["none"]} & quoted


def test_every_way_to_quote_is_labelled_in_number() -> None:
    assert sum(len(record["quotes"]) for record in records()) >= 60
    assert sum(quote[1] is None for record in records() for quote in record["quotes"]) >= 8
    assert sum(len(record["none"]) for record in records()) >= 10


def _key(value: str | None) -> str:
    return value or ""
