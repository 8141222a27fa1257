"""Corrections are of people: they hold whatever is computed later, and whatever earlier ones are undone."""

import pytest

from index.authority.authority import Authority
from index.authority.folding import conflicts
from index.authority.identities import identities_of
from index.authority.types import Correction, Identities, Resolution
from tests.index.authority.cases import ARTICLES, log, merge, rename, split

ROBERT, BOB, ROB = "Robert Kesslinger", "Bob Kesslinger", "Rob Kesslinger"


def one_person(head: str, *others: str) -> list[Resolution]:
    return [Resolution(kind="person", value=other, to=head, reason="so") for other in others]


def known(*people: list[Resolution]) -> Identities:
    return identities_of([one for person in people for one in person])


def with_members(correction: Correction, identities: Identities) -> Correction:
    names = (*correction.names, correction.to)
    members = Authority(identities).members("person", names)
    fields = {name: getattr(correction, name) for name in ("what", "names", "to", "articles", "raw")}
    return Correction(**fields, members=members)


def undo(number: int) -> Correction:
    return Correction(what="undo", undoes=number)


BEFORE = known(one_person(ROBERT, BOB))
FLIPPED = [
    known(one_person(BOB, ROBERT)),
    known(one_person(BOB, ROBERT, ROB)),
    known(one_person(ROB, ROBERT, BOB)),
]
MADE = [
    (Correction(what="hide", names=(ROBERT,)), None),
    (rename(ROBERT, "R. Kesslinger (senator)"), "R. Kesslinger (senator)"),
    (merge("Anna Brandt", ROBERT), "Anna Brandt"),
    (merge(ROBERT, "Anna Brandt"), ROBERT),
    (Correction(what="alias", names=("The Bobster",), to=ROBERT), ROBERT),
]


@pytest.mark.parametrize(("correction", "to"), MADE)
@pytest.mark.parametrize("after", FLIPPED)
@pytest.mark.parametrize("old", [False, True])
def test_a_correction_holds_when_another_spelling_becomes_the_usual_one(
    correction: Correction, to: str | None, after: Identities, old: bool
) -> None:
    made = correction if old else with_members(correction, BEFORE)
    authority = Authority(after, log(made))
    for name in (ROBERT, BOB, *(value for _, value in after.names)):
        assert authority.everywhere("person", name) == to, name


@pytest.mark.parametrize(("correction", "to"), MADE[:3])
@pytest.mark.parametrize("after", [known(), known(one_person(BOB, "Bobby Kesslinger")), known(one_person("Ted", BOB))])
def test_a_correction_holds_of_names_that_are_no_longer_computed_to_be_one(
    correction: Correction, to: str | None, after: Identities
) -> None:
    authority = Authority(after, log(with_members(correction, BEFORE)))
    assert authority.everywhere("person", ROBERT) == to
    assert authority.everywhere("person", BOB) == to
    assert authority.everywhere("person", "Ted") == "Ted"


def test_a_split_holds_when_another_spelling_becomes_the_usual_one() -> None:
    made = with_members(split(ROBERT, "R. Kesslinger (judge)", ARTICLES[0]), BEFORE)
    for after in FLIPPED:
        authority = Authority(after, log(made))
        for name in (ROBERT, BOB):
            assert authority.shown(ARTICLES[0], "person", name) == "R. Kesslinger (judge)"
            assert authority.shown(ARTICLES[1], "person", name) == authority.everywhere("person", BOB)


def test_a_mistake_is_said_of_its_name_alone() -> None:
    nobody = Correction(what="nobody", names=("Debunks Biden",))
    authority = Authority(known(one_person("Joe Biden", "Debunks Biden")), log(nobody))
    assert authority.everywhere("person", "Debunks Biden") is None
    assert authority.everywhere("person", "Joe Biden") == "Joe Biden"


