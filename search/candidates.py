"""Where a clause may match in a text, found without cutting the text into words.

Nearly all matches are runs of plain letters with nothing special beside them: these are found by bytes, in one go, and
are sure. Runs beside signs (U.S., e-mail, Biden’s) and numbers are candidates, which search/text_places.py confirms.
What is *hidden*, with signs between the letters that are looked for (don't for `dont`), in a hashtag or with other
letters (García), is looked for apart, where a cheap question says that there may be some. No match is missed.
"""

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from index.words import MAX_FORM, irregular_forms, joined, stem, words
from search.query.patterns import alike, pattern_of
from search.query.tree import Exact, Fuzzy, Near, Or, Phrase, Span, Textual, Wildcard, Word

Accepts = Callable[[str], bool]

KNOWN = 10_000
"""Runs that a word remembers to have accepted or not."""

_PARTS = 64
"""Parts of a text that are remembered."""

_NO, _PERHAPS, _SURE = 0, 1, 2
_SIGNS = b"'.,-&?#@_"
_COMPOUND = rb"(?:['?.&\-][a-z]+)*"
_NUMBER = rb"[0-9.,]*"
_ANY = re.compile(rb"[a-z]+" + _COMPOUND + rb"|[0-9]" + _NUMBER)
_HIDING = rb"['.,&?\-]{0,2}"
_QUOTES = b"'?"
_QUESTION = ord("?")
_TAG = re.compile(rb"[#@](?=[a-z0-9?_])")
_FOREIGN = re.compile(r"[^\x00-\xa0\u2000-\u206f]")


Run = tuple[int, int, bool]
"""Where something may stand, from start to end, and whether that is sure."""


class Part(NamedTuple):
    """What lies between two offsets: its letters without signs, and the places of what is special.

    Special are hashtags, handles and letters outside ASCII.
    """

    bare: bytes
    special: list[int]


