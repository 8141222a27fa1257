"""The field table: what an index knows of an article, whatever engine keeps it.

Each engine's writer (index/engines/) maps these rows to its own field types, each reader (search/engines/) back.
"""

from dataclasses import dataclass
from typing import Literal

FieldKind = Literal["identity", "words", "stems", "keyword", "date", "stored"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One row of the field table.

    `words` fields hold folded words with positions (index/words.py), `stems` fields their stems without positions,
    `keyword` fields whole values exactly as shown (facets), `date` fields one sortable day number, `stored` fields are
    only given back. `weight` is the field's factor in BM25F; 0 means that a query without a field name skips it.
    """

    name: str
    kind: FieldKind
    many: bool = False
    weight: float = 0.0


FIELDS: tuple[Field, ...] = (
    Field(name="id", kind="identity"),
    Field(name="title", kind="words", weight=1.5),
    Field(name="text", kind="words", weight=0.35),
    Field(name="names", kind="words", weight=1.35),
    Field(name="title_stems", kind="stems", weight=4.0),
    Field(name="text_stems", kind="stems", weight=1.0),
    Field(name="person", kind="keyword", many=True),
    Field(name="outlet", kind="keyword", many=True),
    Field(name="publisher", kind="keyword"),
    Field(name="story", kind="keyword"),
    Field(name="speaker", kind="keyword", many=True),
    Field(name="date", kind="date"),
    Field(name="date_last", kind="date"),
    Field(name="article", kind="stored"),
)
"""`names` holds the words of the canonical names of people and outlets, so that a name typed as words finds what the
facet finds; `date` and `date_last` are the first and the last day that the publication date may mean (the same but for
dates of a month or a year), 0 where the article is undated; `outlet` holds cited outlets only; `story` is the id of
the first of an article's near copies, itself among them, and has no value where there are none; `speaker` holds
the people whom the text quotes; `article` holds the article with its mentions and quotations, so that a reader needs
nothing but its generation. The weights are chosen by benchmarks/relevance.py;
docs/decisions/0004-relevance.md has the figures."""
