"""Where names can be: an article laid out for the sequence model, and the runs of capitalised tokens in it.

Only *regions*, runs of capitalised tokens with the small words inside them, can hold a name; everything else is outside
without asking the model.
"""

import bisect
from collections.abc import Iterator
from dataclasses import dataclass

from index.tag.kinds import PAD, Kind, kind_of
from index.tag.lexicon import word_list
from index.tag.tokens import FieldTokens

_GAP = 2
_JOINING = "of the and & - – — ' ’ ‘ . / \" “ ” ( ) [ ] , for on in at 's ’s + ! : de la y e et"
_JOINERS = frozenset(_JOINING.split())
_HYPHENS = frozenset("-‐‑–")


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

    def token_at(self, position: int) -> int:
        """Give the number of the token at a padded position."""
        return bisect.bisect_left(self.positions, position)


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
        headline += [tokens.styles[number]] * (len(sentence) + 2)
    kinds = [kind_of(string) for string in strings]
    return PaddedField(
        tokens=tokens,
        strings=strings,
        positions=positions,
        kinds=kinds,
        headline=headline,
        regions=list(_regions(strings, kinds)),
    )


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
        if last >= 0 and start - last <= _GAP and all(string in _JOINERS for string in strings[last:start]):
            last = max(last, end)
            continue
        if last >= 0:
            yield first, last
            start = max(start, last)
        first, last = start, end
    if last >= 0:
        yield first, last
