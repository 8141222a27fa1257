"""Where the quotations of articles stand among the words of their texts; layout.py says which arrays."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.engines.arrays.coding import starts_of
from index.engines.arrays.file import ArrayFile
from index.engines.arrays.postings import narrow
from index.types import Quote

NOBODY = 0xFFFFFFFF
"""The number that stands for no speaker."""


class Stretch(NamedTuple):
    """Quoted words: the position of the first, the one behind the last, the number of the quotation, the speaker."""

    first: int
    last: int
    number: int
    speaker: str | None


class Stretches(NamedTuple):
    """The stretches of all articles, by article and place: `sizes` how many each article has; the others see above."""

    sizes: NDArray[np.int64]
    first: NDArray[np.uint32]
    last: NDArray[np.uint32]
    number: NDArray[np.uint32]
    speaker: NDArray[np.uint32]


def ends_of(quotes: Sequence[Quote]) -> list[int]:
    """Give where the spans of quotations begin and end, one behind the other: offsets into their text."""
    return [end for quote in quotes for span in quote.spans for end in span]


def quoted_words(quotes: Sequence[Quote], before: Sequence[int]) -> list[Stretch]:
    """Give where quotations stand among the words of a text, by place: the words that begin in a span of theirs.

    `before` says of each of `ends_of` how many words begin before it. Of stretches that overlap, which our own tagger's
    never do, the first is kept.
    """
    found: list[Stretch] = []
    for one in sorted(_stretches(quotes, before), key=lambda one: one[:3]):
        if not found or one.first >= found[-1].last:
            found.append(one)
    return found


def _stretches(quotes: Sequence[Quote], before: Sequence[int]) -> Iterator[Stretch]:
    numbers = (number for number, quote in enumerate(quotes) for _ in quote.spans)
    for number, first, last in zip(numbers, before[::2], before[1::2], strict=True):
        if first < last:
            yield Stretch(first, last, number, quotes[number].speaker or None)


def write_stretches(file: ArrayFile, stretches: Stretches) -> None:
    """Write where quotations stand."""
    file.add("quotes.at", narrow(starts_of(stretches.sizes)))
    for name in ("first", "last", "number"):
        file.add(f"quotes.{name}", narrow(getattr(stretches, name)))
    file.add("quotes.speaker", stretches.speaker.astype(np.uint32))
