"""From spans to people: each person once, under the fullest name that the article gives.

The spans of the sequence model are cleaned (titles, brackets), those that are no person are refused (`refusals`), full
names that fit each other are joined, and then each short name finds its person: the surname, a given name, a nickname
or initials of somebody whom the article names in full, else somebody well known, else itself.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.tag.edges import settle_edges
from index.tag.fits import Fit, fit
from index.tag.identity import Identities, likeness
from index.tag.kinds import kind_of
from index.tag.names import PersonName, full_names_fit, may_begin_with_given, parse_name, same_spelling, without_article
from index.tag.refusals import refused
from index.tag.register import Person, Register
from index.tag.things import doubtful_surfaces, is_thing_here
from index.tag.titles import offices_before, sex_before
from index.tag.tokens import Document, Span
from index.tag.wellknown import WellKnown, well_known
from index.types import Mention

_ROYAL = frozenset(["prince", "princess", "king", "queen", "pope", "emperor", "empress", "sultan", "emir", "lady"])
_YOUNGER, _ELDER = frozenset(["younger", "junior"]), frozenset(["elder", "older", "senior"])


@dataclass(slots=True)
class _Place:
    """One span with what resolution finds out about it."""

    span: Span
    name: PersonName
    person: Person | None = None
    via: str = ""


def find_people(document: Document, spans: Sequence[Span]) -> list[Mention]:
    """Resolve the model's person spans; spans of other kinds are passed over. In the order of the spans."""
    settled = list(settle_edges(spans))
    places = [_Place(span=span, name=parse_name(span.surface)) for span in settled if not refused(span)]
    places = [place for place in places if not is_thing_here(place.span, settled)]
    origins = {id(place) for one, place in itertools.pairwise(places) if _is_origin(one, place)}
    full = {word for place in places if len(place.name.words) > 1 for word in place.name.words}
    things = doubtful_surfaces(settled)
    doubtful = {id(place) for place in places if place.span.surface in things} | origins
    places = [p for p in places if p.name.words and (id(p) not in doubtful or _is_named_in_full(p.name, full))]
    places = [p for p in places if len(p.name.words) < 2 or any(len(word) > 1 for word in p.name.words)]
    people = Register()
    year = int(document.article.published.value[:4]) if document.article.published else None
    identities = Identities((place.name, place.span) for place in places)
    _join_full_names(places, people, identities)
    _complete_couples(places, people, year)
    for number, place in enumerate(places):
        if place.person is None:
            _settle_short_name(place, people, identities, year)
        if place.person is not None:
            place.person.last_seen = number
    return [_mention(place) for place in places]


def _is_named_in_full(name: PersonName, full: set[str]) -> bool:
    """Tell whether a single word is one of somebody's full name; a name of several words is no evidence for itself."""
    return len(name.words) == 1 and name.words[0] in full


def _is_origin(one: _Place, place: _Place) -> bool:
    """Tell whether a single word after somebody's full name and `of` is where they come from: Ann Quill of Vilnius."""
    return len(one.name.words) > 1 and len(place.name.words) == 1 and _between(one.span, place.span) == "of"


def _join_full_names(places: list[_Place], people: Register, identities: Identities) -> None:
    """Make a person of each group of full names that fit each other, the fullest first."""
    tails = _tails(place.name for place in places)
    full = {place.name for place in places if _is_full(place.name, tails)}
    full -= {name for name in full if " " not in name.display and name.words in tails}  # Costa-Lopes
    by_name: dict[PersonName, Person] = {}
    for name in sorted(full, key=lambda name: (-name.weight, name.display)):
        fitting = [
            person for person in people.alike(name) if any(_fit(name, other, identities) for other in person.names)
        ]
        ambiguous = not name.suffix and len({other.suffix for person in fitting for other in person.names} - {""}) > 1
        by_name[name] = people.join(name, None if ambiguous or not fitting else fitting[0])
    for person in by_name.values():
        person.names.clear()
    for place in places:
        if place.name in by_name:
            place.person = by_name[place.name]
            place.person.names[place.name] = place.person.names.get(place.name, 0) + 1
            place.person.describe(place.span)
    for place in places:
        if place.person is not None:
            place.via = likeness(place.name, place.person.fullest).via


def _tails(names: Iterable[PersonName]) -> frozenset[tuple[str, ...]]:
    """List what stands behind the first word of longer names, as full surnames do (`al jaber` of Sultan Al Jaber)."""
    return frozenset(name.words[-number:] for name in names for number in range(2, len(name.words)))


def _is_full(name: PersonName, tails: frozenset[tuple[str, ...]]) -> bool:
    """Tell whether a name has more than a surname with its particles, and more than initials (`C. J.`)."""
    bare = len(without_article(name.words)) == 1 and not (may_begin_with_given(name) and name.words not in tails)
    return len(name.words) > 1 and not bare and any(len(word) > 1 for word in name.words)


def _fit(name: PersonName, other: PersonName, identities: Identities) -> bool:
    if bool(name.suffix) != bool(other.suffix) and _separate_from_junior(name, other):
        return False
    return identities.are_one(name, other)


def _separate_from_junior(name: PersonName, other: PersonName) -> bool:
    """Tell whether the one without `Jr.` is well known by himself (`Donald Trump` beside `Donald Trump Jr.`)."""
    plain = other if name.suffix else name
    return well_known().is_full(plain)


