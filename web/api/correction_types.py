"""What the API takes and serves of corrections; see web/api/types.py."""

from dataclasses import dataclass
from typing import Annotated, Literal

from search.request import VISIBLE
from web.api.schemas import Keyword
from web.api.types import Count
from web.forms import MOST_ARTICLES, MOST_NAMES

MOST_NUMBER = 2**53 - 1
"""The greatest number that every reader of JSON reads alike (RFC 7493)."""

CorrectedKind = Literal["person", "outlet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionAsked:
    """A correction of people or outlets; docs/corrections.md says what each does."""

    what: Literal["merge", "rename", "split", "apart", "hide", "nobody", "alias", "undo"]
    kind: Annotated[CorrectedKind | None, "what the names are of; people where it is left out"] = None
    names: Annotated[
        tuple[Annotated[str, Keyword("pattern", VISIBLE)], ...] | None,
        Keyword("minItems", 1),
        Keyword("maxItems", MOST_NAMES),
        "the names that it is about, as they are shown; left out to undo",
    ] = None
    to: Annotated[str | None, "whom they are (merge, split), what they are called (rename), whom they mean (alias)"] = (
        None
    )
    articles: Annotated[
        tuple[str, ...] | None, Keyword("maxItems", MOST_ARTICLES), "the ids of the articles of a split"
    ] = None
    undoes: Annotated[
        Count | None,
        Keyword("maximum", MOST_NUMBER),
        "the number of the correction to undo; the last of its `kind` where it is left out, or 0",
    ] = None
    note: Annotated[str | None, "why"] = None
    dry_run: Annotated[bool | None, "whether it is only checked"] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionMade:
    """A correction as it was kept, or, with neither number nor time, as it would be."""

    number: Annotated[int | None, "its number in the log, from 1"]
    time: Annotated[str | None, "when it was made, ISO 8601"]
    what: Literal["merge", "rename", "split", "apart", "hide", "nobody", "alias", "undo"]
    kind: CorrectedKind
    names: tuple[str, ...]
    to: str
    articles: tuple[str, ...]
    undoes: Annotated[Count, "the number of the correction that it undoes, 0 for none"]
    note: str
    sentence: Annotated[str, "the correction in words"]
    undone: Annotated[bool, "whether a later one undid it"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionLog:
    """What was corrected, the last first."""

    corrections: tuple[CorrectionMade, ...]
