"""A linear-chain CRF that marks the names of people and outlets, run with numpy from a table of weights.

The weights come from crfsuite (`training/`); this module gives the same labels as crfsuite does (tested), without
spelling out a feature string for each token: what a type contributes at each distance is summed once and cached.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

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
        self._features = TypeFeatures(roles)
        self._rows = {name: row for row, name in enumerate(names)}
        self._weights = np.vstack([weights, np.zeros((1, len(LABELS)), dtype=np.float32)])
        self._transitions = transitions
        self._types: dict[str, Floats] = {}
        self._flags: dict[tuple[str, ...], Floats] = {}

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
        """Write the model as one compressed file; features in alphabetical order, so that equal models are equal files."""
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
        evidence = Evidence(fields)
        spans: list[Span] = []
        for padded in fields:
            if padded.regions:
                emissions = self._emissions(padded, evidence)
                lengths = [last - first for first, last in padded.regions]
                spans += _spans(padded, best_labels(emissions, lengths, self._transitions))
        return spans

    def _emissions(self, padded: PaddedField, evidence: Evidence) -> Floats:
        """Score each label for each position of the regions, in order: float32 [positions, labels]."""
        strings, kinds, rows = padded.strings, padded.kinds, self._rows
        none = len(rows)
        where = [position for first, last in padded.regions for position in range(first, last)]
        contexts = [rows.get(name, none) for position in where for name in context_features(padded, position)]
        width = len(contexts) // len(where)
        emissions: Floats = self._weights[np.array(contexts).reshape(-1, width)].sum(axis=1)
        types = np.array([[self._type(strings[p + offset])[i] for i, offset in enumerate(OFFSETS)] for p in where])
        emissions += types.sum(axis=1)
        flags = np.array(
            [[self._flag(evidence.of(kinds[p + offset].lower))[offset + 1] for offset in (-1, 0, 1)] for p in where]
        )
        emissions += flags.sum(axis=1)
        return emissions

    def _type(self, string: str) -> Floats:
        """Give what a type adds to the token that sees it at each of OFFSETS: float32 [offsets, labels]."""
        found = self._types.get(string)
        if found is None:
            if len(self._types) >= _CACHED_TYPES:
                self._types.clear()
            found = np.stack([self._sum(names) for names in self._features.of(string)])
            self._types[string] = found
        return found

    def _flag(self, flags: tuple[str, ...]) -> Floats:
        """Give what a set of evidence flags adds at the offsets -1, 0 and 1: float32 [3, labels]."""
        found = self._flags.get(flags)
        if found is None:
            found = np.stack([self._sum(evidence_features(flags, offset)) for offset in (-1, 0, 1)])
            self._flags[flags] = found
        return found

    def _sum(self, names: Sequence[str]) -> Floats:
        none = len(self._rows)
        total: Floats = self._weights[[self._rows.get(name, none) for name in names]].sum(axis=0)
        return total


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


def _spans(padded: PaddedField, labels: NDArray[np.int64]) -> Iterator[Span]:
    """Turn the labels of a field's regions into spans; an inside label without a beginning begins one."""
    token_of = {position: token for token, position in enumerate(padded.positions)}
    kinds: tuple[SpanKind, ...] = ("person", "outlet")
    cursor = 0
    found = labels.tolist()
    for first, last in padded.regions:
        region = found[cursor : cursor + last - first]
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
                    first=token_of[first + begin],
                    last=token_of[first + index - 1] + 1,
                )
                begin = -1
            if label in _NAMING and not inside:
                begin = index
