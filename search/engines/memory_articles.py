"""What the memory engine knows of its articles: their words, what names mean, filters and facets."""

import functools
from collections.abc import Callable, Mapping
from typing import NamedTuple

from index.authority.authority import Authority
from index.authority.types import NameKind
from index.engines.values import NAME_GAP, Values, values_of
from index.types import Quote, Tagged
from index.words import joined, stems, words
from search.engines.engine import Counts, FacetWish, Filters
from search.request import NONE, Mode


class Said(NamedTuple):
    """One quotation: whom the authority shows as its speaker, and the words of each of its stretches."""

    speaker: str | None
    stretches: tuple[list[str], ...]


class Known:
    """One article with its words: `forms` and `stems` by field; in `names`, "" stands for each position left free.

    `tagged` and `values` are as an authority shows them, but for the words of names, which are the tagger's, without
    those of names that the authority withholds.
    """

    def __init__(self, tagged: Tagged, authority: Authority) -> None:
        self.tagged = authority.of(tagged)
        self.values: Values = values_of(self.tagged)
        self._written, self._authority = values_of(tagged), authority
        withheld = withheld_names(tagged, authority)
        names: list[str] = []
        for name in self._written.names:
            forms = forms_of(name)
            names += [*([""] * len(forms) if name in withheld else forms), *[""] * NAME_GAP]
        self.forms = {"title": forms_of(self.values.title), "text": forms_of(self.values.text), "names": names}
        said = (_said(quote, self.values.text) for quote in self.tagged.quotes)
        self.quotes = [quote for quote in said if quote.stretches]
        self.stems = {"title_stems": list(stems(self.values.title)), "text_stems": list(stems(self.values.text))}
        self._lengths = {field: sum(form != "" for form in forms) for field, forms in self.forms.items()}
        self._lengths["names"] = sum(len(forms_of(name)) for name in self._written.names)
        self._lengths |= {field: len(found) for field, found in self.stems.items()}

    def length(self, field: str) -> int:
        """Give how many words a field has."""
        return self._lengths[field]

    def itself(self) -> tuple[str, str]:
        """Give what tells the article from all others."""
        return "alone", self.values.id

    def names(self, field: str) -> tuple[str, ...]:
        """Give the values of a facet's field."""
        return _names(self.values, field)

    def other_names(self, field: str) -> set[tuple[str, str | None]]:
        """Give the names that an authority knows, and those that the tagger found here, with what each means."""
        kind: NameKind = "person" if field in {"person", "speaker"} else "outlet"
        written = {(name, self._authority.everywhere(kind, name)) for name in _names(self._written, field)}
        return written | set(self._authority.aliases(kind).items())


def _names(values: Values, field: str) -> tuple[str, ...]:
    if field == "publisher":
        return (values.publisher,) if values.publisher else ()
    return {"person": values.person, "outlet": values.outlet, "speaker": values.speaker}[field]


def _said(quote: Quote, text: str) -> Said:
    cut = list(words(text))
    spans = ([word.form for word in cut if start <= word.start < end] for start, end in quote.spans)
    return Said(quote.speaker or None, tuple(forms for forms in spans if forms))


def withheld_names(tagged: Tagged, authority: Authority) -> set[str]:
    """Give the names of an article whose words find nothing: withheld, as whatever it has them."""
    written, article = values_of(tagged), tagged.article.id
    kinds: tuple[tuple[NameKind, tuple[str, ...]], ...] = (
        ("person", written.person),
        ("outlet", written.outlet),
        ("outlet", (written.publisher,) if written.publisher else ()),
    )
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for kind, names in kinds:
        for name in names:
            found[authority.withheld(article, kind, name)].add(name)
    return found[True] - found[False]


Articles = tuple[Known, ...]
"""All articles of an archive."""


@functools.lru_cache(maxsize=32)
def known_as(field: str, articles: Articles) -> Mapping[str, set[str]]:
    """Give each value of a facet with the names under which it is known, its own first."""
    known = {name: {name} for article in articles for name in article.names(field)}
    others = {pair for article in articles for pair in article.other_names(field)}
    for other, name in others:
        if name in known and other not in known:
            known[name].add(other)
    return known


@functools.lru_cache(maxsize=256)
def meant(field: str, text: str, articles: Articles, *, whole: bool) -> frozenset[str]:
    """Give the names that a typed name means."""
    known = known_as(field, articles)
    if whole:
        same = known.keys() & {text} or {name for name in known if _alike(name, text)}
        same = same or {name for name, others in known.items() if any(_alike(one, text) for one in others)}
        if same:
            return frozenset(same)
    asked, compounds = set(forms_of(text)), set(joined_of(text))
    return frozenset(
        name
        for name, others in known.items()
        for own in ({*forms_of(one), *joined_of(one)} for one in others)
        if own and ((asked and asked <= own) or compounds & own)
    )


