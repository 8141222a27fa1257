"""Why a name is taken for another, in words that a page can show."""

import math

from index.authority.types import Resolution
from index.identity.judging import Judgement
from index.identity.meaning import Verdict
from index.identity.people import People

_EVEN, _CHAINED, _SUREST, _SUREST_MEANT = 3.4, 5.0, 0.98, 0.96
"""Of two names with so many nats half are one person's, and of the surest still two in a hundred are not (docs)."""


def tell_variant(people: People, head: int, member: int, found: Judgement | None) -> Resolution:
    """Tell why a name is one person's whom most articles call otherwise."""
    shown = people.names[head]
    count = int(people.counts[head])
    said = [found.how.words if found else "a variant of another of the names"]
    if found and found.manner > 1:
        said.append("the same words beside both")
    if found and found.company > 1:
        said.append("the same people about both")
    if found and found.together == 0 and count > 1:
        said.append("never two in one article")
    score = found.score if found and found.score > _EVEN else _CHAINED  # else by another of the names
    have = "has" if count == 1 else "have"
    return Resolution(
        kind="person",
        value=people.names[member],
        to=shown,
        reason=f"{_capital(', '.join(said))}; {_articles(count)} {have} “{shown}”",
        confidence=_confidence(score),
    )


def tell_meaning(people: People, number: int, row: int, verdict: Verdict) -> Resolution:
    """Tell why a name means somebody in one article."""
    value, to = people.names[number], people.names[verdict.bearer.head]
    return Resolution(
        kind="person",
        value=value,
        article=people.articles[int(people.of_row[row])],
        to=to,
        reason=f"The article has “{to}” in full, or misspelt" if verdict.stated else _weighed(people, value, verdict),
        confidence=round(min(_SUREST_MEANT, verdict.confidence), 3),
    )


def _weighed(people: People, value: str, verdict: Verdict) -> str:
    count = sum(int(people.counts[name]) for name in verdict.bearer.names)
    when = f" of {verdict.year}" if verdict.year else ""
    if verdict.year:
        years = people.years
        count = sum(int((years[people.articles_of(name)] == verdict.year).sum()) for name in verdict.bearer.names)
    which = "The only" if verdict.bearers == 1 else f"Of {verdict.bearers} called"
    said = [
        f"{which} {value}"
        + (f" in {_articles(count)}{when}" if verdict.bearers == 1 else f", the one in {_articles(count)}{when}")
    ]
    if verdict.word:
        said.append(f"“{verdict.word}” beside the name here")
    if verdict.company is not None:
        said.append(f"beside {people.names[verdict.company]}, as elsewhere")
    return "; ".join(said)


def _confidence(score: float) -> float:
    return round(min(_SUREST, 1 / (1 + math.exp(_EVEN - score))), 3)


def _articles(count: int) -> str:
    return f"{count:,} article" + ("" if count == 1 else "s")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
