"""Names under which the values of a field are known, where an authority shows some values as others."""

from collections.abc import Mapping

from search.engines.arrays.ordinals import Ordinals, folded
from search.engines.arrays.renaming import NOTHING, Renamed


class KnownNames(Ordinals):
    """The values shown of a keyword field, found by their own words, and by those of all that is shown as them.

    What the tagger wrote is looked up in the ordinals of the generation (`written`), which `field` turns into ours;
    what it did not write (new names, aliases) is looked up beside. `aliases` gives for a name the value it means.
    """

    def __init__(self, field: Renamed, written: Ordinals, aliases: Mapping[str, str]) -> None:
        super().__init__(field.values)
        self._written = written
        place = {name: ordinal for ordinal, name in enumerate(field.values)}
        # A name under which something is shown means just that, whatever else was once called so.
        self._to = [place.get(name, to) for name, to in zip(written.values, field.to.tolist(), strict=True)]
        beside = {name: name for name in field.fresh}
        beside |= {name: to for name, to in aliases.items() if to in place and name not in place}
        self._beside = Ordinals(tuple(sorted(beside)))
        self._means = [place[beside[name]] for name in self._beside.values]
        self._keys: tuple[str, ...] | None = None

    def find(self, text: str, *, whole: bool) -> tuple[int, ...]:
        """Give the values that a typed name means: of just this name, else known under it, else with its words."""
        if whole and (same := self.same(text) or self.aliased(text)):
            return same
        found = self._written.having(text)
        ours = {self._to[one] for one in found} - {NOTHING}
        return tuple(sorted(ours | {self._means[one] for one in self._beside.having(text)}))

    def same(self, text: str) -> tuple[int, ...]:
        """Give the values that are shown under just this name; see `Ordinals.same`."""
        exact = self.exactly(text)
        return (exact,) if exact is not None else self._called(text, itself=True)

    def aliased(self, text: str) -> tuple[int, ...]:
        """Give the values that a name means under which nothing is shown."""
        return self._called(text, itself=False)

    def keys(self) -> tuple[str, ...]:
        """Give the words of each value and of its other names; see `Ordinals.keys`."""
        if self._keys is None:
            found: list[list[str]] = [[] for _ in self.values]
            for name, to in zip(self._written.keys(), self._to, strict=True):
                if to != NOTHING:
                    found[to].append(name)
            for name, to in zip(self._beside.keys(), self._means, strict=True):
                found[to].append(name)
            self._keys = tuple(map("".join, found))
        return self._keys

    def called(self, key: str) -> list[int]:
        """Give the values that are shown under a name of folded words."""
        return list(self._called(key, itself=True))

    def _called(self, text: str, *, itself: bool) -> tuple[int, ...]:
        key = folded(text)
        found = {(self._written.values[one], self._to[one]) for one in self._written.called(key)}
        found |= {(self._beside.values[one], self._means[one]) for one in self._beside.called(key)}
        return tuple(sorted({to for name, to in found if to != NOTHING and (self.values[to] == name) == itself}))
