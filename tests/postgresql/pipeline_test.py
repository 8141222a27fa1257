"""Everything that is done with an archive, done with one in PostgreSQL."""

import dataclasses
import json
import sqlite3
import threading
from pathlib import Path

import pytest

from index.archive.archive import FILE_NAME, Archive
from index.archive.places import place_of
from index.errors import CorruptError, StoreError, UsageError
from index.pipeline.backup import refuse_server
from index.pipeline.checking import check, repair
from index.pipeline.indexing import build_index
from index.pipeline.rebuilding import index_archive
from index.pipeline.removing import ids_from, remove
from index.read.options import ReadOptions
from index.settings import Settings
from index.store.generations import current
from search.correcting import Correction, Corrections
from search.request import SearchRequest
from search.searcher import Searcher
from tests.index.pipeline.fakes import STAGES
from tests.postgresql.server import Running

TABLES = ("articles", "files", "holds", "ages", "sketches", "casts", "computed", "corrections", "facts")


@pytest.fixture
def settings(server: Running, database: str, tmp_path: Path) -> Settings:
    return server.settings(tmp_path / "data", database)


def write(path: Path, numbers: range, text: str = "Text number {}.") -> Path:
    path.write_text("\n".join(json.dumps({"id": f"{n:016x}", "text": text.format(n)}) for n in numbers))
    return path


def indexed(settings: Settings, *paths: Path, **how: bool):
    return build_index(paths, settings=settings, options=ReadOptions(), stages=STAGES, **how)


def total(settings: Settings, q: str = "number") -> int:
    searcher = Searcher(settings.data_dir, settings)
    try:
        return searcher.ask(SearchRequest(q=q, facets=())).total
    finally:
        searcher.close()


def test_articles_are_indexed_skipped_changed_removed_revived_and_pruned(settings: Settings, tmp_path: Path) -> None:
    source, other = write(tmp_path / "a.jsonl", range(5)), write(tmp_path / "b.jsonl", range(4, 9))
    first = indexed(settings, source, other)
    assert (first.added, first.duplicates, total(settings)) == (9, 1, 9)
    assert not (settings.data_dir / FILE_NAME).exists()
    assert indexed(settings, source, other).committed is False
    write(source, range(5), "Another number {}.")
    assert indexed(settings, source).changed in {4, 5}  # which of the files is newer, their times tell
    assert total(settings, "another") in {4, 5}
    gone = ids_from(str(source), settings)[:1]
    assert remove(gone, settings).removed == 1
    assert indexed(settings, source, again=True).removed == 1
    assert total(settings) == 8
    assert indexed(settings, source, again=True, revive=True).added == 1
    assert total(settings) == 9
    other.unlink()
    pruned = indexed(settings, tmp_path / "b.jsonl", source, pruning=True).pruned
    assert pruned in {4, 5}
    found = check(settings)
    assert (found.problems, found.articles) == ((), 9 - pruned)


