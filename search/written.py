"""What the tagger itself found of names, whatever they are shown as."""

from collections.abc import Iterable

from index.authority.keys import key_of
from index.authority.types import NameKind
from search.engines.engine import Plan, Window
from search.query.tree import Value, ValueField, either
from search.searcher import Searcher

_FIELDS: dict[NameKind, tuple[ValueField, ...]] = {"person": ("person",), "outlet": ("outlet", "publisher")}


def written(searcher: Searcher, kind: NameKind, names: Iterable[str]) -> dict[str, int]:
    """Give in how many articles the tagger itself found each of some names."""
    with searcher.uncorrected() as engine:
        trees = {name: either([Value(field=one, text=name, whole=True) for one in _FIELDS[kind]]) for name in names}
        return {name: engine.run(Plan(tree=tree, window=Window(size=1))).total for name, tree in trees.items()}


def spellings(searcher: Searcher, kind: NameKind, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Give of each of some names the tagger's own that are it but for case, accents and signs."""
    with searcher.uncorrected() as engine:
        found = {
            name: [one for field in _FIELDS[kind] for one in engine.names(field, name, whole=True)] for name in names
        }
    return {
        name: tuple(dict.fromkeys(one for one in called if key_of(one) == key_of(name)))
        for name, called in found.items()
    }
