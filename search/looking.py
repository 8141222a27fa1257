"""Look clauses up in a text, and cut no more of it into words than they need."""

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.words import joined, words
from search.candidates import Flat, Sought, is_plain, plain_row, reach, sought_of, words_of
from search.query.tree import Fuzzy, Near, Phrase, Textual, Wildcard, Word
from search.text_places import Span, TextPlaces

BEGINNING = 2_000
"""Characters of a text in which matches of several words are looked for first: where there are many, no further."""

WIDENED = 4
"""How many times as many characters are looked at next: all that is looked at twice is then a third more."""

TRIED = 1_000
"""Places where one of the words may stand, after which any match is enough: in a text where these are so many, one
more costs more than a page may take, and tells no more."""

KNOWN_TOKENS = 2_000
"""Tokens that a clause remembers its matches in."""

KNOWN_NAMES = 2_000
"""Names of which a clause remembers whether it matches in them."""


_BESIDE = frozenset(b" \nabcdefghijklmnopqrstuvwxyz")
"""What ends a number for sure."""


class _Named(dict[str, bool]):
    """Whether a clause matches in a name; each name is cut once."""

    def __init__(self, node: Textual | Near) -> None:
        self._node = node

    def __missing__(self, name: str) -> bool:
        if len(self) >= KNOWN_NAMES:
            self.clear()
        found = self[name] = _stands_in(name, self._node)
        return found


class _Tokens(dict[str, tuple[Span, ...]]):
    """Where a clause of one word matches in what stands between two blanks; each such token is cut once."""

    def __init__(self, node: Textual | Near) -> None:
        self._node = node
        self._field = getattr(node, "field", "") or "text"

    def __missing__(self, token: str) -> tuple[Span, ...]:
        if len(self) >= KNOWN_TOKENS:
            self.clear()
        found = self[token] = tuple(TextPlaces(token).find(self._node, self._field))
        return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clause:
    """A clause made ready to be looked up in any number of texts; it spans at most `reach` words.

    `field` is where it may match, "" everywhere. `row` are the forms of a phrase, which stand next to each other, and
    `plain` finds them where they are parted by single blanks. `tokens` gives the matches of one word in a token, and
    `names` says whether the clause matches in a name. In one text its NEARs may make `most_pairs` pairs of places:
    beyond, its words match wherever they stand.
    """

    node: Textual | Near
    field: str
    sought: tuple[Sought, ...]
    reach: int
    row: tuple[str, ...]
    plain: re.Pattern[bytes] | None
    tokens: _Tokens
    names: _Named
    most_pairs: int


@functools.lru_cache(maxsize=256)
def clause_of(node: Textual | Near, most_pairs: int) -> Clause:
    """Make a clause ready, whose NEARs may make so many pairs of places in a text."""
    apart = isinstance(node, Near | Wildcard | Fuzzy) or (isinstance(node, Phrase) and node.distance)
    row = () if apart or isinstance(node, Near | Wildcard | Fuzzy) else tuple(words_of(node.text))
    return Clause(
        node=node,
        field=getattr(node, "field", ""),
        sought=tuple(sought_of(node)),
        reach=reach(node),
        row=row,
        plain=plain_row(row) if isinstance(node, Phrase) and len(row) > 1 else None,
        tokens=_Tokens(node),
        names=_Named(node),
        most_pairs=most_pairs,
    )


def matches(flat: Flat, clause: Clause, field: str, low: int = 0, high: int | None = None) -> list[Span]:
    """Give where a clause matches between two offsets, which cut no word: the same as cutting all of it would give."""
    if clause.field not in {"", field}:
        return []
    high = len(flat.text) if high is None else high
    return _words(flat, clause, low, high) if clause.reach == 1 else _rows(flat, clause, field, low, high)


def some_matches(flat: Flat, clause: Clause, field: str, most: int) -> list[Span]:
    """Give where a clause matches; of many places about the first `most`, and none only where it matches nowhere."""
    if clause.field not in {"", field}:
        return []
    found: list[Span] = []
    if clause.reach == 1:
        for start, end, sure in clause.sought[0].runs(flat):
            if sure:
                found.append((start, end))
            else:
                found += _in_token(flat.text, clause, start)
            if len(found) >= most:
                break
        return found or sorted(set(hidden_matches(flat, clause, field, 0, len(flat.text))))
    if clause.plain:
        found = list(itertools.islice(_plain_rows(flat, clause, 0, len(flat.text)), most))
    else:
        found = _beginning_with(flat, clause, field, most)
    return found or matches(flat, clause, field)


def _beginning_with(flat: Flat, clause: Clause, field: str, most: int) -> list[Span]:
    """Give the matches of several words in as much of the beginning of a text as has enough of them."""
    end, size = BEGINNING, len(flat.text)
    while 2 * end < size:
        high = flat.text.rfind(" ", 0, end) + 1
        found = matches(flat, clause, field, 0, high)
        tried = sum(flat.bytes.count(root, 0, high) for one in clause.sought for root in one.roots)
        if len(found) >= most or (found and tried >= TRIED):
            return found
        end *= WIDENED
    return []


def hidden_matches(flat: Flat, clause: Clause, field: str, low: int, high: int) -> list[Span]:
    """Give what `matches` gives but for matches that `some_matches` gave, where these were fewer than asked for."""
    if clause.reach > 1:
        return matches(flat, clause, field, low, high)
    places = clause.sought[0].hidden(flat, low, high)
    return [span for place in places for span in _in_token(flat.text, clause, place, low, high)]


