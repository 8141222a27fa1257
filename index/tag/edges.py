"""Where a person's name begins and ends: titles before it, marks after it, compounds that the model cut in two."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.tag.honorifics import is_given_here, is_second_half, is_title
from index.tag.kinds import kind_of
from index.tag.lexicon import word_list
from index.tag.names import parse_name
from index.tag.tokens import FieldTokens, Span
from index.tag.wellknown import well_known
from index.tag.wordtable import shipped_words
from index.types import FieldName

_HYPHENS = frozenset("-‐‑")
_POSSESSIVES = frozenset(["'s", "’s"])
_ROMANISED = "in un an am so ho he do sun kit man long ting ping wing sing hang king fun yin don hung sang"
_SYLLABLES = frozenset(_ROMANISED.split())
_NOT_INITIALS = "U.S. U.K. U.N. E.U. D.C. L.A. N.Y. P.M. A.M. U.S.A. G.O.P. F.B.I. C.I.A. D.A. A.G."
_NO_INITIALS = frozenset(_NOT_INITIALS.split())
_ARTICLES = frozenset(["Al", "al", "El", "el", "Ul", "ul", "Bin", "bin", "As", "Ar", "An"])
_BETWEEN = re.compile(r"\s?(?:[“\"][A-Z][\w -]{0,24}[”\"]|\([A-Z][a-z]+\))\s")
_CLOSING = re.compile(r"[”\"]\s")
_OPENED = re.compile(r"[A-Z][\w-]{0,24}[”\"]\s[A-Z]")
_INITIALS = re.compile(r"(?:[A-Z]\.\s?){1,3}")
"""What stands between the halves of Robert “Bob” Quill and Robert (Bob) Quill."""

_CROWNS = frozenset(["King", "Queen", "Pope", "Emperor", "Empress", "Tsar", "Prince", "Princess"])
_NUMERAL = re.compile(r"[IVX]+")
_QUOTES = frozenset(["“", "”", '"', "'", "‘", "’"])
_AFTER_NAMES = "TD MLA QC KC MP MEP MSP MLA OBE MBE CBE PhD MD Ph.D. M.D. Esq Esq."
_POSTNOMINALS = frozenset(_AFTER_NAMES.split())
_RANKS = frozenset(["Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"])


def settle_edges(spans: Sequence[Span]) -> Iterator[Span]:
    """Give the person spans among the model's the edges of their names; other spans are passed over."""
    spans = [part for span in _with_doubles(_with_nicknames(spans)) for part in _apart(span)]
    taken = {(span.tokens.field, index): span for span in spans for index in range(span.first, span.last)}
    surfaces = Counter(span.surface for span in spans)
    reached = ("", 0)
    for span in spans:
        if span.kind != "person" or (span.tokens.field == reached[0] and span.first < reached[1]):
            continue
        tokens = span.tokens
        free = _Free(tokens, taken)
        first, last = _after_titles(tokens, span.first, span.last), _before_marks(tokens, span.first, span.last)
        first = _after_question(tokens, first, last, surfaces)
        if last - first > 1:
            first, last = _within_common_words(tokens, first, last, surfaces)
        if last > first:
            first = _with_given(tokens, first, last, free)
            first = _with_title_for_given(tokens, first, last, free)
            first = _with_initial(tokens, _with_nickname(tokens, first, last, free), free)
            last = _with_compound(tokens, first, last, free)
            last = _with_rank(tokens, last)
            first, last = _with_brackets(tokens, first, _balanced(tokens, first, last))
            reached = (tokens.field, last)
            same = (first, last) == (span.first, span.last)
            yield span if same else Span(kind="person", tokens=tokens, first=first, last=last)


def _with_nicknames(spans: Sequence[Span]) -> Iterator[Span]:
    """Make one span of two people with a nickname in quotes or brackets between them, or cut at its closing quote."""
    held: Span | None = None
    for span in spans:
        if held is not None and span.kind == "person" and _nicknamed(held, span):
            held = Span(kind="person", tokens=span.tokens, first=held.first, last=max(span.last, _after_initials(span)))
            continue
        if held is not None and span.tokens is held.tokens and span.first < held.last:
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held


def _after_initials(span: Span) -> int:
    """Give where the surname after initials in brackets ends: Chung-Jen (C. J.) Tan; 0 where there are none."""
    strings = span.tokens.strings
    bracketed = span.first > 0 and strings[span.first - 1] == "(" and strings[span.last : span.last + 1] == (")",)
    if not bracketed or not _INITIALS.fullmatch(span.surface):
        return 0
    surname = strings[span.last + 1 : span.last + 2]
    return span.last + 2 if surname and surname[0].istitle() else 0


