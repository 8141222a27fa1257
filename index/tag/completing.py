"""Names of which the sequence model took one half only: the word at the other side that can only belong to them."""

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.tag.honorifics import is_second_half
from index.tag.kinds import Kind, kind_of
from index.tag.lexicon import word_list
from index.tag.monthnames import GIVEN_MONTHS, tells_when
from index.tag.tokens import Document, FieldTokens, Span
from index.tag.wordtable import shipped_words
from index.types import FieldName

_USUALLY_CAPITAL = 8
_SELDOM_CAPITAL = 4
_THINGS = ("places", "demonyms", "heads", "surehead", "outletwords", "organisers", "brands", "openers", "months")
_WHERE = frozenset(["in", "from", "to", "at", "of", "near", "across"])
_OFFICES_TOO = frozenset(
    ["dean", "judge", "justice", "prince", "king", "earl", "duke", "major", "bishop", "chancellor"]
)
_BEFORE_CAPITALS = "de da di del della dos van von der den ter bin bint ibn al el"
_PARTICLES = frozenset(_BEFORE_CAPITALS.split())
_ELIDED = re.compile(r"[dDlL]['’][A-ZÀ-Þ]")
_JOINED = frozenset([" ", "\u00a0", "\n"])


def complete_names(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Give the spans, in order, with the people among them that the model cut in two made whole.

    A given name right before a span belongs to it; so does a capital that the article writes nowhere else, right
    before the surname of somebody whom nothing else names in full; and so does a surname right after a given name, if
    it stands alone as a name elsewhere.
    """
    people = [span for span in spans if span.kind == "person"]
    halves = _Halves(document, people)
    taken = {(span.tokens.field, index) for span in spans for index in range(span.first, span.last)}
    whole: list[Span] = []
    for span in spans:
        if span.kind == "person":
            previous = whole[-1] if whole and whole[-1].tokens is span.tokens else None
            if previous is not None and previous.kind == "person" and halves.are_one(previous, span):
                whole[-1] = replace(previous, last=span.last)
                continue
            whole.append(replace(span, first=halves.begin(span, taken), last=halves.end(span, taken)))
        else:
            whole.append(span)
    found = [*whole, *halves.passed_over(whole)]
    return sorted(found, key=lambda span: (span.tokens.field != "title", span.first))


class _Halves:
    """What the article's spans say about the words that may be half of a name."""

    def __init__(self, document: Document, people: Sequence[Span]) -> None:
        self._document = document
        self._single = {span.surface for span in people if span.last - span.first == 1}
        self._surnames = {span.tokens.strings[span.last - 1] for span in people if span.last - span.first > 1}

    def are_one(self, one: Span, other: Span) -> bool:
        """Tell whether two spans side by side are one name: `Thomas P.` and `O’Brien`."""
        tokens = one.tokens
        if one.last != other.first or tokens.sentences[one.first] != tokens.sentences[other.first]:
            return False
        beside = tokens.text[one.end : other.start] in _JOINED and other.last - other.first == 1
        return beside and (_is_initial(tokens.strings[one.last - 1]) or _is_given(one, other.surface))

    def begin(self, span: Span, taken: set[tuple[FieldName, int]]) -> int:
        """Give where the name of a span begins: before the given name that the model left out."""
        tokens, first = span.tokens, span.first
        begin = tokens.bounds[tokens.sentences[first]]
        before = first - 1
        if before < begin or (tokens.field, before) in taken or tokens.text[tokens.ends[before] : span.start] != " ":
            return first
        if self._belongs(span, before):
            return before
        both = before > begin and (tokens.field, before - 1) not in taken
        pair = replace(span, first=before)
        return before - 1 if both and self._is_new(span, before) and self._belongs(pair, before - 1) else first

    def _belongs(self, span: Span, before: int) -> bool:
        """Tell whether the word before a span is a given name of it, with no capital before that."""
        tokens = span.tokens
        begin = tokens.bounds[tokens.sentences[before]]
        kind = kind_of(tokens.strings[before])
        room = before == begin or _leaves_room(tokens.strings[before - 1], opens=before - 1 == begin)
        if kind.shape != "Xx" or not room or kind.lower in _OFFICES_TOO | word_list("honorifics"):
            return False
        if is_second_half(tokens.strings, before):
            return False
        usual = shipped_words().case.get(kind.lower, 0) >= _USUALLY_CAPITAL
        if kind.lower in GIVEN_MONTHS:
            return span.last - span.first == 1 and not tells_when(tokens, before)
        if kind.lower in word_list("first"):
            located = before > begin and tokens.strings[before - 1].lower() in _WHERE
            return (usual or before > begin) and not (located and kind.lower in word_list("places"))
        return (usual or before > begin) and self._is_new(span, before)

    def _is_new(self, span: Span, before: int) -> bool:
        """Tell whether an unknown word before a span is its given name: written nowhere else, of somebody unnamed."""
        tokens = span.tokens
        string = tokens.strings[before]
        strings = tokens.strings[span.first : span.last]
        if len(strings) > 1 and any(kind_of(part).sort not in ("C", "J") for part in strings):
            return False
        if len(strings) == 1 and (strings[0] in self._surnames or not _is_name_like(kind_of(strings[0]))):
            return False
        kind = kind_of(string)
        if kind.sort not in ("C", "J") or any(kind.lower in word_list(name) for name in _THINGS):
            return False
        if shipped_words().case.get(kind.lower, 9) < _USUALLY_CAPITAL:
            return False
        return not tokens.style_at(before) and self._followers.get(string) == {strings[0]}

    def passed_over(self, spans: Sequence[Span]) -> Iterator[Span]:
        """Yield the full names, in no span, of those whom the spans know by their surname alone."""
        taken = {(span.tokens.field, index) for span in spans for index in range(span.first, span.last)}
        bare = self._single - self._surnames
        for tokens in self._document.fields if bare else ():
            for index, string in enumerate(tokens.strings):
                if string in bare and (tokens.field, index) not in taken:
                    surname = Span(kind="person", tokens=tokens, first=index, last=index + 1)
                    first = self.begin(surname, taken)
                    if first < index:
                        yield replace(surname, first=first)

    @functools.cached_property
    def _followers(self) -> dict[str, set[str]]:
        """What follows each capitalised word of the article."""
        followers: dict[str, set[str]] = {}
        for tokens in self._document.fields:
            for string, follower in itertools.pairwise(tokens.strings):
                if string[0].isupper():
                    followers.setdefault(string, set()).add(follower)
        return followers

    def end(self, span: Span, taken: set[tuple[FieldName, int]]) -> int:
        """Give where the name of a span ends: after the surname that the model left out but found elsewhere."""
        tokens, last = span.tokens, span.last
        if last >= len(tokens) or (tokens.field, last) in taken or tokens.text[span.end : tokens.starts[last]] != " ":
            return last
        if tokens.sentences[last] != tokens.sentences[span.first]:
            return last
        string = tokens.strings[last]
        if particles := _particles(tokens, last):
            return last + particles
        if span.last - span.first == 1 and kind_of(span.surface).lower in word_list("surnamefirst"):
            if string == "He":
                return last + 1
            if _is_hyphenated(tokens, last):
                return last + 3
        follows = kind_of(string).capital and not string.isupper() and string in self._single | self._surnames
        after = tokens.strings[last + 1] if last + 1 < len(tokens) else ""
        return last + 1 if follows and not after[:1].isupper() and _is_given(span, string) else last


def _particles(tokens: FieldTokens, index: int) -> int:
    """Count the tokens from here that go on with a name: `d’Harcourt`, `de Nyeko`, `van der Berg`; none elsewhere."""
    strings = tokens.strings
    if _ELIDED.match(strings[index]):
        return 1
    end = index
    while end < len(strings) and end - index < 3 and strings[end] in _PARTICLES:
        end += 1
    follows = end > index and end < len(strings) and kind_of(strings[end]).sort in ("C", "F")
    return end - index + 1 if follows and tokens.sentences[end] == tokens.sentences[index] else 0


def _is_hyphenated(tokens: FieldTokens, index: int) -> bool:
    """Tell whether a given name of two syllables stands here: `Min-nan`."""
    parts = tokens.strings[index : index + 3]
    return (
        len(parts) == 3
        and parts[1] == "-"
        and parts[0].istitle()
        and parts[2].isalpha()
        and len(parts[0]) < 7
        and len(parts[2]) < 7
        and tokens.ends[index + 2] - tokens.starts[index] == sum(map(len, parts))
    )


def _is_given(span: Span, surname: str) -> bool:
    """Tell whether a span is given names alone, of somebody of another surname."""
    strings = span.tokens.strings[span.first : span.last]
    return surname not in strings and all(kind_of(string).sort == "F" or _is_initial(string) for string in strings)


def _is_initial(string: str) -> bool:
    return kind_of(string).sort == "I" and len(string) == 2


def _is_name_like(kind: Kind) -> bool:
    return kind.capital and kind.sort in "CF" and kind.lower not in word_list("places")


def _leaves_room(before: str, *, opens: bool) -> bool:
    """Tell whether a name may start after a token: no capital but a title, or a common word that opens the sentence."""
    if not before[0].isupper():
        return before not in ("&", "-", "/", "'s", "’s")
    kind = kind_of(before)
    return kind.sort == "T" or (opens and shipped_words().case.get(kind.lower, 9) < _SELDOM_CAPITAL)
