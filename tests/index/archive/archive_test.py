"""What an archive promises, wherever it is kept."""

import dataclasses
import os
import pickle
import subprocess
import sys

import pytest

from index.archive.archive import Archive, Entry
from index.archive.casts import Casts
from index.archive.connecting import Place, exists, format_of
from index.archive.database import FORMAT, Transaction
from index.archive.files import FileRead
from index.archive.holding import Version
from index.archive.stories import StoryRows
from index.errors import CorruptError, StoreError
from index.packing import pack
from index.types import Article, Rejected, Tagged


def entry(article_id: str, text: str = "Text.", *, hash_: bytes = b"1") -> Entry:
    article = Article(id=article_id, source="/a.txt", title="Title", text=text)
    return Entry(id=article_id, hash=hash_, packed=pack(Tagged(article=article, mentions=())))


def test_what_was_put_is_found_again_after_reopening(place: Place) -> None:
    with Archive(place) as archive:
        archive.put([entry("a"), entry("b")])
        identity = archive.identity
    with Archive(place, writable=False) as archive:
        assert archive.count() == 2
        assert archive.identity == identity
        assert archive.known(["a", "b", "c"]) == {"a": b"1", "b": b"1"}
        found = archive.get("a")
        assert found is not None
        assert found.article.text == "Text."
        assert archive.get("c") is None


def test_changes_since_a_revision_are_what_an_index_lacks(place: Place) -> None:
    with Archive(place) as archive:
        archive.put([entry("a"), entry("b"), entry("c")])
        seen = archive.revision
        assert [change.id for change in archive.changes(since=0)] == ["a", "b", "c"]
        assert list(archive.changes(since=seen)) == []
        archive.put([entry("b", "Other.", hash_=b"2"), entry("d")])
        assert archive.remove(["c", "never"]) == 1
        changes = {change.id: change.packed for change in archive.changes(since=seen)}
        assert set(changes) == {"b", "c", "d"}
        assert changes["c"] is None
        assert list(archive.changed_ids(since=seen)) == list(changes)
        assert archive.changed(since=seen) == 2
        assert archive.count() == 3


def test_a_removed_article_is_unknown_and_may_return(place: Place) -> None:
    with Archive(place) as archive:
        archive.put([entry("a")])
        archive.remove(["a"])
        assert archive.known(["a"]) == {}
        assert archive.get("a") is None
        archive.put([entry("a", "Back.")])
        assert archive.count() == 1
        assert [change.revision for change in archive.changes(since=0)] == [3]


def test_more_ids_than_sqlite_takes_at_once_are_known(place: Place) -> None:
    with Archive(place) as archive:
        archive.put([entry(str(number)) for number in range(1_700)])
        assert len(archive.known(str(number) for number in range(2_000))) == 1_700
        assert len(list(archive.changes(since=0))) == 1_700


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("articles", "packed", pack(Tagged(article=Article(id="a", source="", title="", text="Other."), mentions=()))),
        ("articles", "barred", 1),
        ("articles", "hash", b"2"),
        ("files", "duplicates", 7),
        ("sketches", "sketch", b"other"),
        ("facts", "value", 7),
    ],
)
def test_every_value_that_is_not_what_was_written_is_found(
    place: Place, table: str, column: str, value: object
) -> None:
    with Archive(place) as archive:
        archive.put([dataclasses.replace(entry("a"), sketch=b"sketch"), entry("b")])
        archive.files.record([FileRead(source="/a.txt", state="1", owned=["a", "b"])])
        archive.verify()
        where = "WHERE name = 'revision'" if table == "facts" else ""
        archive.database.change(lambda inside: inside.run(f"UPDATE {table} SET {column} = ? {where}", (value,)))
        with pytest.raises(CorruptError, match="damaged"):
            archive.verify()


def test_a_failing_put_leaves_the_archive_as_it_was(place: Place) -> None:
    with Archive(place) as archive:
        archive.put([entry("a")])
        with pytest.raises(StoreError):
            archive.put([entry("b"), dataclasses.replace(entry("c"), packed=1j)])  # nothing that a database knows
        assert archive.count() == 1
        assert archive.revision == 1


def test_a_reader_sees_what_is_committed_while_a_writer_is_open(place: Place) -> None:
    with Archive(place) as writer, Archive(place, writable=False) as reader:
        assert reader.known(["a"]) == {}
        writer.put([entry("a")])
        assert reader.known(["a"]) == {"a": b"1"}


