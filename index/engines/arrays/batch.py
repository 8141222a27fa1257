"""Articles gathered in memory, and written as one segment."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from index.engines.arrays.coding import Numbers, starts_of
from index.engines.arrays.file import ArrayFile
from index.engines.arrays.inverting import MAX_ARTICLES, Ranked, by_position, by_times, ranked
from index.engines.arrays.keywords import write_values
from index.engines.arrays.layout import KEYWORDS, PACKED_COLUMNS, PLAIN_COLUMNS, TEXTS
from index.engines.arrays.parts import encode_facts, encode_mentions, encode_text
from index.engines.arrays.postings import Chunk, PostingsWriter
from index.engines.arrays.texts import PlainTextsWriter, TextsWriter
from index.engines.arrays.vocabulary import Codes, Vocabulary, flat
from index.engines.values import NAME_GAP, values_of
from index.types import Tagged

WORD_BYTES = 48
"""What a word of a text takes in memory at most, while a batch is inverted."""

MAX_BYTES = 2**27
"""Text in one batch at most: it has fewer distinct words than a key (inverting.py) can tell apart."""

_LONG = 16  # characters: where pieces are longer on average, the script has no blanks, and each letter may be a word

_Owners = tuple[NDArray[np.integer], Numbers]


class Batch:
    """Gathers articles; `write` makes a segment of them. `length_of` gives the length that each byte stands for."""

    def __init__(self, vocabulary: Vocabulary, length_of: NDArray[np.int64]) -> None:
        self._vocabulary = vocabulary
        self._length_of = length_of
        self._ids: list[bytes] = []
        self._days: list[tuple[int, int]] = []
        self._codes: dict[str, list[Codes]] = {field: [] for field in TEXTS}
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
            codes = self._vocabulary.codes(text)
            self._codes[field].append(codes)
            self._words += len(text) if len(text) > _LONG * len(codes) else len(codes)
        times = Counter((one.kind, one.value) for one in tagged.mentions if one.kind != "outlet" or one.role == "cited")
        publisher = (values.publisher,) if values.publisher else ()
        for field, names in (("person", values.person), ("outlet", values.outlet), ("publisher", publisher)):
            self._values[field].append([number(_whole(name)) for name in names])
            self._mentions[field].append([times[(field, name)] for name in names])
        self._names.append([number(_whole(name)) for name in values.names])
        for column, data in zip(self._columns, columns, strict=True):
            self._columns[column].append(data)
            self._bytes += len(data)

    def write(self, file: ArrayFile) -> None:
        """Write the articles as a segment; layout.py says which arrays that takes."""
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
        codes = self._codes[field]
        sizes = np.array([len(one) for one in codes], dtype=np.int64)
        found = self._vocabulary.expand(np.concatenate(codes))
        of_code = np.repeat(np.arange(len(self)), sizes)
        articles = np.repeat(of_code, found.counts)
        lengths = np.bincount(articles, minlength=len(self))
        positions = np.arange(len(articles)) - np.repeat(starts_of(lengths)[:-1], lengths)
        forms = ranked(found.forms, self._vocabulary.forms())
        chunk = by_position(forms.ranks[found.forms], articles, positions, forms.terms)
        self._write_chunk(file, field, chunk, lengths)
        self._write_stems(file, field, chunk, forms, (found.joined, of_code[found.joined_by]), lengths)

    def _write_stems(
        self, file: ArrayFile, field: str, chunk: Chunk, forms: Ranked, joined: _Owners, lengths: Numbers
    ) -> None:
        """Write a text's stems: those of the postings of its words, and of its joined forms."""
        assert chunk.times is not None
        stem_ids = self._vocabulary.stem_ids()
        ids = np.concatenate((np.repeat(stem_ids[forms.ids], chunk.counts), stem_ids[joined[0]]))
        articles = np.concatenate((chunk.articles.astype(np.int64), joined[1]))
        times = np.concatenate((chunk.times.astype(np.int64), np.ones(len(joined[0]), dtype=np.int64)))
        stems = ranked(ids, self._vocabulary.stems())
        found = by_times(stems.ranks[ids], articles, times, stems.terms)
        self._write_chunk(file, f"{field}_stems", found, lengths + np.bincount(joined[1], minlength=len(self)))

    def _write_names(self, file: ArrayFile) -> None:
        """Write the words of names, each name so far behind the last that no phrase spans two."""
        names, sizes = flat(self._names)
        forms, counts = self._vocabulary.forms_of_names(names)
        of_name = np.repeat(np.arange(len(self)), sizes)
        steps = starts_of(counts + NAME_GAP)[:-1]
        firsts = (
            np.repeat(steps[np.minimum(starts_of(sizes)[:-1], max(0, len(steps) - 1))], sizes) if len(steps) else steps
        )
        within = np.arange(len(forms)) - np.repeat(starts_of(counts)[:-1], counts)
        positions = np.repeat(steps - firsts, counts) + within
        articles = np.repeat(of_name, counts)
        terms = ranked(forms, self._vocabulary.forms())
        chunk = by_position(terms.ranks[forms], articles, positions, terms.terms)
        self._write_chunk(file, "names", chunk, np.bincount(articles, minlength=len(self)))

    def _write_keyword(self, file: ArrayFile, field: str) -> None:
        values, sizes = flat(self._values[field])
        terms = ranked(values, self._vocabulary.names())
        ranks = terms.ranks[values]
        articles = np.repeat(np.arange(len(self)), sizes)
        chunk = by_times(ranks, articles, np.ones(len(values), dtype=np.int64), terms.terms)
        writer = PostingsWriter(file, field, counted=False, placed=False)
        writer.write(chunk)
        writer.close()
        write_values(file, field, sizes, ranks, flat(self._mentions[field])[0])

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
