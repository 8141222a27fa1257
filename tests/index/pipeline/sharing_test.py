"""One index for several machines, with a cluster that is a table and an archive that is a file that all of them have.

tests/opensearch/machines_test.py asks the same of a real cluster and a real server.
"""

import dataclasses
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import pytest

from index.archive.archive import FILE_NAME, Archive
from index.archive.generations import Generations
from index.archive.sqlite.database import SqliteDatabase
from index.engines import registry
from index.engines.writer import Cost, Turn
from index.errors import CorruptError, NoIndexError, StoreError, UnreachableError
from index.pipeline import sharing
from index.pipeline.sharing import Bringing
from index.pipeline.updating import Update, update
from index.settings import Settings
from index.store import commit as committing
from index.store.commit import commit, prepare
from index.store.generations import GENERATIONS, current
from index.store.lock import WriterLock
from index.types import Tagged
from tests.search.editions_test import Entry, pack, tagged

PLACE = "somewhere/morgue"


@dataclasses.dataclass
class Table:
    """What a cluster would be: the articles of each index, and the turns that were taken."""

    indices: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    turns: list[Turn] = dataclasses.field(default_factory=list)
    sent: int = 0
    away: bool = False


class TableWriter:
    form = "table/1"
    table: Table

    def __init__(self, settings: Settings, turn: Turn | None = None) -> None:
        self._turn = turn

    def place(self) -> str:
        if self.table.away:
            raise UnreachableError("the cluster is away")
        return PLACE

    def in_turn(self, turn: Turn) -> Self:
        return type(self)(Settings(), turn)

    def held(self, directory: Path) -> str:
        return (directory / "remote").read_text()

    def write(self, directory: Path, *, removed: Iterable[str], added: Iterable[Tagged]) -> Cost:
        assert self._turn, "nobody writes without a turn"
        self.table.turns.append(self._turn)
        name = self.held(directory) if (directory / "remote").exists() else f"index-{self._turn.number}"
        index = self.table.indices.setdefault(name, {})
        for one in removed:
            index.pop(one, None)
        for new in added:
            index[new.article.id] = new.article.text
            self.table.sent += 1
        for other in set(self.table.indices) - {name, *self._turn.kept}:
            del self.table.indices[other]
        (directory / "remote").unlink(missing_ok=True)
        (directory / "remote").write_text(name)
        return Cost()

    def count(self, directory: Path) -> int | None:
        return len(self.table.indices.get(self.held(directory), ()))


class Machine:
    """A data directory, and what its user may do."""

    def __init__(self, data_dir: Path, archive: Path) -> None:
        self.settings = Settings(data_dir=data_dir, engine="table", keep_generations=2, cursor_seconds=900)
        self._archive = archive
        prepare(data_dir)

    def put(self, *numbers: int, text: str = "Ann Lee") -> None:
        with Archive(self._archive) as archive:
            entries = [tagged(number, text) for number in numbers]
            archive.put([Entry(id=one.article.id, hash=b"1", packed=pack(one)) for one in entries])

    def index(self, **how: Any) -> Update:
        with WriterLock(self.settings.data_dir) as lock, Archive(self._archive) as archive:
            return update(archive, lock, self.settings, **how)

    def follow(self) -> None:
        with Archive(self._archive, writable=False) as archive:
            Bringing(self.settings.data_dir, self.settings).bring(archive)

    def recorded(self) -> str | None:
        with Archive(self._archive, writable=False) as archive:
            return Generations(archive.database, PLACE).newest()

    @property
    def name(self) -> str:
        return current(self.settings.data_dir).name

    @property
    def articles(self) -> int:
        generation = current(self.settings.data_dir)
        return len(TableWriter.table.indices[(generation.path / "remote").read_text()])

    def directories(self) -> set[str]:
        return {path.name for path in (self.settings.data_dir / GENERATIONS).iterdir()}


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Table:
    monkeypatch.setattr(SqliteDatabase, "shared", True)
    monkeypatch.setitem(registry.WRITERS, "table", TableWriter)
    found = Table()
    monkeypatch.setattr(TableWriter, "table", found, raising=False)
    return found


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "common.sqlite"


