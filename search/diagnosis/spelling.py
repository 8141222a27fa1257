"""Other spellings of words that nothing, or hardly anything, has: from the archive's own words."""

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.words import Word as Place
from index.words import words
from search.answer import Proposal
from search.engines.engine import Engine
from search.plans import Count
from search.query.tree import And, Exact, Near, Node, Or, Phrase, Quoted, Value, ValueField, Word, near_operand
from search.request import NONE, SearchRequest
from search.vocabulary import Vocabulary

MIN_LETTERS = 3
"""Shorter words are not doubted: half of the dictionary is near them."""

SHORT = 3
"""To words so short a letter was rather left out than another typed, and the first letter is right."""

TWO_LETTERS = 7
"""Words so long may differ in two letters."""

CANDIDATES = 4
"""Spellings tried for each word."""

MOST = 3
"""The most spellings proposed, and words doubted."""

COMMONER = 10
"""A word that some articles have is doubted only for one that so many times as many have."""

RARER = 100
"""A spelling that is so many times rarer than another is a slip itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What other spellings are drawn from: the names that an engine knows, and the words, made when asked for."""

    engine: Engine
    vocabulary: Callable[[], Vocabulary]


_FILTERS: tuple[ValueField, ...] = ("person", "outlet", "publisher")
_Spelt = Word | Phrase | Exact | Value
_Change = tuple[_Spelt, Place, str]


def spellings(known: Known, tree: Node, request: SearchRequest, count: Count, total: int) -> Iterator[Proposal]:
    """Give questions whose words are spelt otherwise, those of its filters too, and that find more than `total`."""
    engine = known.engine
    chosen = _unknown(engine, request)
    doubts = list(_doubts(known, tree, chosen))[:MOST]
    if not doubts:
        return
    first = [choices[0] for choices in doubts]
    tries = [first] if len(first) > 1 else []
    tries += [[*first[:at], other, *first[at + 1 :]] for at, all_of in enumerate(doubts) for other in all_of]
    tries += [[one] for choices in doubts for one in choices] if len(doubts) > 1 else []
    found = 0
    seen = set()
    for changes in tries:
        changed = _changed(tree, changes)
        spelt = dataclasses.replace(_filtered(engine, request, chosen, changes), q=str(changed), cursor=None)
        if spelt in seen or found == MOST:
            continue
        seen.add(spelt)
        names = [one for one in chosen if _spelt(one, changes) != one.text]
        said = [form for leaf, _, form in changes if not any(leaf is one for one in names)]
        text = " ".join([*said, *(_full_name(engine, one, changes) for one in names)])
        if (hits := count(changed, spelt)) > total:
            found += 1
            yield Proposal(kind="spelling", text=text, total=hits, request=spelt)


def unknown(engine: Engine, field: str, name: str) -> bool:
    """Say whether a filter names nobody whom the archive has."""
    return field in _FILTERS and name != NONE and not engine.names(field, name, whole=True)


def _unknown(engine: Engine, request: SearchRequest) -> list[Value]:
    """Give the values of filters that nobody in the archive has."""
    values = [Value(field=field, text=one, whole=True) for field in _FILTERS for one in getattr(request, field)]
    return [one for one in values if unknown(engine, one.field, one.text)]


def _doubts(known: Known, tree: Node, chosen: list[Value]) -> Iterator[list[_Change]]:
    """Give for each word that is doubted what it may have been meant to be, likeliest first."""
    asked: list[_Spelt] = [*_asked(tree), *chosen]
    doubted = [(leaf, word) for leaf in asked for word in words(leaf.text) if _doubtful(word.form)]
    if not doubted:
        return
    engine, vocabulary = known.engine, known.vocabulary()
    for leaf, word in doubted:
        choices = _choices(word.form, vocabulary)
        if isinstance(leaf, Value) and any(leaf is one for one in chosen):
            choices = [
                one for one in choices if engine.names(leaf.field, _spelt(leaf, [(leaf, word, one)]), whole=True)
            ]
        if choices:
            yield [(leaf, word, form) for form in choices]


