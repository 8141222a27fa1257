"""What the rules for each form of date are given, and what they give back."""

from dataclasses import dataclass

from index.tag.dates.reckon import Moment
from index.tag.dates.tense import direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One expression of a date: where it stands, what it means (None where that cannot be known), and why."""

    start: int
    end: int
    moment: Moment | None
    via: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The text being read, the day, month or year of its publication, and the date that it named last.

    `month_first` is how this outlet's country writes 03/04/2021, None where that is unknown.
    """

    text: str
    anchor: Moment | None
    month_first: bool | None = None
    previous: Found | None = None

    def direction(self, start: int, end: int) -> int:
        """Give -1 where the words around text[start:end] speak of the past, 1 of the future, 0 where unknown."""
        return direction(self.text, start, end)

    def word_before(self, start: int) -> str:
        """Give the word that ends one blank before `start`, or an empty string."""
        head = self.text[max(0, start - 24) : start]
        words = head.split()
        return words[-1] if words and head[-1:].isspace() and "\n" not in head[-2:] else ""