def _apart(span: Span) -> Iterator[Span]:
    """Cut a name from the fuller one that some pages put after it (Ted Cruz Rafael Edward Cruz) and after `Jr.`."""
    strings = span.tokens.strings[span.first : span.last]
    rank = next((index for index, string in enumerate(strings[1:-1], start=1) if string in _RANKS), 0)
    if span.kind == "person" and rank and kind_of(strings[rank + 1]).capital:
        yield Span(kind="person", tokens=span.tokens, first=span.first, last=span.first + rank + 1)
        return
    place = strings.index(strings[-1]) + 1
    half = len(strings) - place
    glued = span.last < len(span.tokens) and span.tokens.starts[span.last] == span.end
    if span.kind == "person" and half > 1 and (strings[:place] == strings[place:] or (glued and half > place - 1)):
        yield Span(kind="person", tokens=span.tokens, first=span.first, last=span.first + place)
        yield Span(kind="person", tokens=span.tokens, first=span.first + place, last=span.last)
    else:
        yield span


def _with_doubles(spans: Iterable[Span]) -> Iterator[Span]:
    """Make one span of two that share a double name: Mark Lewis|-|Francis; not of two people (Harris|-|Trump).

    They are two people where either word at the hyphen stands elsewhere in the article without the other.
    """
    held: Span | None = None
    for span in spans:
        if held is not None and _doubled(held, span):
            held = Span(kind="person", tokens=span.tokens, first=held.first, last=span.last)
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held


def _doubled(one: Span, other: Span) -> bool:
    tokens = one.tokens
    if not one.kind == other.kind == "person" or other.tokens is not tokens or other.first != one.last + 1:
        return False
    if other.last - other.first != 1 or tokens.strings[one.last] not in _HYPHENS or other.start != one.end + 1:
        return False
    left, right = tokens.strings[one.last - 1], tokens.strings[other.first]
    if well_known().knows(parse_name(left)) and well_known().knows(parse_name(right)):
        return False
    pairs = sum(tokens.text.count(f"{left}{hyphen}{right}") for hyphen in _HYPHENS)
    alone = sum(len(re.findall(rf"\b{re.escape(word)}\b", tokens.text)) for word in (left, right))
    return len(left) > 1 and alone == 2 * pairs


def _nicknamed(one: Span, other: Span) -> bool:
    if one.kind != "person" or one.tokens is not other.tokens or other.first - one.last > 5:
        return False
    between = one.tokens.text[one.end : other.start]
    if _BETWEEN.fullmatch(between) or (between == " (" and _after_initials(other)):
        return True
    if between in (' "', " “") and _OPENED.match(one.tokens.text, other.start):
        return True
    return bool(_CLOSING.fullmatch(between)) and any(mark in one.surface for mark in '“"')


class _Free:
    """Tells which tokens of a field stand in no span."""

    def __init__(self, tokens: FieldTokens, taken: Mapping[tuple[FieldName, int], Span]) -> None:
        self._field = tokens.field
        self._taken = taken

    def __call__(self, index: int) -> bool:
        return (self._field, index) not in self._taken


def _after_titles(tokens: FieldTokens, first: int, last: int) -> int:
    """Skip what stands before a name inside a span: marks, and everything up to the last title.

    A title inside the span only counts before two words or more; one that is a given name of this person stays.
    """
    strings = tokens.strings
    while first < last - 1 and not strings[first][0].isalpha() and strings[first] != "[":
        first += 1
    if first < last - 1 and is_second_half(strings, first):
        first += 1
    if kind_of(strings[first]).sort == "F":
        return first
    if _is_crowned(strings, first, last):
        return first + 1
    if last - first > 2 and kind_of(strings[first]).sort == "D" and strings[first].lower() not in word_list("first"):
        first += 1
    for index in range(last - 2, first - 1, -1):
        words = last - index - 1
        if index > first and words < 2 and not is_second_half(strings, index):
            continue
        if not strings[index + 1][0].isalpha() or strings[index + 1].lower() in ("al", "bin"):
            continue
        if is_title(strings, index, words=words) and not (words == 1 and is_given_here(tokens, index)):
            return index + 1
    return first


