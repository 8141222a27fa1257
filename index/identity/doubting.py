"""What speaks against two names' being one person's though they are alike: each doubt in nats, from the words alone.

Found by reading what was joined wrongly of 12,000 articles, each kind of mistake as a rule (docs/identity.md).
"""

from collections.abc import Mapping

from index.identity.differing import Differing
from index.identity.naming import doubled, forms, is_usual_form
from index.tag.lexicon import word_list
from index.tag.titles import sex_of_given

Words = tuple[str, ...]

_TWO_SHORT, _TWO_FAMILIES, _TWO_SEXES = 1.0, 1.5, 4.0
_MIDDLE_WORD = 2.6
_SECOND_GIVEN = 1.5
_TWO_INITIALS = 2.0
_OTHER_MIDDLE = 1.2
_GIVENS_TURNED = 4.0
_OTHER_BEGINNING = 2.0
_BOTH_USUAL = 1.2
_MORE_WORD = 1.0
_FEWEST_RUN_ON = 4
_KNOWN_WELL = 5
_PARTICLES = frozenset(["al", "el", "bin", "ben", "de", "la", "van", "von", "abu", "ibn", "del", "san"])


_OFFICES = {
    word: kind
    for kind, names in {
        "court": "judge justice magistrate",
        "arms": "sgt sergeant lt lieutenant col colonel maj cpl pfc trooper detective inspector sheriff patrolman",
        "stage": "actor actress singer rapper comedian musician guitarist filmmaker drummer",
        "sport": "coach quarterback midfielder striker pitcher goalkeeper boxer golfer",
        "trade": "trader broker chef barber baker farmer nurse pastor carpenter plumber",
        "press": "reporter correspondent columnist anchor",
        "learning": "professor historian economist biologist physicist psychologist sociologist",
        "rule": "sen senator rep congressman congresswoman governor gov mayor secretary minister chairman commissioner",
        "crime": "gunman shooter suspect inmate",
    }.items()
    for word in names.split()
}
_USUAL_PART = 0.5


def offices_of(beside: Mapping[str, float]) -> frozenset[str]:
    """Give the kinds of offices of somebody; `beside` tells beside what part of the namings each word stands."""
    parts: dict[str, float] = {}
    for word, part in beside.items():
        if (kind := _OFFICES.get(word)) is not None:
            parts[kind] = parts.get(kind, 0.0) + part
    return frozenset(kind for kind, part in parts.items() if part >= _USUAL_PART)


def offices_part(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether both have an office, and none is of the same kind: a judge is no singer."""
    return bool(one) and bool(other) and not one & other


def run_on(words: Words, known: Mapping[Words, int]) -> bool:
    """Tell whether a name is two names that the tagger ran together; `known` counts the articles of whole names."""
    if len(words) < _FEWEST_RUN_ON:
        return False
    own = known.get(words, 1)
    for place in range(2, len(words) - 1):
        before, after = known.get(words[:place], 0), words[place:]
        begins = after[0] in word_list("first") and after[0] not in _PARTICLES
        if (before >= own and known.get(after, 0) >= own) or (before >= max(own, _KNOWN_WELL) and begins):
            return True
    return False


def against(how: Differing, one: Words, other: Words, givens: Mapping[str, int]) -> float:
    """Tell what speaks against a likeness that is no slip, where nothing but the names speaks for it."""
    short, full = sorted((one, other), key=len)
    first = word_list("first")
    middle = _MIDDLE_WORD * any(len(word) > 1 and word not in short for word in full[1:-1])
    match how:
        case Differing.FORM:
            doubt = _against_form(one[0], other[0]) + middle
        case Differing.MIDDLE:
            doubt = middle
        case Differing.MORE:
            doubt = _MORE_WORD
        case Differing.PART:
            doubt = _SECOND_GIVEN * (len(full[0]) > 1 and full[0] in first)
        case Differing.INITIAL:
            doubt = _OTHER_MIDDLE * (set(full[1:-1]) - set(short) != set()) + _TWO_INITIALS * any(
                len(name) > 2 and len(name[0]) == len(name[1]) == 1 for name in (one, other)
            )
        case Differing.ORDER:
            doubt = _GIVENS_TURNED * all(word in first or givens.get(word, 0) > 1 for word in one)
        case _:
            doubt = 0.0
    return doubt


def against_slip(one: str, other: str, *, given: bool) -> float:
    """Tell what speaks against it that two words are one, written wrongly: both are words that people have so."""
    if doubled(one) == doubled(other):
        return _BOTH_USUAL * (given and {one, other} <= word_list("first"))
    doubt = 0.0
    if given:
        longer, shorter = sorted((one, other), key=len, reverse=True)
        sexes = {sex_of_given(one), sex_of_given(other)}
        turned = longer in (shorter + "a", shorter[:-1] + "a") and shorter[-1:] not in "aiey"
        doubt += _TWO_SEXES * (turned or (len(sexes) == 2 and None not in sexes))
        doubt += _OTHER_BEGINNING * (one[0] != other[0] and {one, other} <= word_list("first"))
    return doubt


def _against_form(one: str, other: str) -> float:
    families = min(len(forms(one)), len(forms(other))), max(len(forms(one)), len(forms(other)))
    sexes = {sex_of_given(one), sex_of_given(other)} - {None}
    doubt = _TWO_SHORT * (not is_usual_form(one, other))
    return doubt + _TWO_FAMILIES * (families[1] > 1) + _TWO_SEXES * (len(sexes) > 1)
