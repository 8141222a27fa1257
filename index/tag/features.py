"""What the sequence model sees of a token: one definition for training and for tagging.

Only *regions*, runs of capitalised tokens with the small words inside them, can hold a name; everything else is
outside without asking the model. A token of a region is described by features of three sorts: of the *types* of the
token and its neighbours (cached per type), of its *context*, and of the *evidence* that the whole article gives for its
type (an article that writes "Mr. Brown said" somewhere helps with "Brown" elsewhere).
"""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.tag.lexicon import word_list
from index.tag.tokens import Document, FieldTokens
from index.tag.wordtable import normal, shipped_words

PAD = "¶"
REACH = 2
OFFSETS = range(-REACH, REACH + 1)

_JOINERS = frozenset(
    [
        "of",
        "the",
        "and",
        "&",
        "-",
        "–",
        "—",
        "'",
        "’",
        "‘",
        ".",
        "/",
        '"',
        "“",
        "”",
        "(",
        ")",
        ",",
        "for",
        "on",
        "in",
        "at",
        "'s",
        "’s",
        "+",
        "!",
        ":",
        "de",
        "la",
        "y",
        "e",
        "et",
    ]
)
_HYPHENS = frozenset("-‐‑–")
_LOCATIVES = frozenset(["in", "at", "from", "near", "across", "of"])


@dataclass(frozen=True, slots=True)
class Kind:
    """What a token type is by itself: lower-case form, shape, coarse class, and whether it starts with a capital."""

    lower: str
    shape: str
    sort: str
    capital: bool


@dataclass(frozen=True, slots=True)
class PaddedField:
    """A field's tokens with two PAD tokens around each sentence, so that no window crosses one.

    `strings[positions[i]]` is token `i`; `headline[p]` tells that the sentence at `p` is set in capitals or with
    Each Word Capitalised; `regions` are pairs of padded positions.
    """

    tokens: FieldTokens
    strings: list[str]
    positions: list[int]
    kinds: list[Kind]
    headline: list[str]
    regions: list[tuple[int, int]]


def pad(tokens: FieldTokens) -> PaddedField:
    """Lay out one field for the model."""
    strings = [PAD, PAD]
    positions: list[int] = []
    headline = ["", ""]
    all_strings = tokens.strings
    bounds = tokens.bounds
    for number in range(len(bounds) - 1):
        sentence = all_strings[bounds[number] : bounds[number + 1]]
        positions += range(len(strings), len(strings) + len(sentence))
        strings += sentence
        strings += (PAD, PAD)
        headline += [case_style(sentence)] * (len(sentence) + 2)
    kinds = [kind_of(string) for string in strings]
    return PaddedField(
        tokens=tokens,
        strings=strings,
        positions=positions,
        kinds=kinds,
        headline=headline,
        regions=list(_regions(strings, kinds)),
    )


def case_style(sentence: tuple[str, ...]) -> str:
    """Tell how a sentence uses capitals: `U` all upper, `T` each word capitalised, `` as usual."""
    long_words = [word for word in sentence if len(word) > 3 and word.isalpha()]
    if len(long_words) < 3:
        return ""
    upper = sum(map(str.isupper, long_words))
    if upper > 0.7 * len(long_words):
        return "U"
    lower = sum(map(str.islower, long_words))
    return "T" if lower < 0.3 * len(long_words) else ""


def _regions(strings: list[str], kinds: list[Kind]) -> Iterator[tuple[int, int]]:
    """Yield the runs of padded positions, first to last (exclusive), that may hold names."""
    particles = word_list("particles")
    first = last = -1
    for position, kind in enumerate(kinds):
        if not kind.capital:
            continue
        start, end = position, position + 1
        while strings[start - 1] in particles or (strings[start - 1] in _HYPHENS and strings[start - 2] in particles):
            start -= 1
        while strings[end] in _HYPHENS and strings[end + 1].isalpha() and not kinds[end + 1].capital:
            end += 2
        if strings[end].isdigit():
            end += 1
        if strings[start - 1].isdigit():
            start -= 1
        if last >= 0 and start - last <= REACH and all(string in _JOINERS for string in strings[last:start]):
            last = max(last, end)
            continue
        if last >= 0:
            yield first, last
            start = max(start, last)
        first, last = start, end
    if last >= 0:
        yield first, last


@functools.lru_cache(maxsize=200_000)
def kind_of(string: str) -> Kind:
    """Describe a token type."""
    lower = string.lower().replace("’", "'")
    first = next((c for c in string if c.isalpha()), "")
    capital = string != lower and (first.isupper() or (len(string) > 3 and string.isalpha()))
    return Kind(lower=lower, shape=_shape(string), sort=_sort(string, lower, capital=capital), capital=capital)


def _shape(string: str) -> str:
    shape = re.sub(r"\d+", "9", string)
    shape = "".join("X" if c.isupper() else "x" if c.isalpha() else c for c in shape[:24])
    return re.sub(r"x+", "x", re.sub(r"X{3,}", "XXX", shape))


def _sort(string: str, lower: str, *, capital: bool) -> str:
    """Give a coarse class, one or two letters."""
    if string == PAD:
        return "¶"
    if not string[0].isalnum():
        return lower if len(lower) < 3 else "@"
    if string[0].isdigit():
        return "9"
    if not capital:
        for name in ("speech", "titles", "particles", "organisers", "outletwords", "heads"):
            if lower in word_list(name):
                return name[0]
        return "l"
    if len(string) < 4 and string[-1] == ".":
        return "I"
    if len(string) == 1:
        return "1"
    for name, sort in _CAPITAL_SORTS:
        if lower in word_list(name):
            return sort
    return "C" if not string.isupper() else "U"