class Flat:
    """A text as lower-case ASCII, and a blank behind it: all other characters are question marks.

    `tagged` says that there may be hashtags or handles, which are cut into words otherwise.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.bytes = text.encode("ascii", "replace").lower() + b" "
        self.tagged = b"#" in self.bytes or b"@" in self.bytes
        self._ascii = text.isascii()
        self._parts: dict[Span, Part] = {}

    def part(self, low: int, high: int) -> Part:
        """Give what lies between two offsets; several clauses ask for the same."""
        part = self._parts.get((low, high))
        if part is None:
            special = [match.start() for match in _TAG.finditer(self.bytes, low, high)] if self.tagged else []
            if not self._ascii and self.bytes.find(b"?", low, high) >= 0:
                special += [match.start() for match in _FOREIGN.finditer(self.text, low, high)]
            if len(self._parts) >= _PARTS:
                self._parts.clear()
            part = self._parts[low, high] = Part(self.bytes[low:high].translate(None, _SIGNS), special)
        return part


class _Kinds(dict[bytes, int]):
    """Whether runs are accepted, each asked once; not for sure where they are numbers, compounds or single letters."""

    def __init__(self, accepts: Accepts, best: int) -> None:
        self._accepts = accepts
        self._best = best

    def __missing__(self, run: bytes) -> int:
        if len(self) >= KNOWN:
            self.clear()
        plain = run.isalpha() and 1 < len(run) <= MAX_FORM
        kind = _PERHAPS
        if plain or run.isalpha():
            kind = (self._best if plain else _PERHAPS) if self._accepts(run[:MAX_FORM].decode()) else _NO
        self[run] = kind
        return kind


class Sought:
    """What is looked for of one word, wildcard or misspelt word: runs that begin with a root, if they are accepted.

    Without a root (`roots` has the empty one) every run is looked at. Nothing is sure of what is not `decided` by its
    letters alone.
    """

    def __init__(self, roots: Iterable[str], accepts: Accepts, *, decided: bool = True) -> None:
        self.roots = tuple(sorted({root.encode() for root in roots if root.isascii()}))
        self._kinds = _Kinds(accepts, _SURE if decided else _PERHAPS)
        self._patterns = [_runs(root) for root in self.roots]
        self._hidden = [(root, _hiding(root)) for root in self.roots if len(root) > 1]

    def runs(self, flat: Flat, low: int = 0, high: int | None = None) -> Iterator[Run]:
        """Give the runs, by start for each root."""
        content, kinds = flat.bytes, self._kinds
        high = len(flat.text) if high is None else high
        for pattern in self._patterns:
            for match in pattern.finditer(content, low, high):
                kind = kinds[match[0]]
                if kind:
                    start, end = match.span()
                    beside = content[start - 1] in _QUOTES or content[end] == _QUESTION or flat.tagged
                    yield start, end, kind == _SURE and not beside

    def hidden(self, flat: Flat, low: int = 0, high: int | None = None) -> list[int]:
        """Give the places where it may be written with signs inside, in a hashtag or with other letters."""
        high = len(flat.text) if high is None else high
        part = flat.part(low, high)
        places = list(part.special)
        for root, pattern in self._hidden:
            if root in part.bare and part.bare.count(root) > flat.bytes.count(root, low, high):
                places += [match.start() for match in pattern.finditer(flat.bytes, low, high)]
        return places

    def absent(self, flat: Flat, low: int = 0, high: int | None = None) -> bool:
        """Say at little cost whether it is sure that it does not stand between two offsets."""
        part = flat.part(low, len(flat.text) if high is None else high)
        return not part.special and not any(root in part.bare for root in self.roots)


def plain_row(forms: Iterable[str]) -> re.Pattern[bytes] | None:
    """Give what finds a phrase in plain letters with single blanks; None where it may overlap itself, or be hidden.

    What it finds is the phrase for sure where it is as long; otherwise something goes on behind it.
    """
    row = tuple(forms)
    if len(set(row)) < len(row) or not all(form.isascii() and form.isalpha() and len(form) > 1 for form in row):
        return None
    return _runs(" ".join(row).encode())


def is_plain(flat: Flat, start: int, end: int) -> bool:
    """Say whether nothing beside a plain row makes it doubtful."""
    content = flat.bytes
    return not (content[start - 1] in _QUOTES or content[end] == _QUESTION or flat.tagged)


@functools.lru_cache(maxsize=1_000)
def _runs(root: bytes) -> re.Pattern[bytes]:
    """Make what finds runs that begin with a root; the root stands first, since such a search is fast."""
    if not root:
        return _ANY
    digit = root[:1].isdigit()
    edge = rb"[0-9]" if digit else rb"[a-z]"
    rest = _NUMBER if digit else rb"[a-z]*" + _COMPOUND
    quoted = re.escape(root)
    return re.compile(quoted + rb"(?<!" + edge + quoted + rb")" + rest)


@functools.lru_cache(maxsize=1_000)
def _hiding(root: bytes) -> re.Pattern[bytes]:
    return re.compile(_HIDING.join(re.escape(root[at : at + 1]) for at in range(len(root))))


def sought_of(clause: Textual | Near) -> list[Sought]:
    """Give what to look for, so that each match of a clause begins with or holds one of them.

    A phrase is sought by its longest word.
    """
    match clause:
        case Near():
            return [one for side in (clause.left, clause.right) for one in _side(side)]
        case Wildcard():
            return [_expanded(clause)]
        case Fuzzy():
            form = words_of(clause.text)[0]
            return [Sought([""], lambda run: run == form or alike(run, form))]
    forms = words_of(clause.text)
    if isinstance(clause, Word):
        joins = [_inflected(word.form) for word in joined(clause.text)]
        return [_inflected(forms[0])] if len(forms) == 1 else [_one(forms), *joins]
    if isinstance(clause, Exact):
        return [_plain(_longest(forms), decided=False)]
    return [_plain(form) for form in dict.fromkeys(forms)] if clause.distance else [_one(forms)]


def reach(clause: Textual | Near | Or) -> int:
    """Give how many words a match of a clause may span at most."""
    if isinstance(clause, Near):
        return reach(clause.left) + reach(clause.right) + clause.distance
    if isinstance(clause, Or):
        return max(reach(one) for one in clause.clauses)  # type: ignore[arg-type]  # the parser lets nothing else near NEAR
    if isinstance(clause, Wildcard | Fuzzy):
        return 1
    return max(1, len(words_of(clause.text))) + (clause.distance if isinstance(clause, Phrase) else 0)


def words_of(text: str) -> list[str]:
    """Give the folded words of what was typed."""
    return [word.form for word in words(text)]


def _side(side: Textual | Near | Or) -> list[Sought]:
    if isinstance(side, Or):
        return [one for clause in side.clauses for one in _side(clause)]  # type: ignore[arg-type]
    return sought_of(side)


def _expanded(clause: Wildcard) -> Sought:
    pattern, head = pattern_of(clause.pattern)
    plain = head if head.isascii() and head.isalnum() else ""
    return Sought([_first_run(plain)], lambda run: bool(pattern.fullmatch(run)))


def _one(forms: list[str]) -> Sought:
    return _plain(_longest(forms))


def _longest(forms: list[str]) -> str:
    """Give the longest form, of equals a number: fewer runs begin with a digit than with a letter that stands alone."""
    return max(forms, key=lambda form: (len(form), form.isdigit()))


def _plain(form: str, *, decided: bool = True) -> Sought:
    return Sought([_first_run(form)], lambda run: run == form, decided=decided)


def _inflected(form: str) -> Sought:
    root = stem(form)
    short = root[:-1] if len(root) > 1 else root
    roots = [_first_run(one) for one in (short, *irregular_forms(root), form)]
    kept = [one for one in roots if not any(other != one and one.startswith(other) for other in roots)]
    return Sought(kept, lambda run: stem(run) == root)


def _first_run(form: str) -> str:
    """Give what a run of the form begins with: of a number its first digit, since signs may part the others."""
    return form[:1] if form[:1].isdigit() else form
