"""What the names of one question mean, each looked up once an edition of a generation."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

from index.engines.opensearch.cluster import Json
from index.engines.opensearch.documents import folded
from index.engines.opensearch.mapping import BETWEEN, COUNTS, OWN, SPEAKER
from search.engines.arrays.forms import asked_of, forms_of
from search.engines.opensearch.expressions import every, present, some, terms, without
from search.engines.opensearch.names import Found, lookup
from search.engines.opensearch.renaming import PLAIN, Renaming
from search.engines.opensearch.view import Asking
from search.request import NONE

_Key = tuple[str, str, str]

_KEPT = 5_000

_WANTED = 24
"""Names of a facet that are counted with every page, those that pages needed last."""


class Known:
    """What was looked up last; safe for threads."""

    def __init__(self) -> None:
        self._found: OrderedDict[_Key, tuple[str, ...]] = OrderedDict()
        self._wanted: dict[str, tuple[str, ...]] = {}
        self._lock = threading.Lock()

    def get(self, key: _Key) -> tuple[str, ...] | None:
        """Give what was found for a key; None where that is not known."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def keep(self, key: _Key, found: tuple[str, ...]) -> tuple[str, ...]:
        """Remember what was found."""
        with self._lock:
            self._found[key] = found
            if len(self._found) > _KEPT:
                self._found.popitem(last=False)
        return found

    def wanted(self, field: str) -> tuple[str, ...]:
        """Give the names of a facet whose counts pages needed last."""
        with self._lock:
            return self._wanted.get(field, ())

    def want(self, field: str, names: Sequence[str]) -> None:
        """Remember that a page needed the counts of names."""
        with self._lock:
            self._wanted[field] = tuple(dict.fromkeys([*names, *self._wanted.get(field, ())]))[:_WANTED]


