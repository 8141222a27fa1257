"""Where a person's name begins and ends: titles before it, marks after it, compounds that the model cut in two."""

from collections.abc import Iterator, Sequence

from index.tag.kinds import kind_of
from index.tag.lexicon import word_list
from index.tag.tokens import Span

_HYPHENS = frozenset("-‐‑")
_POSSESSIVES = frozenset(["'s", "’s"])
_TITLES = word_list("titles") - word_list("first") - {"king", "pope"}
_SURNAMES_TOO = "prince judge marshall duke earl major bishop star baron page agent speaker guru coach dean price"
_SURE_TITLES = _TITLES - frozenset(_SURNAMES_TOO.split())


def settle_edges(spans: Sequence[Span]) -> Iterator[Span]:
    """Give the person spans among the model's the edges of their names; other spans are passed over."""
    begins = {(span.tokens.field, span.first) for span in spans}
    for span in spans:
        if span.kind != "person":
            continue
        strings = span.tokens.strings
        first, last = _after_titles(strings, span.first, span.last), span.last
        while last > first and strings[last - 1][-1] not in ".]" and not strings[last - 1][-1].isalnum():
            last -= 1
        while last > first and strings[last - 1] in _POSSESSIVES:
            last -= 1
        if last - first > 1:
            last = _after_compound(span, last, begins)
        if last > first:
            same = (first, last) == (span.first, span.last)
            yield span if same else Span(kind="person", tokens=span.tokens, first=first, last=last)


def _after_titles(strings: tuple[str, ...], first: int, last: int) -> int:
    """Skip what stands before a name inside a span: marks, and everything up to the last title.

    A title that is a surname too (Judge, Prince) only counts before two words or more.
    """
    while first < last - 1 and not strings[first][0].isalpha() and strings[first] != "[":
        first += 1
    if kind_of(strings[first]).sort == "F":
        return first
    for index in range(last - 2, first - 1, -1):
        titles = _TITLES if last - index > 2 else _SURE_TITLES
        if kind_of(strings[index]).lower in titles and strings[index + 1][0].isalpha():
            return index + 1
    return first


def _after_compound(span: Span, last: int, begins: set[tuple[str, int]]) -> int:
    """Take the second half of a compound into a name: Ken Ofori-Atta, Moon Jae-in; never another name's beginning."""
    tokens = span.tokens
    while (
        last + 1 < len(tokens)
        and tokens.strings[last] in _HYPHENS
        and tokens.starts[last] == tokens.ends[last - 1]
        and tokens.starts[last + 1] == tokens.ends[last]
        and (tokens.field, last + 1) not in begins
        and _second_half(tokens.strings[last + 1])
    ):
        last += 2
    return last


def _second_half(string: str) -> bool:
    return string.istitle() or (string.islower() and len(string) < 5)
