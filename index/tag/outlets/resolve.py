"""Which outlet each name means: the one that the article names in full, the publisher, the country's, or none."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from urllib.parse import urlsplit

from index.tag.lexicon import word_list
from index.tag.outlets.context import Evidence, evidence, is_called
from index.tag.outlets.otherwise import OWNERS, PAPERS, is_compound, names_somebody
from index.tag.outlets.place import Place
from index.tag.outlets.table import Outlet, OutletTable
from index.tag.tokens import Document, Span
from index.tag.wordtable import shipped_words
from index.types import Article

_ACRONYM = re.compile(r"\(([A-Z]{2,6})\)")
_SPELLED_OUT = re.compile(r"\b([A-Z]{2,6}) \(((?:[A-Z][\w-]+(?: (?:of|for|and|the|in))* ?){2,8})\)")
_SMALL = frozenset(("of", "the", "for", "and", "&", "in"))
_LONGEST_DEFINITION = 90
# What stands between the members of a list.
_BETWEEN = frozenset((",", "and", "or", "/", "&"))
_WORKS = frozenset(
    (
        "novel",
        "film",
        "movie",
        "book",
        "album",
        "song",
        "single",
        "musical",
        "opera",
        "band",
        "play",
        "sitcom",
        "ship",
        "studio",
    )
)
"""Words after which even a name that always means an outlet is a work's: "the novel Vanity Fair"."""
_FIRMS = frozenset(("Group", "Holdings", "Inc", "Inc.", "Corp", "Corp.", "Plc", "Award", "Awards", "Prize", "Building"))
"""Words that make the capitals before them a firm or a thing: "Bustle Digital Group"."""
_PARTIES = frozenset(("democrat", "republican", "independent", "labour", "conservative", "liberal", "green"))
_MEMBERS = frozenset(("democrat", "republican", "conservative", "liberal"))
"""Words for members of a party, whom even "according to the" goes with."""


_ANY_TOWN_NAMES = (
    "Examiner,Tribune,Statesman,Daily News,Herald,Chronicle,Gazette,Courier,Register,Sentinel,Dispatch,Call,Sun,Star"
)
_ANY_TOWNS = frozenset(_ANY_TOWN_NAMES.split(","))
"""Short names that papers of many towns bear."""
_MEANT_ALONE = frozenset(("The New York Times", "The Washington Post", "The Wall Street Journal"))
"""Outlets that the press means by a short name alone."""


def publisher_of(article: Article, table: OutletTable) -> Outlet | None:
    """Give the known outlet that published an article: by its publisher's name, else by its address."""
    if article.publisher and (outlet := table.by_name(article.publisher)) is not None:
        return outlet
    return table.by_domain(urlsplit(article.url).hostname or "") if article.url else None