@pytest.fixture
def machines(table: Table, archive: Path, tmp_path: Path) -> tuple[Machine, Machine]:
    return Machine(tmp_path / "one", archive), Machine(tmp_path / "two", archive)


def test_each_machine_continues_what_the_other_committed(machines: tuple[Machine, Machine], table: Table) -> None:
    one, two = machines
    one.put(*range(10))
    assert one.index().committed
    two.put(10, 11)
    second = two.index()
    assert (second.committed, second.rebuilt, table.sent) == (True, None, 12), "only what is new was sent"
    assert (two.articles, len(table.indices)) == (12, 1)
    assert second.generation
    assert second.generation.number == 2
    one.put(3, text="Bob Ray")
    assert one.index().rebuilt is None
    assert (one.articles, table.sent) == (12, 13)
    assert two.index().committed is False, "there is nothing to write, but something to bring"
    assert one.name == two.name == one.recorded()


def test_readers_are_brought_up_to_what_is_current_and_old_generations_go(
    machines: tuple[Machine, Machine], table: Table
) -> None:
    one, two = machines
    one.put(0)
    two.follow()
    with pytest.raises(NoIndexError):
        assert two.name
    for number in range(4):
        one.put(number)
        one.index()
        two.follow()
        assert two.name == one.name
    assert one.directories() == two.directories()
    assert len(two.directories()) == 2
    before = two.name
    table.away = True
    one.put(4)
    with pytest.raises(UnreachableError):
        two.follow()
    assert two.name == before