def test_a_killed_writer_loses_no_put_that_returned(place: Place) -> None:
    script = (
        "import sys, pickle\n"
        "from index.archive.archive import Archive, Entry\n"
        "archive = Archive(pickle.loads(bytes.fromhex(sys.argv[1])))\n"
        "for number in range(100_000):\n"
        "    archive.put([Entry(id=str(number), hash=b'1', packed=b'x')])\n"
        "    print(number, flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, pickle.dumps(place).hex()],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": "."},
    ) as child:
        assert child.stdout is not None
        for _ in range(20):
            child.stdout.readline()
        child.kill()
        last = 19 + len(child.stdout.readlines())
    with Archive(place) as archive:
        assert archive.count() >= last
        assert archive.revision == archive.count()


def test_an_archive_is_there_once_it_was_made(place: Place) -> None:
    assert not exists(place)
    assert format_of(place) == 0
    with pytest.raises(StoreError):
        Archive(place, writable=False)
    assert not exists(place)
    Archive(place).close()
    assert exists(place)
    assert format_of(place) == FORMAT


def test_who_only_reads_cannot_write(place: Place) -> None:
    with Archive(place) as archive:
        archive.put([entry("a")])
    with Archive(place, writable=False) as archive:
        with pytest.raises(StoreError):
            archive.put([entry("b")])
        assert archive.count() == 1


def test_what_was_removed_for_good_stays_out_unless_it_is_revived(place: Place) -> None:
    with Archive(place) as archive:
        archive.put([entry("a"), entry("b")])
        assert archive.remove(["a", "never"], barred=True) == 1
        archive.put([entry("a"), entry("c")], revive=False)
        assert archive.barred(["a", "b"]) == {"a"}
        assert archive.count() == 2
        archive.verify()
        archive.put([entry("a")])
        assert archive.barred(["a", "b"]) == set()
        assert archive.count() == 3
        archive.verify()


def test_files_know_their_articles(place: Place) -> None:
    rejected = Rejected(source="/d/a.jsonl:2", reason="no-text", detail="“nothing”\0")
    first = FileRead(
        source="/d/a.jsonl", state="1", owned=["a", "b", "b"], articles=3, rejections=[rejected], modified=5
    )
    with Archive(place) as archive:
        archive.put([entry("a"), entry("b"), entry("c")])
        files = archive.files
        files.record([first, FileRead(source="/d/b.jsonl", state="1", owned=["c"], articles=1, modified=2**60)])
        files.record([FileRead(source="/d.txt", state="1", others=["c"], articles=1)])
        known = files.unchanged("/d/a.jsonl", "1")
        assert known is not None
        assert (known.articles, known.duplicates, known.rejections) == (3, 0, (rejected,))
        assert files.unchanged("/d/a.jsonl", "2") is None
        assert list(files.at("/d")) == ["/d/a.jsonl", "/d/b.jsonl"]
        assert files.owners(["a", "c"])["c"] == Version(modified=2**60, source="/d/b.jsonl")
        # Another file takes an article over: it was counted twice, and is a duplicate twice.
        files.record([FileRead(source="/d/c.jsonl", state="1", owned=["b", "b"], articles=2, modified=9)])
        known = files.unchanged("/d/a.jsonl", "1")
        assert known is not None
        assert known.duplicates == 2
        archive.verify()


def test_what_no_file_has_any_more_is_an_orphan(place: Place) -> None:
    with Archive(place) as archive:
        archive.put([entry("a"), entry("b"), entry("c")])
        files = archive.files
        files.record(
            [FileRead(source="/d/a", state="1", owned=["a", "b"]), FileRead(source="/d/b", state="1", others=["b"])]
        )
        files.record([FileRead(source="/e", state="1", owned=["c"])])
        numbers = files.at("/d")
        gone = [numbers["/d/a"]]
        assert sorted(files.ids(gone)) == ["a", "b"]
        assert files.orphans(numbers.values(), without=gone) == ["a"]
        archive.remove(["a"])
        files.forget(gone)
        assert list(files.at("/d")) == ["/d/b"]
        assert files.unchanged("/d/b", "1") is None  # is read again, for its form of what went
        assert files.owners(["b"])["b"].source == "/d/b"
        files.read_again(["c"])
        assert files.unchanged("/e", "1") is None
        archive.verify()


