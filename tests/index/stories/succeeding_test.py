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

FERRY = "The ferry stays away on Monday since nobody repaired the pier before the storm, the council said."
PIER = "A fire broke out at the old fish market last night, and the neighbours were brought to the school."
BUDGET = "The budget passed by one vote after a long debate in which the mayor threatened to resign at once."


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
    desk.index(FERRY, PIER, BUDGET)
    edited = PIER.replace("last night", "on Tuesday night")
    assert counts(desk.index(BUDGET, FERRY, edited)) == (0, 1, 2, 0)
    assert desk.texts() == sorted([BUDGET, FERRY, edited])


def test_a_record_with_the_same_title_and_date_is_the_same_whatever_its_text(desk: Desk) -> None:
    first = {"title": "What happens now", "date": "2021-12-03"}
    desk.index({**first, "text": FERRY}, PIER)
    assert counts(desk.index({**first, "text": BUDGET}, PIER)) == (0, 1, 1, 0)
    assert desk.texts() == sorted([BUDGET, PIER])


def test_what_is_of_another_day_or_of_several_or_says_something_else_stays(desk: Desk) -> None:
    weather = [{"title": "Weather", "date": f"2021-12-0{day}", "text": FERRY + f" It is day {day}."} for day in (3, 4)]
    letters = [{"title": "Letters", "date": "2021-12-03", "text": text} for text in (FERRY * 2, PIER, BUDGET)]
    desk.index(weather[0], letters[0], letters[1])
    assert counts(desk.index(weather[1], letters[2])) == (2, 0, 0, 0)
    assert len(desk.articles()) == 5


@pytest.mark.parametrize("naming", ["id", "url"])
def test_records_that_name_themselves_are_known_by_that_alone(desk: Desk, naming: str) -> None:
    names = [f"https://a.example/{number}" for number in range(2)]
    desk.index({naming: names[0], "text": FERRY})
    assert counts(desk.index({naming: names[1], "text": FERRY + " So it goes."})) == (1, 0, 0, 0)
    assert len(desk.articles()) == 2


def test_a_removed_record_stays_out_when_it_is_edited_again_and_again(desk: Desk) -> None:
    desk.index(FERRY, PIER)
    desk.remove(PIER)
    edited = PIER
    for word in ("Tuesday", "Wednesday", "Thursday"):
        edited = edited.replace("last night", "last night,").replace("school", f"school on {word}")
        assert counts(desk.index(FERRY, edited)) == (0, 0, 1, 1)
        assert desk.texts() == [FERRY]
    assert counts(desk.index(FERRY, edited)) == (0, 0, 1, 1)
    assert counts(desk.index(FERRY, edited, BUDGET)) == (1, 0, 1, 1)
    assert desk.index(FERRY, edited, BUDGET, revive=True).added == 1
    assert desk.texts() == sorted([FERRY, edited, BUDGET])


def test_a_removed_record_bars_no_other_and_revived_ones_may_be_edited(desk: Desk) -> None:
    desk.index(FERRY, PIER)
    desk.remove(PIER)
    assert counts(desk.index(FERRY, BUDGET)) == (1, 0, 1, 0)
    desk.remove(BUDGET)
    assert desk.index(FERRY, BUDGET + " Nobody knows why.", revive=True).added == 1
    assert len(desk.articles()) == 2


def test_a_second_copy_in_the_file_is_no_edited_form(desk: Desk) -> None:
    desk.index(FERRY)
    assert counts(desk.index(FERRY, FERRY + " More later.")) == (1, 0, 1, 0)
    assert len(desk.articles()) == 2
