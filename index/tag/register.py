"""The people of one article, found by their names without comparing every name with every other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from index.tag.names import PersonName, initials, parse_name, short_form_numbers
from index.tag.titles import Sex, is_relative, offices_after, offices_before, sex_before, sex_of_given
from index.tag.tokens import Span
from index.tag.wellknown import WellKnown, well_known

_MOST_NAMESAKES = 64
"""As many people of one key are compared; no article needs more, and hostile lists shall not cost a square."""


@dataclass(slots=True)
class Person:
    """Somebody named in full, or whom nothing longer names; grows while the article is read."""

    names: dict[PersonName, int] = field(default_factory=dict)
    last_seen: int = -1
    known: str = ""
    offices: set[str] = field(default_factory=set)
    sexes: set[Sex] = field(default_factory=set)
    relative: bool = False

    def describe(self, span: Span) -> None:
        """Keep what stands around one of the full names; the first tells whether it is somebody's relative."""
        if self.times == 1:
            self.relative = is_relative(span)
        self.offices |= offices_before(span) | offices_after(span)
        if (sex := sex_before(span)) is not None:
            self.sexes.add(sex)

    def may_be(self, sex: Sex | None) -> bool:
        """Tell whether nothing says that this is no man, or no woman; an honorific tells more than a given name."""
        known = self.known_sexes
        return sex is None or not known or sex in known

    @property
    def known_sexes(self) -> set[Sex]:
        """What honorifics say, else the given names; empty where neither does."""
        given = (sex_of_given(name.words[0]) for name in self.names if len(name.words) > 1)
        return self.sexes or {sex for sex in given if sex is not None}

    def has_suffix(self, suffix: str) -> bool:
        """Tell whether one of the names has this suffix; true for no suffix."""
        return not suffix or any(name.suffix == suffix for name in self.names)

    @property
    def times(self) -> int:
        """How often the full names stand in the article."""
        return sum(self.names.values())

    @property
    def fullest(self) -> PersonName:
        """The fullest name; among equally full ones that of somebody well known, the most frequent, then the first."""
        return max(self.names, key=lambda name: (name.weight, well_known().is_full(name), self.names[name]))


class Register:
    """Everybody whom an article names so far, by what a name of theirs may share with another."""

    def __init__(self) -> None:
        self._by_full: dict[str, list[Person]] = {}
        self._by_short: dict[str, list[Person]] = {}
        self._known: dict[str, Person] = {}
        self._order: dict[int, int] = {}

    def add(self, person: Person) -> None:
        """Take somebody in, under all the names that the person has."""
        for name in person.names:
            self._enter(name, person)

    def of(self, known: WellKnown) -> Person:
        """Give somebody well known whom the article names in short, taking them in at the first time."""
        if known.name not in self._known:
            self._known[known.name] = Person(names={parse_name(known.name): 0}, known=known.name)
            self.add(self._known[known.name])
        return self._known[known.name]

    def join(self, name: PersonName, person: Person | None) -> Person:
        """Add a full name to somebody, or to a new person; gives the person."""
        person = person or Person()
        person.names[name] = 0
        self._enter(name, person)
        return person

    def alike(self, name: PersonName) -> list[Person]:
        """List who may have this full name, in the order of entry."""
        return self._listed(self._by_full.get(key, ()) for key in _full_keys(name))

    def near(self, name: PersonName) -> list[Person]:
        """List whom this short name may mean, in the order of entry."""
        return self._listed(self._by_short.get(key, ()) for key in set(_short_keys(name)))

    def _enter(self, name: PersonName, person: Person) -> None:
        self._order.setdefault(id(person), len(self._order))
        for table, keys in ((self._by_full, _full_keys(name)), (self._by_short, set(_keys_of_full(name)))):
            for key in keys:
                people = table.setdefault(key, [])
                if len(people) < _MOST_NAMESAKES and all(other is not person for other in people):
                    people.append(person)

    def _listed(self, groups: Iterable[Iterable[Person]]) -> list[Person]:
        found = {id(person): person for group in groups for person in group}
        return [found[key] for key in sorted(found, key=self._order.__getitem__)]


def _full_keys(name: PersonName) -> set[str]:
    """Give what two full names of one person share, one at least.

    That is the last word, the first with another or with the last but for a slip, or all letters.
    """
    first, *others = name.words
    keys = {f"last {name.words[-1]}", "".join(name.words)}
    keys |= {f"{first} {word}" for word in others}
    keys |= {f"{first} {slip}" for slip in _slips(others[-1])} if others else set()
    return keys


def _short_keys(name: PersonName) -> Iterator[str]:
    """Give what a short name shares with a full one that it fits, one at least (`index.tag.fits`)."""
    yield from (name.words[-1], "".join(name.words))
    if len(name.words) == 1:
        word = name.words[0]
        yield from (f"form {number}" for number in short_form_numbers(word))
        yield f"initial {word[0]}" if len(word) == 1 else word
        yield from _slips(word)


def _keys_of_full(name: PersonName) -> Iterator[str]:
    yield from name.words
    yield from (name.nickname, "".join(name.words), initials(name), f"initial {name.words[0][0]}")
    yield from (f"form {number}" for number in short_form_numbers(name.words[0]))
    yield from _slips(name.words[-1])


def _slips(word: str) -> Iterator[str]:
    """Give a word and the word without each of its letters: words one slip apart share one of these."""
    if len(word) > 3:
        yield f"slip {word}"
        yield from (f"slip {word[:place]}{word[place + 1 :]}" for place in range(len(word)))
