"""Transcripts, where each turn begins with its speaker's name in capitals: `ANN QUILL: Thank you`."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from index.tag.quotes.marks import Paragraph
from index.types import Mention

_LABEL = re.compile(
    r"(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,6}?)(?:,? \([^)\n]{1,40}\)|, [^:\n]{1,40})?:\s+(?=\S)"
)
_FEWEST_TURNS = 3
_MARKS = frozenset("\"“‘'«")


class Turn(NamedTuple):
    """What one speaker says, `start` to `end` of each paragraph, and where the name stands."""

    spans: tuple[tuple[int, int], ...]
    speaker: str
    place: tuple[int, int]


def find_turns(text: str, paragraphs: Sequence[Paragraph], people: Sequence[Mention]) -> dict[int, Turn]:
    """Find the turns of a transcript, each by the number of its first paragraph; none where the text is no transcript.

    A transcript has three turns or more, somebody has two, and each label is a person of the article in capitals.
    Paragraphs without a label belong to the turn before them, but for those after the last.
    """
    labels = {
        number: match
        for number, one in enumerate(paragraphs)
        if (match := _LABEL.match(text, one.start, one.end)) is not None and _is_upper(match["name"])
    }
    if len(labels) < _FEWEST_TURNS:
        return {}
    values = {one.value for one in people}
    speakers = {number: _speaker(match["name"], values) for number, match in labels.items()}
    times = Counter(speaker for speaker in speakers.values() if speaker is not None)
    if times.total() < _FEWEST_TURNS or max(times.values()) < 2:
        return {}
    numbers = sorted(labels)
    turns = {}
    for number, following in zip(numbers, [*numbers[1:], numbers[-1] + 1], strict=True):
        match, speaker = labels[number], speakers[number]
        if speaker is not None and text[match.end()] not in _MARKS:
            spans = [(match.end(), paragraphs[number].end)]
            spans += [(one.start, one.end) for one in paragraphs[number + 1 : following]]
            turns[number] = Turn(tuple(_without_blanks(text, *span) for span in spans), speaker, match.span("name"))
    return turns


def _is_upper(name: str) -> bool:
    letters = [letter for letter in re.sub(r"\b(?:Mc|Mac|O['’])", "", name) if letter.isalpha()]
    return len(letters) > 1 and all(map(str.isupper, letters))


def _speaker(name: str, values: set[str]) -> str | None:
    """Give the one person whom a label names, in full or by the surname."""
    words = name.casefold().split()
    full = {value for value in values if name.casefold().endswith(value.casefold())}
    full = {value for value in full if " " in value} or full
    if len(full) == 1:
        return full.pop()
    found = {value for value in values if value.casefold().split()[-1:] == words[-1:]}
    return found.pop() if len(found) == 1 else None


def _without_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