def test_a_surname_that_means_somebody_in_one_article_is_not_the_name_that_was_corrected() -> None:
    here = Resolution(kind="person", value="Biden", article=ARTICLES[0], to="Joe Biden", reason="so")
    authority = Authority(identities_of([here]), log(Correction(what="hide", names=("Biden",))))
    assert authority.shown(ARTICLES[0], "person", "Biden") == "Joe Biden"
    assert authority.shown(ARTICLES[1], "person", "Biden") is None


def test_a_name_that_stands_apart_leads_nobody() -> None:
    apart = Correction(what="apart", names=(ROBERT,))
    authority = Authority(BEFORE, log(Correction(what="apart", names=(BOB,))))
    assert (authority.everywhere("person", BOB), authority.everywhere("person", ROBERT)) == (BOB, ROBERT)
    authority = Authority(FLIPPED[0], log(with_members(Correction(what="hide", names=(ROBERT,)), BEFORE), apart))
    assert authority.everywhere("person", ROBERT) == ROBERT


def test_undoing_a_new_name_leaves_what_was_merged_into_it_with_its_person() -> None:
    entries = log(rename("Anna Brandt", "Anna Brandt-Olsen"), merge("Anna Brandt-Olsen", "Dora Feldmann"), undo(1))
    authority = Authority(entries=entries)
    assert authority.everywhere("person", "Dora Feldmann") == "Anna Brandt"
    assert authority.everywhere("person", "Anna Brandt") == "Anna Brandt"
    assert conflicts(entries) == set()
    again = Authority(entries=log(*(one.correction for one in entries), undo(3)))
    assert again.everywhere("person", "Dora Feldmann") == "Anna Brandt-Olsen"


def test_undoing_a_split_leaves_what_was_said_of_whom_it_parted_in_its_articles() -> None:
    parted = split("Carla Mendez", "Carla Mendez (runner)", ARTICLES[0])
    authority = Authority(entries=log(parted, merge("Anna Brandt", "Carla Mendez (runner)"), undo(1)))
    assert authority.shown(ARTICLES[0], "person", "Carla Mendez") == "Anna Brandt"
    assert authority.shown(ARTICLES[1], "person", "Carla Mendez") == "Carla Mendez"
    assert "carla mendez (runner)" not in authority.states["person"].written
    into = Authority(entries=log(parted, merge("Carla Mendez (runner)", "Dora Feldmann"), undo(1)))
    assert into.everywhere("person", "Dora Feldmann") == "Carla Mendez"


def test_undoing_a_merge_leaves_a_later_new_name_with_whom_it_was_given_to() -> None:
    authority = Authority(entries=log(merge("Bob Ray", "Ann Lee"), rename("Bob Ray", "Robert Ray"), undo(1)))
    assert authority.everywhere("person", "Bob Ray") == "Robert Ray"
    assert authority.everywhere("person", "Ann Lee") == "Ann Lee"


def test_an_alias_and_a_second_new_name_stay_with_their_person() -> None:
    alias = Correction(what="alias", names=("AB",), to="Anna Olsen")
    entries = log(rename("Anna Brandt", "Anna Olsen"), alias, rename("Anna Olsen", "A. Olsen"), undo(1))
    authority = Authority(entries=entries)
    assert authority.everywhere("person", "Anna Brandt") == "A. Olsen"
    assert authority.aliases("person")["AB"] == "A. Olsen"


def test_what_loses_its_meaning_by_an_undoing_is_told() -> None:
    freed = log(rename("Anna Brandt", "Anna Olsen"), rename("Dora Feldmann", "Anna Brandt"), undo(1))
    assert conflicts(freed) == {2}
    hide, apart = Correction(what="hide", names=("Bob Ray",)), Correction(what="apart", names=("Bob Ray",))
    assert conflicts(log(hide, apart, merge("Bob Ray", "Ann Lee"), undo(2))) == {3}
    assert conflicts(log(hide, apart, merge("Bob Ray", "Ann Lee"), undo(3))) == set()
