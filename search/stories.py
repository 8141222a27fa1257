"""Stories: near copies of one article, shown as one hit (`group=story`).

The earliest copy that matches stands for its story in every order, an undated one last: who reads wants to know who had
it first. By relevance, a story stands where its best copy would; by date, where the copy stands that is shown. Facets
and the timeline then count stories: what choosing a value, or a bar's days, finds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from search.answer import Copies, Copy, Hit
from search.engines.engine import Engine, Others, Outcome


def told(hits: tuple[Hit, ...], outcome: Outcome, engine: Engine) -> tuple[Hit, ...]:
    """Give hits with what else is of the story of each; as they are where hits are not grouped."""
    if not outcome.others:
        return hits
    others: dict[str, Others] = {row.id: one for row, one in zip(outcome.rows, outcome.others, strict=True)}
    ids = [one for hit in hits for one in others[hit.article.id].ids]
    known = {copy.id: copy for copy in _copies(ids, engine)}
    return tuple(replace(hit, copies=_of(others[hit.article.id], known)) for hit in hits)


def copies_of(article_id: str, engine: Engine, most: int) -> Copies:
    """Give all other articles of an article's story, at most `most` of them by name, the earliest first."""
    ids = engine.copies(article_id)
    return Copies(total=len(ids), articles=tuple(_copies(ids[:most], engine)))


def _of(others: Others, known: dict[str, Copy]) -> Copies:
    return Copies(total=others.total, articles=tuple(known[one] for one in others.ids if one in known))


def _copies(ids: Sequence[str], engine: Engine) -> Iterable[Copy]:
    for shown in engine.show(ids):
        if shown is not None:
            article = shown.article
            yield Copy(
                id=article.id,
                title=article.title,
                publisher=article.publisher,
                published=article.published,
                url=article.url,
            )
