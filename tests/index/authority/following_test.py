from pathlib import Path

import pytest

from index.archive.archive import Archive
from index.authority.building import Building
from index.authority.folding import fold
from index.authority.following import NOTHING, Log
from index.authority.log import append, read_log
from index.authority.types import Correction, Entry
from tests.index.authority.cases import merge, rename


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    Archive(tmp_path / "archive.sqlite").close()
    return tmp_path


def following(data_dir: Path) -> Log:
    return Log(data_dir, data_dir / "archive.sqlite")


def undo(number: int) -> Correction:
    return Correction(what="undo", undoes=number)


def test_what_is_followed_is_what_all_of_the_log_comes_to(data_dir: Path) -> None:
    log = following(data_dir)
    assert log.now() == NOTHING
    names = set()
    for made in (merge("Bob Ray", "Ann Lee"), rename("Bob Ray", "Robert Ray"), undo(2), undo(3), undo(1)):
        append(data_dir, [made])
        now, entries = log.now(), read_log(data_dir)
        assert (now.entries, now.states) == (entries, fold(entries))
        assert now.name.startswith(f"{entries[-1].number}.")
        assert following(data_dir).now() == now == log.at(now.name)
        names.add(now.name)
    assert len(names) == 5


def test_an_older_state_is_given_by_its_name_however_long_ago_it_was(data_dir: Path) -> None:
    log, states = following(data_dir), []
    for number in range(20):
        append(data_dir, [rename("Ann Lee" if not number else f"Ann {number - 1}", f"Ann {number}")])
        states.append(log.now())
    assert [log.at(one.name) for one in states] == states
    assert [following(data_dir).at(one.name) for one in states] == states
    assert log.at("") == NOTHING
    for unknown in ("3.000000", "21.000000", "0.000000", "-1.000000", "x", f"²{states[1].name[1:]}"):
        assert log.at(unknown) is None


def test_a_log_that_is_another_one_now_is_read_anew(data_dir: Path) -> None:
    log = following(data_dir)
    append(data_dir, [merge("Bob Ray", "Ann Lee"), undo(1)])
    before = log.now()
    for path in data_dir.glob("archive.sqlite*"):
        path.unlink()
    Archive(data_dir / "archive.sqlite").close()
    assert log.now() == NOTHING
    append(data_dir, [rename("Cy Fox", "Cyrus Fox"), undo(1), merge("Bob Ray", "Ann Lee")])
    assert log.now().states == fold(read_log(data_dir))
    assert log.at(before.name) is None


def test_of_a_long_log_no_more_is_read_and_folded_than_is_new(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each correction was shown later than the one before: all that was undone was gone through again and again."""
    applied: list[int] = []
    read: list[int] = []
    apply, entries = Building.apply, Log._add

    def counted(self: Building, correction: Correction, number: int, meant: object) -> None:
        applied.append(number)
        apply(self, correction, number, meant)  # type: ignore[arg-type]

    def noted(self: Log, new: list[Entry]) -> None:
        read.extend(one.number for one in new)
        entries(self, new)

    monkeypatch.setattr(Building, "apply", counted)
    monkeypatch.setattr(Log, "_add", noted)
    done = 300
    append(
        data_dir, [one for number in range(1, done, 2) for one in (rename("Ann Lee", f"Ann {number}"), undo(number))]
    )
    log = following(data_dir)
    log.now()
    assert len(read) == done
    assert len(applied) == done / 2
    append(data_dir, [rename("Ann Lee", "Anne Lee")])
    log.now()
    assert read[done:] == applied[done // 2 :] == [done + 1]
