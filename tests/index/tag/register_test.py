"""People are found by what names share, and a hostile list of names costs no square."""

import pytest

from index.tag.fits import Fit, fit
from index.tag.names import parse_name
from index.tag.register import Person, Register


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Marsh", "Lena Marsh"),
        ("Lena", "Lena Marsh"),
        ("Bob", "Robert Quill"),
        ("MCL", "Mia Costa-Lopes"),
        ("Buterwig", "Pete Butterwig"),
        ("Hadid", "Omar al-Hadid"),
        ("van der Berg", "Ursula van der Berg"),
        ("Ruiz", "Ana Ruiz Torres"),
    ],
)
def test_whoever_a_short_name_fits_is_near(short: str, full: str) -> None:
    people = Register()
    person = people.join(parse_name(full), None)
    assert fit(parse_name(short), parse_name(full)) > Fit.NOT
    assert people.near(parse_name(short)) == [person]


def test_few_of_many_people_are_compared() -> None:
    people = Register()
    for number in range(2000):
        letters = "".join(chr(97 + int(digit)) for digit in f"{number:04}")
        people.join(parse_name(f"A{letters} Smith"), None)
    assert len(people.near(parse_name("Smith"))) < 100
    assert len(people.alike(parse_name("Quentin Smith"))) < 100


def test_a_person_is_listed_once() -> None:
    people = Register()
    person = people.join(parse_name("Ann Ann"), None)
    people.add(Person(names={parse_name("Leo Hall"): 1}))
    assert people.alike(parse_name("Ann Ann")) == [person]
