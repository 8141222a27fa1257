"""The log of corrections in the archive: what users said of its people and outlets, in the order in which they did."""

import datetime
import json
from collections.abc import Callable, Sequence

from index.archive.database import Database, Transaction
from index.archive.hashing import row_checksum
from index.authority.types import Correction, Entry
from index.errors import CorruptError

_GIVEN = ("kind", "names", "to", "articles", "undoes", "raw", "members")


class Corrections:
    """The log of one archive; each method may raise StoreError as those of `index.archive.archive` do."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def last(self) -> int:
        """The number of the last entry, 0 before the first."""
        [[number]] = self._database.rows("SELECT coalesce(max(number), 0) FROM corrections")
        return int(str(number))

    def entries(self, *, since: int = 0) -> tuple[Entry, ...]:
        """Give the entries in their order: all, or those from the number `since` on.

        Raises CorruptError where an entry is not what was written.
        """
        query = "SELECT number, time, what, given, note, checksum FROM corrections WHERE number >= ? ORDER BY number"
        return tuple(self._entry(row) for row in self._database.rows(query, (since,)))

    def append(
        self, corrections: Sequence[Correction], *, before: Callable[[int], None] = lambda _: None
    ) -> tuple[Entry, ...]:
        """Add corrections in one transaction that is on disk on return; give them as they stand in the log.

        `before` is called with the last one's number just before they are committed, perhaps more than once.
        """
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")

        def work(transaction: Transaction) -> tuple[Entry, ...]:
            first = self.last + 1
            entries = tuple(
                Entry(number=number, time=now, correction=one) for number, one in enumerate(corrections, first)
            )
            transaction.many(
                "INSERT INTO corrections (number, time, what, given, note, checksum) VALUES (?, ?, ?, ?, ?, ?)",
                [(*row, row_checksum(*row)) for row in map(_row, entries)],
            )
            before(first + len(entries) - 1)
            return entries

        return self._database.change(work, part="corrections")

    def _entry(self, row: Sequence[object]) -> Entry:
        *values, checksum = row
        number, time, what, given, note = values
        if checksum != row_checksum(*values):  # type: ignore[arg-type]  # as SQLite gives them
            raise CorruptError(
                f"the archive is damaged: correction {number} is not what was written",
                where=self._database.place,
                remedy=self._database.remedy,
            )
        fields = json.loads(str(given))
        for name in ("names", "articles"):
            fields[name] = tuple(fields.get(name, ()))
        fields["members"] = tuple(map(tuple, fields.get("members", ())))
        correction = Correction(what=what, note=str(note), **fields)  # type: ignore[arg-type]  # as it was written
        return Entry(number=int(str(number)), time=str(time), correction=correction)


def _row(entry: Entry) -> tuple[int, str, str, str, str]:
    correction = entry.correction
    given = {name: value for name in _GIVEN if (value := getattr(correction, name))}
    text = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    return entry.number, entry.time, correction.what, text, correction.note
