from dataclasses import replace

import pytest

from index.authority.authority import Authority
from index.authority.types import Identities
from index.identity.computing import identities
from index.types import Tagged
from tests.index.identity.archives import article, columns

GIVENS = list(
    enumerate(["Ada", "Bela", "Cara", "Dora", "Enid", "Faye", "Gina", "Hugo", "Ivor", "Jonas", "Karl", "Luca"])
)


def shown(found: Identities, value: str, number: int = 0) -> str | None:
    return found.of(f"{number:016x}", "person", value)


def many(name: str, text: str, count: int, *, first: int = 0, year: int = 2020) -> list[Tagged]:
    return [article(first + number, text.format(name), [name], year=year) for number in range(count)]


@pytest.mark.parametrize(
    ("usual", "variant"),
    [
        ("Lena Quillon", "Lena M. Quillon"),
        ("Robert Quillon", "Bob Quillon"),
        ("José Quillón", "Jose Quillon"),
        ("Ann Reed-Quillon", "Ann Reed Quillon"),
        ("Dmitry Quillonov", "Dmitri Quillonov"),
        ("Lena Quillon", "Lena Quilloon"),
        ("Abe Shinzo", "Shinzo Abe"),
        ("Leo Quillon Jr.", "Leo Quillon, Jr"),
        ("Lena Quillon", "Sen. Lena Quillon"),
    ],
)
def test_variants_of_a_name_are_shown_as_the_usual_one(usual: str, variant: str) -> None:
    text = "Yesterday the harbour minister {}, a sailor from Vistula, spoke of dredging."
    found = identities(columns(*many(usual, text, 9), *many(variant, text, 1, first=99)))
    assert shown(found, variant) == usual
    assert found.names["person", variant].reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Leo Quillon Jr.", "Leo Quillon III"),
        ("Leo A. Quillon", "Leo B. Quillon"),
        ("Ann Quillon", "Lena Quillon"),
        ("Leo Quillon", "Leo Vistula"),
    ],
)
def test_names_that_contradict_each_other_are_two_people(one: str, other: str) -> None:
    text = "The harbour minister {}, a sailor from Vistula, spoke of dredging."
    found = identities(columns(*many(one, text, 3), *many(other, text, 3, first=9)))
    assert not found.names


def test_a_father_and_a_son_in_one_article_are_two_people() -> None:
    text = "Leo Quillon and his son, Leo Quillon Jr., fish for herring."
    found = identities(columns(*(article(number, text, ["Leo Quillon", "Leo Quillon Jr."]) for number in range(4))))
    assert not found.names


def test_honorifics_keep_a_woman_and_a_man_apart() -> None:
    found = identities(
        columns(
            *many("Alex Quillon", "Then Mr. {} spoke of dredging.", 3),
            *many("Alexandra Quillon", "Then Ms. {} spoke of herring.", 3, first=9),
        )
    )
    assert not found.names


def test_a_common_name_in_short_form_needs_more_than_the_name() -> None:
    surnames = [
        f"{given} Brown"
        for given in ("Ann", "Leo", "Mary", "Otto", "Ida", "Karl", "Rosa", "Emil", "Olga", "Max", "Eva", "Hugo")
    ]
    robs = [f"Robert {last}" for last in ("Quill", "Reed", "Marsh", "Poole", "Dane")]
    others = [article(50 + place, f"Then {name} spoke.", [name]) for place, name in enumerate([*surnames, *robs])]
    baker = many("Robert Brown", "The baker {} opened a shop.", 3)
    driver = many("Bob Brown", "In Vistula the driver {} was fined.", 3, first=9, year=2014)
    assert shown(identities(columns(*others, *baker, *driver)), "Bob Brown") == "Bob Brown"


def test_a_surname_alone_means_its_only_bearer() -> None:
    full = many("Lena Quillon", "President {} spoke of dredging.", 4)
    alone = article(9, "Then President Quillon left.", ["Quillon"])
    found = identities(columns(*full, alone))
    assert shown(found, "Quillon", 9) == "Lena Quillon"
    [resolution] = found.exceptions.values()
    assert resolution.reason.startswith("The only Quillon in 4 articles of 2020")
    assert 0.7 <= resolution.confidence < 1


def test_a_surname_alone_of_two_is_told_by_the_words_beside_and_else_stays() -> None:
    found = identities(
        columns(
            *many("Lena Quillon", "Then governor {} spoke.", 6),
            *many("Otto Quillon", "Then goalkeeper {} spoke.", 6, first=20),
            *many("Ann Vistula", "Then baker {} spoke.", 30, first=40),
            article(90, "Then governor Quillon left.", ["Quillon"]),
            article(91, "Then goalkeeper Quillon left.", ["Quillon"]),
            article(92, "Then Quillon left.", ["Quillon"]),
        )
    )
    assert [shown(found, "Quillon", number) for number in (90, 91, 92)] == ["Lena Quillon", "Otto Quillon", "Quillon"]


