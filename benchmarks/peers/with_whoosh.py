"""Whoosh with its own codec and matchers, as its documentation advises: one segment, columns for what is counted."""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import whoosh
from whoosh import analysis, columns, fields, index, query

from benchmarks.peers.peer import Found, Work
from benchmarks.peers.question import Question
from index.days import iso_span
from index.engines.values import values_of
from index.types import Tagged
from search.ranking import form_fields

_TEXTS = ("title", "text", "names")
_FACETS = ("person", "outlet", "publisher")
_JOINT = "\x1f"


class PlainWhoosh:
    """A `benchmarks.peers.peer.Peer`; its own facets walk all values on every query, so columns are counted instead."""

    name = "plain Whoosh"
    version = whoosh.versionstring()

    def write(self, directory: Path, articles: Iterable[Tagged], joined: Callable[[str], str]) -> None:
        """Write an index; see `Peer`."""
        words = analysis.SpaceSeparatedTokenizer()
        values = columns.VarBytesColumn()
        schema = fields.Schema(
            id=fields.ID(stored=True),
            **{name: fields.TEXT(analyzer=words, stored=name != "names") for name in _TEXTS},
            **{name: fields.KEYWORD(commas=True) for name in _FACETS},
            **{f"{name}_values": fields.COLUMN(values) for name in _FACETS},
            day=fields.NUMERIC(sortable=True),
        )
        writer = index.create_in(directory, schema).writer(limitmb=512)
        for tagged in articles:
            given = values_of(tagged)
            own = {"person": given.person, "outlet": given.outlet, "publisher": (given.publisher or "",)}
            writer.add_document(
                id=given.id,
                title=joined(given.title),
                text=joined(given.text),
                names=" ".join(joined(name) for name in given.names),
                day=given.date,
                **{name: ",".join(found) for name, found in own.items()},
                **{f"{name}_values": _JOINT.join(found).encode() for name, found in own.items()},
            )
        writer.commit()

    def open(self, directory: Path) -> None:
        """Open an index; see `Peer`."""
        self._searcher = index.open_dir(directory).searcher()
        reader = self._searcher.reader()
        self._columns = {name: reader.column_reader(f"{name}_values") for name in _FACETS}

    def prepare(self, question: Question, work: Work) -> Any:
        """Write the query down; see `Peer`."""
        del work
        match question.kind:
            case "phrase":
                asked = _anywhere(lambda field, boost: query.Phrase(field, list(question.words), boost=boost))
            case "prefix":
                asked = _anywhere(lambda field, boost: query.Prefix(field, question.words[0], boost=boost))
            case "fuzzy":
                asked = _anywhere(
                    lambda field, boost: query.FuzzyTerm(field, question.words[0], boost=boost, prefixlength=0)
                )
            case _:
                parts = [_anywhere(_term(word)) for word in question.words]
                asked = query.Or(parts) if question.kind == "or" else query.And(parts)
        if question.first:
            first, last = (iso_span(day)[0] for day in (question.first, question.last))
            asked = query.And([asked, query.ConstantScoreQuery(query.NumericRange("day", first, last), 0.0)])
        if question.person:
            asked = query.And([asked, query.ConstantScoreQuery(query.Term("person", question.person), 0.0)])
        return asked.normalize()

    def ask(self, prepared: Any, work: Work) -> Any:
        """Answer; see `Peer`."""
        found = self._searcher.search(prepared, limit=10, terms=work in {"snippets", "page"})
        if work in {"snippets", "page"}:
            for hit in found:
                hit.highlights("text", top=3)
        ids = [hit["id"] for hit in found]
        if work in {"top", "snippets"}:
            return ids, None, None
        facets = {name: Counter[str]() for name in _FACETS}
        documents = list(self._searcher.docs_for_query(prepared))
        for name, counts in facets.items():
            column = self._columns[name]
            for document in documents:
                counts.update(column[document].decode().split(_JOINT))
        return ids, len(documents), {name: dict(counts.most_common(10)) for name, counts in facets.items()}

    def found(self, answer: Any, work: Work) -> Found:
        """Say what was found; see `Peer`."""
        del work
        ids, total, facets = answer
        return Found(ids=ids, total=total, facets=facets)


def _term(word: str) -> Callable[[str, float], Any]:
    return lambda field, boost: query.Term(field, word, boost=boost)


def _anywhere(query_in: Callable[[str, float], Any]) -> Any:
    return query.Or([query_in(field, weight) for field, weight in form_fields("").items()])