def _is_crowned(strings: tuple[str, ...], first: int, last: int) -> bool:
    """Tell King Charles and Pope John Paul II, who go by given names, from Stephen King and King Bach."""
    given = [string for string in strings[first + 1 : last] if not _NUMERAL.fullmatch(string)]
    numbered = len(given) < last - first - 1
    return (
        strings[first] in _CROWNS
        and bool(given)
        and all(kind_of(string).sort == "F" for string in given)
        and (numbered or len(given) == 1)
    )


def _after_question(tokens: FieldTokens, first: int, last: int, surfaces: Mapping[str, int]) -> int:
    """Leave the verb that opens a question out of a name: “Will Harris run?” names Harris."""
    opens = first in (tokens.bounds[tokens.sentences[first]], tokens.bounds[tokens.sentences[first]] + 1)
    if last - first > 1 and opens and tokens.strings[first] == "Will":
        rest = tokens.text[tokens.starts[first + 1] : tokens.ends[last - 1]]
        whole = tokens.text[tokens.starts[first] : tokens.ends[last - 1]]
        return first + 1 if surfaces.get(rest, 0) >= surfaces.get(whole, 0) else first
    return first


def _within_common_words(tokens: FieldTokens, first: int, last: int, surfaces: Mapping[str, int]) -> tuple[int, int]:
    """Leave out a common word at an end of a name where a capital says nothing and the article names the rest alone.

    It says nothing in a headline and at the beginning of a sentence; elsewhere it tells `Zoe Ball` from a ball.
    """
    strings = tokens.strings
    sentence = tokens.sentences[first]
    begin = tokens.bounds[sentence]
    headline = tokens.field == "title" or bool(tokens.styles[sentence])
    for start, end, outer in ((first + 1, last, first), (first, last - 1, last - 1)):
        rest = tokens.text[tokens.starts[start] : tokens.ends[end - 1]]
        if (headline or outer == begin) and _is_common(strings[outer]) and surfaces.get(rest):
            return start, end
    return first, last


def _is_common(string: str) -> bool:
    """Tell whether a word is mostly written in lower case and no given name."""
    kind = kind_of(string)
    return kind.capital and kind.sort not in "FIJ1" and shipped_words().case.get(kind.lower, 9) < 5


def _before_marks(tokens: FieldTokens, first: int, last: int) -> int:
    """Leave out what follows a name inside a span: marks, possessives, common words after a hyphen."""
    strings = tokens.strings
    while last > first and (
        strings[last - 1] in _POSSESSIVES
        or (last - first > 2 and strings[last - 1] in _POSTNOMINALS)
        or not (strings[last - 1][-1].isalnum() or strings[last - 1][-1] in ".]")
    ):
        last -= 1
    while last - first > 2 and strings[last - 2] in _HYPHENS and not _second_half(tokens, last - 1):
        last -= 2
    return last


def _with_given(tokens: FieldTokens, first: int, last: int, free: _Free) -> int:
    """Take given names and initials right before a single surname into the name: Ruby Dee, T.D. Jakes."""
    strings = tokens.strings
    head = strings[first] if first + 1 == last or strings[last - 1] in _RANKS else ""
    arabic = first + 2 == last and strings[first] in _ARTICLES
    if not arabic and not (head and kind_of(head).sort in "CU"):
        return first
    begin = tokens.bounds[tokens.sentences[first]]
    start = first
    while start - 2 >= begin and free(start - 1) and strings[start - 1] in word_list("particles"):
        start -= 1
    if start < first and not _is_given(strings, start - 1):
        return first
    lowest = max(begin, start - 2)
    while (
        start > lowest
        and free(start - 1)
        and (_is_given(strings, start - 1) or (arabic and strings[start - 1] == "Sultan"))
    ):
        start -= 1
    return start


def _with_title_for_given(tokens: FieldTokens, first: int, last: int, free: _Free) -> int:
    """Take a title that is a given name here into the name of a single surname: Prince Fielder, Raja Quill."""
    before = first - 1
    single = last - first == 1 and before >= tokens.bounds[tokens.sentences[first]]
    beside = single and tokens.text[tokens.ends[before] : tokens.starts[first]] == " "
    return before if beside and free(before) and is_given_here(tokens, before) else first


def _with_nickname(tokens: FieldTokens, first: int, last: int, free: _Free) -> int:
    """Take the given names before a nickname in quotes into the surname's span: I. Lewis "Scooter" Libby."""
    strings = tokens.strings
    start = first - 4
    if last - first > 1 or start < tokens.bounds[tokens.sentences[first]]:
        return first
    quoted = strings[first - 1] in _QUOTES and strings[first - 3] in _QUOTES and strings[first - 2].istitle()
    if not quoted or not free(start) or not _is_given(strings, start):
        return first
    while start > tokens.bounds[tokens.sentences[first]] and free(start - 1) and _is_given(strings, start - 1):
        start -= 1
    return start


