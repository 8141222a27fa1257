import pytest
from hypothesis import given

from index.authority.applying import exactly, missing
from index.authority.authority import Authority
from index.authority.file import groups_of, read, write
from index.authority.keys import key_of
from index.authority.types import Correction
from index.errors import UsageError
from tests.index.authority.cases import ARTICLES, NAMES, log, logs, shown

FILE = """
format = 1
[[person]]
name = "Joe Biden"
names = ["Joseph R. Biden Jr."]
aliases = ["Sleepy Joe"]
note = "one man"
[person.articles]
"0123456789abcdef" = ["Biden"]

[[person]]
nobody = ["Merry Christmas"]

[[outlet]]
name = "The Sun (Lowell)"
[outlet.articles]
"0123456789abcdef" = ["The Sun"]
"""


def test_a_file_says_what_is_to_be_shown() -> None:
    authority = Authority(entries=log(*missing(read(FILE, where="f"), ())))
    assert authority.shown("", "person", "Joseph R. Biden Jr.") == "Joe Biden"
    assert authority.shown("0123456789abcdef", "person", "Biden") == "Joe Biden"
    assert authority.shown("", "person", "Biden") == "Biden"
    assert authority.shown("", "person", "Merry Christmas") is None
    assert authority.shown("0123456789abcdef", "outlet", "The Sun") == "The Sun (Lowell)"
    assert authority.aliases("person") == {"Joseph R. Biden Jr.": "Joe Biden", "Sleepy Joe": "Joe Biden"}


def test_applying_a_file_appends_only_what_is_missing() -> None:
    groups = read(FILE, where="f")
    entries = log(Correction(what="merge", names=("Joseph R. Biden Jr.",), to="Joe Biden", note="one man"))
    added = missing(groups, entries)
    assert all("Joseph R. Biden Jr." not in one.names for one in added)
    assert missing(groups, log(*(one.correction for one in entries), *added)) == []


@given(logs)
def test_what_was_written_comes_back_as_the_same_state(made: list[Correction]) -> None:
    entries = log(*made)
    text = write(groups_of(entries))
    groups = read(text, where="f")
    assert missing(groups, entries) == []
    again = log(*missing(groups, ()))
    assert write(groups_of(again)) == text
    for article in ARTICLES:
        assert shown(Authority(entries=again), article) == shown(Authority(entries=entries), article)
    assert Authority(entries=again).aliases("person") == Authority(entries=entries).aliases("person")


