"""SQLite's FTS5 (Python's own sqlite3): the three text columns in one FTS table, facets in tables with both indices."""

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.peers.peer import Found, Work
from benchmarks.peers.question import Question
from index.days import iso_span
from index.engines.values import values_of
from index.types import Tagged
from search.ranking import form_fields

_TABLES = """
CREATE VIRTUAL TABLE words USING fts5(title, text, names, tokenize="unicode61 tokenchars '.'", prefix='5');
CREATE TABLE article (number INTEGER PRIMARY KEY, id TEXT, publisher TEXT, day INTEGER);
CREATE TABLE person (article INTEGER, name TEXT);
CREATE TABLE outlet (article INTEGER, name TEXT);
"""
_INDICES = """
CREATE INDEX article_day ON article (day);
CREATE INDEX person_name ON person (name, article);
CREATE INDEX person_article ON person (article, name);
CREATE INDEX outlet_name ON outlet (name, article);
CREATE INDEX outlet_article ON outlet (article, name);
INSERT INTO words (words) VALUES ('optimize');
ANALYZE;
"""
_COUNTS = {
    "person": "SELECT name, count(*) FROM found JOIN person USING (article) GROUP BY name ORDER BY 2 DESC LIMIT 10",
    "outlet": "SELECT name, count(*) FROM found JOIN outlet USING (article) GROUP BY name ORDER BY 2 DESC LIMIT 10",
    "publisher": (
        "SELECT publisher, count(*) FROM found JOIN article ON article.number = found.article"
        " GROUP BY publisher ORDER BY 2 DESC LIMIT 10"
    ),
}
_BARS = "SELECT day / 61, count(*) FROM found JOIN article ON article.number = found.article GROUP BY 1"
_HITS = "SELECT article.id FROM {} ORDER BY rank LIMIT 10"
_SNIPPETS = "SELECT article.id, title, snippet(words, 1, '[', ']', '…', 30) FROM {} ORDER BY rank LIMIT 10"


class Sqlite:
    """A `benchmarks.peers.peer.Peer`; FTS5 knows no misspelt words."""

    name = "SQLite FTS5"
    version = sqlite3.sqlite_version

    def write(self, directory: Path, articles: Iterable[Tagged], joined: Callable[[str], str]) -> None:
        """Write an index; see `Peer`."""
        connection = sqlite3.connect(directory / "index.sqlite", isolation_level=None)
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;")
        connection.executescript(_TABLES)
        connection.execute("BEGIN")
        for number, tagged in enumerate(articles, start=1):
            values = values_of(tagged)
            names = " ".join(joined(name) for name in values.names)
            row = (number, joined(values.title), joined(values.text), names)
            connection.execute("INSERT INTO words (rowid, title, text, names) VALUES (?, ?, ?, ?)", row)
            connection.execute(
                "INSERT INTO article VALUES (?, ?, ?, ?)", (number, values.id, values.publisher, values.date)
            )
            connection.executemany("INSERT INTO person VALUES (?, ?)", ((number, name) for name in values.person))
            connection.executemany("INSERT INTO outlet VALUES (?, ?)", ((number, name) for name in values.outlet))
        connection.execute("COMMIT")
        connection.executescript(_INDICES)
        weights = form_fields("")
        rank = f"bm25({weights['title']}, {weights['text']}, {weights['names']})"
        connection.execute("INSERT INTO words (words, rank) VALUES ('rank', ?)", (rank,))
        connection.close()

    def open(self, directory: Path) -> None:
        """Open an index; see `Peer`."""
        self._connection = sqlite3.connect(directory / "index.sqlite", isolation_level=None)
        self._connection.executescript("PRAGMA mmap_size = 4000000000; PRAGMA temp_store = MEMORY;")
        self._connection.execute("CREATE TEMP TABLE found (article INTEGER PRIMARY KEY)")

    def prepare(self, question: Question, work: Work) -> Any:
        """Write the query down; see `Peer`."""
        del work
        if question.kind == "fuzzy":
            return None
        words = [f'"{word}"' for word in question.words]
        joint = " OR " if question.kind == "or" else " AND "
        query = f'"{" ".join(question.words)}"' if question.kind == "phrase" else joint.join(words)
        if question.kind == "prefix":
            query += " *"
        source = "words JOIN article ON article.number = words.rowid"
        where, values = "words MATCH ?", [query]
        if question.first:
            where += " AND article.day BETWEEN ? AND ?"
            values += [str(iso_span(day)[0]) for day in (question.first, question.last)]
        if question.person:
            where += " AND words.rowid IN (SELECT article FROM person WHERE name = ?)"
            values.append(question.person)
        return f"{source} WHERE {where}", values

    def ask(self, prepared: Any, work: Work) -> Any:
        """Answer; see `Peer`."""
        source, values = prepared
        query = _SNIPPETS if work in {"snippets", "page"} else _HITS
        hits = self._connection.execute(query.format(source), values).fetchall()
        if work in {"top", "snippets"}:
            return hits, None, None
        self._connection.execute("DELETE FROM found")
        self._connection.execute(f"INSERT INTO found SELECT words.rowid FROM {source}", values)
        (total,) = self._connection.execute("SELECT count(*) FROM found").fetchone()
        facets = {field: dict(self._connection.execute(count)) for field, count in _COUNTS.items()}
        if work == "page":
            self._connection.execute(_BARS).fetchall()
        return hits, total, facets

    def found(self, answer: Any, work: Work) -> Found:
        """Say what was found; see `Peer`."""
        del work
        hits, total, facets = answer
        return Found(ids=[hit[0] for hit in hits], total=total, facets=facets)