def test_a_surname_stays_where_its_article_has_a_bearer_in_full() -> None:
    full = many("Lena Quillon", "President {} spoke of dredging.", 4)
    both = article(9, "Lena Quillon came. Mr. Quillon, a baker, did not.", ["Lena Quillon", ("Quillon", "Quillon, a")])
    assert shown(identities(columns(*full, both)), "Quillon", 9) == "Quillon"


def test_a_name_of_two_people_is_told_for_each_article() -> None:
    found = identities(
        columns(
            *many("Leo A. Quillon", "Then governor {} spoke.", 6),
            *many("Leo B. Quillon", "Then goalkeeper {} spoke.", 6, first=20),
            *many("Ann Vistula", "Then baker {} spoke.", 30, first=40),
            article(90, "Then governor Leo Quillon left.", ["Leo Quillon"]),
            article(91, "Then goalkeeper Leo Quillon left.", ["Leo Quillon"]),
        )
    )
    assert [shown(found, "Leo Quillon", number) for number in (90, 91)] == ["Leo A. Quillon", "Leo B. Quillon"]
    assert not found.names


@pytest.mark.parametrize(
    ("usual", "other"),
    [
        ("Leo Quillon", "Leo Quillon Jr."),
        ("Leo Quillon", "Lea Quillon"),
        ("Paul Quillon", "Paula Quillon"),
        ("Anne Quillon", "Mary Anne Quillon"),
        ("Thomas Lee", "Lee Thomas"),
        ("H. R. Quillon", "Henry Quillon"),
    ],
)
def test_what_is_alike_and_has_nothing_else_in_common_stays_apart(usual: str, other: str) -> None:
    found = identities(
        columns(
            *many(usual, "Then governor {} spoke.", 40),
            article(90, f"The baker {other} left.", [other]),
            *(article(100 + number, f"Then {given} Quillon spoke.", [f"{given} Quillon"]) for number, given in GIVENS),
        )
    )
    assert shown(found, other) == other


def test_two_names_run_together_are_neither() -> None:
    found = identities(
        columns(
            *many("Leo Quillon", "Then governor {} spoke.", 6),
            *many("Ann Vistula", "Then baker {} spoke.", 6, first=20),
            article(90, "Then governor Leo Quillon Ann Vistula.", ["Leo Quillon Ann Vistula"]),
        )
    )
    assert not found.names


def test_an_administration_is_of_who_was_president() -> None:
    found = identities(
        columns(
            *many("Leo Quillon", "Then President {} spoke.", 6),
            *many("Ann Quillon", "Then candidate {} spoke.", 30, first=20),
            *many("Ann Vistula", "Then baker {} spoke.", 40, first=60),
            article(110, "Then the Quillon administration left.", ["Quillon"]),
        )
    )
    assert shown(found, "Quillon", 110) == "Leo Quillon"


def test_a_name_from_before_a_marriage_counts_where_a_text_says_so() -> None:
    text = "The harbour minister Lena Quillon, née Vistula, spoke of dredging."
    articles = [article(number, text, ["Lena Quillon"]) for number in range(3)]
    before = many("Lena Vistula", "The harbour minister {} spoke of dredging.", 2, first=9)
    assert shown(identities(columns(*articles, *before)), "Lena Vistula") == "Lena Quillon"


def test_an_archive_of_nothing_has_no_identities() -> None:
    assert identities(columns()) == Identities()


def test_the_variants_of_a_person_come_with_their_evidence() -> None:
    full = many("Lena Quillon", "Then governor {} spoke.", 4)
    fuller = article(8, "Then governor Lena M. Quillon spoke.", ["Lena M. Quillon"])
    alone = article(9, "Then governor Quillon left.", ["Quillon"])
    found = Authority(identities(columns(*full, fuller, alone))).variants("person", "Lena Quillon")
    assert [(one.value, one.article) for one in found] == [("Lena M. Quillon", None), ("Quillon", f"{9:016x}")]
    assert "middle name" in found[0].reason
    assert found[1].reason == "The only Quillon in 5 articles of 2020"


def test_a_president_by_surname_alone_is_meant_in_an_archive_of_four_articles() -> None:
    texts = [
        "Vice President Lena Quill left. President Otto Marsh stayed.",
        "The aide of President Otto Marsh resigned, Lena Quill said.",
        "President Otto Marsh and Lena Quill went to Vistula.",
    ]
    full = [article(number, text, ["Otto Marsh", "Lena Quill"]) for number, text in enumerate(texts)]
    alone = article(9, "Lena Quill spoke of the border, and President Marsh of the harbour.", ["Lena Quill", "Marsh"])
    assert shown(identities(columns(*full, alone)), "Marsh", 9) == "Otto Marsh"


