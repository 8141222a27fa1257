"""What each row of the field table holds for one article, before any engine's own form."""

from dataclasses import dataclass

from index.days import day_span
from index.types import Tagged

NAME_GAP = 50
"""Positions left free between two names in the field `names`; the widest NEAR must be smaller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """The facts of one article that an engine makes searchable; see `index.schema.FIELDS` for what each is.

    `names` are the canonical names of people and outlets, the publisher among them, each once; `date` and
    `date_last` are day numbers (index/days.py), both `UNDATED` where there is no date.
    """

    id: str
    title: str
    text: str
    names: tuple[str, ...]
    person: tuple[str, ...]
    outlet: tuple[str, ...]
    publisher: str | None
    story: str | None
    speaker: tuple[str, ...]
    date: int
    date_last: int


def values_of(tagged: Tagged) -> Values:
    """Gather the values of an article; people and outlets in the order of their first mention, each once.

    Speakers are in the order of their first quotation.

    Of the outlets only the cited ones count: a picture credit cites nothing, and the publisher has its own field.
    """
    article, mentions = tagged.article, tagged.mentions
    person = tuple(dict.fromkeys(m.value for m in mentions if m.kind == "person" and m.value))
    outlet = tuple(dict.fromkeys(m.value for m in mentions if m.kind == "outlet" and m.role == "cited" and m.value))
    publisher = article.publisher or None
    first, last = day_span(article.published)
    return Values(
        id=article.id,
        title=article.title,
        text=article.text,
        names=tuple(dict.fromkeys((*person, *outlet, *((publisher,) if publisher else ())))),
        person=person,
        outlet=outlet,
        publisher=publisher,
        story=tagged.story or None,
        speaker=tuple(dict.fromkeys(quote.speaker for quote in tagged.quotes if quote.speaker)),
        date=first,
        date_last=last,
    )
