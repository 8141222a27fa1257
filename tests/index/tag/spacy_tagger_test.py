"""The optional tagger on spaCy; with a blank pipeline where spaCy is installed, else with a stand-in for it."""

import importlib
import importlib.util
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from index.errors import SettingError, UsageError
from index.tag.loading import load_tagger
from index.tag.spacy_tagger import SpacyTagger
from index.types import Article, Mention

TEXT = (
    "Senator Maria Oyelaran met Tom Brandt in Lagos on 3 March 2021.\n"
    "Oyelaran told Reuters that Acme Holdings would pay. “It will,” Brandt said."
)
NAMES = {"Maria Oyelaran": "PERSON", "Tom Brandt": "PERSON", "Oyelaran": "PERSON", "Brandt": "PERSON"} | {
    "Reuters": "ORG",
    "Acme Holdings": "ORG",
    "Lagos": "GPE",
}


@dataclass
class _Entity:
    label_: str
    start_char: int
    end_char: int


class _StandIn:
    """Finds NAMES in texts, the longest first, as a pipeline with an entity ruler would."""

    meta: ClassVar[dict[str, str]] = {"lang": "en", "name": "stand-in", "version": "1", "spacy_version": "3"}
    pipe_names = ("ner",)

    def pipe(self, pieces: Iterable[tuple[str, Any]], *, as_tuples: bool) -> Iterator[tuple[Any, Any]]:
        assert as_tuples
        for text, context in pieces:
            yield SimpleNamespace(ents=sorted(self._entities(text), key=lambda one: one.start_char)), context

    def _entities(self, text: str) -> Iterator[_Entity]:
        taken: set[int] = set()
        for name in sorted(NAMES, key=len, reverse=True):
            start = text.find(name)
            while start >= 0:
                places = set(range(start, start + len(name)))
                if taken.isdisjoint(places):
                    taken |= places
                    yield _Entity(NAMES[name], start, start + len(name))
                start = text.find(name, start + 1)


def article(text: str = TEXT, title: str = "Brandt visits Lagos") -> Article:
    return Article(id="a", source="a.txt", title=title, text=text)


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.import_module
    spacy = SimpleNamespace(load=lambda pipeline: _StandIn())
    monkeypatch.setattr(importlib, "import_module", lambda name: spacy if name == "spacy" else real(name))


def values(mentions: Iterable[Mention], kind: str) -> set[str]:
    return {mention.value for mention in mentions if mention.kind == kind}


def check(mentions: tuple[Mention, ...], text: str, title: str) -> None:
    assert values(mentions, "person") == {"Maria Oyelaran", "Tom Brandt"}
    assert values(mentions, "outlet") == {"Reuters"}
    assert "2021-03-03" in values(mentions, "date")
    for mention in mentions:
        field = title if mention.field == "title" else text
        assert field[mention.start : mention.end] == mention.surface


@pytest.mark.usefixtures("stand_in")
def test_names_of_spacy_are_resolved_as_all_names_are() -> None:
    (mentions,) = SpacyTagger().tag([article()])
    check(mentions, TEXT, "Brandt visits Lagos")


@pytest.mark.usefixtures("stand_in")
def test_many_articles_keep_their_order_and_their_own_names() -> None:
    articles = [article(text=f"{name} spoke to Reuters.", title="") for name in ("Tom Brandt", "Maria Oyelaran")] * 80
    found = [values(mentions, "person") for mentions in SpacyTagger().tag(articles)]
    assert found == [{"Tom Brandt"}, {"Maria Oyelaran"}] * 80


@pytest.mark.usefixtures("stand_in")
def test_offsets_hold_in_texts_of_several_pieces() -> None:
    text = "Nothing of note was said here.\n" * 4_000 + "Then Maria Oyelaran spoke.\n" + "x" * 60_000
    (mentions,) = SpacyTagger().tag([article(text=text, title="")])
    assert [text[one.start : one.end] for one in mentions if one.kind == "person"] == ["Maria Oyelaran"]


@pytest.mark.usefixtures("stand_in")
def test_the_pipeline_is_named_after_a_colon() -> None:
    assert "stand-in" in load_tagger("spacy:some_pipeline").version


def test_a_missing_spacy_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(UsageError, match=r"pip install 'newsmorgue\[spacy\]'"):
        load_tagger("spacy")


def test_an_option_for_a_tagger_that_takes_none_is_refused() -> None:
    with pytest.raises(SettingError):
        load_tagger("default:something")


# CI's install leaves spaCy out: it is 300 MB, many times what Newsmorgue needs. `pip install -e '.[spacy]'` runs these.
installed = pytest.mark.skipif(importlib.util.find_spec("spacy") is None, reason="the extra `spacy` is not installed")


@installed
@pytest.mark.filterwarnings("ignore")
def test_a_blank_pipeline_with_an_entity_ruler_works_from_its_directory(tmp_path: Path) -> None:
    spacy = importlib.import_module("spacy")
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": name} for name, label in NAMES.items()])
    nlp.to_disk(tmp_path / "pipeline")
    tagger = load_tagger(f"spacy:{tmp_path / 'pipeline'}")
    (mentions,) = tagger.tag([article()])
    check(mentions, TEXT, "Brandt visits Lagos")


@installed
@pytest.mark.filterwarnings("ignore")
def test_a_pipeline_that_is_missing_or_finds_no_names_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no spaCy pipeline 'en_no_such'"):
        SpacyTagger("en_no_such")
    importlib.import_module("spacy").blank("en").to_disk(tmp_path / "empty")
    with pytest.raises(UsageError, match="finds no names"):
        SpacyTagger(str(tmp_path / "empty"))
