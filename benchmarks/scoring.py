"""Scoring of tagged articles against labelled ones, an article at a time, as a facet's reader sees them.

A value is right when it is the labelled name or its `known_as` (for outlets also one of the surfaces), case, accents,
periods and apostrophes aside; a second value for somebody already matched is wrong. Labels of kind byline, credit, self
and fictional are optional, and so are predictions with the role publisher or credit that no label asks for.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from index.types import Mention

_OPTIONAL = frozenset(["byline", "credit", "self", "fictional"])
_OPTIONAL_ROLES = frozenset(["publisher", "credit", "byline"])


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of one kind of value over many articles."""

    right: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """Right of all predicted."""
        predicted = self.right + self.wrong.total()
        return self.right / predicted if predicted else 0.0

    @property
    def recall(self) -> float:
        """Right of all labelled."""
        labelled = self.right + self.missed.total()
        return self.right / labelled if labelled else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def record_of(identity: str, mentions: Iterable[Mention]) -> dict[str, Any]:
    """Write mentions as `newsmorgue tag` does, as far as scoring reads it; a value cited anywhere is cited."""
    people: dict[str, None] = {}
    outlets: dict[str, str] = {}
    for mention in mentions:
        if mention.kind == "person":
            people[mention.value] = None
        elif mention.kind == "outlet" and outlets.get(mention.value) != "cited":
            outlets[mention.value] = mention.role
    return {
        "id": identity,
        "people": [{"name": name} for name in people],
        "outlets": [{"name": name, "role": role} for name, role in outlets.items()],
    }


def count(tally: Tally, labels: dict[str, Any], predicted: dict[str, Any], kind: str) -> None:
    """Add one article's values of one kind (`people` or `outlets`) to a tally."""
    left = [(_names(label, kind), label) for label in labels[kind]]
    seen: set[str] = set()
    for value in predicted[kind]:
        form = _key(value["name"], kind)
        if form in seen:
            continue
        seen.add(form)
        hit = next((entry for entry in left if form in entry[0]), None)
        if hit is not None:
            left.remove(hit)
            tally.right += hit[1].get("kind", "mention") not in _OPTIONAL
        elif value.get("role") not in _OPTIONAL_ROLES:
            tally.wrong[value["name"]] += 1
    for _, label in left:
        if label.get("kind", "mention") not in _OPTIONAL:
            tally.missed[label["name"]] += 1


def _names(label: dict[str, Any], kind: str) -> set[str]:
    names = [label["name"], label.get("known_as"), *(label.get("surfaces", []) if kind == "outlets" else [])]
    return {_key(name, kind) for name in names if name}


def _key(name: str, kind: str) -> str:
    text = unicodedata.normalize("NFKD", name.replace("’", "'"))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    text = re.sub(r"[.'\",]", "", text)
    text = re.sub(r"[\s\-–]+", " ", text).strip()
    return text.removeprefix("the ") if kind == "outlets" else text
