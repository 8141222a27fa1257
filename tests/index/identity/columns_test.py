from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.identity.casts import Cast, Named, cast_of, pack_cast, unpack_cast
from index.identity.columns import Columns
from index.identity.people import People
from tests.index.identity.archives import article, columns

NAMES = st.sampled_from(["Lena Quill", "Quill", "Otto Marsh", "Łukasz Ång-Poole Jr."])
NAMED = st.builds(
    Named,
    value=NAMES,
    times=st.integers(1, 9),
    beside=st.lists(st.sampled_from(["governor", "of", "vistula"]), unique=True).map(tuple),
    sexes=st.sampled_from(["", "m", "f", "fm"]),
    born=st.sampled_from(["", "Reed"]),
    alone=st.sampled_from([(), ("quill",)]),
    stated=st.sampled_from([(), ("Ann Quill",)]),
    around=st.sampled_from([(), ("harbour", "fair")]),
)
CASTS = st.builds(
    Cast,
    day=st.sampled_from(["", "2020", "2021-05", "2021-05-06"]),
    publisher=st.sampled_from(["", "The Quill"]),
    people=st.lists(NAMED, unique_by=lambda named: named.value, max_size=3).map(tuple),
)


def rows(made: Columns) -> list[tuple[str, int, list[tuple[str, list[str], int]]]]:
    """List what columns say of each article, whatever the numbers."""
    found = []
    for place, one in enumerate(made.articles):
        named = [
            (
                made.names[made.of_name[row]],
                [made.words[word] for word in made.beside[made.beside_ends[row] : made.beside_ends[row + 1]]],
                int(made.sexes[row]),
            )
            for row in np.flatnonzero(made.of_article == place).tolist()
        ]
        found.append((one, int(made.days[place]), named))
    return found


@given(st.lists(CASTS, max_size=5))
def test_what_is_packed_comes_back(casts: list[Cast]) -> None:
    assert [unpack_cast(pack_cast(cast)) for cast in casts] == casts
    made = Columns().changed((), [(str(number), cast) for number, cast in enumerate(casts)])
    decoded = Columns.decode(made.encode())
    assert decoded
    assert rows(decoded) == rows(made)


@given(st.lists(CASTS, max_size=6), st.sets(st.integers(0, 5)))
def test_articles_that_go_leave_nothing_behind(casts: list[Cast], gone: set[int]) -> None:
    numbered = [(str(number), cast) for number, cast in enumerate(casts)]
    made = Columns().changed((), numbered).changed({str(number) for number in gone}, [])
    kept = Columns().changed((), [(one, cast) for one, cast in numbered if int(one) not in gone])
    assert rows(made) == rows(kept)


def test_a_cast_of_another_version_is_made_again() -> None:
    assert unpack_cast(b"\xff" + pack_cast(Cast("", "", ()))[1:]) is None


def test_the_words_beside_a_name_are_its_title_and_its_apposition() -> None:
    made = article(1, "But former Gov. Ann Quill, a baker from Vistula. Others stayed.", ["Ann Quill"])
    [named] = cast_of(made).people
    assert set(named.beside) == {"former", "gov", "baker", "vistula"}


def test_a_name_is_a_surname_alone_with_particles_too() -> None:
    people = People(columns(article(1, "Reed, de Quill and Ben Marsh left.", ["Reed", "de Quill", "Ben Marsh"])))
    assert [people.names[number] for number in people.full()] == ["Ben Marsh"]


def test_the_words_that_stand_alone_for_somebody_are_known() -> None:
    made = article(1, "Quill Ann came, then Quill left.", ["Quill Ann", ("Quill Ann", "Quill left")])
    made = replace(made, mentions=(made.mentions[0], replace(made.mentions[1], surface="Quill", end=28)))
    [named] = cast_of(made).people
    assert named.alone == ("quill",)


def test_a_name_in_full_that_the_tagger_did_not_take_for_a_persons_is_known() -> None:
    made = article(1, "The baker Ann Quill came. Then Quill left.", [("Quill", "Quill left")])
    made = replace(made, mentions=(replace(made.mentions[0], surface="Quill", end=36),))
    [named] = cast_of(made).people
    assert "Ann Quill" in named.stated


@pytest.mark.parametrize(("day", "ordinal"), [("", 0), ("2020", 737607), ("2020-07-01", 737607), ("soon", 0)])
def test_days_are_numbers(day: str, ordinal: int) -> None:
    assert Columns().changed((), [("1", Cast(day, "", ()))]).days.tolist() == [ordinal]