def _stands_in(name: str, clause: Textual | Near) -> bool:
    """Say whether a name has a clause as the engine matches it: names have words and no stems."""
    if isinstance(clause, Word) or (isinstance(clause, Phrase) and not clause.distance):
        forms, wanted = words_of(name), words_of(clause.text)
        if isinstance(clause, Word) and any(word.form in forms for word in joined(clause.text)):
            return True
        return any(forms[at : at + len(wanted)] == wanted for at in range(len(forms) - len(wanted) + 1))
    return bool(TextPlaces(name).find(clause, ""))


def _words(flat: Flat, clause: Clause, low: int, high: int) -> list[Span]:
    """Give where a clause of one word matches."""
    [sought] = clause.sought
    if sought.absent(flat, low, high):
        return []
    found: list[Span] = []
    doubtful: list[int] = []
    for start, end, sure in sought.runs(flat, low, high):
        if sure:
            found.append((start, end))
        else:
            doubtful.append(start)
    doubtful += sought.hidden(flat, low, high)
    if not doubtful:
        return found
    confirmed = (span for place in doubtful for span in _in_token(flat.text, clause, place, low, high))
    return sorted({*found, *confirmed})


def _in_token(text: str, clause: Clause, place: int, low: int = 0, high: int | None = None) -> list[Span]:
    """Give where a clause of one word matches in what stands without a blank around a place."""
    start, end = _token(text, place, low, len(text) if high is None else high)
    return [(first + start, last + start) for first, last in clause.tokens[text[start:end]]]


def _plain_rows(flat: Flat, clause: Clause, low: int, high: int) -> Iterator[Span]:
    assert clause.plain
    length = sum(map(len, clause.row)) + len(clause.row) - 1
    for match in clause.plain.finditer(flat.bytes, low, high):
        start, end = match.span()
        if end - start == length and is_plain(flat, start, end):
            yield start, end


def _rows(flat: Flat, clause: Clause, field: str, low: int, high: int) -> list[Span]:
    """Give where a clause of several words matches: in plain letters, and around other candidates."""
    plain = list(_plain_rows(flat, clause, low, high)) if clause.plain else []
    places: set[int] = set()
    for one in clause.sought:
        for start, end, _ in one.runs(flat, low, high):
            if _plausible(flat.bytes, start, end, clause.row):
                places.add(start)
        places.update(one.hidden(flat, low, high))
    left = sorted(place for place in places if not any(start <= place < end for start, end in plain))
    if not left:
        return plain
    text = flat.text
    spread = 2 * clause.reach * len(left) >= text.count(" ", low, high)
    regions = [(low, high)] if spread else _regions(text, left, clause.reach - 1, low, high)
    found = TextPlaces(text, regions, gap=clause.reach).find(clause.node, field, most_pairs=clause.most_pairs)
    return sorted({*plain, *found})


def _plausible(content: bytes, at: int, end: int, row: Sequence[str]) -> bool:
    """Say whether a phrase may stand around one of its words: not where plain words beside it are others."""
    form = content[at:end].decode()
    if row and form.isdigit() and form not in row and content[at - 1] in _BESIDE and content[end] in _BESIDE:
        return False
    if form not in row or row.count(form) > 1:
        return True
    number = row.index(form)
    if number + 1 < len(row) and content[end : end + 1] == b" ":
        stop = content.find(b" ", end + 1)
        following = content[end + 1 : stop if stop >= 0 else len(content)]
        if following.isalpha() and following != row[number + 1].encode():
            return False
    if number and content[at - 1 : at] == b" ":
        start = content.rfind(b" ", 0, at - 1) + 1
        before = content[start : at - 1]
        if before.isalpha() and before != row[number - 1].encode():
            return False
    return True


def _regions(text: str, places: Iterable[int], more: int, low: int, high: int) -> list[Span]:
    """Give what stands without a blank around each place, with so many words more on either side."""
    regions: list[Span] = []
    for place in places:
        if regions and place < regions[-1][1] and not more:
            continue
        start, end = _token(text, place, low, high)
        if more:
            start, end = _before(text, start, more, low), _behind(text, end, more, high)
        if regions and start <= regions[-1][1]:
            regions[-1] = (min(regions[-1][0], start), max(regions[-1][1], end))
        else:
            regions.append((start, end))
    return regions


def _token(text: str, place: int, low: int, high: int) -> Span:
    blank = max(text.rfind(" ", low, place), low - 1)
    start = max(text.rfind("\n", blank + 1, place), blank) + 1
    return start, _end(text, place, high)


def _end(text: str, place: int, high: int) -> int:
    blank = text.find(" ", place, high)
    line = text.find("\n", place, high if blank < 0 else blank)
    return line if line >= 0 else blank if blank >= 0 else high


def _behind(text: str, end: int, more: int, high: int) -> int:
    """Go on until there are so many more words."""
    while more > 0 and end < high:
        start = end + 1
        end = _end(text, start, high)
        more -= _count(text[start:end])
    return min(end, high)


def _before(text: str, start: int, more: int, low: int) -> int:
    while more > 0 and start > low:
        end = start - 1
        start = _token(text, end, low, end)[0]
        more -= _count(text[start:end])
    return max(start, low)


@functools.lru_cache(maxsize=20_000)
def _count(token: str) -> int:
    return sum(1 for _ in words(token))
