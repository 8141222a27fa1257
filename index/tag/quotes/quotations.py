"""From the marks of a text to its quotations: what is quoted, of whom, and which stretches are one quotation."""

import bisect
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.tag.quotes.cues import Cue, find_cue, reporting
from index.tag.quotes.firms import without_firms
from index.tag.quotes.frames import Item, frame
from index.tag.quotes.function_words import DETERMINERS, NOT_NOUNS, REPLIES, SMALL, WORKS, WRITES
from index.tag.quotes.marks import Paragraph, Stretch, paragraphs
from index.tag.quotes.referents import Referents, Sentence
from index.tag.quotes.telling import is_set_apart
from index.tag.quotes.transcripts import Turn, find_turns
from index.tag.quotes.verbs import speech_verbs
from index.types import Mention, Quote

RULES = 4
"""Raised by whoever changes a rule so that an article may get other quotations."""

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_PARAGRAPHS_BACK, _MOST_SENTENCES, _LONGEST_SENTENCE = 2, 12, 200
"""How far a pronoun looks back, in paragraphs and sentences, and how many items of each sentence it reads."""
_MOST_OF_LABEL = 2
_FEWEST_ALONE, _FEWEST_WITHIN = 3, 5
"""Words that a quotation has at least where nobody is told to have said it: as a sentence, and within one."""


@dataclass(slots=True)
class _Quotation:
    """A quotation as it grows."""

    spans: list[tuple[int, int]]
    speaker: str | None = None
    place: tuple[int, int] | None = None
    cue: Cue | None = None
    via: str = "unattributed"


def find_quotes(text: str, mentions: Sequence[Mention]) -> tuple[Quote, ...]:
    """Find the quotations of an article's text, in order; `mentions` are the article's, sorted.

    Takes time linear in the text, but for looking names up.
    """
    found = paragraphs(text)
    people = without_firms(text, [one for one in mentions if one.kind == "person" and one.field == "text"])
    turns = find_turns(text, found, people)
    if not turns and not any(paragraph.stretches for paragraph in found):
        return ()
    return tuple(_Reading(text, found, people).quotes(turns))


