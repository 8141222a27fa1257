"""Articles gathered in memory, and written as one segment."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from index.engines.arrays.coding import Numbers, starts_of
from index.engines.arrays.file import ArrayFile
from index.engines.arrays.inverting import MAX_ARTICLES, by_place, by_position, by_times, ranked
from index.engines.arrays.keywords import write_values
from index.engines.arrays.layout import KEYWORDS, PACKED_COLUMNS, PLAIN_COLUMNS, TEXTS
from index.engines.arrays.parts import encode_facts, encode_mentions, encode_text
from index.engines.arrays.postings import Chunk, PostingsWriter
from index.engines.arrays.texts import PlainTextsWriter, TextsWriter
from index.engines.arrays.vocabulary import Vocabulary, Words, flat
from index.engines.values import NAME_GAP, values_of
from index.types import Tagged

WORD_BYTES = 48
"""What a word of a text takes in memory at most, while a batch is inverted."""

MAX_BYTES = 2**27
"""Text in one batch at most: it has fewer distinct words than a key (inverting.py) can tell apart."""

CUT_AT_ONCE = 2**20
"""Characters of texts that are cut together: enough that the cost of a call does not count, and few enough to stay in
the processor's cache."""


class Batch:
    """Gathers articles; `write` makes a segment of them. `length_of` gives the length that each byte stands for."""

    def __init__(self, vocabulary: Vocabulary, length_of: NDArray[np.int64]) -> None:
        self._vocabulary = vocabulary
        self._length_of = length_of
        self._ids: list[bytes] = []
        self._days: list[tuple[int, int]] = []
        self._texts: dict[str, list[str]] = {field: [] for field in TEXTS}
        self._waiting = 0
        self._cuts: dict[str, list[Words]] = {field: [] for field in TEXTS}
        self._names: list[list[int]] = []
        self._values: dict[str, list[list[int]]] = {field: [] for field in KEYWORDS}
        self._mentions: dict[str, list[list[int]]] = {field: [] for field in KEYWORDS}
        self._columns: dict[str, list[bytes]] = {column: [] for column in (*PLAIN_COLUMNS, *PACKED_COLUMNS)}
        self._words = 0
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._ids)

    def full(self, memory: int) -> bool:
        """Say whether the batch must be written, as it may take `memory` bytes and no more."""
        taken = self._words * WORD_BYTES + self._bytes
        return taken >= memory or self._bytes >= MAX_BYTES or len(self) >= MAX_ARTICLES

    def add(self, tagged: Tagged) -> None:
        """Add an article."""
        values, number = values_of(tagged), self._vocabulary.name
        columns = (
            encode_text(tagged.article.title),
            encode_text(tagged.article.text),
            encode_facts(tagged.article),
            encode_mentions(tagged),
        )
        self._ids.append(values.id.encode("utf-8", "replace"))
        self._days.append((values.date, values.date_last))
        for field, text in (("title", values.title), ("text", values.text)):
            self._texts[field].append(text)
            self._waiting += len(text)
        if self._waiting > CUT_AT_ONCE:
            self._cut()
        times = Counter((one.kind, one.value) for one in tagged.mentions if one.kind != "outlet" or one.role == "cited")
        publisher = (values.publisher,) if values.publisher else ()
        for field, names in (("person", values.person), ("outlet", values.outlet), ("publisher", publisher)):
            self._values[field].append([number(_whole(name)) for name in names])
            self._mentions[field].append([times[(field, name)] for name in names])
        self._names.append([number(_whole(name)) for name in values.names])
        for column, data in zip(self._columns, columns, strict=True):
            self._columns[column].append(data)
            self._bytes += len(data)

    def _cut(self) -> None:
        """Turn the texts that wait into codes."""
        for field, texts in self._texts.items():
            found = self._vocabulary.words(texts)
            first = sum(len(cut.counts) for cut in self._cuts[field])
            self._cuts[field].append(found._replace(joined_by=found.joined_by + first))
            self._words += len(found.forms)
            self._texts[field] = []
        self._waiting = 0

    def write(self, file: ArrayFile) -> None:
        """Write the articles as a segment; layout.py says which arrays that takes."""
        self._cut()
        file.add_fact("articles", len(self))
        ids = np.array(self._ids, dtype=np.bytes_)
        file.add("id", ids)
        file.add("id.order", np.argsort(ids, kind="stable").astype(np.uint32))
        for place, field in enumerate(("date", "date_last")):
            file.add(field, np.array([days[place] for days in self._days], dtype=np.int32))
        for field in TEXTS:
            self._write_text(file, field)
        self._write_names(file)
        for field in KEYWORDS:
            self._write_keyword(file, field)
        for column, values in self._columns.items():
            writer = PlainTextsWriter(file, column) if column in PLAIN_COLUMNS else TextsWriter(file, column)
            writer.write(values)
            writer.close()

    def _write_text(self, file: ArrayFile, field: str) -> None:
        cuts = self._cuts[field]
        forms, lengths, joined, joined_by = (np.concatenate(columns) for columns in zip(*cuts, strict=True))
        terms = ranked(forms, self._vocabulary.forms())
        chunk = by_position(terms, forms, lengths)
        self._write_chunk(file, field, chunk, lengths)
        assert chunk.times is not None
        stem_ids = self._vocabulary.stem_ids()
        ids = np.concatenate((np.repeat(stem_ids[terms.ids], chunk.counts), stem_ids[joined]))
        stems = ranked(ids, self._vocabulary.stems())
        articles = np.concatenate((chunk.articles, joined_by.astype(np.uint32)))
        times = np.concatenate((chunk.times, np.ones(len(joined), dtype=np.uint32)))
        found = by_times(stems, ids, articles, times)
        self._write_chunk(file, f"{field}_stems", found, lengths + np.bincount(joined_by, minlength=len(self)))

    def _write_names(self, file: ArrayFile) -> None:
        """Write the words of names, each name so far behind the last that no phrase spans two."""
        names, sizes = flat(self._names)
        forms, counts = self._vocabulary.forms_of_names(names)
        of_name = np.repeat(np.arange(len(self)), sizes)
        steps = starts_of(counts + NAME_GAP)
        firsts = steps[starts_of(sizes)[:-1]][of_name]
        within = np.arange(len(forms)) - np.repeat(starts_of(counts)[:-1], counts)
        positions = np.repeat(steps[:-1] - firsts, counts) + within
        articles = np.repeat(of_name, counts)
        chunk = by_place(ranked(forms, self._vocabulary.forms()), forms, articles, positions)
        self._write_chunk(file, "names", chunk, np.bincount(articles, minlength=len(self)))

    def _write_keyword(self, file: ArrayFile, field: str) -> None:
        values, sizes = flat(self._values[field])
        terms = ranked(values, self._vocabulary.names())
        articles = np.repeat(np.arange(len(self), dtype=np.uint32), sizes)
        chunk = by_times(terms, values, articles, np.ones(len(values), dtype=np.uint32))
        writer = PostingsWriter(file, field, counted=False, placed=False)
        writer.write(chunk)
        writer.close()
        write_values(file, field, sizes, terms.ranks[values], flat(self._mentions[field])[0])

    def _write_chunk(self, file: ArrayFile, field: str, chunk: Chunk, lengths: Numbers) -> None:
        writer = PostingsWriter(file, field, counted=True, placed=chunk.positions is not None)
        writer.write(chunk)
        writer.close()
        last = len(self._length_of) - 1
        coded = np.minimum(np.searchsorted(self._length_of, lengths), last).astype(np.uint8)
        file.add(f"{field}.lengths", coded)


def _whole(name: str) -> str:
    """Give a name without lone surrogates, which no term can hold."""
    return name.encode("utf-8", "replace").decode("utf-8")
