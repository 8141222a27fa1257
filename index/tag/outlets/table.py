"""The table of outlets: their canonical names, the names that texts give them, their domains and countries."""

import bisect
import functools
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources

from index.tag.cutting import pieces

# Shorter names in capitals are words and abbreviations of their own more often than shouted names.
_SHOUTED_LENGTH = 4
_LEAD = 30
_HOSTS = (".com", ".org", ".net", ".co.uk", ".com.au", ".news", ".info")
_ARABIC_ARTICLES = ("Al", "al", "El", "el")
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


_Names = dict[str, tuple[Outlet, ...]]


class OutletTable:
    """Every known outlet, found by name, by domain and by the tokens of a text.

    `safe` and `possible` map names, as their tokens joined by blanks, to the outlets that they always mean and that
    they mean only in context, the best known first; `lengths` maps the first token of every name to the lengths of
    those names in tokens, longest first.
    """

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self.outlets = tuple(outlets)
        self.safe: _Names = {}
        self.possible: _Names = {}
        self._names: dict[str, Outlet] = {}
        self._domains: _Names = {}
        spelled: list[tuple[str, Outlet, _Names]] = []
        for outlet in self.outlets:
            ambiguous = frozenset(outlet.ambiguous)
            for name in (outlet.name, *outlet.aliases):
                self._names.setdefault(name_key(name), outlet)
                if name not in ambiguous:
                    spelled += [(form, outlet, self.safe) for form in _forms(name) if form not in ambiguous]
            spelled += [(form, outlet, self.possible) for name in outlet.ambiguous for form in _variants(name)]
            for domain in outlet.domains:
                self._domains[domain] = (*self._domains.get(domain, ()), outlet)
        _plant(spelled, self.safe)
        for domain, known in self._domains.items():
            self.safe.setdefault(domain if domain.endswith(_HOSTS) else _cut_host(domain), known)
        for names in (self.safe, self.possible):
            names.update({form: tuple(sorted(known, key=_fame)) for form, known in names.items() if len(known) > 1})
        self.lengths = _lengths(self.safe, self.possible)

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


def _cut_host(domain: str) -> str:
    """Give the tokens of a host's name that texts are cut into, as its ending is none of those that they know."""
    return domain.replace(".", " . ").replace("-", " - ").replace("/", " / ")


def _fame(outlet: Outlet) -> int:
    """Put those first that people call by many names, and those of the two countries with the most readers."""
    return -len(outlet.aliases) - len(outlet.domains) - (_LEAD if outlet.country in ("US", "GB") else 0)


def name_key(name: str) -> str:
    """Give the form under which names of outlets are compared: case, a leading "The" and punctuation aside."""
    key = name.lower()
    if not name.isascii():
        key = name.casefold().replace("’", "")
    if not key.replace(" ", "").isalnum():
        key = _PUNCTUATION.sub(" ", key.replace("'", "")).strip()
    return key.removeprefix("the ")


def _forms(name: str) -> tuple[str, ...]:
    """Give a name, and what texts make of it: without its article, "Of" for "of", an Arabic article in any spelling."""
    if name.startswith("The ") and name.count(" ") > 1:
        return (name, name[4:])
    if " of " in name:
        return (name, name.replace(" of ", " Of "))
    return _variants(name)


def _variants(name: str) -> tuple[str, ...]:
    """Give a name with its Arabic article in all its spellings: Al-Ahram, al-Ahram, El-Ahram, el-Ahram."""
    first, hyphen, rest = name.partition("-")
    if hyphen and first in _ARABIC_ARTICLES:
        return (name, *(f"{article}-{rest}" for article in _ARABIC_ARTICLES if article != first))
    return (name,)


def _plant(spelled: Sequence[tuple[str, Outlet, _Names]], safe: _Names) -> None:
    """Enter names by their tokens, safe ones also in capitals."""
    tokens = _tokens_of([name for name, _, _ in spelled if not _is_plain(name)])
    for name, outlet, names in spelled:
        for form in tokens.get(name) or (name,):
            _enter(names, form, outlet)
            if (
                names is safe
                and len(form) >= _SHOUTED_LENGTH
                and not form.isupper()
                and form.upper() not in outlet.ambiguous
            ):
                _enter(names, form.upper(), outlet)


def _lengths(*names: _Names) -> dict[str, tuple[int, ...]]:
    """Give the lengths in tokens of the names that begin with each token, longest first."""
    masks: dict[str, int] = {}
    for form in itertools.chain(*names):
        first = form.partition(" ")[0]
        masks[first] = masks.get(first, 0) | 1 << form.count(" ")
    tuples = {
        mask: tuple(bit + 1 for bit in reversed(range(mask.bit_length())) if mask >> bit & 1)
        for mask in set(masks.values())
    }
    return {first: tuples[mask] for first, mask in masks.items()}


def _enter(names: _Names, form: str, outlet: Outlet) -> None:
    known = names.get(form)
    if known is None:
        names[form] = (outlet,)
    elif outlet not in known:
        names[form] = (*known, outlet)


def _is_plain(name: str) -> bool:
    """Tell names whose tokens are their words from those that have to be cut as texts are."""
    return name.replace(" ", "").isalpha() or name.endswith(_HOSTS)


def _tokens_of(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Cut names as texts are cut, all at once; those with hyphens also without them. Tokens are joined by blanks."""
    cut = pieces("\n".join(names).replace("’", "'"))
    strings, starts = [string for string, _, _ in cut], [start for _, start, _ in cut]
    forms: dict[str, tuple[str, ...]] = {}
    place = end = 0
    for name in names:
        end += len(name) + 1
        first, place = place, bisect.bisect_left(starts, end, place)
        whole = " ".join(strings[first:place])
        forms[name] = (whole, whole.replace(" - ", " ")) if " - " in whole else (whole,)
    return forms


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
    return tuple(cell.split("|")) if cell else ()
