"""What the sequence model sees of a token: one definition for training and for tagging.

A token of a region is described by features of three sorts: of the *types* of the token and its neighbours (cached per
type), of its *context*, and of the *evidence* that the whole article gives for its type.
"""

import re
from collections.abc import Iterator, Mapping

from index.tag.evidence import Evidence
from index.tag.kinds import PAD, kind_of
from index.tag.lexicon import word_list
from index.tag.regions import PaddedField, pad
from index.tag.tokens import Document
from index.tag.wordtable import normal, shipped_words

OFFSETS = range(-2, 3)
"""The distances at which a token sees others."""

_LISTS = ("first", "titles", "heads", "outletwords", "months", "demonyms", "places")
_HYPHENS = frozenset("-‐‑–/")

Region = tuple[tuple[int, int], list[list[str]]]
"""A region's padded positions, first to last (exclusive), and the features of each."""


class TypeFeatures:
    """The features of token types; `roles` tells what a first model took each type for in unlabelled articles."""

    def __init__(self, roles: Mapping[str, int]) -> None:
        self._roles = roles
        self._cache: dict[str, tuple[tuple[str, ...], ...]] = {}

    def of(self, string: str) -> tuple[tuple[str, ...], ...]:
        """List the features that a type gives to the tokens around it, one tuple for each of OFFSETS.

        The tuple at `OFFSETS[o]` belongs to the token that sees this type at that distance (-2: two to its left).
        """
        found = self._cache.get(string)
        if found is None:
            if len(self._cache) >= _CACHED:
                self._cache.clear()
            found = self._cache[string] = self._make(string)
        return found

    def _make(self, string: str) -> tuple[tuple[str, ...], ...]:
        kind = kind_of(string)
        table = shipped_words()
        lower = re.sub(r"\d", "9", kind.lower)
        far = ["w=" + lower, "s=" + kind.sort]
        near = ["h=" + kind.shape, "z3=" + lower[-3:]]
        here: list[str] = []
        clusters = table.clusters.get(normal(string))
        if clusters is not None:
            far += [f"k={clusters[0]}", f"K={clusters[1]}"]
        if string[0].isalpha():
            near.append(f"r={table.case.get(kind.lower, '?')}")
            if kind.capital:
                near += role_features(self._roles.get(string))
            here += [f"z{n}=" + lower[-n:] for n in (2, 4) if len(lower) > n]
            here += [f"p{n}=" + lower[:n] for n in (2, 3, 4) if len(lower) > n]
            here += ["W=" + string, f"n={min(len(string), 9)}"]
            here += ["l=" + name for name in _LISTS if lower in word_list(name)]
        by_offset = {-2: far, -1: far + near, 0: far + near + here, 1: far + near, 2: far}
        return tuple(tuple(f"{offset}{feature}" for feature in by_offset[offset]) for offset in OFFSETS)


_CACHED = 100_000


def role_features(code: int | None) -> list[str]:
    """Name the features of a code of roles, three digits: how often a person, first in a name, an outlet.

    None stands for a type that the unlabelled articles hold too seldom.
    """
    if code is None:
        return ["g=?"]
    person, first, outlet = code // 100, code // 10 % 10, code % 10
    return [f"g={code}", f"gp={person}", f"go={outlet}"] + ([f"gf={first}"] if person else [])


def context_features(padded: PaddedField, position: int) -> list[str]:
    """List the features of one position that depend on more than one type."""
    kinds = padded.kinds
    two_before, before, here, after, two_after = kinds[position - 2 : position + 3]
    style = padded.headline[position] + ("t" if padded.tokens.field == "title" else "")
    glue = _glue(padded, position)
    return [
        f"a|{before.lower}|{here.lower}",
        f"b|{here.lower}|{after.lower}",
        f"c|{before.sort}|{here.sort}|{after.sort}",
        f"d|{two_before.sort}|{before.sort}|{here.sort}",
        f"e|{here.sort}|{after.sort}|{two_after.sort}",
        f"f|{before.shape}|{here.shape}|{after.shape}",
        f"g|{before.lower}|{here.sort}|{after.lower}",
        f"h|{before.lower}|{two_before.lower}|{here.sort}",
        f"i|{after.lower}|{two_after.lower}|{here.sort}",
        f"j|{style}|{here.shape}|{before.sort == PAD}",
        f"k|{glue}|{here.sort}",
    ]


def _glue(padded: PaddedField, position: int) -> str:
    """Tell on which sides a token touches its neighbour without a blank."""
    left = padded.strings[position - 1] in _HYPHENS
    right = padded.strings[position + 1] in _HYPHENS
    return ("<" if left else "") + (">" if right else "")


def evidence_features(flags: tuple[str, ...], offset: int) -> list[str]:
    """Name the features that a type's flags give to the token which sees it at an offset (-1, 0, 1)."""
    return [f"D{offset}{flag}" for flag in flags] + ([f"D{offset}&" + "+".join(flags)] if offset == 0 else [])


def document_features(document: Document, types: TypeFeatures) -> Iterator[tuple[PaddedField, list[Region]]]:
    """Spell out all features of an article: for each field its regions, each with one feature list per token.

    This is the slow, obvious form, for training and for tests; `index.tag.model` sums the same weights from caches.
    """
    fields = [pad(tokens) for tokens in document.fields]
    evidence = Evidence(fields)
    for padded in fields:
        regions = []
        for region in padded.regions:
            rows = [_all_features(padded, position, types, evidence) for position in range(*region)]
            regions.append((region, rows))
        yield padded, regions


def _all_features(padded: PaddedField, position: int, types: TypeFeatures, evidence: Evidence) -> list[str]:
    features = context_features(padded, position)
    for index, offset in enumerate(OFFSETS):
        features += types.of(padded.strings[position + offset])[index]
    for offset in (-1, 0, 1):
        features += evidence_features(evidence.of(padded.kinds[position + offset].lower), offset)
    return features
