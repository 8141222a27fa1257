import pytest
from hypothesis import given

from index.authority.authority import Authority
from index.authority.file import groups_of, missing, read, write
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
    entries = log(Correction(what="merge", names=("Joseph R. Biden Jr.",), to="Joe Biden"))
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
