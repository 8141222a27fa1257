"""Whom the values of an index are shown as: an archive's authority over what the tagger found (decision 0011).

A cluster holds the tagger's values. What is asked about a name that is shown is asked about the values behind it, but
for the articles in which a value is shown otherwise than elsewhere: these are listed by their ids.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from index.authority.authority import Authority
from index.authority.types import NameKind
from index.engines.opensearch.mapping import BETWEEN, own_key
from index.types import Quote, Tagged
from search.engines.opensearch import names
from search.engines.opensearch.expressions import every, terms
from search.engines.opensearch.view import Asking

FACETS = ("person", "outlet", "publisher", "speaker")

_AT_A_TIME = 1_000
_KEYS_AT_A_TIME = 200
_MOST_ASKED = 5_000


def kind_of(facet: str) -> NameKind:
    """Give what a facet's values name."""
    return "person" if facet in {"person", "speaker"} else "outlet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """How one facet's values are shown.

    - `shown`: the values that are shown as another, or as none (None); all others are shown as they are.
    - `behind`: for each value that others are shown as, these others.
    - `others`: other names with the value that each means; `called`: such a value's other names.
    - `out`, `within`: the articles that have not what their values say, or have it beside, by the value shown.
    - `bared`, `clad`: those that have no value shown though they have values, and the reverse.
    - `away`, `here`: values in single articles (`own_key`) that are not shown there as elsewhere: by what they are
      shown as elsewhere, and by what there; None is not shown at all.
    """

    shown: Mapping[str, str | None] = field(default_factory=dict)
    behind: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: frozenset[tuple[str, str]] = frozenset()
    called: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    out: Mapping[str, Set[str]] = field(default_factory=dict)
    within: Mapping[str, Set[str]] = field(default_factory=dict)
    bared: frozenset[str] = frozenset()
    clad: frozenset[str] = frozenset()
    away: Mapping[str | None, Set[str]] = field(default_factory=dict)
    here: Mapping[str | None, Set[str]] = field(default_factory=dict)

    def of(self, value: str) -> str | None:
        """Give whom a value is shown as where nothing is known of the article."""
        return self.shown.get(value, value)

    def values(self, name: str) -> tuple[str, ...]:
        """Give the values that are shown as a name."""
        own = () if name in self.shown else (name,)
        return (*own, *self.behind.get(name, ()))

    @property
    def hidden(self) -> list[str]:
        """The values that are not shown at all."""
        return sorted(value for value, to in self.shown.items() if to is None)

    def fitting(self, fits: Callable[[str], bool]) -> tuple[set[str], set[tuple[str, str]]]:
        """Give the names that others are shown as which fit, and the other names that do, each with what it means."""
        names = {name for name in {*self.behind, *self.within} if fits(name)}
        return names, {(other, to) for other, to in self.others if fits(other)}


PLAIN = Renamed()
"""What shows every value as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What of a facet is not shown just as it is written: shown `names`, and the index's `values` behind these or none.

    `articles` are those in which any value is shown otherwise than elsewhere.
    """

    names: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    values_set: frozenset[str] = frozenset()
    articles: tuple[str, ...] = ()


def moved_of(renamed: Renamed) -> Moved:
    """Tell what is not shown just as it is written."""
    names = {*renamed.behind, *renamed.out, *renamed.within}
    values = {*renamed.shown, *(value for name in names for value in renamed.values(name))}
    articles = {one for ids in (*renamed.out.values(), *renamed.within.values()) for one in ids}
    return Moved(
        names=tuple(sorted(names)),
        values=tuple(sorted(values)),
        values_set=frozenset(values),
        articles=tuple(sorted(articles)),
    )


_UNMOVED = Moved()


class Renaming:
    """How the values of all facets are shown; what is needed of the cluster is asked when it is made."""

    def __init__(self, authority: Authority, asking: Asking) -> None:
        self._authority = authority
        self._asking = asking
        articles = {kind: sorted(authority.articles(kind)) for kind in ("person", "outlet")}
        found = self._values({one for ids in articles.values() for one in ids})
        self._facets = {facet: self._renamed(facet, found) for facet in FACETS} if authority else {}
        self._moved = {facet: moved_of(renamed) for facet, renamed in self._facets.items()}

    def of(self, facet: str) -> Renamed:
        """Give how one facet's values are shown."""
        return self._facets.get(facet, PLAIN)

    def moved(self, facet: str) -> Moved:
        """Give what of one facet is not shown just as it is written."""
        return self._moved.get(facet, _UNMOVED)

    def shown(self, article: str, facet: str, values: Iterable[str]) -> tuple[str, ...]:
        """Give what is shown of an article's values."""
        if not self._facets:
            return tuple(values)
        found = (self._authority.shown(article, kind_of(facet), value) for value in values)
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def quotes(self, tagged: Tagged) -> tuple[Quote, ...]:
        """Give an article's quotations, whose speakers are those that are shown."""
        return self._authority.quotes(tagged.article.id, tagged.quotes)

    def _renamed(self, facet: str, found: Mapping[str, Mapping[str, Sequence[str]]]) -> Renamed:
        kind = kind_of(facet)
        values = {*self._authority.computed(kind), *self._called(facet, sorted(self._authority.keys(kind)))}
        meant = {value: self._authority.everywhere(kind, value) for value in values}
        shown = {value: to for value, to in meant.items() if to != value}
        behind: defaultdict[str, list[str]] = defaultdict(list)
        for value, to in sorted(shown.items()):
            if to is not None:
                behind[to].append(value)
        out: defaultdict[str, set[str]] = defaultdict(set)
        within: defaultdict[str, set[str]] = defaultdict(set)
        away: defaultdict[str | None, set[str]] = defaultdict(set)
        here: defaultdict[str | None, set[str]] = defaultdict(set)
        bared, clad = set(), set()
        for article, facts in found.items():
            said = {shown.get(value, value) for value in facts.get(facet, ())} - {None}
            seen = set(self.shown_of(article, kind, facts.get(facet, ())))
            for name in said - seen:
                out[str(name)].add(article)
            for name in seen - said:
                within[str(name)].add(article)
            for value in facts.get(facet, ()):
                elsewhere, to = shown.get(value, value), self._authority.shown(article, kind, value)
                if elsewhere != to:
                    away[elsewhere].add(own_key(article, value))
                    here[to].add(own_key(article, value))
            if said and not seen:
                bared.add(article)
            if seen and not said:
                clad.add(article)
        known = self._there(facet, sorted(shown))
        others = {
            *self._authority.aliases(kind).items(),
            *((one, to) for one, to in shown.items() if to and one in known),
        }
        called: defaultdict[str, list[str]] = defaultdict(list)
        for other, to in sorted(others):
            called[to].append(other)
        return Renamed(
            shown=shown,
            behind={name: tuple(own) for name, own in behind.items()},
            others=frozenset(others),
            called={name: tuple(own) for name, own in called.items()},
            out=out,
            within=within,
            bared=frozenset(bared),
            clad=frozenset(clad),
            away=away,
            here=here,
        )

    def shown_of(self, article: str, kind: NameKind, values: Iterable[str]) -> Iterator[str]:
        """Give what is shown of an article's values of one kind."""
        for value in values:
            to = self._authority.shown(article, kind, value)
            if to is not None:
                yield to

    def _called(self, facet: str, keys: Sequence[str]) -> Iterator[str]:
        """Give the values that have just the words of some keys of names."""
        for low in range(0, len(keys), _KEYS_AT_A_TIME):
            starts = [f"={key}{BETWEEN}" for key in keys[low : low + _KEYS_AT_A_TIME]]
            for values in names.lookup(self._asking, facet, starts):
                yield from values

    def _there(self, facet: str, values: Sequence[str]) -> set[str]:
        """Give those of some values that articles have; where they are many, all: they come from the archive."""
        if len(values) > _MOST_ASKED:
            return set(values)
        found: set[str] = set()
        for low in range(0, len(values), _AT_A_TIME):
            some = values[low : low + _AT_A_TIME]
            counted = {"terms": {"field": facet, "include": some, "size": len(some), "shard_size": 2 * len(some)}}
            asked = {"size": 0, "query": every([], [terms(facet, some)]), "aggs": {"there": counted}}
            found |= {one["key"] for one in self._asking.search(asked)["aggregations"]["there"]["buckets"]}
        return found

    def _values(self, articles: Set[str]) -> dict[str, dict[str, list[str]]]:
        """Give what the tagger found in some articles."""
        found: dict[str, dict[str, list[str]]] = {}
        ids = sorted(articles)
        for low in range(0, len(ids), _AT_A_TIME):
            some = ids[low : low + _AT_A_TIME]
            asked = {"size": len(some), "query": every([], [terms("id", some)]), "_source": False}
            answer = self._asking.search({**asked, "docvalue_fields": ["id", *FACETS]})
            for hit in answer["hits"]["hits"]:
                facts = hit["fields"]
                found[str(facts["id"][0])] = {name: list(facts.get(name, ())) for name in FACETS}
        return found