def _complete_couples(places: list[_Place], people: Register, year: int | None) -> None:
    """Give the surname to given names before `and` or a comma: Bill and Hillary Clinton."""
    chained = False
    for here, following in reversed(list(itertools.pairwise(places))):
        between = _between(here.span, following.span)
        linked = between in ("and", "&") or (between == "," and chained)
        single = len(here.name.words) == 1 and kind_of(here.span.surface).sort == "F"
        surname = following.name.words[-1] if len(following.name.words) > 1 or chained else ""
        chained = bool(linked and single and surname and following.person is not None)
        if chained and (well_known().find(here.name, titles=(), year=year) or _is_royal(here.span)):
            continue  # Ivanka and Jared Kushner, Prince Harry and Meghan Markle
        if (
            chained
            and following.person is not None
            and all(_rank(here.name, person) is Fit.NOT for person in people.near(here.name))
        ):
            family = following.person.fullest.display.split(" ")[-1]
            name = parse_name(f"{here.name.display} {family}")
            here.person = Person(names={name: 1})
            here.via = "surname shared with the next name"
            people.add(here.person)


def _is_royal(span: Span) -> bool:
    """Tell whether a given name stands alone because its bearer has no other: Prince Harry."""
    return bool(_ROYAL.intersection(_titles_before(span)[-1:]))


def _between(one: Span, other: Span) -> str:
    if one.tokens is not other.tokens or other.first - one.last != 1:
        return ""
    return one.tokens.strings[one.last]


def _rank(name: PersonName, person: Person) -> Fit:
    """Tell how well a short name fits a person."""
    return max(fit(name, full) for full in person.names)


def _settle_short_name(place: _Place, people: Register, identities: Identities, year: int | None) -> None:
    """Find whom a short name means, among the people so far and those who are well known; else it is a new person."""
    sex, offices = sex_before(place.span), offices_before(place.span)
    ranked = [
        (rank, person)
        for person in people.near(place.name)
        if (rank := _rank(place.name, person)) > Fit.NOT and person.may_be(sex)
    ]
    if not identities.may_be_slip(place.name):
        ranked = [
            (rank, person) for rank, person in ranked if rank is not Fit.NEAR or _is_transliterated(place, person)
        ]
    ranked = [(rank, person) for rank, person in ranked if person.has_suffix(place.name.suffix)] or ranked
    best = max((rank for rank, _ in ranked), default=Fit.NOT)
    candidates = _by_age(place.span, [person for rank, person in ranked if rank == best])
    if best == Fit.SURNAME and all(person.relative and person.last_seen < 0 for person in candidates):
        candidates, best = [], Fit.NOT
    candidates = [person for person in candidates if sex in person.known_sexes] or candidates
    fitting = [person for person in candidates if offices and offices & person.offices]
    known = well_known().find(place.name, titles=_titles_before(place.span), year=year)
    if known and not Person(names={parse_name(known.name): 0}).may_be(sex):
        known = None
    if fitting:
        candidates = fitting
    elif (
        known
        and not any(_is(person, known) for person in candidates)
        and (best < Fit.SURNAME or _overrides(place, known, candidates))
    ):
        candidates = [people.of(known)]
        place.via = "well-known name"
    elif known and len(candidates) > 1:
        candidates = [person for person in candidates if _is(person, known)] or candidates
    if candidates:
        place.person = max(candidates, key=lambda person: (person.last_seen, person.times))
        place.via = place.via or _via(place, best)
    else:
        place.person = Person(names={place.name: 1})
        people.add(place.person)
        place.via = "name as it stands"


def _via(place: _Place, best: Fit) -> str:
    """Say why a short name means its person."""
    assert place.person is not None
    if place.person.known and not place.person.times:
        return "well-known name"
    return "name as it stands" if place.name in place.person.names else best.via


def _is_transliterated(place: _Place, person: Person) -> bool:
    """Tell whether a surname is a person's in another transliteration."""
    return any(same_spelling(place.name.words[-1], name.words[-1]) for name in person.names)


def _by_age(span: Span, people: list[Person]) -> list[Person]:
    """Choose among a father and his junior by `the elder` and `the younger`."""
    before = set(_titles_before(span)[-1:])
    if before & _YOUNGER:
        return [person for person in people if any(name.suffix not in ("", "sr") for name in person.names)] or people
    if before & _ELDER:
        return [person for person in people if all(name.suffix in ("", "sr") for name in person.names)] or people
    return people


def _is(person: Person, known: WellKnown) -> bool:
    """Tell whether a person of the article is the well-known one."""
    target = parse_name(known.name)
    return person.known == known.name or any(
        name.suffix == target.suffix and (full_names_fit(name, target) or full_names_fit(target, name))
        for name in person.names
    )


def _overrides(place: _Place, known: WellKnown, candidates: list[Person]) -> bool:
    """Tell whether a bare surname means somebody well known although the article names a relative in full."""
    return known.first or all(person.last_seen < 0 for person in candidates)


def _titles_before(span: Span) -> tuple[str, ...]:
    """List the two tokens before a span, folded, nearest last."""
    first = max(span.first - 2, span.tokens.bounds[span.tokens.sentences[span.first]])
    return tuple(kind_of(string).lower for string in span.tokens.strings[first : span.first])


def _mention(place: _Place) -> Mention:
    assert place.person is not None
    return Mention(
        kind="person",
        value=place.person.fullest.display,
        surface=place.span.surface,
        field=place.span.tokens.field,
        start=place.span.start,
        end=place.span.end,
        via=place.via,
    )
