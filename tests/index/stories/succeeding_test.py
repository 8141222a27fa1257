"""Records that nothing but their content identifies are known again when they were edited."""

import json
from pathlib import Path

import pytest

from index.archive.archive import Archive
from index.pipeline.indexing import build_index
from index.pipeline.removing import remove
from index.pipeline.report import Report
from index.pipeline.stages import Stages
from index.read.options import ReadOptions
from index.settings import Settings
from index.types import Article
from tests.index.pipeline.fakes import make_tagger

FERRY = (
    "The ferry stays away until spring since nobody repaired the pier before the storm, the council said. "
    "Those who live on the island go by the fishing boats, which leave when the tide allows it and take no cars."
)
PIER = (
    "A fire broke out at the old fish market last night, and the neighbours were brought to the school. "
    "Nobody was hurt, but the hall in which the nets are kept burned down, and what caused it is not known yet."
)
BUDGET = (
    "The budget passed by one vote after a long debate in which the mayor threatened to resign at once. "
    "It leaves the library open for another year and takes the money from the new road along the river."
)
DAY = {"date": "2021-12-03"}
FIRE = {"title": "Fire at the market", **DAY}


def notice(case: int, name: str, hour: int) -> str:
    return (
        "The following case is to be heard at the county court in the town hall this week, and the public is admitted "
        f"to it unless the judge decides otherwise. Case number {case} against {name} is to be heard at {hour} in the "
        "great room. Witnesses are asked to be there half an hour before the hearing begins and to bring the letter by "
        "which they were called, since nobody is let in without it."
    )


NOTICES = [notice(37, "Ada Brown", 9), notice(74, "Carl Dorn", 10), notice(111, "Eve Falk", 11)]


class Desk:
    def __init__(self, root: Path) -> None:
        self.path = root / "a.jsonl"
        self.settings = Settings(data_dir=root / "data", jobs=1)

    def index(self, *records: dict[str, str] | str, **how: bool) -> Report:
        rows = [{"text": one} if isinstance(one, str) else one for one in records]
        self.path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        stages = Stages(make_tagger=make_tagger)
        return build_index([self.path], settings=self.settings, options=ReadOptions(), stages=stages, **how)

    def articles(self) -> list[Article]:
        with Archive(self.settings.data_dir / "archive.sqlite", writable=False) as archive:
            found = [archive.get(change.id) for change in archive.changes(since=0)]
        return [one.article for one in found if one]

    def texts(self) -> list[str]:
        return sorted(one.text for one in self.articles())

    def remove(self, text: str) -> None:
        [one] = [one.id for one in self.articles() if one.text == text]
        assert remove([one], self.settings).removed == 1


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.removed


def test_an_edited_record_takes_the_place_of_its_former_form(desk: Desk) -> None:
    desk.index(FERRY, {**FIRE, "text": PIER}, BUDGET)
    edited = PIER.replace("last night", "on Tuesday night") + " The town wants to build another."
    assert counts(desk.index(BUDGET, {**FIRE, "text": edited}, FERRY)) == (0, 1, 2, 0)
    assert desk.texts() == sorted([BUDGET, FERRY, edited])


def test_a_new_headline_over_the_same_words_of_the_day_makes_no_other_article(desk: Desk) -> None:
    desk.index({**FIRE, "text": PIER + " " + FERRY}, BUDGET)
    assert counts(desk.index({"title": "Market burns", **DAY, "text": PIER + " " + FERRY}, BUDGET)) == (0, 1, 1, 0)
    assert [one.title for one in desk.articles() if one.title] == ["Market burns"]


