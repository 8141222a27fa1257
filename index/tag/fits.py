"""How well a short name (a surname, a given name, initials) fits somebody whom an article names in full."""

from enum import IntEnum

from index.tag.names import PersonName, initials, near, same_given, without_article


class Fit(IntEnum):
    """The ways in which a short name fits a full one, the better the higher."""

    NOT = 0
    NEAR = 1
    INITIALS = 2
    SHORT_FORM = 3
    PART = 4
    GIVEN = 5
    SURNAME = 6

    @property
    def via(self) -> str:
        """What this says to a reader."""
        return _VIAS[self]


_VIAS = {
    Fit.NOT: "name as it stands",
    Fit.NEAR: "near spelling of a fuller name",
    Fit.INITIALS: "initials of a fuller name",
    Fit.SHORT_FORM: "short form of a given name",
    Fit.PART: "part of a fuller name",
    Fit.GIVEN: "given name of a fuller name",
    Fit.SURNAME: "surname of a fuller name",
}


def fit(short: PersonName, full: PersonName) -> Fit:
    """Tell how a short name fits a full one; two single names fit only where they are the same, articles aside."""
    words, others = without_article(short.words), full.words
    if len(others) < 2:
        return Fit.SURNAME if words == without_article(others) else Fit.NOT
    if others[-len(words) :] == words or "".join(words) == others[-1]:
        return Fit.SURNAME
    return _fit_word(words[0], short.display, full) if len(words) == 1 else Fit.NOT


def _fit_word(word: str, display: str, full: PersonName) -> Fit:
    ways = {
        Fit.GIVEN: word == full.words[0],
        Fit.PART: len(word) > 2 and word in full.words,
        Fit.SHORT_FORM: len(word) > 2 and (word == full.nickname or same_given(word, full.words[0])),
        Fit.INITIALS: 1 < len(word) < 5 and display.isupper() and word == initials(full),
        Fit.NEAR: near(word, full.words[-1]),
    }
    return max((way for way, holds in ways.items() if holds), default=Fit.NOT)
