"""Ways to go on typing: words, people and outlets that begin so, with the hits that each has."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.settings import Settings
from index.words import Word, stem, words
from search.answer import Completion
from search.engines.engine import Engine, FacetWish, Plan, Window
from search.plans import counter
from search.query.lexer import Token, lex
from search.query.notes import Notes
from search.query.parser import parse
from search.query.signs import STRAIGHT, plain
from search.query.tree import Everything, Value, ValueField, quoted
from search.request import SearchRequest
from search.vocabulary import Vocabulary

MIN_LETTERS = 2
"""With fewer letters nothing is proposed."""

TRIED = 2
"""How many times as many words as wanted are counted, to find some that stand with those typed before."""

TRIED_BEHIND = 6
"""The same for what follows a hyphen or its like, which few words do."""

TRIED_WRITTEN = 2
"""Words counted behind a `=`: each may have to be read in thousands of articles."""

RARE = 200
"""A word that finds less than this part of what another does is hardly what is being typed: a slip that was printed."""

_LAST = re.compile(
    r"(?P<sign>[-!]?)(?:(?P<field>person|outlet|publisher|by|title|text|said):)?(?P<exact>=?)(?P<quote>\"?)",
    re.IGNORECASE,
)
_FIELDS: dict[str, ValueField] = {"person": "person", "outlet": "outlet", "publisher": "publisher", "by": "speaker"}
_NAMES: tuple[ValueField, ...] = ("person", "outlet")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fragment:
    """What is being typed, the end of a query behind `head`: its signs, and its `text` without them.

    `quoted` says that it stands in quotes that are not closed.
    """

    head: str
    sign: str
    field: str
    exact: bool
    quoted: bool
    text: str


def complete(
    engine: Engine, vocabulary: Callable[[], Vocabulary], typed: str, size: int, settings: Settings
) -> tuple[Completion, ...]:
    """Give up to `size` each of people, of outlets, and of words for the last word of what was typed, by their hits.

    Names have all typed words, each perhaps cut short. Words keep what was typed before them, and signs hold: behind a
    minus, exclusions are proposed; within quotes, phrases; behind `person:` or its like, the names of that field;
    behind `date:` or its like, nothing. No name is proposed in place of a query that excludes something.
    """
    forms = list(words(typed))
    if not forms or sum(len(word.form) for word in forms) < MIN_LETTERS:
        return ()
    proposing = _Proposing(engine=engine, vocabulary=vocabulary, size=size, settings=settings)
    last = _fragment(typed)
    tokens = lex(typed, Notes())
    if _in_dates(tokens):
        return ()
    if field := _FIELDS.get(last.field):
        return tuple(proposing.clauses(last, (field,))) if field != "speaker" or engine.quotations else ()
    names: Iterator[Completion] = iter(())
    if last.sign:
        names = proposing.clauses(last, _NAMES)
    elif not last.exact and not last.field and not any(token.kind == "not" for token in tokens):
        names = proposing.filters(typed)
    return (*names, *proposing.words(typed, forms[-1], last))


def _in_dates(tokens: list[Token]) -> bool:
    """Say whether the last word is a value of `date:` or its like, alone or the first in parentheses."""
    before = [token for token in tokens[:-1] if token.kind != "open"]
    return bool(before) and before[-1].kind == "field" and before[-1].text in {"date", "before", "after"}


def _fragment(typed: str) -> _Fragment:
    """Part what is being typed from what stands before."""
    text = plain(typed)
    quoted = text.count(STRAIGHT) % 2 == 1
    begin = end = text.rindex(STRAIGHT) if quoted else len(text)
    while begin and not text[begin - 1].isspace() and text[begin - 1] not in '()"':
        begin -= 1
    found = _LAST.match(text, begin)
    if found is None or (quoted and found.end() != end + 1):
        return _Fragment(head=typed[:end], sign="", field="", exact=False, quoted=quoted, text=typed[end + quoted :])
    return _Fragment(
        head=typed[:begin],
        sign=found["sign"],
        field=(found["field"] or "").lower(),
        exact=bool(found["exact"]),
        quoted=quoted,
        text=typed[found.end() :],
    )


class _Proposing:
    """Proposes what exists, up to `size` of each kind."""

    def __init__(self, *, engine: Engine, vocabulary: Callable[[], Vocabulary], size: int, settings: Settings) -> None:
        self._engine = engine
        self._vocabulary = vocabulary
        self._size = size
        self._settings = settings
        self._count = counter(engine)

    def _named(self, fields: tuple[ValueField, ...], text: str) -> Iterator[tuple[ValueField, str, int]]:
        """Give the commonest names that have words, each perhaps cut short, with their articles."""
        if not any(True for _ in words(text)):
            return
        wishes = tuple(FacetWish(field=field, size=self._size, containing=text) for field in fields)
        outcome = self._engine.run(Plan(tree=Everything(), window=Window(size=1), facets=wishes))
        for field, facet in zip(fields, outcome.facets, strict=True):
            for name, total in facet.values:
                yield field, name, total

    def filters(self, typed: str) -> Iterator[Completion]:
        """Give names as filters, in place of all that was typed."""
        for field, name, total in self._named(_NAMES, typed):
            if field == "person":
                yield Completion(kind="person", text=name, total=total, request=SearchRequest(person=(name,)))
            else:
                yield Completion(kind="outlet", text=name, total=total, request=SearchRequest(outlet=(name,)))

    def clauses(self, last: _Fragment, fields: tuple[ValueField, ...]) -> Iterator[Completion]:
        """Give names as clauses of the query, in place of what is being typed."""
        for field, name, _ in self._named(fields, last.text):
            clause = quoted(Value(field=field, text=name.replace(STRAIGHT, " "), whole=True))
            request = SearchRequest(q=f"{last.head}{last.sign}{clause}")
            if total := self._hits(request):
                yield Completion(kind="word", text=request.q, total=total, request=request)

    def words(self, typed: str, last: Word, fragment: _Fragment) -> list[Completion]:
        """Give the typed words with the last completed to the commonest of the archive's, where that has hits."""
        behind = last.start > 0 and last.position > 0 and not typed[last.start - 1].isspace() and not fragment.quoted
        behind = behind and typed[last.start - 1] not in STRAIGHT + "(" and len(list(words(fragment.text))) > 1
        if len(last.form) < MIN_LETTERS and not behind:
            return []
        tried = TRIED_WRITTEN if fragment.exact else self._size * (TRIED_BEHIND if behind else TRIED)
        found: list[Completion] = []
        alike: set[tuple[str, int]] = set()
        for form, _ in self._vocabulary().commonest(last.form, tried):
            written = _cased(form, typed[last.start : last.end]) if fragment.exact else form
            request = SearchRequest(q=typed[: last.start] + written + STRAIGHT * fragment.quoted)
            total = self._hits(request)
            if (stem(form), total) in alike or total * RARE < max((one.total for one in found), default=0):
                continue
            if total and (not fragment.sign or self._excludes(request, fragment)):
                alike.add((stem(form), total))
                found.append(Completion(kind="word", text=request.q, total=total, request=request))
            if len(found) == self._size:
                break
        return found if fragment.sign else sorted(found, key=lambda one: (-one.total, one.text))

    def _excludes(self, request: SearchRequest, fragment: _Fragment) -> bool:
        """Say whether what an exclusion leaves out is anything at all."""
        return self._hits(SearchRequest(q=request.q[len(fragment.head) + len(fragment.sign) :])) > 0

    def _hits(self, request: SearchRequest) -> int:
        return self._count(parse(request.q, self._settings).tree, request)


def _cased(form: str, written: str) -> str:
    if written.isupper() and len(written) > 1:
        return form.upper()
    return form.title() if written[:1].isupper() else form
