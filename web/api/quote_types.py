"""What the API serves of quotations; web/api/types.py says how such types are read."""

from dataclasses import dataclass
from typing import Annotated

from web.api.types import Address, Count, Headline, Query


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteResult:
    """One quotation."""

    text: Annotated[str, "its words; where it is interrupted, its stretches are parted by an ellipsis"]
    marks: Annotated[tuple[tuple[int, int], ...], "start and end of what matched, in `text`"]
    speaker: Annotated[str | None, "the person who is told to have said it; null where none clearly is"]
    verb: Annotated[str, "the words that tell of speech, as *said*; empty where there are none"]
    spans: Annotated[tuple[tuple[int, int], ...], "start and end of each stretch in the article's text"]
    speaker_start: Annotated[int | None, "where that text tells the speaker, by a name, a pronoun or an office"]
    speaker_end: int | None
    article: Headline
    url: Annotated[Address | None, "the quotations of the same speaker"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody whom the matches quote."""

    value: str
    count: Annotated[Count, "the articles among the matches that quote them"]
    selected: bool
    url: Annotated[Address, "the same with this speaker alone, or with anybody where it is"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speakers:
    """Those whom most of the matches quote."""

    values: tuple[Speaker, ...]
    distinct: Annotated[Count, "how many there are"]
    none: Annotated[Count, "the articles that quote, but clearly name nobody"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotesPage:
    """A page of the quotations in the matches of a search, newest first; an article's are never parted."""

    query: Query
    by: Annotated[str, "whose quotations were asked for; empty for anybody's"]
    generation: Annotated[str, "the state of the archive that answered"]
    articles: Annotated[Count, "the articles with such quotations"]
    results: Annotated[tuple[QuoteResult, ...], "at least `size` where there are as many"]
    speakers: Speakers
    next: Annotated[Address | None, "the page after"]
    previous: Annotated[Address | None, "the page before"]
