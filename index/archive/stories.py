"""What the archive keeps of stories: a sketch of each article, and which articles are near copies."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.archive.database import CHUNK, Database
from index.archive.hashing import row_checksum


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """An article by its `number`: the `story` that it was told to be of, and whether it is there still (`alive`)."""

    number: int
    story: str | None
    alive: bool


class StoryRows:
    """The stories of one archive; articles are known by number here, in the order in which they came."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def changed(self) -> list[StoryRow]:
        """Give the articles that changed since stories were told the last time."""
        query = "SELECT number, story, packed IS NOT NULL FROM articles WHERE revision > ?"
        return [_row(row) for row in self._database.rows(query, (self._database.fact("linked"),))]

    def members(self, stories: Collection[str]) -> list[StoryRow]:
        """Give the articles of some stories."""
        query = "SELECT number, story, packed IS NOT NULL FROM articles WHERE story IN ({keys})"
        return [_row(row) for row in self._database.rows_of(query, stories)]

    def told(self, numbers: Collection[int]) -> dict[int, str]:
        """Give the stories of those of some articles that have one."""
        rows = self._database.rows("SELECT number, story FROM articles WHERE story IS NOT NULL")
        return {row[0]: row[1] for row in rows if row[0] in numbers}

    def numbers_of(self, ids: Collection[str]) -> dict[str, int]:
        """Give the numbers of some articles."""
        return {
            row[0]: row[1]
            for row in self._database.rows_of("SELECT id, number FROM articles WHERE id IN ({keys})", ids)
        }

    def packed(self, number: int) -> bytes:
        """Give the packed form of an article."""
        [[packed]] = self._database.rows("SELECT packed FROM articles WHERE number = ?", (number,))
        return bytes(packed)

    def without_sketch(self, numbers: Iterable[int]) -> list[int]:
        """Give those of some articles that have no sketch yet."""
        wanted = list(numbers)
        query = "SELECT article FROM sketches WHERE article IN ({keys})"
        have = {row[0] for row in self._database.rows_of(query, wanted)}
        return [number for number in wanted if number not in have]

    def put_sketches(self, sketches: Iterable[tuple[int, bytes]]) -> None:
        """Keep sketches; a text without words has an empty one."""
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO sketches VALUES (?, ?, ?)",
                ((number, sketch, row_checksum(sketch)) for number, sketch in sketches),
            )

    def sketches(self) -> Iterator[Sequence[tuple[int, bytes]]]:
        """Yield the sketches of all articles that have words, some at a time."""
        query = (
            "SELECT article, sketch FROM sketches JOIN articles ON number = article"
            " WHERE article > ? AND sketch <> x'' AND hash IS NOT NULL ORDER BY article LIMIT ?"
        )
        last = 0
        while rows := self._database.rows(query, (last, CHUNK)):
            yield [(row[0], row[1]) for row in rows]
            last = rows[-1][0]

    def sketches_of(self, numbers: Iterable[int], *, size: int) -> Iterator[tuple[int, bytes]]:
        """Yield the sketches of some articles, those of `size` bytes."""
        query = "SELECT article, sketch FROM sketches WHERE article IN ({keys})"
        return ((row[0], row[1]) for row in self._database.rows_of(query, numbers) if len(row[1]) == size)

    def tell(self, first_of: Mapping[int, int], *, dropped: Collection[int], linked: int) -> int:
        """Keep which article is the first of the story of each; those `dropped` that are not among them have none.

        An article that gets another story than before counts as changed. Gives how many those are. Stories are then
        told for the archive as it was at the revision `linked`, and with these changes.
        """
        with self._database.transaction() as connection:
            connection.execute("CREATE TEMP TABLE IF NOT EXISTS told (number INTEGER PRIMARY KEY, first INTEGER)")
            connection.execute("DELETE FROM temp.told")
            connection.executemany("INSERT INTO temp.told VALUES (?, ?)", first_of.items())
            connection.executemany("INSERT OR IGNORE INTO temp.told VALUES (?, NULL)", ((one,) for one in dropped))
            changes = connection.execute(
                "SELECT f.id, a.number, a.packed IS NOT NULL FROM temp.told t JOIN articles a ON a.number = t.number"
                " LEFT JOIN articles f ON f.number = t.first WHERE a.story IS NOT f.id ORDER BY a.revision"
            ).fetchall()
            revision = int(str(self._database.fact("revision")))
            alive = [(story, number) for story, number, there in changes if there]
            gone = [(story, number) for story, number, there in changes if not there]
            connection.executemany("UPDATE articles SET story = ? WHERE number = ?", gone)
            connection.executemany(
                "UPDATE articles SET story = ?, revision = ? WHERE number = ?",
                [(story, revision + place, number) for place, (story, number) in enumerate(alive, 1)],
            )
            last = revision + len(alive)
            connection.execute("UPDATE facts SET value = ? WHERE name = 'revision'", (last,))
            connection.execute(
                "UPDATE facts SET value = ? WHERE name = 'linked'", (last if revision == linked else linked,)
            )
        return len(alive)


def _row(row: Sequence[object]) -> StoryRow:
    number, story, alive = row
    return StoryRow(number=int(str(number)), story=None if story is None else str(story), alive=bool(alive))
