"""What an article as a whole says about its words: "Mr. Brown said" in one place helps with "Brown" in another."""

from collections.abc import Iterable

from index.tag.kinds import PAD, Kind
from index.tag.regions import PaddedField

_LOCATIVES = frozenset(["in", "at", "from", "near", "across", "of"])
_HONORIFICS = frozenset(["mr.", "mrs.", "ms.", "mr", "mrs", "ms", "dr.", "dr"])
_SAYING = frozenset(["said", "says", "added", "told", "tells"])


class Evidence:
    """What an article as a whole says about each of its token types, as sets of flags by lower-case form."""

    def __init__(self, fields: Iterable[PaddedField]) -> None:
        flags: dict[str, set[str]] = {}
        counts: dict[str, int] = {}
        lowers: set[str] = set()
        for padded in fields:
            kinds = padded.kinds
            lowers.update(kind.lower for kind in kinds if not kind.capital)
            for first, last in padded.regions:
                for position in range(first, last):
                    kind = kinds[position]
                    if kind.capital:
                        counts[kind.lower] = counts.get(kind.lower, 0) + 1
                        found = flags.setdefault(kind.lower, set())
                        found.update(_before(kinds, position, plain=not padded.headline[position]))
                        found.update(_after(kind, kinds[position + 1]))
        for lower, count in counts.items():
            flags[lower].add("1" if count == 1 else "2" if count < 4 else "4")
            if lower in lowers:
                flags[lower].add("low")
        self._features = {lower: tuple(sorted(found)) for lower, found in flags.items()}

    def of(self, lower: str) -> tuple[str, ...]:
        """List the flags of a lower-case form, sorted; none for a form that stands in no region."""
        return self._features.get(lower, ())


def _before(kinds: list[Kind], position: int, *, plain: bool) -> list[str]:
    """List what the tokens before say."""
    before = kinds[position - 1]
    flags = []
    if plain and before.sort != PAD:
        flags.append("mid")
    if before.sort in "Tt" and (before.capital or plain):
        flags.append("title")
    if before.sort == "F" or (before.sort == "I" and kinds[position - 2].sort == "F"):
        flags.append("given")
    if before.capital:
        flags.append("<C")
    if before.lower in _SAYING:
        flags.append("said")
    elif before.lower == "the":
        flags.append("the")
    elif before.lower in _LOCATIVES:
        flags.append("in")
    elif before.lower in _HONORIFICS:
        flags.append("mr")
    return flags


def _after(here: Kind, after: Kind) -> list[str]:
    """List what the token after says."""
    flags = []
    if here.sort == "F" and after.sort in ("C", "I", "F"):
        flags.append("names")
    if after.sort in _FOLLOWERS:
        flags.append(_FOLLOWERS[after.sort])
    if after.lower == "'s":
        flags.append("of")
    if after.capital:
        flags.append("C>")
    return flags


_FOLLOWERS = {"s": "says", "H": "head", "N": "head", "o": "organ"}
