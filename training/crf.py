"""Training of the sequence model with crfsuite, and its export as a table of weights."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pycrfsuite

from index.tag.features import TypeFeatures, document_features
from index.tag.model import LABELS, SequenceModel
from training.labelled import LabelledArticle, token_labels

Rows = list[list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How crfsuite trains: L-BFGS with both penalties; a feature seen less often than `min_frequency` is not made."""

    l1: float = 0.15
    l2: float = 0.02
    iterations: int = 80
    min_frequency: int = 1


def training_rows(articles: Iterable[LabelledArticle], roles: Mapping[str, int]) -> Iterator[tuple[Rows, list[str]]]:
    """Yield the regions of labelled articles: feature lists and labels."""
    types = TypeFeatures(roles)
    for labelled in articles:
        for padded, regions in document_features(labelled.document, types):
            labels = token_labels(padded.tokens, labelled.spans)
            token_of = {position: token for token, position in enumerate(padded.positions)}
            for (first, last), rows in regions:
                own = [labels[token_of[position]] for position in range(first, last)]
                _mark_after_people(own, [padded.kinds[position].capital for position in range(first, last)])
                yield rows, own


def _mark_after_people(labels: list[str], capitals: list[bool]) -> None:
    """Label what stands between a person's name and the next capital as such."""
    for index in range(1, len(labels)):
        if labels[index] == "O" and not capitals[index] and labels[index - 1].endswith("-person"):
            labels[index] = "A-person"


def train_crf(rows: Iterable[tuple[Rows, list[str]]], path: Path, options: Options) -> None:
    """Train on regions and write crfsuite's own model file; deterministic."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for features, labels in rows:
        trainer.append(pycrfsuite.ItemSequence(features), labels)
    trainer.set_params(
        {
            "c1": options.l1,
            "c2": options.l2,
            "max_iterations": options.iterations,
            "feature.minfreq": options.min_frequency,
            "feature.possible_transitions": True,
        }
    )
    trainer.train(str(path))


def export(path: Path, *, roles: Mapping[str, int], version: str) -> SequenceModel:
    """Read crfsuite's model file into the form that the product runs."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    info = tagger.info()
    number = {label: index for index, label in enumerate(LABELS)}
    transitions = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    for (before, after), weight in info.transitions.items():
        transitions[number[before], number[after]] = weight
    names = sorted({name for name, _ in info.state_features})
    row = {name: index for index, name in enumerate(names)}
    weights = np.zeros((len(names), len(LABELS)), dtype=np.float32)
    for (name, label), weight in info.state_features.items():
        weights[row[name], number[label]] = weight
    return SequenceModel(names=names, weights=weights, transitions=transitions, roles=roles, version=version)


def train_rows(
    rows: Iterable[tuple[Rows, list[str]]], *, roles: Mapping[str, int], version: str, options: Options
) -> SequenceModel:
    """Train on regions that `training_rows` made with the same roles."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.crfsuite"
        train_crf(rows, path, options)
        return export(path, roles=roles, version=version)