class Resolver:
    """Decides the places of one article, all together: what one names in full explains what others shorten."""

    def __init__(self, document: Document, *, own: Outlet | None, table: OutletTable) -> None:
        self._own = own
        self._table = table
        self._named: dict[Outlet, None] = {}
        self._countries: Counter[str] = Counter()
        self._unknown: dict[str, str] = {}
        self._certain: set[tuple[int, int]] = set()
        self._people: set[str] = set()
        self._definitions = dict(_definitions(document.article.text))

    def decide(self, places: list[Place], spans: Sequence[Span]) -> list[Place]:
        """Give the places that name an outlet, each with its value and `via`."""
        people = {place.surface for place in places if place.last - place.first == 1 and names_somebody(place)}
        surnames = {span.tokens.strings[span.last - 1] for span in spans if _is_a_full_name(span)}
        self._people = people | surnames
        begun = {(id(span.tokens), span.first) for span in spans if _is_a_full_name(span)}
        for place in places:
            if _begins_a_person(place, begun):
                continue
            if place.safe and not self._means_another(place, people) and place.token(-1).lower() not in OWNERS:
                outlet = self._among(place.candidates) or place.candidates[0]
                self._settle(place, outlet, "table")
                self._certain |= {(id(place.tokens), place.first), (id(place.tokens), place.last - 1)}
        self._weigh_forms(places)
        for place in places:
            if place.candidates and not place.safe and not place.value:
                self._weigh(place)
        self._from_spans(places, [span for span in spans if span.kind == "outlet"])
        return _apart([place for place in places if place.value])

    def _weigh_forms(self, places: Sequence[Place]) -> None:
        """Let a name that has an outlet's form vouch for the ambiguous name of the table that it is."""
        unsure = [place for place in places if place.candidates and not place.safe]
        doubtful = {index: place for place in unsure for index in place.indices}
        for place in places:
            if not place.value or place.candidates:
                continue
            known = doubtful.get((id(place.tokens), place.first))
            if known is None or not known.covers(place):
                self._unknown.setdefault(place.value.rpartition(" ")[2], place.value)
                continue
            place.value = ""
            if evidence(known) is not Evidence.AGAINST:
                self._settle_ambiguous(known, "table + context")

    def _settle(self, place: Place, outlet: Outlet, via: str) -> None:
        place.value, place.via = outlet.title, via
        if outlet not in self._named:
            self._named[outlet] = None
            self._countries[outlet.country] += 1

    def _settle_ambiguous(self, place: Place, via: str) -> None:
        """Choose for a short name; one that any town's paper may bear stays as it stands where nothing tells."""
        outlet = self._among(place.candidates) or place.candidates[0]
        told = outlet in self._named or outlet is self._own or outlet.title in _MEANT_ALONE
        name = place.surface.removeprefix("The ")
        if told or name not in _ANY_TOWNS or not _bears_more(outlet, name) or self._is_the_countrys(place, outlet):
            self._settle(place, outlet, via)
        else:
            place.value, place.via = f"The {name}", "name as it stands"

    def _is_the_countrys(self, place: Place, outlet: Outlet) -> bool:
        """Tell whether the country says which is meant: the only one of the name there, where papers are national."""
        country = self._country()
        same = [other for other in place.candidates if other.country == country]
        return country not in ("", "US") and same == [outlet]

    def _is_the_countrys_channel(self, place: Place) -> bool:
        """See "Channel 4" in a country that has one: a number makes a name of a word."""
        if not place.surface[-1].isdecimal() or place.tokens.field == "title" or " " not in place.surface:
            return False
        return [outlet for outlet in place.candidates if outlet.country == self._country()] == [place.candidates[0]]

    def _means_another(self, place: Place, people: Iterable[str]) -> bool:
        """See an acronym that the article defines otherwise, and a word that is also somebody's name."""
        definition = self._definitions.get(place.surface.removeprefix("The "))
        if definition is not None:
            known = self._table.by_name(definition)
            return known not in place.candidates
        if place.token(-1) in _WORKS or _is_a_firm(place) or is_compound(place):
            return True
        if place.surface not in people or is_called(place):
            return False
        # What a paper says, somebody of its name may say too.
        return not place.safe or evidence(place) is not Evidence.STRONG

    def _weigh(self, place: Place) -> None:
        """Decide an ambiguous name of the table by what stands around it and by what the article names elsewhere."""
        weight = evidence(place)
        word = place.surface.lower()
        if word.removeprefix("the ") in _MEMBERS or (word in _PARTIES and place.token(-1) not in ("the", "The")):
            weight = min(weight, Evidence.NONE)  # "his corrupt Democrat colleague"
        if weight is Evidence.AGAINST or place.surface[0].islower() or self._means_another(place, self._people):
            return
        named = next((outlet for outlet in place.candidates if outlet in self._named), None)
        if named is not None and (weight > Evidence.NONE or _stands_alone(place, named)):
            self._settle(place, named, "short name of an outlet named in full")
            return
        if weight > Evidence.NONE and self._settle_short(place):
            return
        if (
            weight is Evidence.STRONG
            or (weight is Evidence.WEAK and self._own in place.candidates)
            or self._is_in_a_list(place)
            or self._is_the_countrys_channel(place)
        ):
            self._settle_ambiguous(place, "table + context")

    def _is_in_a_list(self, place: Place) -> bool:
        """See "CNN, CBS, ABC and others": another outlet beside it, with a comma, a slash or an "and" between."""
        if place.tokens.field == "title":
            return False
        before, after = place.first - 1, place.last
        if place.token(-1) in ("the", "The"):
            before -= 1
        if place.token(-1) in _BETWEEN or place.token(-2) in _BETWEEN:
            while before > 0 and place.tokens.strings[before] in _BETWEEN:
                before -= 1
            if (id(place.tokens), before) in self._certain:
                return True
        if place.token(1) not in _BETWEEN:
            return False
        while after + 1 < len(place.tokens.strings) and place.tokens.strings[after] in (*_BETWEEN, "the", "The"):
            after += 1
        return (id(place.tokens), after) in self._certain

    def _settle_short(self, place: Place) -> bool:
        """Take a name for the outlet named in full whose name ends in it: "Capital Gazette", then "the Gazette"."""
        name = " " + place.surface.removeprefix("The ")
        known = next((outlet for outlet in self._named if outlet.title.endswith(name)), None)
        if known is not None:
            self._settle(place, known, "short name of an outlet named in full")
            return True
        value = self._unknown.get(name.rpartition(" ")[2], "")
        if value.endswith(name):
            place.value, place.via = value, "short name of an outlet named in full"
        return bool(place.value)

    def _among(self, candidates: Sequence[Outlet]) -> Outlet | None:
        """Choose among outlets of one name: one named in full, the publisher, the one of the publisher's country."""
        if len(candidates) == 1:
            return candidates[0]
        for outlet in candidates:
            if outlet in self._named or outlet is self._own:
                return outlet
        return next((outlet for outlet in candidates if outlet.country == self._country()), None)

    def _country(self) -> str:
        """Give the publisher's country, else the one that most of the outlets named for certain come from."""
        if self._own is not None:
            return self._own.country
        return max(self._countries, key=self._countries.__getitem__, default="")

    def _from_spans(self, places: list[Place], spans: Sequence[Span]) -> None:
        """Let the model's candidates vouch for ambiguous names that the words around them leave open.

        A candidate that is in no table and has no outlet's form is refused: of those that a model trained on 840
        articles found in 630 others, one was an outlet that nothing else had found, and 22 were none.
        """
        candidates = {(id(span.tokens), span.first, span.last) for span in spans}
        for place in places:
            if place.value or not place.candidates or (id(place.tokens), place.first, place.last) not in candidates:
                continue
            if place.surface in self._definitions or evidence(place) is Evidence.AGAINST:
                continue
            if self._means_another(place, self._people):
                continue
            if self._among(place.candidates) in self._named or not self._settle_short(place):
                self._settle_ambiguous(place, "model + table")


