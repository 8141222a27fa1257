"""The table of outlets: their canonical names, the names that texts give them, their domains and countries."""

import functools
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources

from index.tag.tokens import tokenise

# Shorter names in capitals are words and abbreviations of their own more often than shouted names.
_SHOUTED_LENGTH = 4
_PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outlet:
    """One news organisation.

    `aliases` always mean it; `ambiguous` names mean it only in context, and may belong to several outlets. `country`
    is an ISO 3166 code, `kind` a word such as newspaper, agency, broadcaster, magazine, site; both may be empty.
    """

    name: str
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    country: str = ""
    kind: str = ""

    @property
    def title(self) -> str:
        """The name without what tells it from its namesakes: "The Herald" of "The Herald (Glasgow)"."""
        return self.name.split(" (", 1)[0]


class OutletTable:
    """Every known outlet, found by name, by domain and by the tokens of a text.

    `safe` and `possible` map names, as their tokens joined by blanks, to the outlets that they always mean and that
    they mean only in context; `lengths` maps the first token of every name to the lengths of those names in tokens,
    longest first.
    """

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self.outlets = tuple(outlets)
        self.safe: dict[str, tuple[Outlet, ...]] = {}
        self.possible: dict[str, tuple[Outlet, ...]] = {}
        self._names: dict[str, Outlet] = {}
        self._domains: dict[str, tuple[Outlet, ...]] = {}
        lengths: dict[str, set[int]] = {}
        for outlet in self.outlets:
            self._add(outlet, lengths)
        self.lengths = {token: tuple(sorted(sizes, reverse=True)) for token, sizes in lengths.items()}

    def by_name(self, name: str) -> Outlet | None:
        """Find the outlet of a name or of a safe alias, whatever its case, and a leading "The" aside."""
        return self._names.get(name_key(name))

    def by_domain(self, host: str) -> Outlet | None:
        """Find the outlet whose site a host is (`www.` and deeper subdomains aside); None where several share it."""
        labels = host.lower().rstrip(".").split(".")
        for start in range(len(labels) - 1):
            known = self._domains.get(".".join(labels[start:]))
            if known is not None:
                return known[0] if len(known) == 1 else None
        return None

    def _add(self, outlet: Outlet, lengths: dict[str, set[int]]) -> None:
        for name in (outlet.name, *outlet.aliases):
            self._names.setdefault(name_key(name), outlet)
            if name in outlet.ambiguous:
                continue
            bare = name.removeprefix("The ")
            for form in (name, bare) if bare != name and " " in bare else (name,):
                _plant(self.safe, form, outlet, lengths)
                if len(form) >= _SHOUTED_LENGTH and not form.isupper() and form.upper() not in outlet.ambiguous:
                    _plant(self.safe, form.upper(), outlet, lengths)
        for name in outlet.ambiguous:
            _plant(self.possible, name, outlet, lengths)
        for domain in outlet.domains:
            self._domains[domain] = (*self._domains.get(domain, ()), outlet)
            self.safe.setdefault(domain, (outlet,))
            lengths.setdefault(domain, set()).add(1)


def name_key(name: str) -> str:
    """Give the form under which names of outlets are compared: case, a leading "The" and punctuation aside."""
    key = _PUNCTUATION.sub(" ", name.replace("’", "").replace("'", "").casefold()).strip()
    return key.removeprefix("the ")


def _plant(names: dict[str, tuple[Outlet, ...]], name: str, outlet: Outlet, lengths: dict[str, set[int]]) -> None:
    if name.replace(" ", "").isalpha():
        forms = [name.split()]
    else:
        tokens = [token.replace("’", "'") for token in tokenise("title", name).strings]
        forms = [tokens, [token for token in tokens if token != "-"]] if "-" in tokens else [tokens]
    for form in forms:
        key = " ".join(form)
        known = names.get(key)
        if known is None:
            names[key] = (outlet,)
            lengths.setdefault(form[0], set()).add(len(form))
        elif outlet not in known:
            names[key] = (*known, outlet)


def read_table(lines: Iterable[str]) -> OutletTable:
    """Read the table: a heading, then one outlet a line, tab-separated; lists are separated by `|`."""
    outlets = []
    for line in itertools.islice(lines, 1, None):
        name, aliases, ambiguous, domains, country, kind = line.rstrip("\n").split("\t")
        outlets.append(
            Outlet(
                name=name,
                aliases=_split(aliases),
                ambiguous=_split(ambiguous),
                domains=_split(domains),
                country=country,
                kind=kind,
            )
        )
    return OutletTable(outlets)


@functools.cache
def default_table() -> OutletTable:
    """Load the table that is shipped with the package."""
    with (resources.files("index.tag") / "data" / "outlets.tsv").open(encoding="utf-8") as lines:
        return read_table(lines)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part) if cell else ()