def _is_given(strings: tuple[str, ...], index: int) -> bool:
    string, kind = strings[index], kind_of(strings[index])
    if is_second_half(strings, index):
        return False
    return (kind.sort == "I" and string not in _NO_INITIALS) or (
        kind.sort == "F" and shipped_words().case.get(kind.lower, 9) > 7
    )


def _with_initial(tokens: FieldTokens, first: int, free: _Free) -> int:
    """Take an initial before a name into it: D. Wayne Lukas."""
    before = first - 1
    if before < 0 or not free(before) or tokens.sentences[before] != tokens.sentences[first]:
        return first
    string = tokens.strings[before]
    opening = before == tokens.bounds[tokens.sentences[before]] or not tokens.strings[before - 1][0].isupper()
    return before if len(string) == 2 and string[1] == "." and string[0].isupper() and opening else first


def _with_compound(tokens: FieldTokens, first: int, last: int, free: _Free) -> int:
    """Take the second half of a compound into a name: Ken Ofori-Atta, Moon Jae-in; never another name's beginning."""
    while (
        last - first > 1
        and last + 1 < len(tokens)
        and tokens.strings[last] in _HYPHENS
        and (
            _after_article(tokens, last)
            or (free(last + 1) and (_second_half(tokens, last + 1) or _second_syllable(tokens, first, last)))
        )
    ):
        last += 2
        while last + 1 < len(tokens) and tokens.strings[last] in _ARTICLES and tokens.strings[last + 1] in _HYPHENS:
            last += 1
    return last


def _second_syllable(tokens: FieldTokens, first: int, hyphen: int) -> bool:
    """Tell whether what follows a hyphen ends a given name after a family name: Lee Hung|-yuan."""
    after_family = hyphen - first == 2 and kind_of(tokens.strings[first]).lower in word_list("surnamefirst")
    string = tokens.strings[hyphen + 1]
    beside = tokens.starts[hyphen + 1] - tokens.ends[hyphen - 1] == 1
    return after_family and beside and string.islower() and len(string) < 6


def _after_article(tokens: FieldTokens, hyphen: int) -> bool:
    """Tell whether a hyphen stands between an Arabic article and its name, which no name can be cut at."""
    inside = tokens.starts[hyphen + 1] == tokens.ends[hyphen]
    return inside and tokens.strings[hyphen - 1] in _ARTICLES and tokens.strings[hyphen + 1][0].isupper()


def _second_half(tokens: FieldTokens, index: int) -> bool:
    """Tell whether the token after a hyphen belongs to the name before it: Atta and jin do, style and backed do not."""
    string = tokens.strings[index]
    if tokens.starts[index] != tokens.ends[index - 1] or tokens.starts[index - 1] != tokens.ends[index - 2]:
        return False
    if string.islower():
        return len(string) < 6 and (string in _SYLLABLES or shipped_words().case.get(string, 9) > 4)
    return string[0].isupper() and shipped_words().case.get(string.lower(), 9) > 4


def _with_rank(tokens: FieldTokens, last: int) -> int:
    """Take a suffix after a comma into a name: John Hayden, Jr."""
    strings = tokens.strings
    if last + 1 < len(tokens) and strings[last] == "," and strings[last + 1] in _RANKS:
        return last + 2
    return last + 1 if last < len(tokens) and strings[last] in _RANKS else last


def _balanced(tokens: FieldTokens, first: int, last: int) -> int:
    """End a name after the bracket that closes in it, or before the one that opens a club or a country in it."""
    strings = tokens.strings
    for opening, closing in (("[", "]"), ("(", ")")):
        inside = strings[first:last]
        if opening in inside and closing not in inside:
            at = first + inside.index(opening)
            closes = strings[last : last + 1] == (closing,)
            last = last + 1 if closes and (opening == "[" or at == first + 1) else max(at, first + 1)
    return last


def _with_brackets(tokens: FieldTokens, first: int, last: int) -> tuple[int, int]:
    """Take an editor's insertion into a name: Tina [Flournoy], [Ted] Cruz."""
    strings = tokens.strings
    if strings[last : last + 1] == ("[",) and strings[last + 2 : last + 3] == ("]",) and strings[last + 1].istitle():
        last += 3
    if first > 2 and strings[first - 1] == "]" and strings[first - 3] == "[" and strings[first - 2].istitle():
        first -= 3
    return first, last
