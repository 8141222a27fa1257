"""Ways to go on typing: words, people and outlets that begin so, with the hits that each has."""

from index.settings import Settings
from index.words import Word, words
from search.answer import Completion
from search.engines.engine import Engine, FacetWish, Plan, Window
from search.plans import counter
from search.query.parser import parse
from search.query.tree import Everything
from search.request import SearchRequest

MIN_LETTERS = 2
"""With fewer letters nothing is proposed."""

TRIED = 2
"""How many times as many words as wanted are counted, to find some that stand with those typed before."""


def complete(engine: Engine, typed: str, size: int, settings: Settings) -> tuple[Completion, ...]:
    """Give up to `size` each of people, of outlets, and of words for the last word of what was typed, by their hits.

    Names have all typed words, each perhaps cut short. Words keep what was typed before them.
    """
    forms = list(words(typed))
    if not forms or sum(len(word.form) for word in forms) < MIN_LETTERS:
        return ()
    wishes = tuple(FacetWish(field=field, size=size, containing=typed) for field in ("person", "outlet"))
    outcome = engine.run(Plan(tree=Everything(), window=Window(size=1), facets=wishes))
    people, outlets = outcome.facets
    names = [
        Completion(kind="person", text=value, total=count, request=SearchRequest(person=(value,)))
        for value, count in people.values
    ]
    names += [
        Completion(kind="outlet", text=value, total=count, request=SearchRequest(outlet=(value,)))
        for value, count in outlets.values
    ]
    return (*names, *_words(engine, typed, forms[-1], size, settings))


def _words(engine: Engine, typed: str, last: Word, size: int, settings: Settings) -> list[Completion]:
    """Give the typed words with the last completed to the commonest of the archive's, where that has hits."""
    if len(last.form) < MIN_LETTERS:
        return []
    count = counter(engine)
    forms = sorted(engine.forms(last.form), key=lambda pair: (-pair[1], pair[0]))
    found = []
    for form, _ in forms[: TRIED * size]:
        request = SearchRequest(q=typed[: last.start] + form)
        if total := count(parse(request.q, settings).tree, request):
            found.append(Completion(kind="word", text=request.q, total=total, request=request))
        if len(found) == size:
            break
    return sorted(found, key=lambda one: (-one.total, one.text))
