"""The files that articles came from: which are read already, and which articles each of them has."""

import dataclasses
import enum
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.archive.database import Database, Transaction, rows_of
from index.archive.hashing import row_checksum
from index.archive.holding import AGAIN, Version, again, give_way, hand_over, note_ages, own, read_again
from index.types import Rejected

_GONE = "(SELECT number FROM gone)"

_BELOW = "source = ?1 OR (source > ?1 || '/' AND source < ?1 || '0')"  # "0" comes right after "/"


class Reading(enum.IntEnum):
    """How far a reading tells what a file holds; what a file had, and was not read whole for, is held by it still."""

    WHOLE = 0
    """What was not read is not in it."""
    DOUBTFUL = 1
    """What was not read may be in it: it is empty, has damaged records, or was read with other options before."""
    BROKEN = 2
    """It could not be read, or not to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """A file that was read as far as it could be.

    `source` is its absolute path (`-` for standard input). `state` tells this version of the file, read in this way,
    from any other; None where it must be read again anyhow. `way` says with which of the reader's options. It has the
    articles `owned`, of which its form counts, and `others`, of which another file's does or which are to stay out:
    `duplicates` and `removed` say how many times.
    """

    source: str
    state: str | None
    owned: Sequence[str] = ()
    others: Sequence[str] = ()
    articles: int = 0
    duplicates: int = 0
    removed: int = 0
    rejections: Sequence[Rejected] = ()
    modified: int = 0
    """When this version of the file was written, in nanoseconds since 1970."""
    reading: Reading = Reading.WHOLE
    way: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKnown:
    """What came of a file when it was read the last time; the numbers are those of `FileRead`."""

    number: int
    articles: int
    duplicates: int
    removed: int
    rejections: tuple[Rejected, ...]


class Files:
    """The files of one archive; each method may raise StoreError as those of `index.archive.archive` do."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unchanged(self, source: str, state: str, *, way: str = "") -> FileKnown | None:
        """Give what came of a file, where it was read to its end in this very state and way."""
        query = "SELECT number, articles, duplicates, removed, rejections FROM files WHERE source = ? AND state = ?"
        for number, articles, duplicates, removed, rejections in self._database.rows(
            query, (source, _kept(state, way))
        ):
            return FileKnown(
                number=number,
                articles=articles,
                duplicates=duplicates,
                removed=removed,
                rejections=() if rejections == "[]" else tuple(Rejected(**one) for one in json.loads(rejections)),
            )
        return None

    def way(self, source: str) -> str | None:
        """Give with which options a file was read the last time; None where that is not known."""
        for (state,) in self._database.rows("SELECT state FROM files WHERE source = ?", (source,)):
            _, tab, way = (state or "").partition("\t")
            return way if tab else None
        return None

    def lacking(self, file: FileRead) -> int:
        """Give how many articles that a file had before are not among those that it has now."""
        query = (
            "SELECT a.id FROM files f JOIN holds h ON h.file IN (f.number, -f.number)"
            " JOIN articles a ON a.number = h.article WHERE f.source = ? AND a.packed IS NOT NULL"
        )
        before = {row[0] for row in self._database.rows(query, (file.source,))}
        return len(before.difference(file.owned, file.others))

    def record(self, files: Iterable[FileRead]) -> None:
        """Keep what came of files, whose articles are in the archive already."""
        read = list(files)

        def work(transaction: Transaction) -> None:
            for file in read:
                _record(transaction, file)

        self._database.change(work)

    def owners(self, ids: Iterable[str]) -> dict[str, Version]:
        """Give for each of some articles the version of the file that its form in the archive came from."""
        query = (
            "SELECT id, coalesce(modified, 0), source FROM articles JOIN files ON files.number = articles.file"
            " LEFT JOIN ages ON ages.file = articles.file WHERE packed IS NOT NULL AND id IN ({keys})"
        )
        return {row[0]: Version(modified=row[1], source=row[2]) for row in rows_of(self._database, query, ids)}

    def turnover(self, file: FileRead) -> tuple[dict[str, bool], list[str]]:
        """Give what came and went since a file was read before: asked before `record` takes note of what it has now.

        First the articles that no file has any more, each with whether it had been removed for good, of those whose
        form was this file's; then those `owned` that the file had not before. Of a file that could not be read to its
        end, nothing is known to have gone.
        """
        query = (
            "SELECT a.id, a.barred, EXISTS"
            " (SELECT 1 FROM holds o WHERE o.article = a.number AND o.file NOT IN (f.number, -f.number)),"
            " a.packed IS NOT NULL AND a.file = f.number, h.file"
            " FROM files f JOIN holds h ON h.file IN (f.number, -f.number) JOIN articles a ON a.number = h.article"
            " WHERE f.source = ?"
        )
        held, present, gone = set(), {*file.owned, *file.others}, {}
        if file.reading is Reading.BROKEN:
            return {}, []
        for one, barred, elsewhere, owned, holder in self._database.rows(query, (file.source,)):
            if holder > 0:
                held.add(one)
            if one not in present and not elsewhere and (barred or owned):
                gone[one] = bool(barred)
        return gone, [one for one in dict.fromkeys(file.owned) if one not in held] if gone else []

    def at(self, source: str) -> dict[str, int]:
        """Give the numbers of the files at and below an absolute path, by their sources."""
        query = f"SELECT source, number FROM files WHERE {_BELOW}"  # noqa: S608  a constant
        return {row[0]: row[1] for row in self._database.rows(query, (source,))}

    def ids(self, numbers: Iterable[int]) -> list[str]:
        """Give the articles of some files that the archive has in their form."""
        query = "SELECT id FROM articles WHERE packed IS NOT NULL AND file IN ({keys})"
        return [row[0] for row in rows_of(self._database, query, numbers)]

    def orphans(self, scope: Iterable[int], *, without: Iterable[int]) -> list[str]:
        """Give the articles that came from files in `scope` and that no file has any more, those `without` left out."""
        names, gone = list(scope), list(without)

        def work(transaction: Transaction) -> list[str]:
            _gather(transaction, scope=names, gone=_both(gone))
            rows = transaction.rows(
                "SELECT id FROM articles a WHERE packed IS NOT NULL AND file IN (SELECT number FROM scope)"
                " AND NOT EXISTS (SELECT 1 FROM holds WHERE article = a.number"
                " AND file NOT IN (SELECT number FROM gone))"
            )
            return [row[0] for row in rows]

        return self._database.change(work)

    def forget(self, numbers: Iterable[int]) -> None:
        """Forget files that are gone; where others have their articles too, those are read again for their form."""
        gone = list(numbers)

        def work(transaction: Transaction) -> None:
            _gather(transaction, gone=_both(gone))
            transaction.run(f"DELETE FROM holds WHERE file IN {_GONE}")  # noqa: S608  a constant, as below
            transaction.run(
                f"UPDATE files SET state = {again('state')} WHERE number IN (SELECT abs(h.file) FROM holds h"  # noqa: S608
                f" JOIN articles a ON a.number = h.article WHERE a.file IN {_GONE})"
            )
            transaction.run(
                "UPDATE articles SET file ="  # noqa: S608
                " (SELECT min(abs(h.file)) FROM holds h WHERE h.article = articles.number)"
                f" WHERE file IN {_GONE}"
            )
            transaction.run(f"DELETE FROM ages WHERE file IN {_GONE}")  # noqa: S608
            transaction.run(f"DELETE FROM files WHERE number IN {_GONE}")  # noqa: S608

        self._database.change(work)

    def read_again(self, ids: Iterable[str]) -> None:
        """Have the files of some articles read again, though they did not change."""
        rows = [(one,) for one in ids]
        self._database.change(
            lambda transaction: transaction.many(
                f"UPDATE files SET state = {again('state')} WHERE number IN"  # noqa: S608  a constant
                " (SELECT abs(holds.file) FROM holds JOIN articles"
                " ON articles.number = holds.article WHERE id = ?)",
                rows,
            )
        )


