"""Finding the outlets that an article names: by the table, by the form of the name, by the model's candidates."""

from collections.abc import Sequence

from index.tag.outlets.forms import unknown_names
from index.tag.outlets.place import Place, known_names
from index.tag.outlets.resolve import Resolver, publisher_of
from index.tag.outlets.roles import role_of
from index.tag.outlets.table import OutletTable, default_table
from index.tag.tokens import Document, Span
from index.types import Mention


def find_outlets(document: Document, spans: Sequence[Span] = (), *, table: OutletTable | None = None) -> list[Mention]:
    """Find every outlet that an article names, each place with its canonical name and its role.

    `spans` are a model's candidates, outlets and the people whose names outlets share; there need be none: the table
    and the forms of names find most outlets by themselves. In the order of the article; places do not overlap.
    """
    table = table or default_table()
    own = publisher_of(document.article, table)
    resolver = Resolver(document, own=own, table=table)
    places: list[Place] = []
    for tokens in document.fields:
        known = list(known_names(tokens, table))
        places += known
        if tokens.field == "text":
            taken = bytearray(len(tokens.strings))
            for place in known:
                if place.safe:
                    taken[place.first : place.last] = b"\1" * (place.last - place.first)
            places += unknown_names(tokens, taken)
    decided = resolver.decide(places, spans)
    publisher = own.title if own else document.article.publisher or ""
    named = {index for place in decided for index in place.indices}
    mentions = [_mention(place, named, publisher) for place in decided]
    return sorted(mentions, key=lambda mention: (mention.field != "title", mention.start))


def _mention(place: Place, taken: set[tuple[int, int]], publisher: str) -> Mention:
    return Mention(
        kind="outlet",
        value=place.value,
        surface=place.surface,
        field=place.tokens.field,
        start=place.start,
        end=place.end,
        via=place.via,
        role=role_of(place, taken, publisher),
    )
