"""What the archive keeps of identity: the casts of its articles, and what was computed of their names.

Both can be made again from the articles; what is damaged counts as missing.
"""

from collections.abc import Iterable, Iterator

from index.archive.beside import is_whole, with_checksums
from index.archive.database import CHUNK, Database, rows_of
from index.archive.hashing import row_checksum


class Casts:
    """The casts of one archive, and what comes of them; each method may raise StoreError as the archive's do."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def changed(self, *, since: int) -> Iterator[tuple[int, str, bool]]:
        """Yield number, id and whether it is there still of each article that changed after a revision."""
        query = (
            "SELECT number, id, packed IS NOT NULL, revision FROM articles WHERE revision > ? ORDER BY revision LIMIT ?"
        )
        while rows := self._database.rows(query, (since, CHUNK)):
            yield from ((int(row[0]), str(row[1]), bool(row[2])) for row in rows)
            since = rows[-1][3]

    def of(self, numbers: Iterable[int]) -> dict[int, bytes]:
        """Give the casts of those of some articles that have one."""
        query = (
            "SELECT article, id, data, casts.checksum FROM casts JOIN articles ON number = article"
            " WHERE article IN ({keys})"
        )
        rows = rows_of(self._database, query, numbers)
        return {number: data for number, article, data, checksum in rows if is_whole(checksum, article, data)}

    def packed(self, numbers: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Yield the packed forms of some articles."""
        query = "SELECT number, packed FROM articles WHERE number IN ({keys}) AND packed IS NOT NULL"
        return ((row[0], row[1]) for row in rows_of(self._database, query, numbers))

    def put(self, casts: Iterable[tuple[int, bytes]]) -> None:
        """Keep casts, in one transaction."""
        rows = with_checksums(self._database, casts)
        self._database.change(
            lambda transaction: transaction.many(
                "INSERT INTO casts (article, data, checksum) VALUES (?, ?, ?)"
                " ON CONFLICT (article) DO UPDATE SET data = excluded.data, checksum = excluded.checksum",
                rows,
            )
        )

    def computed(self, name: str) -> bytes | None:
        """Give what was computed under a name; None where nothing was, or where it is damaged."""
        if not self._database.has("computed"):
            return None
        for data, checksum in self._database.rows("SELECT data, checksum FROM computed WHERE name = ?", (name,)):
            return bytes(data) if checksum == row_checksum(data) else None
        return None

    def keep(self, computed: Iterable[tuple[str, bytes]]) -> None:
        """Keep what was computed, in one transaction."""
        rows = [(name, data, row_checksum(data)) for name, data in computed]
        self._database.change(
            lambda transaction: transaction.many(
                "INSERT INTO computed (name, data, checksum) VALUES (?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET data = excluded.data, checksum = excluded.checksum",
                rows,
            )
        )
