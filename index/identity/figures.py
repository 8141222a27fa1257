"""People so well known that the press writes them in several ways, from the facts of `data/figures.tsv`.

A line has the usual name, other names of the same person, and names of others who could be taken for them.
"""

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib import resources

from index.identity.naming import Name, name_of

Row = tuple[str, tuple[str, ...], tuple[str, ...]]
_Key = tuple[str, str]


class Figures:
    """The table by name; a name that two people of it bear tells nothing."""

    def __init__(self, rows: Iterable[Row]) -> None:
        """Each row has the usual name, the other names, and those of others."""
        self._figures: dict[_Key, str] = {}
        self._others: dict[_Key, set[str]] = defaultdict(set)
        borne: Counter[_Key] = Counter()
        for usual, also, others in rows:
            keys = {key for form in (usual, *also) if (key := _key(name_of(form)))}
            borne.update(keys)
            self._figures.update(dict.fromkeys(keys, usual))
            for form in others:
                if (key := _key(name_of(form))) and key not in keys:
                    self._others[key].add(usual)
        for key, times in borne.items():
            if times > 1:
                del self._figures[key]

    def of(self, name: Name) -> str | None:
        """Give the usual name of somebody well known; None for anybody else."""
        return next((self._figures[key] for key in _keys(name) if key in self._figures), None)

    def is_usual(self, name: Name) -> bool:
        """Tell whether a name is the one by which somebody well known is usually called."""
        figure = self.of(name)
        return figure is not None and _key(name) == _key(name_of(figure))

    def same(self, one: Name, other: Name) -> bool | None:
        """Tell whether two names are of one well-known person (True) or of two (False); None where nothing is known."""
        first, second = self.of(one), self.of(other)
        if first and second:
            return first == second
        if (first and self._is_other(other, first)) or (second and self._is_other(one, second)):
            return False
        return None

    def _is_other(self, name: Name, figure: str) -> bool:
        return any(figure in self._others.get(key, ()) for key in _keys(name))


def _keys(name: Name) -> list[_Key]:
    """Give how a name is looked up: with the nickname for the given name first."""
    key = _key(name)
    if not key or not name.nickname:
        return [key] if key else []
    return [
        ("".join((name.nickname, *name.words[1:])), name.suffix),
        ("".join((name.nickname, name.words[-1])), name.suffix),
        key,
    ]


def _key(name: Name) -> _Key | None:
    return (name.compact, name.suffix) if len(name.words) > 1 else None


@functools.cache
def figures() -> Figures:
    """Read the table."""
    text = (resources.files("index.identity") / "data" / "figures.tsv").read_text(encoding="utf-8")
    return Figures(_rows(text))


def _rows(text: str) -> Iterable[Row]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            usual, also, others = [*line.split("\t"), "", ""][:3]
            yield usual, _names(also), _names(others)


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.split(";") if name.strip())
