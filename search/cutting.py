"""Where a passage of a text may begin and end: with a sentence, else with a word, and never inside a grapheme."""

import re
import unicodedata
from typing import NamedTuple

from index.words import Word, words
from search.sentences import last_sentence_end

LENGTH = 200
"""About how many characters a passage has; it is never longer but for the signs that say something was left out."""

CONTEXT = 50
"""What a passage keeps free for the words around its matches where it cannot begin with a sentence."""

_REACH = 100
_KNOWN = 64
_CLOSE = 8
_CLOSING = re.compile(r"[.,;:!?…\"'”’)\]»%]{1,4}")
_BLANKS = re.compile(r"\s+")
_BLANK = re.compile(r"\s")
_JOINS = re.compile(
    "[\u200c\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
    "|[\U0001f1e6-\U0001f1ff]{2}|[\u1100-\u11ff\uac00-\ud7a3][\u1100-\u11ff]"
)
"""What goes on with the character before: joiners, skin tones, tags; two halves of a flag; letters of one syllable."""


class Window(NamedTuple):
    """A passage to be: it has the matches up to `last`, and begins at `begin`, with a sentence (`whole`) or a word."""

    begin: int
    last: int
    whole: bool


class Passage(NamedTuple):
    """A passage, `begin` to `end`; `cut_before` and `cut_after` say whether a sentence is cut there."""

    begin: int
    end: int
    cut_before: bool
    cut_after: bool


class Cutter:
    """Finds where a text may be cut: between sentences and, near a place that is asked for, between words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._length = len(text.rstrip())
        self._begins: dict[int, int | None] = {}

    def opening(self) -> Passage | None:
        """Give the passage that the text begins with; None where there is no text."""
        begin = _after(self.text, 0)
        return self.passage(Window(begin, begin, whole=True)) if begin < len(self.text) else None

    def window(self, first: int, last: int) -> Window:
        """Give the passage from `first` to `last`: with the sentence's beginning where that fits, else with a part."""
        if first in self._begins:
            begin = self._begins[first]
        else:
            if len(self._begins) >= _KNOWN:
                self._begins.clear()
            begin = self._begins[first] = self._begin(first)
        if begin is not None and last - begin <= LENGTH:
            return Window(begin, last, whole=True)
        return Window(self._word(max(0, first - max(CONTEXT, LENGTH - (last - first)) // 2), first), last, whole=False)

    def _begin(self, first: int) -> int | None:
        """Give where the sentence begins that a place is in; None where that is far before it."""
        low = max(0, first - LENGTH)
        end = _sentence_end(self.text, low, first)
        if end:
            return _after(self.text, end)
        opening = _after(self.text, 0)
        return opening if low <= opening <= first else None

    def _word(self, low: int, first: int) -> int:
        """Give where the first word between two places begins."""
        for blank in _BLANK.finditer(self.text, low, first):
            if whole(self.text, blank.end()) and not _BLANK.match(self.text, blank.end()):
                return blank.end()
        found = (word.start for word in self._words(low, first) if whole(self.text, word.start))
        return min(found, default=first)

    def passage(self, window: Window) -> Passage:
        """End a passage: with a sentence where that leaves it long enough, else with a word."""
        text, limit = self.text, window.begin + LENGTH
        if self._length <= limit:
            return Passage(window.begin, self._length, not window.whole, cut_after=False)
        least = max(window.last, window.begin + LENGTH // 2)
        closing = _sentence_end(text, least, limit, least - _CLOSE)
        return Passage(window.begin, closing or self._last(window, limit), not window.whole, cut_after=not closing)

    def _last(self, window: Window, limit: int) -> int:
        """Give the last place, not beyond a limit, at which a word ends."""
        text = self.text
        for place in range(limit, window.last - 1, -1):
            if text[place].isspace() and not text[place - 1].isspace() and whole(text, place):
                return place
        found = (self._closed(word.end) for word in self._words(window.begin, limit))
        return max((end for end in found if window.last <= end <= limit and whole(text, end)), default=window.last)

    def _words(self, low: int, high: int) -> list[Word]:
        """Give the words between two places; those that they cut through are left out."""
        blank = self.text.rfind(" ", max(0, low - _REACH), low)
        start = blank + 1 if blank >= 0 else max(0, low - _REACH)
        found = words(self.text[start : high + _REACH])
        moved = (Word(one.form, one.position, one.start + start, one.end + start) for one in found)
        return [one for one in moved if one.start >= low and one.end <= high]

    def _closed(self, end: int) -> int:
        closing = _CLOSING.match(self.text, end)
        return closing.end() if closing else end


def _sentence_end(text: str, low: int, high: int, begin: int | None = None) -> int:
    """Give the end of the last sentence that ends between two places, 0 where none does.

    It is looked for from the word on at `begin`, which is the first place unless it is given.
    """
    begin = low if begin is None else begin
    return last_sentence_end(text, text.rfind(" ", 0, begin) + 1 if begin > 0 else 0, high, low)


def _after(text: str, place: int) -> int:
    blanks = _BLANKS.match(text, place)
    return blanks.end() if blanks else place


def whole(text: str, place: int) -> bool:
    """Say whether no grapheme goes on at a place (UAX 29, and never too rarely)."""
    if place in {0, len(text)}:
        return True
    here, before = text[place], text[place - 1]
    if here < "\u0300" and before < "\u0300":
        return True
    if unicodedata.category(here).startswith("M") or "\u200d" in {here, before}:
        return False
    return not any(_JOINS.fullmatch(one) for one in (here, before + here))
