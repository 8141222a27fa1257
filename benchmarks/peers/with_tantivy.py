"""tantivy (Rust, PyPI `tantivy`): folded words split at blanks, fast fields for facets, one merged index."""

import datetime
import importlib.metadata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import tantivy

from benchmarks.peers.peer import Found, Work
from benchmarks.peers.question import Question
from index.engines.values import values_of
from index.types import Tagged
from search.ranking import form_fields

_FIELDS = ("title", "text", "names")
_WORDS = "words"
_HEAP = 512_000_000
_DAYS_IN_BAR = 61


class Tantivy:
    """A `benchmarks.peers.peer.Peer`. No query has an analysis left to do; facets are one aggregation."""

    name = "tantivy"
    version = importlib.metadata.version("tantivy")

    def __init__(self) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for field in _FIELDS:
            builder.add_text_field(field, stored=field != "names", tokenizer_name=_WORDS, index_option="position")
        for field in ("person", "outlet", "publisher"):
            builder.add_text_field(field, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field("day", stored=True, indexed=True, fast=True)
        self._schema = builder.build()
        self._weights = form_fields("")

    def write(self, directory: Path, articles: Iterable[Tagged], joined: Callable[[str], str]) -> None:
        """Write an index; see `Peer`."""
        index = self._opened(tantivy.Index(self._schema, path=str(directory)))
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        for tagged in articles:
            writer.add_document(self._document(tagged, joined))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, directory: Path) -> None:
        """Open an index; see `Peer`."""
        index = self._opened(tantivy.Index.open(str(directory)))
        self._searcher = index.searcher()
        self.segments = self._searcher.num_segments
        self._aggregations = {
            field: {"terms": {"field": field, "size": 10}} for field in ("person", "outlet", "publisher")
        }
        self._bars = {"timeline": {"histogram": {"field": "day", "interval": _DAYS_IN_BAR, "min_doc_count": 1}}}

    def prepare(self, question: Question, work: Work) -> Any:
        """Write the query down; see `Peer`."""
        return question if work in {"page", "snippets"} else self._query(question)

    def ask(self, prepared: Any, work: Work) -> Any:
        """Answer; see `Peer`."""
        query = self._query(prepared) if work in {"page", "snippets"} else prepared
        if work in {"facets", "page"}:
            wanted = self._aggregations | self._bars if work == "page" else self._aggregations
            result = self._searcher.search(query, limit=10, count=True)
            facets = self._searcher.aggregate(query, wanted)
        else:
            result, facets = self._searcher.search(query, limit=10, count=False), None
        shown = self._shown(query, result) if work in {"snippets", "page"} else None
        return result, facets, shown

    def found(self, answer: Any, work: Work) -> Found:
        """Say what was found; see `Peer`."""
        result, facets, _ = answer
        ids = [self._searcher.doc(address)["id"][0] for _, address in result.hits]
        if facets is None:
            return Found(ids=ids)
        counts = {
            field: {one["key"]: one["doc_count"] for one in facets[field]["buckets"]} for field in self._aggregations
        }
        return Found(ids=ids, total=result.count, facets=counts)

    def _opened(self, index: Any) -> Any:
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer(_WORDS, analyzer)
        return index

    def _document(self, tagged: Tagged, joined: Callable[[str], str]) -> Any:
        values = values_of(tagged)
        document = tantivy.Document()
        document.add_text("id", values.id)
        document.add_text("title", joined(values.title))
        document.add_text("text", joined(values.text))
        for name in values.names:
            document.add_text("names", joined(name))
        for person in values.person:
            document.add_text("person", person)
        for outlet in values.outlet:
            document.add_text("outlet", outlet)
        if values.publisher:
            document.add_text("publisher", values.publisher)
        document.add_unsigned("day", values.date)
        return document

    def _shown(self, query: Any, result: Any) -> list[Any]:
        generator = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "text")
        generator.set_max_num_chars(200)
        shown = []
        for _, address in result.hits:
            document = self._searcher.doc(address)
            snippet = generator.snippet_from_doc(document)
            shown.append((document["title"], snippet.fragment(), [(r.start, r.end) for r in snippet.highlighted()]))
        return shown

    def _query(self, question: Question) -> Any:
        match question.kind:
            case "phrase":
                clauses = [self._anywhere(lambda field: self._phrase(field, question.words))]
            case "prefix":
                word = question.words[0]
                clauses = [self._anywhere(lambda field: tantivy.Query.regex_query(self._schema, field, f"{word}.*"))]
            case "fuzzy":
                word = question.words[0]
                clauses = [self._anywhere(lambda field: tantivy.Query.fuzzy_term_query(self._schema, field, word))]
            case _:
                clauses = [self._anywhere(self._term(word)) for word in question.words]
        occur = tantivy.Occur.Should if question.kind == "or" else tantivy.Occur.Must
        parts = [(occur, clause) for clause in clauses]
        if question.first:
            first, last = (datetime.date.fromisoformat(day).toordinal() for day in (question.first, question.last))
            ranged = tantivy.Query.range_query(self._schema, "day", tantivy.FieldType.Unsigned, first, last)
            parts.append((tantivy.Occur.Must, tantivy.Query.const_score_query(ranged, 0.0)))
        if question.person:
            person = tantivy.Query.term_query(self._schema, "person", question.person, index_option="basic")
            parts.append((tantivy.Occur.Must, tantivy.Query.const_score_query(person, 0.0)))
        return parts[0][1] if len(parts) == 1 else tantivy.Query.boolean_query(parts)

    def _phrase(self, field: str, words: tuple[str, ...]) -> Any:
        return tantivy.Query.phrase_query(self._schema, field, list(words))

    def _term(self, word: str) -> Callable[[str], Any]:
        return lambda field: tantivy.Query.term_query(self._schema, field, word, index_option="freq")

    def _anywhere(self, query_in: Callable[[str], Any]) -> Any:
        """Join a clause's queries in each field, weighted as ours are."""
        parts = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(query_in(field), self._weights[field]))
            for field in _FIELDS
        ]
        return tantivy.Query.boolean_query(parts)