def _filtered(engine: Engine, request: SearchRequest, chosen: list[Value], changes: list[_Change]) -> SearchRequest:
    """Give a request with those of its filters changed that are spelt otherwise, as facets show them."""
    new: dict[str, dict[str, str]] = {field: {} for field in _FILTERS}
    for one in chosen:
        new[one.field][one.text] = _full_name(engine, one, changes)
    lists = {field: tuple(known.get(one, one) for one in getattr(request, field)) for field, known in new.items()}
    return dataclasses.replace(request, **lists)  # type: ignore[arg-type]


def _full_name(engine: Engine, value: Value, changes: list[_Change]) -> str:
    """Give the name that a value spelt otherwise means, as facets show it, where it is one."""
    text = _spelt(value, changes)
    names = engine.names(value.field, text, whole=True) if text != value.text else ()
    return names[0] if len(names) == 1 else text


def _spelt(leaf: _Spelt, changes: list[_Change]) -> str:
    """Give the text of a leaf with its words changed, in the case in which they were written where that counts."""
    text = leaf.text
    for changed, word, form in sorted(changes, key=lambda change: -change[1].start):
        if changed is leaf:
            written = text[word.start : word.end]
            text = text[: word.start] + (_cased(form, written) if isinstance(leaf, Exact) else form) + text[word.end :]
    return text


def _cased(form: str, written: str) -> str:
    if written.isupper():
        return form.upper()
    return form.title() if written[:1].isupper() else form


def doubtful(node: Node) -> bool:
    """Say whether a clause has words that may be misspelt."""
    return any(_doubtful(word.form) for leaf in _asked(node) for word in words(leaf.text))


def _doubtful(form: str) -> bool:
    return len(form) >= MIN_LETTERS and form.isalpha()


def _asked(node: Node) -> Iterator[_Spelt]:
    if isinstance(node, And | Or):
        for clause in node.clauses:
            yield from _asked(clause)
    elif isinstance(node, Quoted):
        yield from _asked(node.clause)
    elif isinstance(node, Near):
        yield from _asked(node.left)
        yield from _asked(node.right)
    elif isinstance(node, Word | Phrase | Exact | Value):
        yield node


def _choices(form: str, vocabulary: Vocabulary) -> list[str]:
    own = vocabulary.count(form)
    least = max(1, own * COMMONER)
    known = dict(vocabulary.near(form, least))
    if not known and len(form) >= TWO_LETTERS:
        known = dict(vocabulary.two_apart(form, least))
    if not own:
        for at in range(3, len(form) - 2):
            parts = form[:at], form[at:]
            if rarer := min(vocabulary.count(part) for part in parts):
                known[" ".join(parts)] = rarer
    likely = [one for one, count in known.items() if count * RARER >= max(known.values())]
    return sorted(likely, key=lambda one: (_odds(one, form), -known[one]))[:CANDIDATES]


def _odds(meant: str, form: str) -> int:
    """Rank what a short word may be meant to be: with a letter more or two swapped first; longer ones are all alike."""
    if len(form) > SHORT or sorted(meant) == sorted(form):
        return 0
    return 2 - (len(meant) > len(form)) + (meant[0] != form[0])


def _changed(node: Node, changes: list[_Change]) -> Node:  # noqa: PLR0911  # one a kind
    """Give a tree in which words are spelt otherwise."""
    if isinstance(node, And | Or):
        return dataclasses.replace(node, clauses=tuple(_changed(clause, changes) for clause in node.clauses))
    if isinstance(node, Quoted):
        return dataclasses.replace(node, clause=_changed(node.clause, changes))
    if isinstance(node, Near):
        left, right = (near_operand(_changed(side, changes)) for side in (node.left, node.right))
        return dataclasses.replace(node, left=left or node.left, right=right or node.right)
    if not isinstance(node, Word | Phrase | Exact | Value):
        return node
    text = _spelt(node, changes)
    if text == node.text:
        return node
    if isinstance(node, Word) and " " in text:
        return And(clauses=tuple(Word(text=one, field=node.field, span=node.span) for one in text.split()))
    if isinstance(node, Value):
        return dataclasses.replace(node, text=text, whole=node.whole or " " in text)
    return dataclasses.replace(node, text=text)