def test_casts_and_what_was_computed_are_kept_or_count_as_missing(place: Place) -> None:
    with Archive(place) as archive:
        archive.put([dataclasses.replace(entry("a"), cast=b"\0cast"), entry("b")])
        casts = Casts(archive.database)
        [(first, name, alive), (second, _, _)] = casts.changed(since=0)
        assert (name, alive) == ("a", True)
        casts.put([(second, b"other"), (first, b"new")])
        assert casts.of([first, second, 99]) == {first: b"new", second: b"other"}
        assert [number for number, _ in casts.packed([first, 99])] == [first]
        assert casts.computed("names") is None
        casts.keep([("names", b"1\0")])
        casts.keep([("names", b"2\0")])
        assert casts.computed("names") == b"2\0"
        archive.database.change(lambda inside: inside.run("UPDATE computed SET data = ?", (b"3",)))
        assert casts.computed("names") is None
        archive.remove(["a"])
        assert casts.of([first]) == {}


def test_a_story_that_is_told_changes_its_articles(place: Place) -> None:
    with Archive(place) as archive:
        archive.put([dataclasses.replace(entry(one), sketch=b"s" * 4) for one in "abc"] + [entry("d")])
        rows = StoryRows(archive.database)
        assert len(rows.changed()) == 4
        numbers = rows.numbers_of("abcd")
        assert rows.without_sketch(numbers.values()) == [numbers["d"]]
        rows.put_sketches([(numbers["d"], b"")])
        assert [number for chunk in rows.sketches() for number, _ in chunk] == [numbers[one] for one in "abc"]
        seen = archive.revision
        told = {numbers["a"]: numbers["a"], numbers["b"]: numbers["a"]}
        assert rows.tell(told, dropped=numbers.values(), linked=seen) == 2
        assert rows.changed() == []
        assert [(change.id, change.story) for change in archive.changes(since=seen)] == [("a", "a"), ("b", "a")]
        assert rows.told(set(numbers.values())) == dict.fromkeys(told, "a")
        assert {row.number for row in rows.members(["a"])} == set(told)
        assert rows.tell(told, dropped=(), linked=archive.revision) == 0
        archive.verify()


def test_names_of_files_are_kept_and_ordered_by_their_bytes(place: Place) -> None:
    names = ["/d/Ä", "/d/a b", "/d/B", "/d/ß\N{GRINNING FACE}"]
    with Archive(place) as archive:
        archive.files.record(FileRead(source=name, state="1") for name in [*names, "/d0", "/d-", "/D/x"])
        assert set(archive.files.at("/d")) == set(names)


def test_a_change_is_as_a_whole_or_not_at_all(place: Place) -> None:
    def work(inside: Transaction) -> None:
        inside.run("DELETE FROM articles")
        raise KeyboardInterrupt

    with Archive(place) as archive:
        archive.put([entry("a")])
        with pytest.raises(KeyboardInterrupt):
            archive.database.change(work)
        assert archive.count() == 1
        archive.put([entry("b")])
        assert archive.count() == 2


def test_a_place_goes_to_other_processes(place: Place) -> None:
    Archive(place).close()
    with Archive(pickle.loads(pickle.dumps(place)), writable=False) as archive:
        assert archive.count() == 0


def test_a_file_that_is_read_again_tells_what_came_and_went(place: Place) -> None:
    with Archive(place) as archive:
        archive.put([dataclasses.replace(entry(one), sketch=one.encode()) for one in "abcdef"])
        first = FileRead(source="/1", state=None, owned=["a", "b", "c"], others=["d"])
        archive.files.record([first, FileRead(source="/2", state=None, owned=["d", "e"], others=["c"])])
        archive.remove(["b"], barred=True)
        again = FileRead(source="/1", state=None, owned=["f", "a"])
        assert archive.files.turnover(again) == ({"b": True}, ["f"]), "c and d are in the other file"
        assert archive.files.turnover(FileRead(source="/1", state=None)) == ({"a": False, "b": True}, [])
        assert archive.files.turnover(dataclasses.replace(again, source="/3")) == ({}, [])
        rows = StoryRows(archive.database)
        names = {number: one for one, number in rows.numbers_of("ab").items()}
        assert {names[number]: sketch for number, sketch in rows.sketches_of(names, size=1)} == {"a": b"a", "b": b"b"}
        assert [names[number] for part in rows.sketches() for number, _ in part if number in names] == ["a"]
        archive.verify()