@pytest.mark.parametrize("known", [{"title": "Fire at the market"}, DAY])
def test_without_a_date_or_title_an_edited_record_keeps_its_names_and_numbers(
    desk: Desk, known: dict[str, str]
) -> None:
    desk.index({**known, "text": PIER}, FERRY)
    assert counts(desk.index({**known, "text": PIER.replace("is not known", "is unknown")}, FERRY)) == (0, 1, 1, 0)
    desk.index({**known, "text": NOTICES[0]}, FERRY)
    held = len(desk.articles())
    assert counts(desk.index({**known, "text": NOTICES[1]}, FERRY)) == (1, 0, 1, 0)
    assert len(desk.articles()) == held + 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param({**FIRE, "text": PIER}, {**FIRE, "text": BUDGET}, id="another text"),
        pytest.param({**FIRE, "text": PIER}, {"title": FIRE["title"], "text": PIER + " So."}, id="no date any more"),
        pytest.param({**FIRE, "text": PIER}, {**FIRE, "date": "2021-12-04", "text": PIER + " So."}, id="another day"),
        pytest.param({"text": PIER}, {"text": PIER + " So it goes."}, id="neither title nor date"),
        pytest.param(
            {"title": "Ada Brown", **DAY, "text": NOTICES[0]},
            {"title": "Carl Dorn", **DAY, "text": NOTICES[0].replace("Ada Brown", "Carl Dorn")},
            id="another title and name",
        ),
        pytest.param(
            {"title": "One", **DAY, "text": "Read it with a subscription, please."},
            {"title": "Two", **DAY, "text": "Read it with a subscription, please."},
            id="few words under another title",
        ),
    ],
)
def test_in_doubt_both_are_kept(desk: Desk, before: dict[str, str], after: dict[str, str]) -> None:
    desk.index(before, FERRY)
    assert counts(desk.index(after, FERRY)) == (1, 0, 1, 0)
    assert len(desk.articles()) == 3


def test_what_the_other_records_say_too_makes_no_two_alike(desk: Desk) -> None:
    rows = [{"title": "Court list", **DAY, "text": text} for text in NOTICES]
    desk.index(rows[0], {**rows[2], "title": "Another list"}, FERRY)
    assert counts(desk.index(rows[1], {**rows[2], "title": "Another list"}, FERRY)) == (1, 0, 2, 0)
    assert len(desk.articles()) == 4


def test_a_rolling_file_of_undated_notices_loses_none(desk: Desk) -> None:
    for day in range(3):
        desk.index(
            *({"title": f"Report {place} of day {day}", "text": NOTICES[place] + f" {day}."} for place in range(3))
        )
    assert len(desk.articles()) == 9


def test_of_two_that_are_as_much_like_it_neither_is_told_to_be_the_record(desk: Desk) -> None:
    desk.index({**FIRE, "text": PIER}, FERRY)
    forms = [{**FIRE, "text": PIER + more} for more in (" The town wants to build another.", " The mayor was there.")]
    assert counts(desk.index(*forms, FERRY)) == (2, 0, 1, 0)
    assert len(desk.articles()) == 4


def test_nor_is_one_of_two_in_a_file_of_which_only_some_records_are_looked_at(desk: Desk) -> None:
    others = [f"Lot {number} of the auction found no buyer." for number in range(201)]
    forms = [{**FIRE, "text": PIER + more} for more in (" The town wants to build another.", " The mayor was there.")]
    desk.index(*others, {**FIRE, "text": PIER}, FERRY)
    assert counts(desk.index(*others, forms[0], FERRY, forms[1])) == (2, 0, 202, 0)


def test_a_front_page_is_no_name_of_an_edited_record(desk: Desk) -> None:
    front = {"url": "https://paper.example/", **FIRE}
    desk.index({**front, "text": PIER}, FERRY)
    assert counts(desk.index({**front, "text": PIER + " Sadly."}, FERRY)) == (0, 1, 1, 0)
    assert len(desk.articles()) == 2


@pytest.mark.parametrize("naming", ["id", "url"])
def test_records_that_name_themselves_are_known_by_that_alone(desk: Desk, naming: str) -> None:
    names = [f"https://a.example/{number}" for number in range(2)]
    desk.index({naming: names[0], "text": FERRY})
    assert counts(desk.index({naming: names[1], "text": FERRY + " So it goes."})) == (1, 0, 0, 0)
    assert len(desk.articles()) == 2