def _is_a_full_name(span: Span) -> bool:
    return span.kind == "person" and span.last - span.first > 1


def _begins_a_person(place: Place, begun: Container[tuple[int, int]]) -> bool:
    """See "Grantland Rice": a word in lower-case letters but the first, with which the model sees a name begin."""
    return place.last - place.first == 1 and place.surface.istitle() and (id(place.tokens), place.first) in begun


def _bears_more(outlet: Outlet, name: str) -> bool:
    """Tell whether an outlet's name says more than a short name: a town, or which of several it is."""
    return outlet.title.removeprefix("The ") != name


def _is_a_firm(place: Place) -> bool:
    """See a firm's word after the name, one capital between them at most, all on one line."""
    for offset in (1, 2):
        if place.token(offset) in _FIRMS:
            return "\n" not in place.tokens.text[place.end : place.end + 30].partition(place.token(offset))[0]
        if not place.token(offset)[:1].isupper():
            return False
    return False


def _stands_alone(place: Place, outlet: Outlet) -> bool:
    """Tell whether a short name is no word of its own, so that it means an outlet that is named in full elsewhere."""
    name = place.surface
    if place.tokens.strings[place.last - 1] in PAPERS and "The" in (place.tokens.strings[place.first], place.token(-1)):
        return True
    if " " in name or f"{name} magazine" in outlet.aliases:
        return False
    word = name.lower()
    return word not in word_list("demonyms") and word not in _PARTIES and shipped_words().case.get(word, 9) >= 8


def _apart(places: list[Place]) -> list[Place]:
    """Leave out places that lie in longer ones."""
    taken: set[tuple[int, int]] = set()
    kept = []
    for place in sorted(places, key=lambda place: place.first - place.last):
        if taken.isdisjoint(place.indices):
            taken.update(place.indices)
            kept.append(place)
    return kept


def _initials(word: str) -> str:
    """Give what a word adds to an acronym: T and I of "Tehreek-e-Insaf"."""
    if word in _SMALL:
        return ""
    return word[0].upper() + "".join(part[0] for part in word.split("-")[1:] if part[:1].isupper())


def _definitions(text: str) -> Iterable[tuple[str, str]]:
    """Find acronyms that the text itself explains: "World Health Organization (WHO)", "AP (Advanced Placement)"."""
    for match in _SPELLED_OUT.finditer(text):
        if "".join(map(_initials, match[2].split())) == match[1]:
            yield match[1], match[2]
    for match in _ACRONYM.finditer(text):
        words = text[max(0, match.start() - _LONGEST_DEFINITION) : match.start()].split()
        letters = ""
        for place in range(len(words) - 1, -1, -1):
            letters = _initials(words[place]) + letters
            if letters == match[1]:
                yield match[1], " ".join(words[place:])
                break
            if not match[1].endswith(letters):
                break