def _record(transaction: Transaction, file: FileRead) -> None:
    rejections = json.dumps([dataclasses.asdict(one) for one in file.rejections], ensure_ascii=True)
    values = (file.source, _kept(file.state, file.way), file.articles, file.duplicates, file.removed, rejections)
    [[number]] = transaction.rows(
        "INSERT INTO files (source, state, articles, duplicates, removed, rejections, checksum)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source) DO UPDATE SET state = excluded.state,"
        " articles = excluded.articles, duplicates = excluded.duplicates, removed = excluded.removed,"
        " rejections = excluded.rejections, checksum = excluded.checksum RETURNING number",
        (*values, row_checksum(file.source, *values[2:])),
    )
    note_ages(transaction, {number: file.modified})
    owners = dict.fromkeys(file.owned, int(number))
    give_way(transaction, owners, times=Counter(file.owned))
    present = list(dict.fromkeys((*file.owned, *file.others)))
    if file.reading is Reading.WHOLE:
        transaction.run("DELETE FROM holds WHERE file IN (?, ?)", (number, -number))
    else:
        transaction.many(
            "DELETE FROM holds WHERE file = ? AND article = (SELECT number FROM articles WHERE id = ?)",
            [(-number, one) for one in present],
        )
    transaction.many(
        "INSERT INTO holds SELECT ?, number FROM articles WHERE id = ? ON CONFLICT DO NOTHING",
        [(number, one) for one in present],
    )
    own(transaction, owners)
    _read_handed_over(transaction, number, set(file.others).difference(file.owned))
    hand_over(transaction, number)


def _read_handed_over(transaction: Transaction, number: int, others: Iterable[str]) -> None:
    """Have a file read again that has come to an article meanwhile, by another's leaving, of which it had no form."""
    query = "SELECT 1 FROM articles WHERE packed IS NOT NULL AND id IN ({keys}) AND file = ?"
    if any(True for _ in rows_of(transaction, query, others, number)):
        read_again(transaction, [number])


def _kept(state: str | None, way: str) -> str:
    """Give what the archive keeps of a file's state, and of the way in which it was read."""
    return f"{state or AGAIN}\t{way}"


def _both(numbers: Iterable[int]) -> list[int]:
    """Give files by the numbers by which they hold articles, and by which they claim them."""
    return [sign * number for number in numbers for sign in (1, -1)]


def _gather(transaction: Transaction, **tables: Iterable[int]) -> None:
    for name, numbers in tables.items():
        transaction.run(f"CREATE TEMP TABLE IF NOT EXISTS {name} (number BIGINT PRIMARY KEY)")
        transaction.run(f"DELETE FROM {name}")  # noqa: S608  a name of ours
        transaction.many(f"INSERT INTO {name} VALUES (?)", [(one,) for one in numbers])  # noqa: S608