class _Reading:
    """One pass over the paragraphs of a text."""

    def __init__(self, text: str, found: Sequence[Paragraph], people: Sequence[Mention]) -> None:
        self._text = text
        self._paragraphs = found
        self._people = people
        self._starts = [one.start for one in people]
        self._referents = Referents(text, _outside(people, found))
        self._quotations: list[_Quotation] = []
        self._open: _Quotation | None = None
        self._last: _Quotation | None = None
        self._spoke: tuple[str, int] | None = None
        self._frames: dict[int, list[Item]] = {}

    def quotes(self, turns: Mapping[int, Turn]) -> list[Quote]:
        """Read all paragraphs; in the `turns` of a transcript nothing else is quoted."""
        busy = 0
        for number, paragraph in enumerate(self._paragraphs):
            if number in turns:
                turn = turns[number]
                busy = number + len(turn.spans)
                self._quotations.append(
                    _Quotation(spans=list(turn.spans), speaker=turn.speaker, place=turn.place, via="transcript")
                )
            elif paragraph.stretches and number >= busy:
                self._read(number, paragraph)
        return [_quote(one, self._text) for one in self._quotations]

    def _items(self, number: int) -> list[Item]:
        """Give the items of a paragraph, made once."""
        if number in self._frames:
            return self._frames[number]
        paragraph = self._paragraphs[number]
        low = bisect.bisect_left(self._starts, paragraph.start)
        high = bisect.bisect_left(self._starts, paragraph.end)
        self._frames[number] = frame(self._text, paragraph, self._people[low:high])
        return self._frames[number]

    def _read(self, number: int, paragraph: Paragraph) -> None:
        items = self._items(number)
        known: dict[int, _Quotation] = {}
        for at, item in enumerate(items):
            if item.kind != "quote":
                continue
            stretch = paragraph.stretches[item.number]
            one = self._quotation(number, items, at, stretch, known)
            if one is None:
                continue
            known[at] = one
            self._open = None if stretch.closed else one
            if one.speaker is None:
                self._spoke = None
            else:
                self._last, self._spoke = one, (one.speaker, max(item.end, one.place[1] if one.place else 0))

    def _quotation(
        self, number: int, items: Sequence[Item], at: int, stretch: Stretch, known: dict[int, _Quotation]
    ) -> _Quotation | None:
        """Give the quotation that a stretch is, or is a part of; None where it is none."""
        span = (stretch.first, stretch.last)
        if is_set_apart(items, at) and not self._tells_enough(stretch):
            return None
        cue = find_cue(items, at)
        before = _previous_quote(items, at)
        earlier = known.get(before) if before is not None else None
        whole = self._part_of(items, at, stretch, earlier, cue)
        if whole is not None:
            whole.spans.append(span)
            if whole.speaker is None and cue is not None and stretch.continues:
                self._attribute(whole, cue, number, items)
            return whole
        if cue is not None:
            none = self._is_title(items, at, stretch, cue) or self._is_label(items, at, stretch, cue)
            return None if none else self._new(span, cue, number, items)
        if self._stands_alone(items, at, stretch):
            return self._free(stretch, number, items, at)
        return self._new(span, None, number, items) if self._tells_enough(stretch) else None

    def _part_of(
        self, items: Sequence[Item], at: int, stretch: Stretch, earlier: _Quotation | None, cue: Cue | None
    ) -> _Quotation | None:
        """Give the quotation that goes on: left open before, interrupted, or of the sentence before."""
        if stretch.continues and self._open is not None and not _is_anothers(cue, self._open):
            return self._open
        if earlier is None:
            return None
        alone = cue is None and self._stands_alone(items, at, stretch)
        goes_on = _interrupted(items, at, earlier, cue) or (alone and _in_sentence_before(items, at))
        return earlier if goes_on else None

    def _free(self, stretch: Stretch, number: int, items: Sequence[Item], at: int) -> _Quotation | None:
        """Attribute a sentence that nothing in it attributes, by what stands before."""
        span = (stretch.first, stretch.last)
        if at > 0:
            cue = reporting(items, at - 1)
            if cue is not None:
                return self._new(span, cue, number, items, via="sentence before")
        elif number > 0 and self._text[self._paragraphs[number - 1].end - 1] == ":":
            before = self._items(number - 1)
            cue = reporting(before, len(before) - 1)
            if cue is not None:
                return self._new(span, cue, number - 1, before, via="paragraph before")
        words = len(_WORD.findall(self._text, *span))
        return self._new(span, None, number, items) if words >= _FEWEST_ALONE or not stretch.closed else None

    def _new(
        self, span: tuple[int, int], cue: Cue | None, number: int, items: Sequence[Item], via: str = ""
    ) -> _Quotation:
        one = _Quotation(spans=[span])
        if cue is not None:
            self._attribute(one, cue, number, items, via=via)
        self._quotations.append(one)
        return one

    def _attribute(self, one: _Quotation, cue: Cue, number: int, items: Sequence[Item], via: str = "") -> None:
        item, who = cue.subject.item, cue.subject.who
        speaker: str | None = None
        if who == "person":
            speaker = self._referents.by_name(item)
        elif who == "pronoun":
            before = self._sentences_before(number, items, item)
            replies = self._text[cue.start : cue.end].lower() in REPLIES
            speaker = self._referents.by_pronoun(item, before, self._spoke, replies=replies)
        elif who == "office":
            speaker = self._referents.by_office(item, self._spoke)
        one.cue = cue
        if speaker is not None:
            one.speaker, one.place = speaker, (item.start, item.end)
            one.via = (via or cue.via) + {"pronoun": ", pronoun", "office": ", office"}.get(who, "")

    def _sentences_before(self, number: int, items: Sequence[Item], item: Item) -> Iterator[Sentence]:
        """Yield the sentences before an item, its own up to it first, of its paragraph and of two before."""
        left = _MOST_SENTENCES
        for before in range(number, max(-1, number - 1 - _PARAGRAPHS_BACK), -1):
            own = before == number
            earlier = items if own else self._items(before)
            end = bisect.bisect_left(earlier, item.start, key=_start_of) if own else len(earlier)
            for sentence in itertools.islice(_sentences(earlier, end, own=own), left):
                left -= 1
                yield sentence

    def _is_title(self, items: Sequence[Item], at: int, stretch: Stretch, cue: Cue) -> bool:
        """Tell a name in marks (a book's, a programme's, a nickname) from a quotation: each word has a capital."""
        before = items[at - 1] if at else None
        following = items[at + 1] if at + 1 < len(items) else None
        heads = cue.via == "colon" and following is not None and following.kind == "word"  # “The Mind” and its ends
        work = at > 1 and items[at - 2 if items[at - 1].word == "," else at - 1].word in WORKS
        if before is None or before.kind == "end" or (before.word in (":", ",") and not (heads or work)):
            return False
        words = _WORD.findall(self._text, stretch.first, stretch.last)
        if not all(word[0].isupper() or word[0].isdigit() or word in SMALL for word in words):
            return False
        if work or (before.word in WRITES and len(words) > 1 and any(map(str.islower, "".join(words)))):
            return True
        verb = next((here for here in range(at - 1, max(-1, at - 5), -1) if items[here].start == cue.start), None)
        return cue.via != "verb before" or verb is None or (at - verb > 1 and items[verb].word in speech_verbs().say)

    def _is_label(self, items: Sequence[Item], at: int, stretch: Stretch, cue: Cue) -> bool:
        """Tell a word or two that the writer sets apart before a noun (a "zero tolerance" policy) from a quotation."""
        following = items[at + 1] if at + 1 < len(items) else None
        if following is None or following.kind != "word" or following.word in NOT_NOUNS or at == 0:
            return False
        told = cue.via != "verb before" or self._text[cue.start : cue.end].lower() in speech_verbs().call
        few = len(_WORD.findall(self._text, stretch.first, stretch.last)) <= _MOST_OF_LABEL
        return few and not told and items[at - 1].word in DETERMINERS

    def _stands_alone(self, items: Sequence[Item], at: int, stretch: Stretch) -> bool:
        """Tell whether a stretch is a sentence or more by itself."""
        before = items[at - 1] if at else None
        first = self._text[stretch.first]
        opens = before is None or before.kind in ("end", "quote")
        after = items[at + 1] if at + 1 < len(items) else None
        ends = after is None or after.kind in ("end", "quote") or not stretch.closed
        return opens and ends and not first.islower()

    def _tells_enough(self, stretch: Stretch) -> bool:
        words = _WORD.findall(self._text, stretch.first, stretch.last)
        titled = all(word[0].isupper() or word in SMALL for word in words)
        return len(words) >= _FEWEST_WITHIN and not titled