def aliased(field: str, text: str, articles: Articles) -> set[str]:
    """Give the values that a name means under which none is shown."""
    known = known_as(field, articles)
    return {name for name, others in known.items() if any(_alike(one, text) for one in others - known.keys())}


def _alike(one: str, other: str) -> bool:
    return (forms_of(one) or [one]) == (forms_of(other) or [other])


def has(article: Known, field: str, text: str, articles: Articles, *, whole: bool) -> bool:
    """Say whether an article has a value that a typed name means; `NONE` means having none."""
    if text == NONE:
        return not article.names(field)
    return not meant(field, text, articles, whole=whole).isdisjoint(article.names(field))


def dated(article: Known, first: int | None, last: int | None) -> bool:
    """Say whether an article is dated, and all of its date lies between two days; None is open."""
    values = article.values
    return values.date > 0 and (first is None or values.date >= first) and (last is None or values.date_last <= last)


def filtered(article: Known, filters: Filters, articles: Articles, *, without: str = "") -> bool:
    """Say whether an article passes all filters, or all but one field's own."""
    wanted: tuple[tuple[str, tuple[str, ...], Mode], ...] = (
        ("person", filters.person, filters.person_mode),
        ("outlet", filters.outlet, filters.outlet_mode),
        ("publisher", filters.publisher, "any"),
    )
    for field, names, mode in wanted:
        if names and field != without:
            each = [has(article, field, name, articles, whole=True) for name in names]
            if not (all(each) if mode == "all" else any(each)):
                return False
    for field, names in (("person", filters.not_person), ("outlet", filters.not_outlet)):
        if any(has(article, field, name, articles, whole=True) for name in names):
            return False
    ranged = filters.first is not None or filters.last is not None
    if ranged and not dated(article, filters.first, filters.last):
        return False
    return filters.undated == "include" or (article.values.date == 0) == (filters.undated == "only")


def facet_of(
    wish: FacetWish,
    matches: list[Known],
    filters: Filters,
    articles: Articles,
    one_of: Callable[[Known], tuple[str, str]],
) -> Counts:
    """Count for each value the hits that have it where it is chosen, else the hits there were if it were chosen too.

    Matches are one hit where `one_of` gives the same for them.
    """
    chosen: tuple[str, ...] = getattr(filters, wish.field, ())
    widening = chosen and getattr(filters, f"{wish.field}_mode", "any") == "any"
    reached = [one for one in matches if filtered(one, filters, articles, without=wish.field if widening else "")]
    hits = [one for one in reached if filtered(one, filters, articles)]
    known = {name for article in articles for name in article.names(wish.field)}
    selected: dict[str, None] = {}
    parts: list[str] = []
    for name in chosen:
        same = [name] if name in known else sorted(one for one in known if forms_of(one) == forms_of(name))
        selected |= dict.fromkeys(same)
        if not same and name != NONE:
            parts.append(name)

    def count(having: list[Known], *, already: bool) -> int:
        """Count a value's articles, and the hits beside them that choosing it too would leave."""
        if widening and not already:
            return len({one_of(one) for one in (*hits, *having)})
        return len({one_of(one) for one in having})

    names = {name for one in reached for name in one.names(wish.field)}
    if wish.containing:
        asked = forms_of(wish.containing)
        forms = {
            name: {form for one in own for form in forms_of(one)}
            for name, own in known_as(wish.field, articles).items()
        }
        names = {name for name in names if all(any(form.startswith(a) for form in forms[name]) for a in asked)}
    counts = {
        name: count([one for one in reached if name in one.names(wish.field)], already=name in selected)
        for name in (*names, *selected)
    }
    order = sorted(names, key=lambda name: (-counts[name], name.casefold(), name))
    shown = order[: wish.size]
    shown += [name for name in selected if name not in shown and not wish.containing]
    meaning = {name: meant(wish.field, name, articles, whole=True) for name in parts if not wish.containing}
    values = [(name, counts[name]) for name in shown]
    values += [
        (n, len({one_of(one) for one in hits if not m.isdisjoint(one.names(wish.field))}))
        for n, m in meaning.items()
        if m
    ]
    return Counts(
        field=wish.field,
        values=tuple(values),
        chosen=frozenset([*selected, *parts]),
        distinct=len(names),
        none=count([one for one in reached if not one.names(wish.field)], already=NONE in chosen),
    )


@functools.lru_cache(maxsize=256)
def forms_of(text: str) -> list[str]:
    """Give the words of a text."""
    return [word.form for word in words(text)]


def joined_of(text: str) -> list[str]:
    """Give the joined forms of a text."""
    return [word.form for word in joined(text)]