class Meanings:
    """Looks names up with what is left of one question's time; a partial answer is not remembered."""

    def __init__(self, asking: Asking, known: Known, renaming: Renaming) -> None:
        self._asking = asking
        self._known = known
        self.renaming = renaming

    def wanted(self, field: str) -> tuple[str, ...]:
        """Give the names of a facet to be counted with a page, so that they need not be asked for behind it."""
        return self._known.wanted(field)

    def want(self, field: str, names: Sequence[str]) -> None:
        """Remember that a page needed the counts of names: the next may need them too."""
        self._known.want(field, names)

    def of(self, field: str, text: str, *, whole: bool) -> tuple[str, ...]:
        """Give the values that a typed name means; see `Engine.names`."""
        key = ("whole" if whole else "words", field, text)
        found = self._known.get(key)
        if found is not None:
            return found
        same = self.same(field, text) or self.aliases(field, text) if whole else ()
        return self._keep(key, same or self._having_words(field, text))

    def same(self, field: str, text: str) -> tuple[str, ...]:
        """Give the value that a name is, else those that are it but for case, accents and signs."""
        own, _ = self._alike(field, text)
        return (text,) if text in own else own

    def aliases(self, field: str, text: str) -> tuple[str, ...]:
        """Give the values that a name means under which none is shown."""
        _, others = self._alike(field, text)
        return others

    def having(self, field: str, text: str, *, whole: bool) -> Json:
        """Match the articles that have a value that a typed name means; `NONE` means having none."""
        if text == NONE:
            return self.bare(field)
        return self.shown(field, self.of(field, text, whole=whole))

    def bare(self, field: str) -> Json:
        """Match the articles that show no value."""
        renamed = self.renaming.of(field)
        missing = without(present(field))
        if hidden := renamed.hidden:
            all_hidden = {"terms": hidden, "minimum_should_match_field": COUNTS[field]}
            missing = some([missing, {"terms_set": {field: all_hidden}}])
        if not renamed.bared and not renamed.clad:
            return missing
        return some([every([], [missing], _ids(renamed.clad)), *_ids(renamed.bared)])

    def shown(self, field: str, names: Iterable[str]) -> Json:
        """Match the articles that show any of some values."""
        renamed = self.renaming.of(field)
        plain: list[str] = []
        queries: list[Json] = []
        for name in names:
            values = renamed.values(name)
            if renamed.out.get(name):
                queries.append(every([], [terms(field, values)], _ids(renamed.out[name])))
            else:
                plain += values
            queries += _ids(renamed.within.get(name, ()))
        return some([terms(field, plain), *queries] if plain or not queries else queries)

    def said_by(self, text: str, *, whole: bool) -> Json:
        """Match the quotations whose speaker a typed name means; `NONE` means that none is told."""
        renamed = self.renaming.of("speaker")
        names = [None] if text == NONE else self.of("speaker", text, whole=whole)
        values = renamed.hidden if text == NONE else [value for name in names if name for value in renamed.values(name)]
        away = {key for name in names for key in renamed.away.get(name, ())}
        here = {key for name in names for key in renamed.here.get(name, ())}
        queries = [every([], [terms(SPEAKER, values)], [terms(OWN, sorted(away))] if away else [])]
        if here:
            queries.append(terms(OWN, sorted(here)))
        if text == NONE:
            queries.append(without(present(SPEAKER)))
        return some(queries)

    def _alike(self, field: str, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give the values shown that are a name but for signs, and those that it is another name of."""
        keys = ("alike", field, text), ("other", field, text)
        known = [self._known.get(key) for key in keys]
        if known[0] is not None and known[1] is not None:
            return known[0], known[1]
        [found] = lookup(self._asking, field, [f"={folded(text)}{BETWEEN}"])
        own, others = self._meant(field, found, lambda name: folded(name) == folded(text))
        return self._keep(keys[0], tuple(sorted(own))), self._keep(keys[1], tuple(sorted(others)))

    def _having_words(self, field: str, text: str) -> tuple[str, ...]:
        asked = asked_of(text)
        starts = [*asked.forms, *asked.compounds]
        by_start = dict(zip(starts, lookup(self._asking, field, [one + BETWEEN for one in starts]), strict=True))
        values: set[str] = set()
        if asked.forms:
            values |= set.intersection(*(set(by_start[form]) for form in asked.forms))
        for compound in asked.compounds:
            values |= set(by_start[compound])

        def fits(name: str) -> bool:
            words = {*forms_of(name), *asked_of(name).compounds}
            return (bool(asked.forms) and words >= {*asked.forms}) or not words.isdisjoint(asked.compounds)

        own, others = self._meant(field, values, fits)
        return tuple(sorted(own | others))

    def _meant(self, field: str, values: Iterable[str], fits: Callable[[str], bool]) -> tuple[set[str], set[str]]:
        """Give what is shown that fits itself, and what is shown for another name that fits and is not shown.

        `values` are those of the index that fit.
        """
        renamed = self.renaming.of(field)
        if renamed == PLAIN:
            return set(values), set()
        own, pairs = renamed.fitting(fits)
        for value in values:
            to = renamed.of(value)
            if to == value:
                own.add(value)
            elif to is not None:
                pairs.add((value, to))
        there = self.present(field, {*own, *(one for pair in pairs for one in pair)})
        return own & there, {to for other, to in pairs if to in there and other not in there}

    def present(self, field: str, names: Iterable[str]) -> set[str]:
        """Give those of some names that any article shows."""
        return {name for name, count in self.count(field, sorted(names), every([])).items() if count}

    def count(self, field: str, names: Sequence[str], within: Json) -> Found:
        """Count the articles, of those that match, that show each of some values."""
        found: Found = {}
        for low in range(0, len(names), _AT_A_TIME):
            part = names[low : low + _AT_A_TIME]
            filters = {f"n{number}": self.shown(field, [name]) for number, name in enumerate(part)}
            asked = {"size": 0, "query": within, "aggs": {"names": {"filters": {"filters": filters}}}}
            buckets = self._asking.search(asked)["aggregations"]["names"]["buckets"]
            found |= {name: int(buckets[f"n{number}"]["doc_count"]) for number, name in enumerate(part)}
        return found

    def _keep(self, key: _Key, found: tuple[str, ...]) -> tuple[str, ...]:
        return found if self._asking.cuts() else self._known.keep(key, found)


_AT_A_TIME = 500
"""Values that are counted one by one in one request."""


def _ids(articles: Iterable[str]) -> list[Json]:
    found = sorted(articles)
    return [terms("id", found)] if found else []
