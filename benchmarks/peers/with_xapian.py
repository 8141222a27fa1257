"""Xapian (Debian's python3-xapian): words with prefixes for fields, values in slots counted by match spies."""

import importlib
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.peers.peer import Found, Work
from benchmarks.peers.question import Question
from index.days import iso_span
from index.engines.values import values_of
from index.types import Tagged
from search.ranking import form_fields

_PREFIXES = {"title": "S", "text": "", "names": "XN"}
_SLOTS = {"publisher": 1, "day": 2}
_FIRST_OF = {"person": 10, "outlet": 30}
_MOST = 20
"""Values of one facet in an article; each has a slot of its own, since a spy counts a slot as one value."""


_DEBIAN = "/usr/lib/python3/dist-packages"
"""Where Debian keeps the bindings: no package of PyPI has them, so that virtual environments do not see them."""


def load() -> ModuleType | None:
    """Give the bindings where they can be imported, from Debian's folder too if its Python is of our version."""
    sys.path.append(_DEBIAN)
    try:
        return importlib.import_module("xapian")
    except ImportError:
        return None
    finally:
        sys.path.remove(_DEBIAN)


class Xapian:
    """A `benchmarks.peers.peer.Peer`; it knows no misspelt words but by a list of its own."""

    name = "Xapian"

    def __init__(self, xapian: Any) -> None:
        self._xapian = xapian
        self.version = xapian.version_string()
        self._weights = form_fields("")

    def write(self, directory: Path, articles: Iterable[Tagged], joined: Callable[[str], str]) -> None:
        """Write an index; see `Peer`."""
        xapian = self._xapian
        database = xapian.WritableDatabase(str(directory), xapian.DB_CREATE_OR_OVERWRITE)
        for tagged in articles:
            values = values_of(tagged)
            document = xapian.Document()
            texts = {"title": values.title, "text": values.text, "names": " . ".join(values.names)}
            for field, text in texts.items():
                for position, word in enumerate(joined(text).split(), start=1):
                    document.add_posting(f"{_PREFIXES[field]}{':' if _PREFIXES[field] else ''}{word}"[:200], position)
            for name in values.person:
                document.add_boolean_term(f"XP{name}")
            for field, names in (("person", values.person), ("outlet", values.outlet)):
                for number, name in enumerate(names[:_MOST]):
                    document.add_value(_FIRST_OF[field] + number, name)
            document.add_value(_SLOTS["publisher"], values.publisher or "")
            document.add_value(_SLOTS["day"], xapian.sortable_serialise(values.date))
            document.set_data(f"{values.id}\n{values.title}\n{joined(values.text)}")
            database.add_document(document)
        database.commit()
        database.close()

    def open(self, directory: Path) -> None:
        """Open an index; see `Peer`."""
        self._database = self._xapian.Database(str(directory))

    def prepare(self, question: Question, work: Work) -> Any:
        """Write the query down; see `Peer`."""
        xapian, query = self._xapian, self._xapian.Query
        del work
        if question.kind == "fuzzy":
            return None
        if question.kind == "phrase":
            asked = self._anywhere(
                lambda prefix: query(query.OP_PHRASE, [f"{prefix}{word}" for word in question.words])
            )
        elif question.kind == "prefix":
            # all four arguments: with fewer, the bindings take the text for a list of queries
            limit = (0, query.WILDCARD_LIMIT_ERROR)
            asked = self._anywhere(lambda prefix: query(query.OP_WILDCARD, f"{prefix}{question.words[0]}", *limit))
        else:
            parts = [self._anywhere(_term(query, word)) for word in question.words]
            asked = query(query.OP_OR if question.kind == "or" else query.OP_AND, parts)
        if question.first:
            first, last = (xapian.sortable_serialise(iso_span(day)[0]) for day in (question.first, question.last))
            asked = query(query.OP_FILTER, asked, query(query.OP_VALUE_RANGE, _SLOTS["day"], first, last))
        if question.person:
            asked = query(query.OP_FILTER, asked, query(f"XP{question.person}"))
        return asked

    def ask(self, prepared: Any, work: Work) -> Any:
        """Answer; see `Peer`."""
        xapian = self._xapian
        enquire = xapian.Enquire(self._database)
        enquire.set_weighting_scheme(xapian.BM25Weight())
        enquire.set_query(prepared)
        spies: dict[str, list[Any]] = {}
        counting = work in {"facets", "page"}
        if counting:
            slots = {field: range(first, first + _MOST) for field, first in _FIRST_OF.items()}
            slots["publisher"] = range(_SLOTS["publisher"], _SLOTS["publisher"] + 1)
            if work == "page":
                slots["day"] = range(_SLOTS["day"], _SLOTS["day"] + 1)
            for field, numbers in slots.items():
                spies[field] = [xapian.ValueCountMatchSpy(number) for number in numbers]
                for spy in spies[field]:
                    enquire.add_matchspy(spy)
        found = enquire.get_mset(0, 10, self._database.get_doccount() if counting else 0)
        data = [match.document.get_data().decode() for match in found]
        if work in {"snippets", "page"}:
            for one in data:
                found.snippet(one.split("\n", 2)[2], 200)
        facets = {field: _merged(spies[field]) for field in ("person", "outlet", "publisher")} if counting else None
        return data, found.get_matches_estimated() if counting else None, facets

    def found(self, answer: Any, work: Work) -> Found:
        """Say what was found; see `Peer`."""
        del work
        data, total, facets = answer
        return Found(ids=[one.split("\n", 1)[0] for one in data], total=total, facets=facets)

    def _anywhere(self, query_in: Callable[[str], Any]) -> Any:
        query = self._xapian.Query
        parts = [
            query(query.OP_SCALE_WEIGHT, query_in(f"{prefix}:" if prefix else ""), self._weights[field])
            for field, prefix in _PREFIXES.items()
        ]
        return query(query.OP_OR, parts)


def _term(query: Any, word: str) -> Callable[[str], Any]:
    return lambda prefix: query(f"{prefix}{word}")


def _merged(spies: list[Any]) -> dict[str, int]:
    """Add up the counts of a facet's slots; give the ten commonest values."""
    counts: dict[str, int] = {}
    for spy in spies:
        for item in spy.values():
            value = item.term.decode()
            if value:
                counts[value] = counts.get(value, 0) + item.termfreq
    return dict(sorted(counts.items(), key=lambda one: -one[1])[:10])
