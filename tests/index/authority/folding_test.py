import dataclasses

import pytest
from hypothesis import given

from index.authority.authority import Authority
from index.authority.folding import effective
from index.authority.types import Correction, Identities, Resolution
from index.types import Article, Mention, Quote, Tagged
from tests.index.authority.cases import ARTICLES, NAMES, corrections, log, logs, merge, rename, shown, split


def test_without_corrections_all_names_are_shown_as_they_are() -> None:
    assert shown(Authority()) == {name: name for name in NAMES}
    assert not Authority()


def test_what_was_merged_may_be_merged_again() -> None:
    authority = Authority(entries=log(merge("Bob Ray", "Ann Lee"), merge("Cy Fox", "Bob Ray")))
    assert authority.shown("", "person", "Ann Lee") == "Cy Fox"
    assert authority.shown("", "person", "ANN LEE") == "Cy Fox"
    assert authority.shown("", "outlet", "Ann Lee") == "Ann Lee"


def test_two_names_may_be_swapped() -> None:
    authority = Authority(entries=log(rename("Ann Lee", "x"), rename("Bob Ray", "Ann Lee"), rename("x", "Bob Ray")))
    assert authority.shown("", "person", "Ann Lee") == "Bob Ray"
    assert authority.shown("", "person", "Bob Ray") == "Ann Lee"


def test_a_rename_may_change_capitals_and_accents_alone() -> None:
    authority = Authority(entries=log(rename("De Roy", "Dé Roy")))
    assert authority.shown("", "person", "De Roy") == "Dé Roy"
    assert authority.aliases("person") == {}


def test_a_split_takes_all_that_is_shown_as_a_name_in_its_articles_alone() -> None:
    authority = Authority(entries=log(merge("Bob Ray", "Ann Lee"), split("Bob Ray", "Bob Ray (poet)", ARTICLES[0])))
    assert authority.shown(ARTICLES[0], "person", "Ann Lee") == "Bob Ray (poet)"
    assert authority.shown(ARTICLES[0], "person", "Bob Ray") == "Bob Ray (poet)"
    assert authority.shown(ARTICLES[1], "person", "Ann Lee") == "Bob Ray"


def test_what_was_split_off_is_renamed_and_hidden_as_any_name() -> None:
    parted = split("Bob Ray", "Eve", ARTICLES[0])
    renamed = Authority(entries=log(parted, rename("Eve", "Cy Fox")))
    assert renamed.shown(ARTICLES[0], "person", "Bob Ray") == "Cy Fox"
    hidden = Authority(entries=log(parted, Correction(what="hide", names=("Eve",))))
    assert hidden.shown(ARTICLES[0], "person", "Bob Ray") is None
    assert hidden.shown(ARTICLES[1], "person", "Bob Ray") == "Bob Ray"


def test_corrections_win_over_what_was_computed_and_apart_takes_it_back() -> None:
    lee = Resolution(kind="person", value="Lee", to="Ann Lee", reason="the only one")
    here = dataclasses.replace(lee, article=ARTICLES[0], to="Bob Lee")
    known = Identities(names={("person", "Lee"): lee}, exceptions={(ARTICLES[0], "person", "Lee"): here})
    assert Authority(known).shown(ARTICLES[0], "person", "Lee") == "Bob Lee"
    renamed = Authority(known, log(rename("Ann Lee", "Anne Lee")))
    assert renamed.shown(ARTICLES[1], "person", "Lee") == "Anne Lee"
    assert renamed.aliases("person") == {"Lee": "Anne Lee", "Ann Lee": "Anne Lee"}
    apart = Authority(known, log(Correction(what="apart", names=("Lee",))))
    assert apart.shown(ARTICLES[0], "person", "Lee") == "Lee"
    assert apart.shown(ARTICLES[1], "person", "Lee") == "Lee"


def test_an_alias_follows_whom_it_means() -> None:
    alias = Correction(what="alias", names=("The Bobster",), to="Bob Ray")
    assert Authority(entries=log(alias)).aliases("person") == {"The Bobster": "Bob Ray"}
    moved = Authority(entries=log(alias, merge("Cy Fox", "Bob Ray")))
    assert moved.aliases("person") == {"The Bobster": "Cy Fox", "Bob Ray": "Cy Fox"}
    hidden = Authority(entries=log(alias, Correction(what="hide", names=("Bob Ray",))))
    assert hidden.aliases("person") == {}


