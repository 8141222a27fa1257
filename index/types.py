"""The things that travel between the stages of indexing, one type per arrow.

paths ──read──▶ Article | Rejected ──tag──▶ Tagged ──archive, engine──▶ generation
"""

from dataclasses import dataclass
from typing import Literal

Precision = Literal["year", "month", "day", "minute"]
DateOrigin = Literal["metadata", "feed", "page", "text", "filename"]
MentionKind = Literal["person", "outlet", "date"]
MentionRole = Literal["named", "cited", "publisher", "credit"]
FieldName = Literal["title", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationDate:
    """When an article was published, as precisely as known and never more.

    `value` is ISO 8601 cut at the precision: `2021`, `2021-12`, `2021-12-03` or `2021-12-03T09:30-05:00`, the day and
    the clock of the place that stated it, with the offset where one was given. `certain` is false where the form was
    ambiguous (03/04/2021) or the evidence indirect (a file name).
    """

    value: str
    precision: Precision
    origin: DateOrigin
    certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article as read: clean text without site furniture, and what its source says about it.

    `id` is 16 hexadecimal digits, stable over re-indexing: from the URL where there is one of its own, else from the
    file and `own_id`, else, where it is one of many in a file, from the file and its content, so that lines may move,
    else from the source. What came by standard input without a URL is known by its content (and `own_id`).
    `source` is the absolute path, with `:N` for the N-th line or element of a file of many and `!member` inside a
    container. `own_id` is the identity that the source gave the article, if any. `title` may be empty; `text` has
    paragraphs separated by one blank line.
    """

    id: str
    source: str
    title: str
    text: str
    url: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: PublicationDate | None = None
    language: str | None = None
    own_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where an article names a person, an outlet or a date.

    `surface == getattr(article, field)[start:end]`, always; offsets count Unicode code points. `value` is the canonical
    name, or an ISO date cut at its precision (empty where a date could not be resolved). `via` names the rule or model
    that decided. `role` tells for outlets whether the text cites it, it published the article, or it is credited for
    a picture; people and dates are `named`.
    """

    kind: MentionKind
    value: str
    surface: str
    field: FieldName
    start: int
    end: int
    via: str
    role: MentionRole = "named"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What the text of an article quotes of one speaker: one quotation, in one or more spans.

    `spans` are start and end of its words in the text, without the marks, in order and apart: one each where it is
    interrupted (`he said`) or goes on in another paragraph. `speaker` is the value of a person mentioned in the
    article, None where the article does not clearly tell one; `speaker_start` to `speaker_end` is where the text says
    so, by a name, a pronoun or an office. `cue` is the words that tell of speech (`said`, `according to`), empty where
    there are none. `via` names the rule that decided. Offsets count code points.
    """

    spans: tuple[tuple[int, int], ...]
    speaker: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    cue: str = ""
    via: str

    @property
    def start(self) -> int:
        """Where its first words begin."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where its last words end."""
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """An article with its mentions, in the order of title then text, by start.

    `story` is the id of the first of all near copies of the article (index/stories), empty where it has none. `quotes`
    are those of the text, in order.
    """

    article: Article
    mentions: tuple[Mention, ...]
    story: str = ""
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Something that could not be read as an article; a reader yields it instead of raising.

    `reason` is a short slug for counting (`not-json`, `empty`, `truncated`); `detail` is a sentence that says what to
    do. `position` is the number of the line, row, element or message in its file, or the byte where a container is
    damaged; None where the whole file is meant.
    """

    source: str
    reason: str
    detail: str
    position: int | None = None
