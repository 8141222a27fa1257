"""Where a clause may match in a text, found without cutting the text into words.

Nearly all matches are runs of plain letters or digits: these are found by bytes, in one go. What is written with signs
inside or with other letters (U.S., e-mail, García, #MeToo) is *odd*: whether a text may hold such a match is a cheap
question too, and its places are looked for only then. No match is missed; search/text_places.py confirms them.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator

from index.words import MAX_FORM, irregular_forms, joined, stem, words
from search.query.patterns import alike, pattern_of
from search.query.tree import Fuzzy, Near, Or, Phrase, Textual, Wildcard, Word

Accepts = Callable[[str], bool]

KNOWN = 10_000
"""Runs that a word remembers to have accepted or not."""

_RUN = re.compile(rb"[a-z]+|[0-9]+(?:[.,][0-9]+)*")
_DIGITS = b"0123456789"
_LETTERS = b"abcdefghijklmnopqrstuvwxyz"
_SIGNS = b"'.,-&?#@_"
_SIGN = frozenset(bytes([sign]) for sign in _SIGNS)
_ODD = re.compile(r"[#@]\w|\w[.,&＆'’‘ʼ′＇\-‐‑﹣－](?=\w)|[^\x00-\xa0\u2000-\u206f]")
_FOREIGN = re.compile(r"[^\x00-\xa0\u2000-\u206f]")


class Flat:
    """A text as lower-case ASCII of the same length, in which all other characters are question marks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.bytes = text.encode("ascii", "replace").lower()

    def odd_places(self) -> Iterator[int]:
        """Give the places at which something odd is written."""
        return (match.start() for match in _ODD.finditer(self.text))


class Sought:
    """What is looked for of one word, wildcard or misspelt word: runs that begin with a root, if they are accepted.

    Without a root (`roots` has the empty one) every run is looked at.
    """

    def __init__(self, roots: Iterable[str], accepts: Accepts) -> None:
        self.roots = tuple(sorted({root.encode() for root in roots if root.isascii()}))
        self._accepts = accepts
        self._known: dict[bytes, bool] = {}

    def runs(self, flat: Flat, most: int, low: int = 0, high: int | None = None) -> Iterator[tuple[int, int]]:
        """Give up to `most` runs for each root, as (start, end), by start for each root."""
        content = flat.bytes
        high = len(content) if high is None else high
        for root in self.roots:
            found = 0
            if not root:
                yield from self._all(content, most, low, high)
                continue
            at = content.find(root, low, high)
            while 0 <= at < high and found < most:
                run = _RUN.match(content, at)
                if run is None:
                    at = content.find(root, at + 1, high)
                    continue
                kind = _DIGITS if content[at] in _DIGITS else _LETTERS
                if (not at or content[at - 1] not in kind) and self._accepted(run.group()):
                    found += 1
                    yield at, run.end()
                step = run.end() if kind is _LETTERS else at + 1
                at = content.find(root, step, high)

    def odd(self, flat: Flat, low: int = 0, high: int | None = None) -> bool:
        """Say whether it may be written there with signs inside, or with other letters."""
        high = len(flat.bytes) if high is None else high
        part = flat.bytes[low:high]
        if b"#" in part or b"@" in part or b"" in self.roots:
            return True
        if b"?" in part and _FOREIGN.search(flat.text, low, high):
            return True
        bare = part.translate(None, _SIGNS)
        return any(bare.count(root) > part.count(root) or self._parted(root, part) for root in self.roots)

    def _parted(self, root: bytes, part: bytes) -> bool:
        """Say whether a sign and more letters follow a run that is not accepted."""
        at = part.find(root)
        while at >= 0:
            run = _RUN.match(part, at)
            end = run.end() if run else at + 1
            if run and part[end : end + 1] in _SIGN and _RUN.match(part, end + 1) and not self._accepted(run.group()):
                return True
            at = part.find(root, end)
        return False

    def _all(self, content: bytes, most: int, low: int, high: int) -> Iterator[tuple[int, int]]:
        found = (run.span() for run in _RUN.finditer(content, low, high) if self._accepted(run.group()))
        return itertools.islice(found, most)

    def _accepted(self, run: bytes) -> bool:
        known = self._known.get(run)
        if known is None:
            if len(self._known) >= KNOWN:
                self._known.clear()
            known = self._known[run] = self._accepts(run.decode())
        return known


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
            return [Sought([""], lambda run: run == form or alike(run, form) or _any_digit(run))]
    forms = words_of(clause.text)
    if isinstance(clause, Word):
        joins = [_inflected(word.form) for word in joined(clause.text)]
        return [_inflected(forms[0])] if len(forms) == 1 else [_one(forms), *joins]
    apart = isinstance(clause, Phrase) and clause.distance
    return [_plain(form) for form in dict.fromkeys(forms)] if apart else [_one(forms)]


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
    return Sought([_first_run(plain)], lambda run: bool(pattern.fullmatch(run)) or _any_digit(run))


def _one(forms: list[str]) -> Sought:
    return _plain(max(forms, key=len))


def _plain(form: str) -> Sought:
    return Sought([_first_run(form)], lambda run: run[:MAX_FORM] == form or _any_digit(run))


def _inflected(form: str) -> Sought:
    root = stem(form)
    short = root[:-1] if len(root) > 1 else root
    roots = [_first_run(one) for one in (short, *irregular_forms(root), form)]
    kept = [one for one in roots if not any(other != one and one.startswith(other) for other in roots)]
    return Sought(kept, lambda run: stem(run[:MAX_FORM]) == root or _any_digit(run))


def _first_run(form: str) -> str:
    """Give what a run of the form begins with: of a number its first digit, since signs may part the others."""
    return form[:1] if _any_digit(form[:1]) else form


def _any_digit(run: str) -> bool:
    """Numbers are confirmed word by word: their signs are part of them."""
    return run[:1].isdigit()