def test_undoing_leaves_an_entry_out_and_may_itself_be_undone() -> None:
    first, second = merge("Bob Ray", "Ann Lee"), merge("Cy Fox", "Bob Ray")
    undone = log(first, second, Correction(what="undo", undoes=1))
    assert [one.number for one in effective(undone)] == [2]
    assert Authority(entries=undone).shown("", "person", "Ann Lee") == "Ann Lee"
    again = log(first, second, Correction(what="undo", undoes=1), Correction(what="undo", undoes=3))
    assert [one.number for one in effective(again)] == [1, 2]


def test_an_article_is_shown_with_its_corrected_mentions_and_publisher() -> None:
    text = "Ann Lee met Cy Fox, says the Post."
    mention = Mention(kind="person", value="Ann Lee", surface="Ann Lee", field="text", start=0, end=7, via="x")
    fox = dataclasses.replace(mention, value="Cy Fox", surface="Cy Fox", start=12, end=18)
    post = dataclasses.replace(
        mention, kind="outlet", value="The Post", role="cited", surface="the Post", start=25, end=33
    )
    article = Article(id=ARTICLES[0], source="a", title="", text=text, publisher="The Post")
    quotes = (Quote(spans=((0, 3),), speaker="Ann Lee", via="x"), Quote(spans=((4, 7),), speaker="Cy Fox", via="x"))
    tagged = Tagged(article=article, mentions=(mention, fox, post), quotes=quotes)
    times = Correction(what="merge", kind="outlet", names=("The Post",), to="The Times")
    authority = Authority(entries=log(merge("Bob Ray", "Ann Lee"), Correction(what="nobody", names=("Cy Fox",)), times))
    corrected = authority.of(tagged)
    assert [one.value for one in corrected.mentions] == ["Bob Ray", "The Times"]
    assert [one.surface for one in corrected.mentions] == ["Ann Lee", "the Post"]
    assert corrected.article.publisher == "The Times"
    assert [one.speaker for one in corrected.quotes] == ["Bob Ray", None]
    assert Authority().of(tagged) is tagged


@given(logs, logs)
def test_undoing_the_last_entries_restores_what_was_before(before: list[Correction], after: list[Correction]) -> None:
    entries = log(*before, *after)
    undos = [Correction(what="undo", undoes=one.number) for one in reversed(entries[len(before) :])]
    undone = Authority(entries=log(*before, *after, *undos))
    then = Authority(entries=log(*before))
    assert undone.states == then.states
    for article in ARTICLES:
        assert shown(undone, article) == shown(then, article)


@given(logs)
def test_a_name_that_no_correction_is_about_is_left_alone(made: list[Correction]) -> None:
    assert Authority(entries=log(*made)).shown(ARTICLES[0], "person", "Zed Zim") == "Zed Zim"


@given(logs, corrections)
def test_a_correction_acts_on_what_was_shown_before_it(made: list[Correction], last: Correction) -> None:
    """The fold is checked against the plain definition: one function after another, each on the last one's result."""
    before, after = Authority(entries=log(*made)), Authority(entries=log(*made, last))
    if last.raw or last.what in {"apart", "alias"}:
        return
    folded = {name.casefold().replace("é", "e") for name in last.names}
    for article in ARTICLES:
        for name, was in shown(before, article).items():
            is_now = after.shown(article, "person", name)
            hit = was is not None and was.casefold().replace("é", "e") in folded
            if hit and (last.what != "split" or article in last.articles):
                assert is_now == (last.to or None)
            elif was is None:
                assert is_now is None
            else:
                assert is_now is not None
                assert is_now.casefold().replace("é", "e") == was.casefold().replace("é", "e")


@pytest.mark.parametrize("what", ["hide", "nobody"])
def test_what_is_hidden_is_shown_nowhere_until_it_stands_apart(what: str) -> None:
    hide = Correction(what=what, names=("Bob Ray",))  # type: ignore[arg-type]
    hidden = log(merge("Bob Ray", "Ann Lee"), hide)
    assert Authority(entries=hidden).shown("", "person", "Ann Lee") is None
    back = log(merge("Bob Ray", "Ann Lee"), hide, Correction(what="apart", names=("Bob Ray",)))
    assert Authority(entries=back).shown("", "person", "Bob Ray") == "Bob Ray"


def test_what_is_said_in_one_article_holds_there_whichever_is_asked_first() -> None:
    authority = Authority(entries=log(split("Eve", "Cy Fox", ARTICLES[0]), rename("Bob Ray", "Rob Ray")))
    for article, eve in ((ARTICLES[1], "Eve"), (ARTICLES[0], "Cy Fox"), ("", "Eve"), (ARTICLES[0], "Cy Fox")):
        assert authority.shown(article, "person", "Eve") == eve
        assert authority.shown(article, "person", "Bob Ray") == "Rob Ray"
