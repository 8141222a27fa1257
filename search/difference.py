"""What differs between two copies of an article, word by word.

Words that stand once in both texts, in the same order, are held fast first (patience diff, B. Cohen), and what lies
between them is compared closely: so nothing is aligned by *the* and *of*, and long texts take no longer than they are.
"""

import bisect
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Kind = Literal["same", "removed", "added"]

_TOKEN = re.compile(r"(?P<breaks>\n{2,})|(?P<word>\w+(?:['’.,\-]\w+)*|[^\w\s])(?P<blanks>(?:(?!\n\n)\s)*)")
_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_CLOSELY = 250_000
"""Pairs of words that are compared closely at most; where more have no word of their own, nothing is held the same."""

_ISLAND = 3
"""Fewer words that are the same between longer changes are read more easily as a part of the change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run of text that both copies have, or only the one (`removed`) or the other (`added`); words follow blanks."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two texts as one: its `runs`, how many words are in each kind, and whether they were `cut` as too long."""

    runs: tuple[Run, ...]
    same: int
    removed: int
    added: int
    cut: bool


class _Word(NamedTuple):
    """A word, sign or end of a paragraph: what it is compared by, and how it stands there with the blanks behind."""

    key: str
    text: str


class _Block(NamedTuple):
    """As many words that are the same, from one place in each text on."""

    one: int
    other: int
    size: int


class _Span(NamedTuple):
    kind: Kind
    words: Sequence[_Word]


def difference(one: str, other: str, *, most: int) -> Difference:
    """Compare two texts by their first `most` words. The form of quotes, dashes and blanks makes no difference."""
    words = [list(_words(text)) for text in (one, other)]
    cut = max(map(len, words)) > most
    left, right = (found[:most] for found in words)
    spans = list(_joined(_spans(left, right)))
    counts = Counter[Kind]()
    for span in spans:
        counts[span.kind] += sum(word.key[0].isalnum() for word in span.words)
    return Difference(
        runs=tuple(Run(kind=span.kind, text="".join(word.text for word in span.words)) for span in spans),
        same=counts["same"],
        removed=counts["removed"],
        added=counts["added"],
        cut=cut,
    )


def _words(text: str) -> Iterator[_Word]:
    for found in _TOKEN.finditer(text):
        if found["breaks"]:
            yield _Word("\n\n", "\n\n")
        else:
            yield _Word(found["word"].translate(_SIGNS), found["word"] + (" " if found["blanks"] else ""))


def _spans(left: list[_Word], right: list[_Word]) -> Iterator[_Span]:
    """Cut both texts into what is the same and what is not; of what was changed, the old words come first."""
    one = other = 0
    blocks = _whole(sorted(_blocks([word.key for word in left], [word.key for word in right])))
    for block in (*blocks, _Block(len(left), len(right), 0)):
        yield _Span("removed", left[one : block.one])
        yield _Span("added", right[other : block.other])
        yield _Span("same", right[block.other : block.other + block.size])
        one, other = block.one + block.size, block.other + block.size


def _whole(blocks: Sequence[_Block]) -> list[_Block]:
    """Join blocks that follow each other in both texts; the blocks are sorted."""
    found: list[_Block] = []
    for block in blocks:
        last = found[-1] if found else _Block(0, 0, 0)
        if (last.one + last.size, last.other + last.size) == (block.one, block.other):
            found[-1:] = [_Block(last.one, last.other, last.size + block.size)]
        else:
            found.append(block)
    return found


def _joined(spans: Iterator[_Span]) -> Iterator[_Span]:
    """Join what follows each other of a kind, and small islands of what is the same to the changes beside them."""
    full = [span for span in spans if span.words]
    changes: dict[Kind, list[_Word]] = {"removed": [], "added": []}
    for place, span in enumerate(full):
        if span.kind != "same":
            changes[span.kind] += span.words
        elif _island(span.words, before=max(map(len, changes.values())), behind=_change(full[place + 1 : place + 3])):
            changes["removed"] += span.words
            changes["added"] += span.words
        else:
            yield from _taken(changes)
            yield span
    yield from _taken(changes)


def _taken(changes: dict[Kind, list[_Word]]) -> Iterator[_Span]:
    for kind, words in changes.items():
        if words:
            yield _Span(kind, list(words))
            words.clear()


def _island(words: Sequence[_Word], *, before: int, behind: int) -> bool:
    """Say whether words that are the same only interrupt a change of more words, before them and behind."""
    return len(words) < min(_ISLAND, before, behind) and all(word.key != "\n\n" for word in words)


def _change(spans: Sequence[_Span]) -> int:
    """Give of how many words the change is that some spans begin with."""
    changed = itertools.takewhile(lambda span: span.kind != "same", spans)
    return max((len(span.words) for span in changed), default=0)


def _blocks(one: list[str], other: list[str]) -> Iterator[_Block]:
    """Give the blocks of words that are the same, in any order."""
    left = [(0, len(one), 0, len(other))]
    while left:
        low, high, under, over = left.pop()
        while low < high and under < over and one[low] == other[under]:
            yield _Block(low, under, 1)
            low, under = low + 1, under + 1
        while low < high and under < over and one[high - 1] == other[over - 1]:
            high, over = high - 1, over - 1
            yield _Block(high, over, 1)
        if low == high or under == over:
            continue
        parts = one[low:high], other[under:over]
        anchors = _anchors(*parts) or _anchors(*map(_rows, parts))
        if anchors:
            places = [(low + at, under + beside) for at, beside in anchors]
            starts = [(low, under), *((at + 1, beside + 1) for at, beside in places)]
            for (at, beside), (end, beyond) in zip(starts, [*places, (high, over)], strict=True):
                left.append((at, end, beside, beyond))
            yield from (_Block(at, beside, 1) for at, beside in places)
        elif (high - low) * (over - under) <= _CLOSELY:
            close = SequenceMatcher(None, one[low:high], other[under:over], autojunk=False)
            yield from (_Block(low + at, under + beside, size) for at, beside, size in close.get_matching_blocks())


def _rows(words: list[str]) -> list[str]:
    """Give the words in rows of three, which stand once where no word does."""
    return [" ".join(words[at : at + 3]) for at in range(len(words) - 2)]


def _anchors(one: list[str], other: list[str]) -> list[tuple[int, int]]:
    """Give the places of the words that stand once in both, as many as are in the same order."""
    once = {word for word, count in Counter(one).items() if count == 1}
    once &= {word for word, count in Counter(other).items() if count == 1}
    beside = {word: at for at, word in enumerate(other) if word in once}
    pairs = [(at, beside[word]) for at, word in enumerate(one) if word in once]
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        rank = bisect.bisect_left(ends, place)
        before.append(last[rank - 1] if rank else -1)
        ends[rank : rank + 1] = [place]
        last[rank : rank + 1] = [number]
    found = []
    number = last[-1] if last else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]
