"""Which files hold an article: what each form in the archive belongs to, from the moment at which it is archived.

The table `holds` has the number of a file with that of each of its articles, once the file was read to its end. An
article that is archived before that is claimed: the number is then negative, until the file is read to its end by this
run or, where it was killed, by another. What was claimed counts as held, but not as what the file had before.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from index.archive.database import Rows, Transaction, rows_of
from index.archive.hashing import row_checksum

AGAIN: Final = "~"
"""What the state of a file begins with that must be read again; it is that of no file."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Version:
    """A version of a file; of several with one article, the greatest has the form that counts.

    That is the one `modified` last (nanoseconds since 1970, 0 where unknown); of those written at once, the last by
    name, so that it does not matter in which order and by how many runs they are read.
    """

    modified: int
    source: str


def claim(transaction: Transaction, claims: Mapping[str, Version]) -> None:
    """Take note of which files the forms of some articles, which the transaction just wrote, came from.

    The files are read again, unless the run comes to their ends.
    """
    ages = {version.source: version.modified for version in claims.values()}
    transaction.many(
        "INSERT INTO files (source, state, articles, duplicates, removed, rejections, checksum)"  # noqa: S608  constants
        f" VALUES (?, '{AGAIN}', 0, 0, 0, '[]', ?)"
        f" ON CONFLICT (source) DO UPDATE SET state = {again('files.state')}",
        [(source, row_checksum(source, 0, 0, 0, "[]")) for source in ages],
    )
    numbers = {
        row[1]: row[0]
        for row in rows_of(transaction, "SELECT number, source FROM files WHERE source IN ({keys})", ages)
    }
    note_ages(transaction, {numbers[source]: modified for source, modified in ages.items()})
    owners = {one: numbers[version.source] for one, version in claims.items()}
    give_way(transaction, owners, times=Counter(owners.keys()))
    transaction.many(
        "INSERT INTO holds SELECT ?, number FROM articles WHERE id = ? AND NOT EXISTS"
        " (SELECT 1 FROM holds WHERE file = ? AND article = articles.number) ON CONFLICT DO NOTHING",
        [(-number, one, number) for one, number in owners.items()],
    )
    own(transaction, owners)


def note_ages(transaction: Transaction, modified: Mapping[int, int]) -> None:
    """Keep when files were modified, by their numbers."""
    transaction.many(
        "INSERT INTO ages (file, modified) VALUES (?, ?) ON CONFLICT (file) DO UPDATE SET modified = excluded.modified",
        list(modified.items()),
    )


def own(transaction: Transaction, owners: Mapping[str, int]) -> None:
    """Keep which files the forms of articles came from."""
    transaction.many(
        "UPDATE articles SET file = ?1 WHERE id = ?2 AND coalesce(file, 0) <> ?1",
        [(number, one) for one, number in owners.items()],
    )


def give_way(transaction: Transaction, owners: Mapping[str, int], *, times: Mapping[str, int]) -> None:
    """Count articles as duplicates of the files that had their forms so far, where others are to have them.

    A file's article counts as many `times` as the other has it.
    """
    for number, count in _losers(transaction, owners, times).items():
        query = "SELECT source, articles, duplicates, removed, rejections FROM files WHERE number = ?"
        [[source, articles, duplicates, removed, rejections]] = transaction.rows(query, (number,))
        duplicates = min(articles - removed, duplicates + count)
        transaction.run(
            "UPDATE files SET duplicates = ?, checksum = ? WHERE number = ?",
            (duplicates, row_checksum(source, articles, duplicates, removed, rejections), number),
        )


def hand_over(transaction: Transaction, number: int) -> None:
    """Have the other files read again that hold an article whose form came from a file that holds it no more."""
    lost = (
        "SELECT a.number FROM articles a WHERE a.file = ? AND a.packed IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.article = a.number AND h.file IN (a.file, -a.file))"
    )
    found = [row[0] for row in transaction.rows(lost, (number,))]
    heirs: dict[int, int] = {}
    files: set[int] = set()
    for article, file in rows_of(transaction, "SELECT article, abs(file) FROM holds WHERE article IN ({keys})", found):
        heirs[article] = min(file, heirs.get(article, file))
        files.add(file)
    transaction.many("UPDATE articles SET file = ? WHERE number = ?", [(file, one) for one, file in heirs.items()])
    read_again(transaction, files)


def read_again(transaction: Transaction, numbers: Iterable[int]) -> None:
    """Have files read again, though they did not change."""
    query = f"UPDATE files SET state = {again('state')} WHERE number = ?"  # noqa: S608  constants
    transaction.many(query, [(number,) for number in numbers])


def again(state: str) -> str:
    """Give the SQL that makes the state of a file one that has it read again, and keeps how it was read."""
    return f"'{AGAIN}' || ltrim(coalesce({state}, ''), '{AGAIN}')"


def _losers(source: Rows, owners: Mapping[str, int], times: Mapping[str, int]) -> Counter[int]:
    query = (
        "SELECT a.id, a.file FROM articles a JOIN holds h ON h.file = a.file AND h.article = a.number"
        " WHERE a.id IN ({keys})"
    )
    losers: Counter[int] = Counter()
    for one, file in rows_of(source, query, owners):
        if file != owners[one]:
            losers[file] += times[one]
    return losers