@pytest.mark.parametrize("known", [FIRE, {"title": "Fire at the market"}])
def test_a_removed_record_stays_out_when_it_is_edited_again_and_again(desk: Desk, known: dict[str, str]) -> None:
    fire = f"{PIER} {FERRY}"
    desk.index(BUDGET, {**known, "text": fire})
    desk.remove(fire)
    for word, other in (("hurt", "injured"), ("burned", "broke"), ("yet", "so far")):
        edited = fire.replace(word, other)
        assert counts(desk.index(BUDGET, {**known, "text": edited})) == (0, 0, 1, 1)
        assert desk.texts() == [BUDGET]
    assert counts(desk.index(BUDGET, {**known, "text": edited})) == (0, 0, 1, 1)
    assert counts(desk.index(BUDGET, {**known, "text": edited}, NOTICES[0])) == (1, 0, 1, 1)
    assert desk.index(BUDGET, {**known, "text": edited}, NOTICES[0], revive=True).added == 1
    assert desk.texts() == sorted([BUDGET, edited, NOTICES[0]])


@pytest.mark.parametrize(
    ("removed", "other"),
    [
        ({"title": "Court list, 1 May", "date": "2021-05-01"}, {"title": "Court list, 2 May", "date": "2021-05-02"}),
        ({"title": "Court list, 1 May", "date": "2021-05-01"}, {"title": "Court list, 2 May", "date": "2021-05-01"}),
        ({"title": "Court list", "date": "2021-05-01"}, {"title": "Court list", "date": "2021-05-02"}),
        ({"title": "Court list"}, {"title": "Court list"}),
    ],
)
def test_a_removed_notice_bars_none_of_another_day_title_or_case(
    desk: Desk, removed: dict[str, str], other: dict[str, str]
) -> None:
    desk.index({**removed, "text": NOTICES[0]}, FERRY)
    desk.remove(NOTICES[0])
    next_one = NOTICES[0].replace("Ada Brown", "Adam Dorn")
    assert counts(desk.index({**other, "text": next_one}, FERRY)) == (1, 0, 1, 0)
    assert desk.texts() == sorted([next_one, FERRY])


def test_a_removed_notice_bars_none_that_shares_only_what_all_of_the_file_say(desk: Desk) -> None:
    rows = [{"title": "Court list", **DAY, "text": text} for text in NOTICES]
    desk.index(rows[0], {**rows[2], "title": "Another list"}, FERRY)
    desk.remove(NOTICES[0])
    assert counts(desk.index(rows[1], {**rows[2], "title": "Another list"}, FERRY)) == (1, 0, 2, 0)


def test_edited_forms_of_a_removed_record_bar_no_further_ones(desk: Desk) -> None:
    words = f"{PIER} {FERRY} {BUDGET}".split()
    desk.index({**FIRE, "text": " ".join(words)}, NOTICES[0])
    desk.remove(" ".join(words))
    fewer, fewest = " ".join(words[:-20]), " ".join(words[20:-20])
    assert counts(desk.index({**FIRE, "text": fewer}, NOTICES[0])) == (0, 0, 1, 1)
    assert counts(desk.index({**FIRE, "text": fewest}, NOTICES[0])) == (1, 0, 1, 0)


def test_a_removed_record_bars_no_other_and_revived_ones_may_be_edited(desk: Desk) -> None:
    desk.index(FERRY, {**FIRE, "text": PIER})
    desk.remove(PIER)
    assert counts(desk.index(FERRY, {**FIRE, "text": BUDGET})) == (1, 0, 1, 0)
    desk.remove(BUDGET)
    assert desk.index(FERRY, {**FIRE, "text": BUDGET + " Nobody knows why."}, revive=True).added == 1
    assert len(desk.articles()) == 2


def test_a_second_copy_in_the_file_is_no_edited_form(desk: Desk) -> None:
    desk.index(FERRY)
    assert counts(desk.index(FERRY, FERRY + " More later.")) == (1, 0, 1, 0)
    assert len(desk.articles()) == 2