@given(logs, logs)
def test_a_file_brings_any_archive_to_what_it_names(made: list[Correction], others: list[Correction]) -> None:
    groups = read(write(groups_of(log(*made))), where="f")
    applied = log(*others, *missing(groups, log(*others)))
    assert missing(groups, applied) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("format = 1\n[[person]\n", "no TOML"),
        ("format = 2", "format is 2"),
        ("[[person]]\nname='x'", "format is None"),
        ("format = 1\n[[people]]", "no table 'people'"),
        ("format = 1\n[person]\nname='x'", "one bracket"),
        ("format = 1\nperson = [1]", "1: it is no table"),
        ("format = 1\n[[person]]\nnam='x'", "no 'nam'"),
        ("format = 1\n[[person]]\nname=1", "`name` is no text"),
        ("format = 1\n[[person]]\nnames=['x']", "no `name`"),
        ("format = 1\n[[person]]\nname='y'\nnames='x'", "no list of names"),
        ("format = 1\n[[person]]\nname='y'\narticles=['x']", "`articles` is no table"),
        ("format = 1\n[[person]]\nhidden=['']", "no list of names"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        read(text, where="people.toml")
    assert caught.value.where.startswith("people.toml")


def test_every_name_can_be_written() -> None:
    names = ('A "B" C', "back\\slash", "tab\there", "del\x7f", "ünï")
    entries = log(Correction(what="merge", names=names, to="new\nline"))
    [group] = read(write(groups_of(entries)), where="f")
    assert set(group.names) == set(names)
    assert len(NAMES) == len(set(NAMES))


CONTRADICTING = """
format = 1
[[person]]
name = "Anna Brandt"
names = ["Carla Mendez"]

[[person]]
{other}
"""


@pytest.mark.parametrize(
    "other",
    ["name = 'Peter Lindqvist'\nnames = ['carla méndez']", "hidden = ['Carla Mendez']", "nobody = ['Carla Mendez']"],
)
def test_a_file_that_says_two_things_of_one_name_is_refused_with_both_places(other: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(CONTRADICTING.format(other=other), where="people.toml")
    assert "people.toml: [[person]] 1 (line 3)" in caught.value.what
    assert "people.toml: [[person]] 2 (line 7)" in caught.value.what


@pytest.mark.parametrize(
    "text",
    [
        "[[person]]\nname='A'\naliases=['X']\n[[person]]\nname='B'\naliases=['x']",
        "[[person]]\nname='A'\narticles={a=['X']}\n[[person]]\narticles={a=['x']}",
        "[[person]]\nhidden=['X']\nnobody=['X']",
    ],
)
def test_aliases_and_single_articles_may_not_contradict_each_other_either(text: str) -> None:
    with pytest.raises(UsageError, match="and “"):
        read(f"format = 1\n{text}", where="f")


def test_what_a_file_says_is_told_without_controls() -> None:
    text = 'format = 1\n[[person]]\nname = "A\\u001b[2J"\nnames = ["B"]\n[[person]]\nhidden = ["B"]\n'
    with pytest.raises(UsageError) as told:
        read(text, where="f")
    assert "\x1b" not in str(told.value)


def test_one_person_may_be_told_of_in_two_tables() -> None:
    text = "format=1\n[[person]]\nname='A'\nnames=['X']\n[[person]]\nname='A'\nnames=['X', 'Y']"
    made = missing(read(text, where="f"), ())
    assert missing(read(text, where="f"), log(*made)) == []


def test_a_changed_note_is_said_again_and_a_removed_one_too() -> None:
    apart = Correction(what="apart", names=("Cy Fox",), note="no: two men")
    merged = Correction(what="merge", names=("Ann Lee",), to="Bob Ray", note="old")
    hidden = Correction(what="hide", names=("Eve",), note="asked for")
    entries = log(merged, apart, hidden)
    text = write(groups_of(entries))
    assert 'note = "no: two men"' in text
    for old, new in (("old", "new"), ("no: two men", "two"), ('note = "asked for"\n', "")):
        changed = text.replace(old, new)
        made = missing(read(changed, where="f"), entries)
        assert len(made) == 1, made
        assert write(groups_of(log(merged, apart, hidden, *made))) == changed
        assert missing(read(changed, where="f"), log(merged, apart, hidden, *made)) == []


def test_what_says_nothing_is_not_written() -> None:
    entries = log(
        Correction(what="merge", names=("Ann Lee",), to="Bob Ray"), Correction(what="apart", names=("Ann Lee",))
    )
    [group] = groups_of(entries)
    assert (group.name, group.apart) == ("", ("Ann Lee",))


@given(logs, logs)
def test_a_file_brings_any_archive_to_just_what_it_says(made: list[Correction], others: list[Correction]) -> None:
    groups = read(write(groups_of(log(*made))), where="f")
    applied = log(*others, *exactly(groups, log(*others)))
    assert exactly(groups, applied) == []
    for article in ARTICLES:
        now, then = (shown(Authority(entries=one), article) for one in (applied, log(*made)))
        assert {name: to and key_of(to) for name, to in now.items()} == {
            name: to and key_of(to) for name, to in then.items()
        }


def test_what_an_older_file_does_not_say_is_undone() -> None:
    first = Correction(what="merge", names=("Ann Lee", "Cy Fox"), to="Bob Ray")
    entries = log(first, Correction(what="hide", names=("Eve",)), Correction(what="alias", names=("B",), to="Bob Ray"))
    groups = read("format = 1\n[[person]]\nname = 'Bob Ray'\nnames = ['Cy Fox']", where="f")
    plan = exactly(groups, entries)
    assert [(one.what, one.undoes) for one in plan[:3]] == [("undo", 3), ("undo", 2), ("undo", 1)]
    assert [(one.what, one.names) for one in plan[3:]] == [("merge", ("Cy Fox",))]
    assert missing(groups, entries) == []