def test_a_family_name_that_stands_first_is_known_by_how_articles_use_it() -> None:
    full = [
        article(number, "President Quill Jin came. Mr. Quill spoke.", ["Quill Jin", ("Quill Jin", "Quill spoke")])
        for number in range(6)
    ]
    full = [
        replace(
            one, mentions=(one.mentions[0], replace(one.mentions[1], surface="Quill", end=one.mentions[1].start + 5))
        )
        for one in full
    ]
    alone = article(9, "Then President Quill left.", ["Quill"])
    assert shown(identities(columns(*full, alone)), "Quill", 9) == "Quill Jin"


def test_a_name_in_full_in_the_text_says_who_is_meant() -> None:
    full = many("Lena Quill", "The harbour minister {} spoke.", 4)
    others = many("Otto Quill", "The goalkeeper {} spoke.", 40, first=20)
    alone = article(90, "The visitor Lena Quill came late. Quill left.", [("Quill", "Quill left")])
    alone = replace(alone, mentions=(replace(alone.mentions[0], surface="Quill", end=alone.mentions[0].start + 5),))
    found = identities(columns(*full, *others, alone))
    assert shown(found, "Quill", 90) == "Lena Quill"
    assert "in full" in found.exceptions[f"{90:016x}", "person", "Quill"].reason


def test_a_name_in_full_of_somebody_else_in_the_text_leaves_a_surname_alone() -> None:
    full = many("Lena Quill", "The harbour minister {} spoke.", 40)
    alone = article(90, "The visitor Robert Quill came late. Quill left.", [("Quill", "Quill left")])
    assert shown(identities(columns(*full, alone)), "Quill", 90) == "Quill"


def test_a_title_that_the_tagger_left_at_a_name_is_no_part_of_it() -> None:
    found = identities(
        columns(
            *many("Lena Quillon", "The harbour minister {} spoke of dredging.", 5),
            article(9, "The harbour minister Lena Quillon Judge spoke.", ["Lena Quillon Judge"]),
        )
    )
    assert shown(found, "Lena Quillon Judge") == "Lena Quillon"


def test_an_initial_that_is_not_the_first_of_several_is_another_persons() -> None:
    found = identities(
        columns(
            *many("George H. W. Quillon", "Then President {} spoke of dredging.", 5),
            article(9, "Then President W. Quillon spoke of dredging.", ["W. Quillon"]),
        )
    )
    assert shown(found, "W. Quillon") == "W. Quillon"


def others(count: int, first: int) -> list[Tagged]:
    """Give articles about other people, so that what the names in question share is rare."""
    return [
        article(first + one, f"Yesterday {given} Brook{one}, a miller, slept.", [f"{given} Brook{one}"])
        for one, (_, given) in zip(range(count), GIVENS * 9, strict=False)
    ]


def test_a_judge_and_a_chairman_of_nearly_one_name_are_two_people() -> None:
    judge = many("Thomas C. Quillon", "The claim was dismissed by judge {}, who heard the dredgers.", 2)
    chairman = many("Tom Quillon", "The claim was praised by chairman {}, who heard the dredgers.", 4, first=20)
    found = identities(columns(*judge, *chairman, *others(40, 100)))
    assert shown(found, "Thomas C. Quillon") == "Thomas C. Quillon"
    alike = many("Thomas C. Quillon", "The claim was praised by chairman {}, who heard the dredgers.", 2)
    found = identities(columns(*alike, *chairman, *others(40, 100)))
    assert shown(found, "Thomas C. Quillon") == "Tom Quillon"


def test_somebody_of_a_distant_past_is_not_a_neighbour_of_today() -> None:
    orator = many("William Jennings Quillon", "The gold speech of {} in 1896 moved the convention.", 5)
    neighbour = many("William Quillon", "A neighbour, {}, drove a van through the streets.", 1, first=20)
    found = identities(columns(*orator, *neighbour, *others(40, 100)))
    assert shown(found, "William Quillon") == "William Quillon"


def test_a_thing_named_after_somebody_is_not_that_person() -> None:
    full = many("Lena Quillon", "The harbour minister {} spoke of dredging.", 9)
    center = many("Quillon", "They met at the {} center in Vistula and slept.", 1, first=50)
    person = many("Quillon", "They met, and Ms. {} spoke of dredging.", 1, first=60)
    found = identities(columns(*full, *center, *person, *others(40, 100)))
    assert shown(found, "Quillon", 50) == "Quillon"
    assert shown(found, "Quillon", 60) == "Lena Quillon"
