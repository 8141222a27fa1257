"""Fit the weights of `index.identity.meaning` to the labelled namings that are no test, and say how well they do.

    python -m benchmarks.identity_fit --data-dir DIR

Prints the two lines of weights to put there, and what a fit on four fifths of the namings makes of the other fifth.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.identity import casts_of, key, read
from benchmarks.identity_sample import PARTS
from index.archive.archive import FILE_NAME, Archive
from index.identity import computing, meaning
from index.identity.bearers import Bearers
from index.identity.columns import Columns
from index.identity.meaning import Meanings
from index.identity.people import People

Table = NDArray[np.float64]

_ROUNDS, _STEPS, _FOLDS = 2, 4_000, 5
_RATE = 0.05
_STRENGTH = (0.004, 0.006)
"""How much weights are held down, of the first model and of the second, each in the unit of its column's spread."""

_LEAST = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A labelled naming: the columns of both models, which bearers are right, and whether telling it is asked for."""

    bearers: Table
    right: NDArray[np.bool_]
    any_of: Table
    asked: bool


def cases(columns: Columns, labels: Iterable[dict[str, Any]]) -> list[Case]:
    """Give the cases of labelled namings, by what an archive tells with the weights of now."""
    known: dict[str, Any] = {}

    def watch(people: People, everybody: Any, told: Any, givens: Any) -> None:
        known.update(people=people, everybody=everybody, told=told, givens=givens)

    computing.identities(columns, watch=watch)
    people = known["people"]
    bearers = Bearers(people, known["everybody"], known["told"])
    meanings = Meanings(bearers, known["givens"])
    return [case for label in labels if (case := _case(meanings, bearers, label)) is not None]


def _case(meanings: Meanings, bearers: Bearers, label: dict[str, Any]) -> Case | None:
    people = bearers.people
    number, article = people.names.index(label["name"]), people.articles.index(label["article"])
    [row] = [row for row in people.rows(number).tolist() if people.of_row[row] == article]
    weighed = meanings.weighed(number, row, computing.candidates_of(people, bearers, number))
    if weighed is None:
        return None
    meant = [key(one) for one in label["means"]]
    right = [any(key(people.names[one]) in meant for one in bearer.names) for bearer in weighed.possible]
    return Case(
        bearers=np.array(weighed.features),
        right=np.array(right),
        any_of=np.array(weighed.features_of_any),
        asked=label["sort"] == "surname" and label["known"],
    )


def fitted(found: Sequence[Case]) -> tuple[Table, Table]:
    """Give the weights of both models that fit some cases best, by gradient descent with momentum."""
    meant = [case for case in found if case.right.any()]
    spread = np.concatenate([case.bearers for case in found]).std(axis=0) + 1e-9
    first = (
        _descend(
            lambda weights: sum(_slope(case, weights / spread) for case in meant) / spread / len(meant), 0, len(spread)
        )
        / spread
    )
    columns = np.array([case.any_of for case in found])
    middle, spread = columns.mean(axis=0), columns.std(axis=0) + 1e-9
    middle[0], spread[0] = 0.0, 1.0
    scaled = (columns - middle) / spread
    right = np.array([case.right.any() for case in found], dtype=float)

    def slope(weights: Table) -> Table:
        return np.asarray(scaled.T @ (1 / (1 + np.exp(-scaled @ weights)) - right) / len(found))

    second = _descend(slope, 1, scaled.shape[1]) / spread
    second[0] -= float((second * middle)[1:].sum())
    return first, second


def _slope(case: Case, weights: Table) -> Table:
    scores = case.bearers @ weights
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    among = shares * case.right
    return np.asarray((shares - among / max(1e-9, among.sum())) @ case.bearers)


def _descend(slope: Any, model: int, size: int) -> Table:
    weights, speed = np.zeros(size), np.zeros(size)
    held = np.full(size, _STRENGTH[model])
    held[0] = held[0] if model == 0 else 0.0
    for _ in range(_STEPS // (10 if model == 0 else 1)):
        speed = 0.9 * speed - _RATE * (1 + 4 * (model == 0)) * (slope(weights) + held * weights)
        weights = weights + speed
    return weights


def told(case: Case, first: Table, second: Table) -> tuple[float, bool]:
    """Tell how sure the models are of the likeliest bearer of a case, and whether that is right."""
    scores = case.bearers @ first
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    place = int(shares.argmax())
    return float(shares[place] / (1 + np.exp(-float(case.any_of @ second)))), bool(case.right[place])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", type=Path, required=True)
    arguments = parser.parse_args()
    with Archive(arguments.data_dir / FILE_NAME, writable=False) as archive:
        columns = Columns().changed((), casts_of(archive))
    labels = [label for part in PARTS if not part.startswith("test") for label in read("alone", part)]
    fit(columns, labels)


def fit(columns: Columns, labels: Sequence[dict[str, Any]]) -> None:
    """Fit, tell again with what was fitted, and so on; print the weights and how well held-out fifths are told."""
    for _ in range(_ROUNDS):
        found = cases(columns, labels)
        first, second = fitted(found)
        meaning.WEIGHTS_OF_BEARERS = tuple(np.round(first, 3).tolist())
        meaning.WEIGHTS_OF_ANY = tuple(np.round(second, 3).tolist())
        print(f"WEIGHTS_OF_BEARERS = {meaning.WEIGHTS_OF_BEARERS}\nWEIGHTS_OF_ANY = {meaning.WEIGHTS_OF_ANY}")
    for line in _held_out(found):
        print(line)


def _held_out(found: Sequence[Case]) -> Iterator[str]:
    results = []
    for fold in range(_FOLDS):
        first, second = fitted([case for place, case in enumerate(found) if place % _FOLDS != fold])
        results += [(*told(case, first, second), case.asked) for case in found[fold::_FOLDS]]
    asked = sum(one[2] for one in results)
    for least in _LEAST:
        right = sum(sure >= least and good for sure, good, _ in results)
        wrong = sum(sure >= least and not good for sure, good, _ in results)
        hit = sum(sure >= least and good and wanted for sure, good, wanted in results)
        yield f"from {least}: {right} right, {wrong} wrong, {hit} of {asked} that are asked for"


if __name__ == "__main__":
    main()
