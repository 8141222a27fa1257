"""What the archive keeps of stories: a sketch of each article, and which articles are near copies."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.archive.beside import with_checksums
from index.archive.database import CHUNK, Database, Transaction, number, rows_of


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
        return [_row(row) for row in self._database.rows(query, (number(self._database, "linked"),))]

    def members(self, stories: Collection[str]) -> list[StoryRow]:
        """Give the articles of some stories."""
        query = "SELECT number, story, packed IS NOT NULL FROM articles WHERE story IN ({keys})"
        return [_row(row) for row in rows_of(self._database, query, stories)]

    def told(self, numbers: Collection[int]) -> dict[int, str]:
        """Give the stories of those of some articles that have one."""
        rows = self._database.rows("SELECT number, story FROM articles WHERE story IS NOT NULL")
        return {row[0]: row[1] for row in rows if row[0] in numbers}

    def numbers_of(self, ids: Collection[str]) -> dict[str, int]:
        """Give the numbers of some articles."""
        return {
            row[0]: row[1]
            for row in rows_of(self._database, "SELECT id, number FROM articles WHERE id IN ({keys})", ids)
        }

    def packed(self, article: int) -> bytes:
        """Give the packed form of an article."""
        [[packed]] = self._database.rows("SELECT packed FROM articles WHERE number = ?", (article,))
        return bytes(packed)

    def without_sketch(self, numbers: Iterable[int]) -> list[int]:
        """Give those of some articles that have no sketch yet."""
        wanted = list(numbers)
        query = "SELECT article FROM sketches WHERE article IN ({keys})"
        have = {row[0] for row in rows_of(self._database, query, wanted)}
        return [article for article in wanted if article not in have]

    def put_sketches(self, sketches: Iterable[tuple[int, bytes]]) -> None:
        """Keep sketches; a text without words has an empty one."""
        rows = with_checksums(self._database, sketches)
        self._database.change(
            lambda transaction: transaction.many(
                "INSERT INTO sketches (article, sketch, checksum) VALUES (?, ?, ?)"
                " ON CONFLICT (article) DO UPDATE SET sketch = excluded.sketch, checksum = excluded.checksum",
                rows,
            )
        )

    def sketches(self) -> Iterator[Sequence[tuple[int, bytes]]]:
        """Yield the sketches of all articles that have words, some at a time."""
        query = (
            "SELECT article, sketch FROM sketches JOIN articles ON number = article"
            " WHERE article > ? AND length(sketch) > 0 AND hash IS NOT NULL ORDER BY article LIMIT ?"
        )
        last = 0
        while rows := self._database.rows(query, (last, CHUNK)):
            yield [(row[0], row[1]) for row in rows]
            last = rows[-1][0]

    def sketches_of(self, numbers: Iterable[int], *, size: int) -> Iterator[tuple[int, bytes]]:
        """Yield the sketches of some articles, those of `size` bytes."""
        query = "SELECT article, sketch FROM sketches WHERE article IN ({keys})"
        return ((row[0], row[1]) for row in rows_of(self._database, query, numbers) if len(row[1]) == size)

    def tell(self, first_of: Mapping[int, int], *, dropped: Collection[int], linked: int) -> int:
        """Keep which article is the first of the story of each; those `dropped` that are not among them have none.

        An article that gets another story than before counts as changed. Gives how many those are. Stories are then
        told for the archive as it was at the revision `linked`, and with these changes.
        """

        def work(transaction: Transaction) -> int:
            transaction.run("CREATE TEMP TABLE IF NOT EXISTS told (number BIGINT PRIMARY KEY, first BIGINT)")
            transaction.run("DELETE FROM told")
            transaction.many("INSERT INTO told VALUES (?, ?)", first_of.items())
            transaction.many(
                "INSERT INTO told VALUES (?, NULL) ON CONFLICT DO NOTHING", [(article,) for article in dropped]
            )
            changes = transaction.rows(
                "SELECT f.id, a.number, a.packed IS NOT NULL FROM told t JOIN articles a ON a.number = t.number"
                " LEFT JOIN articles f ON f.number = t.first"
                " WHERE coalesce(a.story, '') <> coalesce(f.id, '') ORDER BY a.revision"
            )
            revision = number(self._database, "revision")
            alive = [(story, article) for story, article, there in changes if there]
            gone = [(story, article) for story, article, there in changes if not there]
            transaction.many("UPDATE articles SET story = ? WHERE number = ?", gone)
            transaction.many(
                "UPDATE articles SET story = ?, revision = ? WHERE number = ?",
                [(story, revision + place, article) for place, (story, article) in enumerate(alive, 1)],
            )
            last = revision + len(alive)
            transaction.run("UPDATE facts SET value = ? WHERE name = 'revision'", (last,))
            transaction.run(
                "UPDATE facts SET value = ? WHERE name = 'linked'", (last if revision == linked else linked,)
            )
            return len(alive)

        return self._database.change(work)


def _row(row: Sequence[object]) -> StoryRow:
    article, story, alive = row
    return StoryRow(number=int(str(article)), story=None if story is None else str(story), alive=bool(alive))
