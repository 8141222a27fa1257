"""A flipped bit in any column of any table of an SQLite archive is found, or changes nothing that it holds."""

import dataclasses
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.archive.archive import Archive
from index.archive.casts import Casts
from index.archive.files import FileRead
from index.authority.types import Correction
from index.errors import CorruptError, StoreError
from index.types import Rejected
from tests.index.archive.archive_test import entry

EVERY = 9
"""Every so manieth byte gets a flipped bit, each time another one; 1 has every byte tried."""
HARMLESS = {("files", "state"), ("sqlite_sequence", "seq")}
"""What only has a file read again, and what only leaves numbers out."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "archive.sqlite"
    entries = [
        dataclasses.replace(entry(f"{n:016x}", f"Text {n}. " * 5), sketch=bytes([n]) * 16, cast=b"cast %d" % n)
        for n in range(3)
    ]
    ids = [one.id for one in entries]
    bad = Rejected(source="/a/b.jsonl:3", reason="not-json", detail="line 3: it is not JSON")
    files = [
        FileRead(
            source="/a/b.jsonl", state="s", owned=ids[:2], others=ids[2:], articles=3, rejections=[bad], modified=7
        ),
        FileRead(source="/a/c.jsonl", state="s", owned=ids[2:], articles=1, modified=12_345_678_901_234_999),
    ]
    with Archive(made) as archive:
        archive.put(entries)
        archive.files.record(files)
        archive.remove(ids[1:2], barred=True)
        archive.corrections.append([Correction(what="hide", names=("Ann Lee",), note="Why.")] * 2)
        Casts(archive.database).keep([("state", b"[1, 2, 5]"), ("columns", b"columns")])
        archive.database.change(lambda transaction: transaction.run("UPDATE articles SET story = id WHERE number <> 2"))
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return made


def content(path: Path) -> dict[tuple[str, str], list[str]]:
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = [(table, row[1]) for table in tables for row in connection.execute(f"PRAGMA table_info({table})")]
        return {
            (table, column): sorted(repr(row) for row in connection.execute(f"SELECT {column} FROM {table}"))
            for table, column in columns
            if (table, column) not in HARMLESS
        }


def test_every_table_of_the_sample_has_rows(path: Path) -> None:
    assert all(content(path).values())


def test_a_flipped_bit_is_found_or_changes_nothing(path: Path, tmp_path: Path) -> None:
    whole, before = path.read_bytes(), content(path)
    used = [place for place, value in enumerate(whole) if value]
    found = 0
    for number, place in enumerate(used[::EVERY]):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << number % 8
        damaged = tmp_path / f"{number}.sqlite"
        damaged.write_bytes(flipped)
        try:
            with Archive(damaged, writable=False) as archive:
                archive.verify()
        except StoreError:
            found += 1
        else:
            assert content(damaged) == before, f"bit {number % 8} of byte {place} was not found"
    assert found > 0.9 * len(used) / EVERY


@pytest.mark.parametrize("table", ["casts", "sketches"])
@pytest.mark.parametrize("other", [2, 9])
def test_what_is_kept_of_an_article_is_told_where_its_number_is_damaged(path: Path, table: str, other: int) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"DELETE FROM {table} WHERE article = ?", (other,))
        connection.execute(f"UPDATE {table} SET article = ? WHERE article = 3", (other,))
    with Archive(path) as archive:
        assert archive.derived() == {table: [(other,)]}
        with pytest.raises(CorruptError, match=table):
            archive.verify()
        archive.drop_derived(archive.derived())
        archive.verify()


@pytest.mark.parametrize("name", ["holds_by_article", "articles_by_revision"])
def test_an_index_with_an_entry_that_cannot_be_read_is_found(path: Path, name: str) -> None:
    whole = path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        [[page]] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,))
    end = page * 4096
    assert whole[end - 3] == 3, "the length of the first entry's head"
    path.write_bytes(whole[: end - 3] + b"\2" + whole[end - 2 :])
    with Archive(path, writable=False) as archive, pytest.raises(CorruptError):
        archive.verify()
