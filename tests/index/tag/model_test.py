import itertools
from pathlib import Path

import numpy as np
import pycrfsuite
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import StoreError
from index.tag.features import TypeFeatures, document_features
from index.tag.model import LABELS, SequenceModel, best_labels
from index.tag.tokens import analyse, tokenise
from index.types import Article
from training.crf import Options, export, train_crf, training_rows
from training.labelled import GoldSpan, LabelledArticle, token_labels

ROLES = {"Lopez": 400, "Courier": 4, "Ada": 430}
TEXTS = [
    "Mayor [Ada Lopez] told the *Daily Courier* that Trump Tower was closed.\n\n[Lopez] met [Bo de Witt] in Paris.",
    "The *Courier* said [Ngozi Obi] won. Ms. [Obi], 44, beat [Jae-in Park]. Washington had no comment.",
    "“We are ready,” said [Tom O’Hara], a reporter for the *Evening Bell*. [O’Hara] lives in New York City.",
    "[Kim Lee] and [Sam Roe] left Rome on Monday. [Roe] said The Hague was next, *Radio Nord* reported.",
]


def labelled(marked: str) -> LabelledArticle:
    """Read a text with [people] and *outlets* marked."""
    text, spans, begin = "", [], -1
    for character in marked:
        if character in "[*" and begin < 0:
            begin = len(text)
        elif character in "]*":
            spans.append(
                GoldSpan(kind="person" if character == "]" else "outlet", field="text", start=begin, end=len(text))
            )
            begin = -1
        else:
            text += character
    article = Article(id="0", source="test", title="Lopez Wins", text=text)
    return LabelledArticle(document=analyse(article), spans=tuple(spans), labels={})


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("crf") / "model"
    train_crf(training_rows(map(labelled, TEXTS * 3), ROLES), path, Options(iterations=30, l1=0.01))
    return path


NEW = [
    "Lopez and Obi met Jae-in Park of the Evening Bell at Trump Tower. Ms. Witt told Radio Nord: O’Hara won.",
    "No capital here",
    "",
    *(text.translate(str.maketrans("", "", "[]*")) for text in TEXTS),
]


@pytest.mark.parametrize("text", NEW)
def test_the_model_labels_as_crfsuite_does(trained: Path, text: str) -> None:
    document = analyse(Article(id="0", source="test", title="Roe Said", text=text))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(trained))
    model = export(trained, roles=ROLES, version="test")
    found = [GoldSpan(kind=s.kind, field=s.tokens.field, start=s.start, end=s.end) for s in model.spans(document)]
    for padded, regions in document_features(document, TypeFeatures(ROLES)):
        labels = token_labels(padded.tokens, found)
        token_of = {position: token for token, position in enumerate(padded.positions)}
        for (first, last), rows in regions:
            ours = [labels[token_of[position]] for position in range(first, last)]
            theirs = [label.replace("A-person", "O") for label in tagger.tag(pycrfsuite.ItemSequence(rows))]
            assert ours == theirs


def test_training_finds_what_it_was_shown(trained: Path) -> None:
    model = export(trained, roles=ROLES, version="test")
    for text in TEXTS:
        article = labelled(text)
        found = [(s.kind, s.start, s.end) for s in model.spans(article.document) if s.tokens.field == "text"]
        assert found == [(s.kind, s.start, s.end) for s in article.spans]


def test_a_saved_model_is_the_same_when_loaded(trained: Path, tmp_path: Path) -> None:
    model = export(trained, roles=ROLES, version="test")
    model.save(tmp_path / "one.npz")
    again = SequenceModel.load(tmp_path / "one.npz")
    again.save(tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert again.version == "test"


def test_a_broken_model_file_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "bad.npz").write_bytes(b"PK no archive")
    with pytest.raises(StoreError, match="Install"):
        SequenceModel.load(tmp_path / "bad.npz")


@given(st.lists(st.integers(1, 6), min_size=1, max_size=7), st.integers(0, 2**32 - 1))
def test_viterbi_finds_the_best_path_of_each_region(lengths: list[int], seed: int) -> None:
    generator = np.random.default_rng(seed)
    emissions = generator.standard_normal((sum(lengths), len(LABELS))).astype(np.float32)
    transitions = generator.standard_normal((len(LABELS), len(LABELS))).astype(np.float32)
    labels = best_labels(emissions, lengths, transitions)
    start = 0
    for length in lengths:
        rows = emissions[start : start + length].astype(np.float64)
        reach = rows[0]
        for row in rows[1:]:
            reach = (reach[:, None] + transitions).max(axis=0) + row
        path = labels[start : start + length]
        score = rows[np.arange(length), path].sum() + sum(float(transitions[a, b]) for a, b in itertools.pairwise(path))
        assert score == pytest.approx(reach.max(), abs=1e-4)
        start += length


def test_lower_case_runs_are_no_region() -> None:
    document = analyse(Article(id="0", source="test", title="", text="nothing here can be a name at all."))
    assert [regions for _, regions in document_features(document, TypeFeatures(ROLES))] == [[], []]
    assert len(tokenise("title", "")) == 0
