"""Names that the sequence model passed over although they can hardly be anything else: a given name and a surname."""

from collections.abc import Iterator, Sequence

from index.tag.kinds import kind_of
from index.tag.lexicon import word_list
from index.tag.monthnames import GIVEN_MONTHS, tells_when
from index.tag.titles import RELATIVES
from index.tag.tokens import Document, FieldTokens, Span
from index.tag.wordtable import shipped_words

_USUALLY_CAPITAL = 8
_SAYING = frozenset(["said", "says", "added", "thinks", "thought", "believes", "insisted", "admitted"])
_RELATIVES = frozenset(RELATIVES.split())
_WHOSE = frozenset(["his", "her", "their", "my", "our", "'s", "’s"])
_NO_SURNAMES = ("places", "demonyms", "months", "heads", "outletwords", "surehead", "brands", "titles")


def find_given_names(document: Document, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield pairs of a known given name and another capital that stand in no span, with no capital beside them.

    Yield too a capital alone of which the article says that he or she said something (`Keane said he was proud`), and
    a given name alone after a word for a relative (`their daughter Lena`).
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
        if (
            strings[index][0].isupper()
            and (_is_given(strings[index]) or _is_called_after_a_month(tokens, index))
            and index not in taken
            and index + 1 not in taken
            and _is_surname(strings[index + 1])
            and (index == first or _leaves_room(strings[index - 1]))
            and (index + 2 == last or not (strings[index + 2][0].isupper() or strings[index + 2] in ("&", "-")))
        ):
            yield Span(kind="person", tokens=tokens, first=index, last=index + 2)
            index += 1
        index += 1


def _speakers(tokens: FieldTokens, first: int, last: int, taken: set[int]) -> Iterator[Span]:
    strings = tokens.strings
    for index in range(first, last - 2):
        if strings[index + 1] not in _SAYING or index in taken or not _is_surname(strings[index]):
            continue
        said = index + 3 if strings[index + 2] == "that" else index + 2
        alone = index == first or not strings[index - 1][0].isupper()
        usual = shipped_words().case.get(strings[index].lower(), 9) >= _USUALLY_CAPITAL
        if said < last and strings[said] in ("he", "she") and alone and usual:
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
