"""Ways to go on typing: words, people and outlets that begin so, with the hits that each has."""

from index.words import words
from search.answer import Completion
from search.engines.engine import Engine, FacetWish, Plan, Window
from search.plans import counter
from search.query.tree import Everything, Word
from search.request import SearchRequest

MIN_LETTERS = 2
"""With fewer letters nothing is proposed."""


def complete(engine: Engine, typed: str, size: int) -> tuple[Completion, ...]:
    """Give up to `size` each of people, of outlets, and of words for the last word of what was typed.

    Names have all typed words, each perhaps cut short. The order within a kind is by hits; words keep what was typed
    before them.
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
    return (*names, *_words(engine, typed, forms[-1].form, forms[-1].start, size))


def _words(engine: Engine, typed: str, prefix: str, start: int, size: int) -> list[Completion]:
    if len(prefix) < MIN_LETTERS:
        return []
    count = counter(engine)
    found = sorted(engine.forms(prefix), key=lambda pair: (-pair[1], pair[0]))[:size]
    completions = [
        Completion(
            kind="word",
            text=typed[:start] + form,
            total=count(Word(text=form), SearchRequest()),
            request=SearchRequest(q=typed[:start] + form),
        )
        for form, _ in found
    ]
    return sorted(completions, key=lambda one: (-one.total, one.text))