_CAPITAL_SORTS = (
    ("suffixes", "J"),
    ("months", "M"),
    ("titles", "T"),
    ("demonyms", "D"),
    ("first", "F"),
    ("outletwords", "N"),
    ("heads", "H"),
    ("particles", "P"),
)


@functools.lru_cache(maxsize=100_000)
def type_features(string: str) -> tuple[tuple[str, ...], ...]:
    """List the features that a token's type gives to the tokens around it, one tuple for each of OFFSETS.

    The tuple at `OFFSETS[o]` belongs to the token that sees this type at distance `o` (-2: two to its left).
    """
    kind = kind_of(string)
    table = shipped_words()
    lower = re.sub(r"\d", "9", kind.lower)
    far = ["w=" + lower, "s=" + kind.sort]
    near = ["h=" + kind.shape, "z3=" + lower[-3:]]
    clusters = table.clusters.get(normal(string))
    if clusters is not None:
        far += [f"k={clusters[0]}", f"K={clusters[1]}"]
    if string[0].isalpha():
        near.append(f"r={table.case.get(kind.lower, '?')}")
    here = list(near)
    if string[0].isalpha():
        here += [f"z{n}=" + lower[-n:] for n in (2, 4) if len(lower) > n]
        here += [f"p{n}=" + lower[:n] for n in (2, 3, 4) if len(lower) > n]
        here.append("W=" + string)
        here.append(f"n={min(len(string), 9)}")
        here += ["l=" + name for name in _LISTS if lower in word_list(name)]
    by_offset = {-2: far, -1: far + near, 0: far + here, 1: far + near, 2: far}
    return tuple(tuple(f"{offset}{feature}" for feature in by_offset[offset]) for offset in OFFSETS)


_LISTS = ("first", "titles", "heads", "outletwords", "months", "demonyms")


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
    left = padded.strings[position - 1] in _HYPHENS or padded.strings[position - 1] == "/"
    right = padded.strings[position + 1] in _HYPHENS or padded.strings[position + 1] == "/"
    return ("<" if left else "") + (">" if right else "")


class Evidence:
    """What an article as a whole says about each of its token types, as sets of flags by lower-case form."""

    def __init__(self, fields: Iterable[PaddedField]) -> None:
        self._flags: dict[str, set[str]] = {}
        counts: dict[str, int] = {}
        lowers: set[str] = set()
        for padded in fields:
            for kind in padded.kinds:
                if not kind.capital:
                    lowers.add(kind.lower)
            for first, last in padded.regions:
                for position in range(first, last):
                    kind = padded.kinds[position]
                    if kind.capital:
                        counts[kind.lower] = counts.get(kind.lower, 0) + 1
                        self._observe(padded, position)
        for lower, count in counts.items():
            flags = self._flags[lower]
            flags.add("1" if count == 1 else "2" if count < 4 else "4")
            if lower in lowers:
                flags.add("low")
        self._features = {lower: tuple(sorted(flags)) for lower, flags in self._flags.items()}

    def _observe(self, padded: PaddedField, position: int) -> None:
        kinds = padded.kinds
        before, here, after = kinds[position - 1 : position + 2]
        flags = self._flags.setdefault(here.lower, set())
        plain = not padded.headline[position]
        if plain and before.sort != PAD:
            flags.add("mid")
        if before.sort in "Tt" and (before.capital or plain):
            flags.add("title")
        if before.sort == "F" or (before.sort == "I" and kinds[position - 2].sort == "F"):
            flags.add("given")
        if here.sort == "F" and after.sort in ("C", "I", "F"):
            flags.add("names")
        if after.sort == "s":
            flags.add("says")
        if before.sort == "s" and before.lower in ("said", "says", "added", "told", "tells"):
            flags.add("said")
        if after.sort == "H" or after.sort == "N":
            flags.add("head")
        if after.sort == "o":
            flags.add("organ")
        if before.lower == "the":
            flags.add("the")
        elif before.lower in _LOCATIVES:
            flags.add("in")
        elif before.lower in ("mr.", "mrs.", "ms.", "mr", "mrs", "ms", "dr.", "dr"):
            flags.add("mr")
        if after.lower == "'s":
            flags.add("of")
        if after.capital:
            flags.add("C>")
        if before.capital:
            flags.add("<C")

    def of(self, lower: str) -> tuple[str, ...]:
        """List the flags of a lower-case form, sorted; none for a form that stands in no region."""
        return self._features.get(lower, ())


def evidence_features(flags: tuple[str, ...], offset: int) -> list[str]:
    """Name the features that a type's flags give to the token which sees it at an offset (-1, 0, 1)."""
    return [f"D{offset}{flag}" for flag in flags] + ([f"D{offset}&" + "+".join(flags)] if offset == 0 else [])


def document_features(
    document: Document,
) -> Iterator[tuple[PaddedField, list[tuple[tuple[int, int], list[list[str]]]]]]:
    """Spell out all features of an article: for each field its regions, each with one feature list per token.

    This is the slow, obvious form, for training and for tests; `index.tag.model` sums the same weights from caches.
    """
    fields = [pad(tokens) for tokens in document.fields]
    evidence = Evidence(fields)
    for padded in fields:
        regions = []
        for region in padded.regions:
            rows = [_all_features(padded, position, evidence) for position in range(*region)]
            regions.append((region, rows))
        yield padded, regions


def _all_features(padded: PaddedField, position: int, evidence: Evidence) -> list[str]:
    features = context_features(padded, position)
    for index, offset in enumerate(OFFSETS):
        features += type_features(padded.strings[position + offset])[index]
    for offset in (-1, 0, 1):
        features += evidence_features(evidence.of(padded.kinds[position + offset].lower), offset)
    return features