def _start_of(item: Item) -> int:
    return item.start


def _outside(people: Sequence[Mention], found: Sequence[Paragraph]) -> list[Mention]:
    """List the people who are mentioned outside quotations."""
    stretches = iter([stretch for paragraph in found for stretch in paragraph.stretches])
    stretch = next(stretches, None)
    outside = []
    for one in people:
        while stretch is not None and stretch.end <= one.start:
            stretch = next(stretches, None)
        if stretch is None or one.end <= stretch.start:
            outside.append(one)
    return outside


def _is_anothers(cue: Cue | None, one: _Quotation) -> bool:
    """Tell whether the words after a stretch name somebody else than who says the quotation that is open."""
    named = cue is not None and cue.subject.who == "person" and cue.via in ("verb after", "according to", "signed")
    return cue is not None and named and one.speaker is not None and cue.subject.item.word != one.speaker


def _previous_quote(items: Sequence[Item], at: int) -> int | None:
    return next((here for here in range(at - 1, -1, -1) if items[here].kind == "quote"), None)


def _interrupted(items: Sequence[Item], at: int, earlier: _Quotation, cue: Cue | None) -> bool:
    """Tell whether a quotation goes on after `he said,` in the same sentence."""
    before = _previous_quote(items, at)
    if before is None or earlier.cue is None or earlier.cue.via != "verb after":
        return False
    if any(one.kind == "end" for one in items[before + 1 : at]):
        return False
    same = cue is not None and cue.start == earlier.cue.start
    last = items[at - 1]
    told = last is earlier.cue.subject.item or last.end == earlier.cue.end
    paused = last.word in (",", ":", "—", "–", "-", "--") or (cue is not None and last.end == cue.end)
    return (same and paused) or (cue is None and (told or last.word in (",", "—", "–", "-", "--")))


def _in_sentence_before(items: Sequence[Item], at: int) -> bool:
    """Tell whether at most one sentence's end is between a quotation and the one before."""
    before = _previous_quote(items, at)
    return before is not None and sum(one.kind == "end" for one in items[before + 1 : at]) <= 1


def _sentences(items: Sequence[Item], end: int, *, own: bool) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph that end at or before an item, the last first; the `own` one, even empty."""
    while end > 0 or own:
        first, least = end, max(0, end - _LONGEST_SENTENCE)
        while first > least and items[first - 1].kind != "end":
            first -= 1
        if own or first < end:
            yield items, first, end
        end, own = first - (first > 0 and items[first - 1].kind == "end"), False


def _quote(one: _Quotation, text: str) -> Quote:
    place = one.place or (None, None)
    return Quote(
        spans=tuple(one.spans),
        speaker=one.speaker,
        speaker_start=place[0],
        speaker_end=place[1],
        cue=text[one.cue.start : one.cue.end].strip(":—–- ") if one.cue else "",
        via=one.via,
    )
