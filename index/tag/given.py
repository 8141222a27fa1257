"""Names that the sequence model passed over although they can hardly be anything else: a given name and a surname."""

from collections.abc import Iterator, Sequence

from index.tag.honorifics import is_given_here, is_second_half
from index.tag.kinds import kind_of
from index.tag.lexicon import word_list
from index.tag.monthnames import GIVEN_MONTHS, tells_when
from index.tag.titles import RELATIVES
from index.tag.tokens import Document, FieldTokens, Span
from index.tag.wordtable import shipped_words

_USUALLY_CAPITAL = 8
_OF_OFFICE = frozenset(["of", "for", "and", "the", "&"])
_LONGEST_OFFICE = 8
_QUOTES = frozenset(["“", "”", '"'])
_DOING = "recalled joked quipped laughed smiled wept shrugged nodded grinned sighed chuckled wrote"
_HUMAN = frozenset(_DOING.split())
_NO_INITIALS = frozenset(["E.", "U.", "X.", "H."])
_SAYING = frozenset(["said", "says", "added", "thinks", "thought", "believes", "insisted", "admitted"])
_RELATIVES = frozenset(RELATIVES.split())
_WHOSE = frozenset(["his", "her", "their", "my", "our", "'s", "’s"])
_NO_SURNAMES = ("places", "demonyms", "months", "heads", "outletwords", "surehead", "brands", "titles")


def find_given_names(document: Document, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield pairs of a known given name and another capital that stand in no span, with no capital beside them.

    The capitals of an office may stand before (`Secretary of State Lena Marsh`), and a nickname inside (`Leo "Lew"
    Marsh`). Yield too an initial and a capital, a capital alone of which the article says what people do (`Keane said
    he was proud`, `Keane smiled`), and a given name alone after a word for a relative (`their daughter Lena`).
    """
    for tokens in document.fields:
        taken = {index for span in spans if span.tokens is tokens for index in range(span.first, span.last)}
        for sentence in range(len(tokens.bounds) - 1):
            first, last = tokens.bounds[sentence], tokens.bounds[sentence + 1]
            if last - first > 1 and not tokens.styles[sentence]:
                yield from _pairs(tokens, first, last, taken)
                yield from _speakers(tokens, first, last, taken)
                yield from _relatives(tokens, first, last, taken)


def _pairs(tokens: FieldTokens, first: int, last: int, taken: set[int]) -> Iterator[Span]:
    strings = tokens.strings
    index = first
    while index < last - 1:
        end = _end_of_name(tokens, first, index, last) if strings[index][0].isupper() else 0
        if (
            end
            and taken.isdisjoint(range(index, end))
            and (index == first or _leaves_room(strings[index - 1]) or _follows_office(tokens, first, index))
            and (end == last or not (strings[end][0].isupper() or strings[end] in ("&", "-")))
        ):
            yield Span(kind="person", tokens=tokens, first=index, last=end)
            index = end - 1
        index += 1


def _end_of_name(tokens: FieldTokens, first: int, index: int, last: int) -> int:
    """Give where the name ends that a given name or an initial here begins; 0 where none does.

    A given name that is a common word too only counts after an office: Chief of Staff Mark Quill.
    """
    strings = tokens.strings
    if _is_initial(tokens, index) and _is_unknown_surname(strings[index + 1]):
        return index + 2
    given = _is_given(strings[index]) and not is_second_half(strings, index)
    given = given or (kind_of(strings[index]).sort == "F" and _follows_office(tokens, first, index))
    if not (given or _is_called_after_a_month(tokens, index) or is_given_here(tokens, index)):
        return 0
    if _is_surname(strings[index + 1]):
        return index + 2
    nicknamed = index + 4 < last and strings[index + 1] in _QUOTES and strings[index + 3] in _QUOTES
    return index + 5 if nicknamed and strings[index + 2].istitle() and _is_surname(strings[index + 4]) else 0


def _is_initial(tokens: FieldTokens, index: int) -> bool:
    """Tell a single initial, after no capital, that is no letter of a thing's name (E. Coli)."""
    string = tokens.strings[index]
    return len(string) == 2 and kind_of(string).sort == "I" and string not in _NO_INITIALS


def _is_unknown_surname(string: str) -> bool:
    """Tell a long word with a capital that is no common word: a surname after an initial."""
    usual = shipped_words().case.get(string.lower(), 9) >= _USUALLY_CAPITAL
    return len(string) > 4 and string.istitle() and usual and _is_surname(string)


def _follows_office(tokens: FieldTokens, first: int, index: int) -> bool:
    """Tell whether the capitals before a name are those of an office: Minister for Trade and Ports."""
    for before in range(index - 1, max(first, index - _LONGEST_OFFICE) - 1, -1):
        string = tokens.strings[before]
        if kind_of(string).sort in ("T", "t"):
            return True
        if not (string.istitle() or string in _OF_OFFICE):
            return False
    return False


def _speakers(tokens: FieldTokens, first: int, last: int, taken: set[int]) -> Iterator[Span]:
    strings = tokens.strings
    for index in range(first, last - 2):
        does = strings[index + 1]
        if does not in _SAYING | _HUMAN or index in taken or not _is_surname(strings[index]):
            continue
        said = index + 3 if strings[index + 2] == "that" else index + 2
        alone = index == first or not (strings[index - 1][0].isupper() or strings[index - 1] == "the")
        usual = shipped_words().case.get(strings[index].lower(), 9) >= _USUALLY_CAPITAL
        if alone and usual and (does in _HUMAN or (said < last and strings[said] in ("he", "she"))):
            taken.add(index)
            yield Span(kind="person", tokens=tokens, first=index, last=index + 1)


def _relatives(tokens: FieldTokens, first: int, last: int, taken: set[int]) -> Iterator[Span]:
    strings = tokens.strings
    for index in range(first + 1, last):
        before = index - 1 if strings[index - 1] != "," else index - 2
        if strings[before] in _RELATIVES and _is_given(strings[index]) and index not in taken:
            after = strings[index + 1] if index + 1 < last else ""
            whose = strings[before - 1].lower() in _WHOSE if before > first else False
            if whose and not after[:1].isupper() and after not in ("-", "&"):
                yield Span(kind="person", tokens=tokens, first=index, last=index + 1)


def _is_called_after_a_month(tokens: FieldTokens, index: int) -> bool:
    """Tell a month that is a given name, before a surname that is a given name too: August Wilson."""
    month = kind_of(tokens.strings[index]).lower in GIVEN_MONTHS and index > tokens.bounds[tokens.sentences[index]]
    return month and kind_of(tokens.strings[index + 1]).sort == "F" and not tells_when(tokens, index)


def _is_given(string: str) -> bool:
    kind = kind_of(string)
    return (
        kind.sort == "F"
        and kind.shape == "Xx"
        and kind.lower not in word_list("places")
        and shipped_words().case.get(kind.lower, 9) >= _USUALLY_CAPITAL
    )


def _is_surname(string: str) -> bool:
    kind = kind_of(string)
    return (
        kind.capital
        and len(string) > 2
        and not string.isupper()
        and string.isalpha()
        and kind.sort in "CF"
        and not any(kind.lower in word_list(name) for name in _NO_SURNAMES)
    )


def _leaves_room(before: str) -> bool:
    """Tell whether a name may start after a token: no capital but a title's."""
    return (not before[0].isupper() and before not in ("&", "-", "/")) or kind_of(before).sort == "T"