def test_a_run_goes_on_where_the_last_one_ended(settings: Settings, tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", range(20))
    small = dataclasses.replace(settings, batch_articles=5)
    report = indexed(small, source)
    assert report.added == 20
    (settings.data_dir / "CURRENT").unlink()
    for path in (settings.data_dir / "generations").iterdir():
        for file in path.iterdir():
            file.unlink()
        path.rmdir()
    again = indexed(small, source, again=True)
    assert (again.unchanged, again.added, total(settings)) == (20, 0, 20)


def test_damaged_articles_are_named_taken_out_and_read_again(
    server: Running, database: str, settings: Settings, tmp_path: Path
) -> None:
    source = write(tmp_path / "a.jsonl", range(3))
    indexed(settings, source)
    server.ask("UPDATE newsmorgue.articles SET packed = 'x' WHERE number = 2", database)
    found = check(settings)
    assert [one.id for one in found.damaged] == [f"{1:016x}"]
    assert repair(settings).rebuilt == current(settings.data_dir).name
    assert total(settings) == 2
    assert indexed(settings, source).added == 1
    assert check(settings).problems == ()


def test_a_lost_index_is_built_again_from_the_archive(settings: Settings, tmp_path: Path) -> None:
    indexed(settings, write(tmp_path / "a.jsonl", range(3)))
    (settings.data_dir / "CURRENT").unlink()
    assert repair(settings).rebuilt
    elsewhere = dataclasses.replace(settings, data_dir=tmp_path / "elsewhere")
    assert index_archive(elsewhere).committed
    assert total(elsewhere) == 3


def test_an_index_whose_archive_was_lost_is_not_emptied(
    server: Running, database: str, settings: Settings, tmp_path: Path
) -> None:
    source = write(tmp_path / "a.jsonl", range(3))
    indexed(settings, source)
    server.ask("DROP SCHEMA newsmorgue CASCADE", database)
    for attempt in (lambda: indexed(settings, source), lambda: check(settings), lambda: index_archive(settings)):
        with pytest.raises(CorruptError, match=r"empty, while an index of 3 articles.*--bring sqlite"):
            attempt()
    assert total_of_index(settings) == 3


def total_of_index(settings: Settings) -> int:
    return current(settings.data_dir).manifest.articles


def test_indexers_on_two_machines_fill_one_archive_and_each_index_follows(settings: Settings, tmp_path: Path) -> None:
    machines = [dataclasses.replace(settings, data_dir=tmp_path / name, batch_articles=7) for name in ("one", "two")]
    sources = [write(tmp_path / "a.jsonl", range(60)), write(tmp_path / "b.jsonl", range(50, 110))]
    failed: list[BaseException] = []

    def run(machine: Settings, source: Path) -> None:
        try:
            indexed(machine, source)
        except BaseException as error:  # noqa: BLE001
            failed.append(error)

    both = [threading.Thread(target=run, args=pair) for pair in zip(machines, sources, strict=True)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert failed == []
    for machine in machines:
        index_archive(machine)
        assert total(machine) == 110
        assert check(machine).problems == ()
    with Archive(place_of(settings), writable=False) as archive:
        assert {current(machine.data_dir).manifest.revision for machine in machines} == {archive.revision}


def test_what_another_machine_removed_meanwhile_stays_out(settings: Settings, tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", range(3))
    indexed(settings, source)
    other = dataclasses.replace(settings, data_dir=tmp_path / "other")
    write(source, range(3), "Other number {}.")

    def cut(*arguments: object, **named: object):
        yield from STAGES.cut(*arguments, **named)
        remove([f"{0:016x}"], other)  # when the articles are read, and before they are written

    build_index(
        [source], settings=settings, options=ReadOptions(), stages=dataclasses.replace(STAGES, cut=cut), again=True
    )
    with Archive(place_of(settings)) as archive:
        assert archive.barred([f"{0:016x}"]) == {f"{0:016x}"}
        assert archive.count() == 2
        archive.verify()


def rows(settings: Settings, server: Running, database: str) -> dict[str, list[tuple[str, ...]]]:
    """All that an archive holds, as text."""
    with Archive(place_of(settings), writable=False) as archive:
        found = {}
        for table in TABLES:
            columns = [one for one in _columns(settings, table) if one != "format"]
            some = archive.database.rows(f"SELECT {', '.join(columns)} FROM {table}")
            found[table] = sorted(tuple(str(bytes(v) if isinstance(v, bytes) else v) for v in row) for row in some)
        found["facts"] = [row for row in found["facts"] if row[0] != "format"]
        return found


def _columns(settings: Settings, table: str) -> list[str]:
    with sqlite3.connect(settings.data_dir / FILE_NAME) as connection:
        return sorted(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))


def test_an_archive_goes_to_a_server_and_back_and_its_index_goes_on(
    server: Running, database: str, settings: Settings, tmp_path: Path
) -> None:
    file = dataclasses.replace(settings, archive="sqlite")
    source = write(tmp_path / "a.jsonl", range(600))
    indexed(
        file,
        source,
        write(
            tmp_path / "b.jsonl", range(590, 610), "A text that is long enough to be told as a copy, with number {}."
        ),
    )
    remove([f"{3:016x}"], file)
    searcher = Searcher(file.data_dir, file)

    Corrections(file.data_dir, searcher, file).make([Correction(what="hide", names=("Ada\0Quill",), raw=True)])
    searcher.close()
    before = rows(file, server, database)
    generation = current(file.data_dir).name

    moved = index_archive(settings, source=place_of(file))
    assert moved.generation is not None
    assert (moved.generation.name, moved.committed) == (generation, False)  # the index goes on as it is
    assert rows(settings, server, database) == before
    assert check(settings).problems == ()
    assert indexed(settings, source).committed is False
    indexed(settings, write(tmp_path / "c.jsonl", range(2_000, 2_002)))
    assert total(settings) == 611

    with pytest.raises(StoreError, match="another archive already"):
        index_archive(file, source=place_of(settings))
    after = rows(settings, server, database)
    (file.data_dir / FILE_NAME).unlink()
    back = index_archive(file, source=place_of(settings))
    assert back.committed is False
    assert rows(file, server, database) == after
    assert check(file).problems == ()
    assert total(file) == 611
    indexed(file, write(tmp_path / "d.jsonl", range(3_000, 3_002)))
    assert total(file) == 613


def test_an_archive_is_not_brought_to_itself_or_from_nowhere(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="itself"):
        index_archive(settings, source=place_of(settings))
    with pytest.raises(StoreError, match="there is no archive"):
        index_archive(settings, source=tmp_path / FILE_NAME)


def test_backups_are_left_to_the_server_s_own_tools(settings: Settings) -> None:
    with pytest.raises(UsageError, match=r"in PostgreSQL.*pg_dump"):
        refuse_server(settings, remedy="pg_dump")
