"""Long lists of names: searched, by count or from A to Z, a page at a time."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from search.alphabet import LETTERS, OTHERS, alphabetical
from search.answer import FacetValue
from web.language import _
from web.links import with_query
from web.reading_parameters import Pairs

OWN = ("contains", "order", "letter", "page")
"""The parameters of a list, beside those of the search that it belongs to."""

PAGE = 80
"""Names on a page: they are scanned, not read, and a page stays below 60 kB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What part of a list is wanted: names with the words `contains`, in an `order`, under a letter, the n-th page."""

    contains: str = ""
    order: str = "count"
    letter: str = ""
    page: int = 1

    def pairs(self) -> Pairs:
        """Give the parameters that say so, without those that say the default."""
        default = Wish()
        return [(name, str(getattr(self, name))) for name in OWN if getattr(self, name) != getattr(default, name)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words, and the address they lead to; None where one is there, or where nothing is.

    Without an address, what is not `empty` is led to by a button of the list's form; see `web.links.Step`.
    """

    text: str
    url: str | None
    current: bool = False
    empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a list, and the ways to its others."""

    wish: Wish
    values: tuple[FacetValue, ...]
    total: int
    first: int
    orders: tuple[Link, ...]
    letters: tuple[Link, ...]
    previous_url: str | None
    next_url: str | None


def read_wish(own: dict[str, str]) -> Wish:
    """Read a list's own parameters; what makes no sense is taken for the default."""
    letter = own.get("letter", "").upper()
    letter = letter if letter in LETTERS else ""
    page = own.get("page", "")
    return Wish(
        contains=" ".join(own.get("contains", "").split())[:100],
        order="az" if letter or own.get("order") == "az" else "count",
        letter=letter,
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """Names in both orders: by count, and from A to Z with the place where each letter begins."""

    by_count: tuple[FacetValue, ...]
    by_letter: dict[str, tuple[FacetValue, ...]]


Places = dict[str, tuple[int, str]]
"""Where each name stands from A to Z, and under which letter."""


def places(values: tuple[FacetValue, ...], *, person: bool) -> Places:
    """Give the places of names among each other."""
    ordered = alphabetical(values, person=person)
    return {one.value: (number, letter) for number, (one, letter) in enumerate(ordered)}


def sort_names(values: tuple[FacetValue, ...], known: Places) -> Sorted:
    """Sort values, given by count, from A to Z too, by the places of all names of the archive."""
    by_letter: dict[str, list[FacetValue]] = {}
    for one in sorted(values, key=lambda one: known.get(one.value, _LAST)):
        by_letter.setdefault(known.get(one.value, _LAST)[1], []).append(one)
    return Sorted(by_count=values, by_letter={letter: tuple(names) for letter, names in by_letter.items()})


_LAST = (sys.maxsize, OTHERS)


def listing(names: Sorted, wish: Wish, *, path: str, kept: Pairs, size: int = PAGE, long: bool = False) -> Listing:
    """Cut a page of a size from a list whose address is a path and some parameters; past the end is the last one.

    Where the address is `long`, no letter has it.
    """
    if wish.letter:
        values = names.by_letter.get(wish.letter, ())
    elif wish.order == "az":
        values = tuple(chain.from_iterable(names.by_letter.values()))
    else:
        values = names.by_count
    words = {"count": _("Most articles first"), "az": _("A to Z")}
    pages = max(1, -(-len(values) // size))
    page = min(wish.page, pages)

    def url(**changes: object) -> str:
        asked = Wish(**{"contains": wish.contains, "order": wish.order, "letter": wish.letter, **changes})  # type: ignore[arg-type]
        return with_query(path, [*kept, *asked.pairs()])

    return Listing(
        wish=wish,
        values=values[(page - 1) * size : page * size],
        total=len(values),
        first=(page - 1) * size + 1,
        orders=tuple(
            Link(text=words[order], url=url(order=order, letter=""), current=order == wish.order and not wish.letter)
            for order in ("count", "az")
        ),
        letters=_letters(set(names.by_letter), wish, None if long else url),
        previous_url=url(page=page - 1) if page > 1 else None,
        next_url=url(page=page + 1) if page < pages else None,
    )


def _letters(present: set[str], wish: Wish, url: Callable[..., str] | None) -> tuple[Link, ...]:
    return tuple(
        Link(
            text=letter,
            url=url(order="az", letter=letter) if url and letter in present else None,
            current=letter == wish.letter,
            empty=letter not in present,
        )
        for letter in LETTERS
    )