def test_a_crash_before_the_archive_knows_leaves_the_last_one_current_everywhere(
    machines: tuple[Machine, Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = machines
    one.put(1)
    one.index()
    before = one.name

    def lost(*_: object, **__: object) -> None:
        raise UnreachableError("the connection is lost")

    with monkeypatch.context() as broken:
        broken.setattr(Generations, "record", lost)
        one.put(2)
        with pytest.raises(UnreachableError):
            one.index()
    assert one.name == one.recorded() == before
    one.follow()
    assert one.name == before
    two.put(3)
    assert two.index().committed
    one.follow()
    assert (one.name, one.articles) == (two.name, 3)
    assert before in one.directories()
    assert len(one.directories()) == 2, "what was not recorded is gone"


def test_a_crash_once_the_archive_knows_is_made_good_by_the_next_look(
    machines: tuple[Machine, Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = machines
    one.put(1)
    one.index()
    before = one.name

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(committing, "point", crash)
        one.put(2)
        with pytest.raises(KeyboardInterrupt):
            one.index()
    assert one.name == before != one.recorded()
    two.follow()
    one.follow()
    assert one.name == two.name == one.recorded()
    assert one.index().committed is False


def test_a_data_directory_of_another_archive_is_refused_and_left_alone(
    machines: tuple[Machine, Machine], tmp_path: Path
) -> None:
    one, two = machines
    one.put(1)
    one.index()
    with WriterLock(two.settings.data_dir) as lock:
        commit(
            two.settings.data_dir,
            lock,
            base=None,
            write=lambda directory: None,
            form="x",
            archive="other",
            revision=1,
            articles=1,
            keep=1,
        )
    name = two.name
    for attempt in (two.index, two.follow):
        with pytest.raises(StoreError, match="belongs to another archive"):
            attempt()
    assert two.name == name
    three = Machine(tmp_path / "three", tmp_path / "common.sqlite")
    Archive(three.settings.data_dir / FILE_NAME).close()
    with pytest.raises(StoreError, match="belongs to another archive"):
        three.index()


def test_writes_are_numbered_upwards_whatever_a_machine_s_clock_says(
    machines: tuple[Machine, Machine], table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = machines
    for machine, seconds in ((one, 2_000_000_000), (two, 1_000_000_000), (one, 1_500_000_000)):
        monkeypatch.setattr(sharing.time, "time_ns", lambda at=seconds: at * 10**9)
        machine.put(seconds)
        machine.index()
    numbers = [turn.number for turn in table.turns]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 2_000_000_000_000


def test_an_index_that_was_replaced_stays_as_long_as_somebody_may_walk_in_it(
    machines: tuple[Machine, Machine], table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = machines
    one.put(*range(10))
    one.index()
    [old] = table.indices
    assert two.index(anew=True).rebuilt == "asked for"
    assert len(table.indices) == 2
    clock = SqliteDatabase.now
    for number, later in ((10, 0), (11, 0), (12, 800), (13, 900)):
        monkeypatch.setattr(SqliteDatabase, "now", lambda self, by=later: clock(self) + by)
        one.put(number)
        one.index()
        assert old in table.indices
    monkeypatch.setattr(SqliteDatabase, "now", lambda self: clock(self) + 1_000)
    two.put(14)
    two.index()
    assert old not in table.indices
    assert (one.articles, two.articles) == (15, 15)


def test_an_index_that_nobody_recorded_goes_with_the_next_write(
    machines: tuple[Machine, Machine], table: Table
) -> None:
    one, two = machines
    one.put(1)
    one.index()
    table.indices["half-made"] = {}
    two.put(2)
    two.index()
    assert "half-made" not in table.indices


def test_what_a_data_directory_had_by_itself_becomes_everybody_s(
    machines: tuple[Machine, Machine], table: Table, archive: Path
) -> None:
    one, two = machines
    one.put(*range(5))
    one.index()
    with Archive(archive) as opened:
        opened.database.change(lambda inside: inside.run("DELETE FROM generations"))
    assert one.recorded() is None
    assert one.index().committed
    assert table.sent == 5
    two.follow()
    assert two.name == one.name


def test_an_archive_that_was_restored_has_its_index_built_anew(
    machines: tuple[Machine, Machine], table: Table, archive: Path, tmp_path: Path
) -> None:
    one, two = machines
    one.put(*range(10))
    one.index()
    shutil.copy(archive, tmp_path / "dump")
    one.put(*range(10, 13))
    one.index()
    ahead = current(one.settings.data_dir).number
    for path in archive.parent.glob(f"{archive.name}*"):
        path.unlink()
    shutil.copy(tmp_path / "dump", archive)
    one.follow()
    assert current(one.settings.data_dir).number == ahead, "readers go on with what they have"
    restored = one.index()
    assert restored.rebuilt == "the index was made from another archive"
    assert restored.generation
    assert restored.generation.number > ahead
    two.follow()
    assert (one.articles, two.articles) == (10, 10)


def test_files_that_were_damaged_in_the_archive_reach_no_reader_and_are_made_again(
    machines: tuple[Machine, Machine], archive: Path
) -> None:
    one, two = machines
    one.put(*range(3))
    one.index()
    with Archive(archive) as opened:
        opened.database.change(lambda inside: inside.run("UPDATE generation_files SET data = ?", (b"x",)))
    with pytest.raises(CorruptError):
        two.follow()
    with pytest.raises(NoIndexError):
        assert two.name
    assert two.index().committed
    one.follow()
    assert one.name == two.name


def test_an_archive_that_is_a_file_shares_nothing(
    machines: tuple[Machine, Machine], monkeypatch: pytest.MonkeyPatch, archive: Path
) -> None:
    monkeypatch.setattr(SqliteDatabase, "shared", False)
    one, two = machines
    one.put(1)
    with pytest.raises(AssertionError, match="without a turn"):
        one.index()
    two.follow()
    with Archive(archive, writable=False) as opened:
        assert not opened.database.has("generations")
