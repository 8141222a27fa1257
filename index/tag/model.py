"""A linear-chain CRF that marks the names of people and outlets, run with numpy from a table of weights.

The weights come from crfsuite (`training/`); this module gives the same labels as crfsuite does (tested), without
spelling out a feature string for each token: what a type contributes at each distance is summed once and cached.
"""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreError
from index.tag.evidence import Evidence
from index.tag.features import OFFSETS, TypeFeatures, context_features, evidence_features
from index.tag.regions import PaddedField, pad
from index.tag.tokens import Document, Span, SpanKind

LABELS = ("O", "B-person", "I-person", "B-outlet", "I-outlet", "A-person")
"""Outside; beginning and inside of a name; after a person's name, before the next capital, so that lists are seen."""

_INSIDE, _NAMING = (2, 4), (1, 2, 3, 4)
_CACHED_TYPES = 100_000
Floats = NDArray[np.float32]


class SequenceModel:
    """Weights of features for each of LABELS, and of each label following another.

    `names` lists the features, `weights` is float32 [features, labels], `transitions` float32 [from, to]; `roles`
    belongs to `TypeFeatures`; `version` names the training run.
    """

    def __init__(
        self,
        *,
        names: Sequence[str],
        weights: Floats,
        transitions: Floats,
        roles: Mapping[str, int],
        version: str,
    ) -> None:
        self.version = version
        self._roles = roles
        self._rows = {name: row for row, name in enumerate(names)}
        self._weights = np.vstack([weights, np.zeros((1, len(LABELS)), dtype=np.float32)])
        self._transitions = transitions
        features = TypeFeatures(roles)
        self._types = _Sums[str](
            lambda string: np.stack([self._sum(names) for names in features.of(string)]), len(OFFSETS)
        )
        self._flags = _Sums[tuple[str, ...]](
            lambda flags: np.stack([self._sum(evidence_features(flags, offset)) for offset in (-1, 0, 1)]), 3
        )

    @classmethod
    def load(cls, path: Path) -> "SequenceModel":
        """Read a model that `save` wrote; StoreError where it cannot be read."""
        try:
            with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as arrays:
                names = bytes(arrays["names"]).decode("utf-8").split("\n")
                weights = arrays["weights"].astype(np.float32)
                typed = bytes(arrays["typed"]).decode("utf-8").split("\n")
                return cls(
                    names=names,
                    weights=weights,
                    transitions=arrays["transitions"],
                    roles=dict(zip(typed, arrays["roles"].tolist(), strict=True)),
                    version=bytes(arrays["version"]).decode("utf-8"),
                )
        except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise StoreError(f"cannot be read: {error}", where=str(path), remedy="Install Newsmorgue again") from error

    def save(self, path: Path) -> None:
        """Write the model as one compressed file, features in alphabetical order: equal models are equal files."""
        names = sorted(self._rows)
        order = [self._rows[name] for name in names]
        typed = sorted(self._roles) or [""]
        arrays: dict[str, Any] = {
            "names": np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8),
            "weights": self._weights[order],
            "transitions": self._transitions,
            "typed": np.frombuffer("\n".join(typed).encode("utf-8"), dtype=np.uint8),
            "roles": np.array([self._roles.get(word, 0) for word in typed], dtype=np.uint16),
            "version": np.frombuffer(self.version.encode("utf-8"), dtype=np.uint8),
        }
        np.savez_compressed(path, **arrays)

    def spans(self, document: Document) -> list[Span]:
        """Find the names in an article, in the order of title then text, by start; never overlapping."""
        fields = [pad(tokens) for tokens in document.fields]
        lengths = [last - first for padded in fields for first, last in padded.regions]
        if not lengths:
            return []
        self._types.forget()
        self._flags.forget()
        labels = best_labels(self._emissions(fields), lengths, self._transitions).tolist()
        spans: list[Span] = []
        for padded in fields:
            size = sum(last - first for first, last in padded.regions)
            spans += _spans(padded, labels[:size])
            labels = labels[size:]
        return spans

    def _emissions(self, fields: Sequence[PaddedField]) -> Floats:
        """Score each label for each position of the regions, in order: float32 [positions, labels]."""
        rows, none = self._rows, len(self._rows)
        evidence = Evidence(fields)
        contexts: list[int] = []
        types: list[int] = []
        flags: list[int] = []
        where: list[int] = []
        for padded in fields:
            inside = [position for first, last in padded.regions for position in range(first, last)]
            where += [len(types) + position for position in inside]
            contexts += [rows.get(name, none) for position in inside for name in context_features(padded, position)]
            types += self._types.rows(padded.strings)
            lowers = [kind.lower for kind in padded.kinds]
            flags += self._flags.rows([evidence.of(lowers[p + offset]) for p in inside for offset in (-1, 0, 1)])
        places = np.array(where)
        emissions: Floats = self._weights[np.array(contexts).reshape(len(where), -1)].sum(axis=1)
        around = np.array(types)[places[:, None] + np.array(OFFSETS)]
        emissions += self._types.sums[around, np.arange(len(OFFSETS))].sum(axis=1)
        emissions += self._flags.sums[np.array(flags).reshape(-1, 3), np.arange(3)].sum(axis=1)
        return emissions

    def _sum(self, names: Sequence[str]) -> Floats:
        none = len(self._rows)
        total: Floats = self._weights[[self._rows.get(name, none) for name in names]].sum(axis=0)
        return total


