"""Pages of a facet's values: cut by number, which is safe as a page's cursor holds the generation it was counted in."""

from dataclasses import dataclass

from search import cursor as cursors
from search.answer import Facet, Notice
from search.language import _
from search.request import ParameterError, SearchRequest

_KIND = "facet"


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetPage:
    """Some values of one facet; `next` is the cursor of the page after."""

    request: SearchRequest
    reading: str
    notices: tuple[Notice, ...]
    generation: str
    facet: Facet
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetPlace:
    """A place in a facet's values, as a cursor says it; see search/cursor.py."""

    generation: str
    start: int
    question: str
    sealed: cursors.Sealed

    @staticmethod
    def write(start: int, request: SearchRequest, asked: tuple[str, str], generation: str, secret: bytes) -> str:
        """Give the cursor of the values from a number on; `asked` is the field and the words that values must have."""
        return cursors.seal([_KIND, start, generation, *asked, cursors.question_of(request)], secret)

    @staticmethod
    def read(text: str) -> "FacetPlace":
        """Read a cursor; raises ParameterError where it cannot be one of a facet."""
        sealed = cursors.unseal(text)
        try:
            kind, start, generation, field, containing, question = sealed.parts
            place = FacetPlace(
                generation=str(generation),
                start=int(start),
                question=f"{field}\n{containing}\n{question}",
                sealed=sealed,
            )
        except (ValueError, TypeError, OverflowError) as error:
            raise _other() from error
        if kind != _KIND:
            raise _other()
        return place

    def offset(self, request: SearchRequest, asked: tuple[str, str], generation: str, secret: bytes) -> int:
        """Give how many values stand before; raises ParameterError where the cursor is not of this question.

        Raises ExpiredCursorError where the generation held is another one.
        """
        self.sealed.verify(secret)
        if self.question != "\n".join((*asked, cursors.question_of(request))):
            raise _other()
        if self.generation != generation:
            raise cursors.ExpiredCursorError(self.write(self.start, request, asked, generation, secret))
        return self.start


def _other() -> ParameterError:
    return ParameterError(
        "cursor", _("it belongs to another question"), remedy=_("Leave it out to begin at the first page")
    )
