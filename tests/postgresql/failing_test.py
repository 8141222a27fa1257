"""Servers and connections that fail: nothing is lost, nothing is done twice, and who waits is told for whom."""

import os
import threading
from collections.abc import Callable
from typing import Any

import pytest

from index.archive.archive import Archive, Entry
from index.archive.database import Transaction
from index.archive.generations import Generations, Recorded
from index.authority.types import Correction
from index.errors import LockedError, StoreError, UnreachableError
from index.packing import pack
from index.types import Article, Tagged
from tests.postgresql.server import Running

HIDE = Correction(what="hide", names=("Ada Quill",))


def entry(number: int) -> Entry:
    article = Article(id=f"{number:06}", source="/a.txt", title="Title", text="Text.")
    packed = pack(Tagged(article=article, mentions=()))
    return Entry(id=article.id, hash=b"1", packed=packed, sketch=b"s", cast=b"c")


def cut(server: Running, database: str) -> None:
    """Let the server end all connections to a database."""
    server.ask(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")


class Wire:
    """A connection that does something at a statement."""

    def __init__(self, connection: Any, statement: str, act: Callable[[Any], None]) -> None:
        self._connection = connection
        self._statement = statement
        self._act = act

    def execute(self, query: str, *others: Any) -> Any:
        if query == self._statement:
            self._act(self._connection)
        return self._connection.execute(query, *others)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def rig(archive: Archive, statement: str, act: Callable[[Any], None]) -> None:
    database: Any = archive.database
    database._connection = Wire(database._connection, statement, act)


def test_a_connection_lost_between_changes_is_opened_again(server: Running, database: str) -> None:
    with Archive(server.place(database)) as archive:
        archive.put([entry(1)])
        cut(server, database)
        assert archive.count() == 1
        cut(server, database)
        archive.put([entry(2)])
        assert archive.count() == archive.revision == 2
        archive.verify()


def test_a_connection_lost_in_a_change_costs_nothing(server: Running, database: str) -> None:
    times = []

    def work(inside: Transaction) -> int:
        inside.run("INSERT INTO articles (id, revision) VALUES ('z', 99)")
        times.append(1)
        if len(times) == 1:
            cut(server, database)
        inside.run("DELETE FROM articles")
        return len(times)

    with Archive(server.place(database)) as archive:
        archive.put([entry(1)])
        assert archive.database.change(work) == 2
        assert archive.database.rows("SELECT count(*) FROM articles") == [(0,)]


@pytest.mark.parametrize("kept", [False, True])
def test_a_connection_lost_in_a_commit_does_nothing_twice(server: Running, database: str, kept: bool) -> None:
    def act(connection: Any) -> None:
        if kept:
            connection.execute("COMMIT")
        cut(server, database)

    with Archive(server.place(database)) as archive:
        rig(archive, "COMMIT", act)
        assert [one.number for one in archive.corrections.append([HIDE])] == [1]
        assert len(archive.corrections.entries()) == 1
        rig(archive, "COMMIT", act)
        archive.put([entry(1), entry(2)])
        assert archive.count() == archive.revision == 2
        archive.verify()


def test_a_transaction_that_others_undid_is_done_again(server: Running, database: str) -> None:
    times = []

    def work(inside: Transaction) -> None:
        times.append(1)
        if len(times) < 3:
            inside.run("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40001'; END $$")
        inside.run("DELETE FROM articles")

    with Archive(server.place(database)) as archive:
        archive.put([entry(1)])
        archive.database.change(work)
        assert len(times) == 3
        assert archive.count() == 0


def test_patience_ends(server: Running, database: str) -> None:
    with Archive(server.place(database, patience=0)) as archive:
        server.ask(f"ALTER DATABASE {database} WITH ALLOW_CONNECTIONS false")
        cut(server, database)
        with pytest.raises(UnreachableError, match="not currently accepting connections"):
            archive.count()
        server.ask(f"ALTER DATABASE {database} WITH ALLOW_CONNECTIONS true")


def test_a_server_that_crashes_while_it_is_written_to_loses_nothing_that_it_took(
    server: Running, database: str
) -> None:
    stopping = threading.Event()
    taken = []

    def write() -> None:
        with Archive(server.place(database, patience=60)) as archive:
            while not stopping.is_set():
                archive.put([entry(len(taken))])
                taken.append(len(taken))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(taken) < 20 and writer.is_alive():
            stopping.wait(0.01)
        server.restart()
        before = len(taken)
        while len(taken) < before + 20 and writer.is_alive():
            stopping.wait(0.01)
    finally:
        stopping.set()
        writer.join()
    with Archive(server.place(database)) as archive:
        assert archive.count() == archive.revision == len(taken)
        archive.verify()


def test_who_wants_to_be_alone_waits_and_is_told_for_whom(server: Running, database: str) -> None:
    with (
        Archive(server.place(database)) as archive,
        Archive(server.place(database, patience=0.1)) as other,
        archive.alone(),
    ):
        archive.put([entry(1)])
        with pytest.raises(LockedError, match=r"newsmorgue \d+ on .*since 20.* is writing here"), other.alone():
            pass
        with pytest.raises(LockedError, match=r"newsmorgue \d+ on .*since 20"):
            other.put([entry(2)])
        assert other.count() == 1
        other.corrections.append([HIDE])  # users need not wait
    with Archive(server.place(database, patience=0.1)) as other, other.alone():
        other.put([entry(2)])


def test_who_is_not_alone_any_more_does_not_go_on(server: Running, database: str) -> None:
    with Archive(server.place(database)) as archive:
        with archive.alone():
            cut(server, database)
            with pytest.raises(UnreachableError):
                archive.put([entry(1)])
        with archive.frozen():
            cut(server, database)
            with pytest.raises(UnreachableError):
                archive.count()
        archive.put([entry(1)])


def test_what_is_frozen_is_of_one_moment_while_others_write(server: Running, database: str) -> None:
    with Archive(server.place(database)) as archive, Archive(server.place(database)) as other:
        archive.put([entry(1), entry(2)])
        with archive.frozen():
            other.put([entry(2), entry(3)])
            other.remove(["000001"])
            assert (archive.count(), archive.revision) == (2, 2)
            assert [change.id for change in archive.changes(since=0)] == ["000001", "000002"]
            with pytest.raises(StoreError):
                archive.put([entry(4)])
        assert [change.id for change in archive.changes(since=2)] == ["000002", "000003", "000001"]


def test_writers_at_one_time_follow_each_other(server: Running, database: str) -> None:
    Archive(server.place(database)).close()

    def write(first: int) -> None:
        with Archive(server.place(database)) as archive:
            for number in range(first, first + 20):
                archive.put([entry(number), entry(number % 7)])

    writers = [threading.Thread(target=write, args=(first,)) for first in (100, 200, 300)]
    seen: list[int] = []
    for writer in writers:
        writer.start()
    with Archive(server.place(database), writable=False) as reader:
        while any(writer.is_alive() for writer in writers):
            seen += [change.revision for change in reader.changes(since=seen[-1] if seen else 0)]
        seen += [change.revision for change in reader.changes(since=seen[-1] if seen else 0)]
        assert seen == sorted(set(seen))  # revisions become visible in their order
        assert reader.count() == 67
        assert reader.revision == 120
        reader.verify()


def test_two_make_one_archive(server: Running, database: str) -> None:
    found: list[str] = []

    def make() -> None:
        with Archive(server.place(database)) as archive:
            found.append(archive.identity)

    makers = [threading.Thread(target=make) for _ in range(4)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert len(found) == 4
    assert len(set(found)) == 1


def test_a_name_that_is_reserved_keeps_others_from_it_and_from_nothing_else(server: Running, database: str) -> None:
    place = server.place(database, patience=0.3)
    with Archive(place) as one, Archive(place) as two:
        with one.reserved("index"):
            two.put([entry(1)])
            with two.reserved("another"), two.alone():
                two.put([entry(2)])
            with pytest.raises(LockedError, match=str(os.getpid())), two.reserved("index"):
                pass
        with two.reserved("index"):
            assert two.count() == 2


def test_who_lost_what_it_reserved_makes_no_generation_current(server: Running, database: str) -> None:
    generation = Recorded(name="000001-3f9a1c2e", digest="d" * 64, files={})
    with Archive(server.place(database)) as one, Archive(server.place(database)) as two:
        mine, theirs = (Generations(archive.database, "index") for archive in (one, two))
        mine.begin(at_least=1, keep=2, seconds=0)
        with one.reserved("index"):
            cut(server, database)
            with two.reserved("index"):
                with pytest.raises(UnreachableError):
                    mine.record(generation, number=1, held="i", keep=2)
                assert theirs.newest() is None
                theirs.record(generation, number=1, held="i", keep=2)
        assert mine.newest() == generation.name