Key = TypeVar("Key")


class _Sums(Generic[Key]):
    """What each key adds at each of some distances, summed once: float32 [rows, distances, labels]."""

    def __init__(self, make: Callable[[Key], Floats], distances: int) -> None:
        self._make = make
        self._row: dict[Key, int] = {}
        self.sums: Floats = np.zeros((1024, distances, len(LABELS)), dtype=np.float32)

    def rows(self, keys: Sequence[Key]) -> list[int]:
        """Give the row of each key, made when it is first seen."""
        known = self._row
        return [self._add(key) if (row := known.get(key)) is None else row for key in keys]

    def _add(self, key: Key) -> int:
        row = len(self._row)
        if row == len(self.sums):
            self.sums = np.concatenate([self.sums, np.zeros_like(self.sums)])
        self.sums[row] = self._make(key)
        self._row[key] = row
        return row

    def forget(self) -> None:
        """Start anew where many keys have been seen, so that memory is bounded."""
        if len(self._row) > _CACHED_TYPES:
            self._row.clear()


def best_labels(emissions: Floats, lengths: Sequence[int], transitions: Floats) -> NDArray[np.int64]:
    """Find the best label sequence of each region (Viterbi), all regions of a field at once.

    `emissions` holds the regions one after the other, [sum of lengths, labels]; gives one label number a position.
    """
    sizes = np.array(lengths)
    order = np.argsort(-sizes, kind="stable")
    firsts = (np.cumsum(sizes) - sizes)[order]
    longest = int(sizes[order[0]])
    active = [int(np.searchsorted(-sizes[order], -step, side="left")) for step in range(longest)]
    score = emissions[firsts]
    pointers: list[NDArray[np.int64]] = []
    finals = [score]
    for step in range(1, longest):
        paths = score[: active[step], :, None] + transitions
        pointers.append(paths.argmax(axis=1))
        score = paths.max(axis=1) + emissions[firsts[: active[step]] + step]
        finals.append(score)
    labels = np.zeros(len(emissions), dtype=np.int64)
    current = np.zeros(0, dtype=np.int64)
    for step in reversed(range(longest)):
        ending = finals[step][len(current) : active[step]].argmax(axis=1)
        carried = pointers[step][np.arange(len(current)), current] if len(current) else current
        current = np.concatenate([carried, ending])
        labels[firsts[: active[step]] + step] = current
    return labels


def _spans(padded: PaddedField, labels: list[int]) -> Iterator[Span]:
    """Turn the labels of a field's regions into spans; an inside label without a beginning begins one."""
    kinds: tuple[SpanKind, ...] = ("person", "outlet")
    cursor = 0
    for first, last in padded.regions:
        region = labels[cursor : cursor + last - first]
        cursor += last - first
        if not any(region):
            continue
        begin = -1
        for index, label in enumerate([*region, 0]):
            previous = region[index - 1] if index else 0
            inside = label in _INSIDE and previous in (label, label - 1)
            if begin >= 0 and not inside:
                yield Span(
                    kind=kinds[(previous - 1) // 2],
                    tokens=padded.tokens,
                    first=padded.token_at(first + begin),
                    last=padded.token_at(first + index - 1) + 1,
                )
                begin = -1
            if label in _NAMING and not inside:
                begin = index
