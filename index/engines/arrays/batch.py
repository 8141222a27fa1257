"""Articles gathered in memory, and written as one segment."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.engines.arrays.coding import Numbers, starts_of
from index.engines.arrays.file import ArrayFile
from index.engines.arrays.inverting import MAX_ARTICLES, Sorter, ranked
from index.engines.arrays.keywords import write_values
from index.engines.arrays.layout import KEYWORDS, PACKED_COLUMNS, PLAIN_COLUMNS, TEXTS
from index.engines.arrays.parts import encode_facts, encode_mentions, encode_text
from index.engines.arrays.postings import Chunk, PostingsWriter
from index.engines.arrays.quotations import NOBODY, Stretch, Stretches, ends_of, quoted_words, write_stretches
from index.engines.arrays.texts import Dictionary, PlainTextsWriter, TextsWriter, make_dictionary
from index.engines.arrays.vocabulary import Vocabulary, Words, flat
from index.engines.values import NAME_GAP, values_of
from index.types import Quote, Tagged

WORD_BYTES = 32
"""What a word of a text takes in memory, while a batch is inverted."""

ARTICLE_BYTES = 2_000
"""What an article takes in memory beside its words and columns."""

MAX_BYTES = 2**27
"""Text in one batch at most: it has fewer distinct words than a key (inverting.py) can tell apart."""

CUT_AT_ONCE = 2**20
"""Characters of texts that are cut together: enough that the cost of a call does not count, and few enough to stay in
the processor's cache."""


class Means:
    """What the batches of one writer share: words and names they know, dictionaries, and memory to sort in.

    `length_of` gives the length that each byte stands for.
    """

    def __init__(self, length_of: NDArray[np.int64]) -> None:
        self.length_of = length_of
        self.vocabulary = Vocabulary()
        self.words = Sorter()
        self.others = Sorter()
        self._dictionaries: dict[str, Dictionary] = {}

    def dictionary(self, column: str, values: Sequence[bytes]) -> Dictionary | None:
        """Give the dictionary for a column, made of the first values that are enough for one."""
        if column not in self._dictionaries:
            made = make_dictionary(values)
            if made is None:
                return None
            self._dictionaries[column] = made
        return self._dictionaries[column]


class Batch:
    """Gathers articles; `write` makes a segment of them."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._vocabulary = means.vocabulary
        self._ids: list[bytes] = []
        self._days: list[tuple[int, int]] = []
        self._texts: dict[str, list[str]] = {field: [] for field in TEXTS}
        self._waiting = 0
        self._cuts: dict[str, list[Words]] = {field: [] for field in TEXTS}
        self._names: list[list[int]] = []
        self._values: dict[str, list[list[int]]] = {field: [] for field in KEYWORDS}
        self._spoken: list[tuple[Quote, ...]] = []
        self._quotes: list[list[Stretch]] = []
        self._mentions: dict[str, list[list[int]]] = {field: [] for field in KEYWORDS}
        self._columns: dict[str, list[bytes]] = {column: [] for column in (*PLAIN_COLUMNS, *PACKED_COLUMNS)}
        self._words = 0
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._ids)

    def full(self, memory: int) -> bool:
        """Say whether the batch must be written, as it may take `memory` bytes and no more."""
        taken = self._words * WORD_BYTES + self._bytes + len(self) * ARTICLE_BYTES
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
        self._spoken.append(tagged.quotes)
        if self._waiting > CUT_AT_ONCE:
            self._cut()
        times: Counter[tuple[str, str]] = Counter(
            (one.kind, one.value) for one in tagged.mentions if one.kind != "outlet" or one.role == "cited"
        )
        times.update(("speaker", quote.speaker) for quote in tagged.quotes if quote.speaker)
        publisher = (values.publisher,) if values.publisher else ()
        story = (values.story,) if values.story else ()
        for field, names in (
            ("person", values.person),
            ("outlet", values.outlet),
            ("publisher", publisher),
            ("story", story),
            ("speaker", values.speaker),
        ):
            self._values[field].append([number(_whole(name)) for name in names])
            self._mentions[field].append([times[(field, name)] for name in names])
        self._names.append([number(_whole(name)) for name in values.names])
        for column, data in zip(self._columns, columns, strict=True):
            self._columns[column].append(data)
            self._bytes += len(data)

    def _cut(self) -> None:
        """Turn the texts that wait into codes, and find which words are quoted."""
        for field, texts in self._texts.items():
            places = [ends_of(quotes) for quotes in self._spoken] if field == "text" else None
            found, before = self._vocabulary.words(texts, places)
            if places is not None:
                self._quotes += map(quoted_words, self._spoken, before)
            first = sum(len(cut.counts) for cut in self._cuts[field])
            self._cuts[field].append(found._replace(joined_by=found.joined_by + first))
            self._words += len(found.forms)
            self._texts[field] = []
        self._spoken = []
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
        self._write_quotes(file)
        for column, values in self._columns.items():
            if column in PLAIN_COLUMNS:
                plain = PlainTextsWriter(file, column)
                plain.write(values)
                plain.close()
            else:
                writer = TextsWriter(file, column)
                writer.write(values, self._means.dictionary(column, values))
                writer.close()

    def _write_text(self, file: ArrayFile, field: str) -> None:
        """Write the words of a text, and its stems: those of the postings of its words, and of its joined forms."""
        cuts = self._cuts[field]
        _, lengths, joined, joined_by = (np.concatenate(columns) for columns in zip(*cuts, strict=True))
        vocabulary, words, stems = self._vocabulary, self._means.words, self._means.others
        forms = ranked([cut.forms for cut in cuts], vocabulary.forms())
        size, most = int(lengths.sum()), int(lengths.max(initial=1))
        words.begin(forms, size=size, articles=len(self), most=most)
        first = 0
        for cut in cuts:
            words.add_texts(cut.forms, cut.counts, first)
            first += len(cut.counts)
        stem_ids = vocabulary.stem_ids()
        by_rank = stem_ids[forms.ids]
        known = ranked([by_rank, stem_ids[joined]], vocabulary.stems())
        stems.begin(known, size=size + len(joined), articles=len(self), most=most)
        stems.add(stem_ids[joined], joined_by, np.ones(len(joined), dtype=np.int64))
        writer = PostingsWriter(file, field, counted=True, placed=True)
        rank = 0
        for chunk in words.positions():
            writer.write(chunk)
            assert chunk.times is not None
            ids = np.repeat(by_rank[rank : rank + len(chunk.terms)], chunk.counts)
            stems.add(ids, chunk.articles, chunk.times)
            rank += len(chunk.terms)
        writer.close()
        self._write_lengths(file, field, lengths)
        self._write(file, f"{field}_stems", stems.times())
        self._write_lengths(file, f"{field}_stems", lengths + np.bincount(joined_by, minlength=len(self)))

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
        sorter = self._means.others
        terms = ranked([forms], self._vocabulary.forms())
        sorter.begin(terms, size=len(forms), articles=len(self), most=int(positions.max(initial=1)))
        sorter.add(forms, articles, positions)
        self._write(file, "names", sorter.positions(), placed=True)
        self._write_lengths(file, "names", np.bincount(articles, minlength=len(self)))

    def _write_keyword(self, file: ArrayFile, field: str) -> None:
        values, sizes = flat(self._values[field])
        terms = ranked([values], self._vocabulary.names())
        write_values(file, field, sizes, terms.ranks[values], flat(self._mentions[field])[0])
        sorter = self._means.others
        sorter.begin(terms, size=len(values), articles=len(self), most=1)
        sorter.add(values, np.repeat(np.arange(len(self)), sizes), np.ones(len(values), dtype=np.int64))
        self._write(file, field, sorter.times(), counted=False)

    def _write_quotes(self, file: ArrayFile) -> None:
        rows = [one for quotes in self._quotes for one in quotes]
        number, names = self._vocabulary.name, flat(self._values["speaker"])[0]
        speakers = [-1 if one.speaker is None else number(_whole(one.speaker)) for one in rows]
        ranks = np.append(ranked([names], self._vocabulary.names()).ranks, np.uint64(NOBODY))
        first, last, numbers = np.array([row[:3] for row in rows], dtype=np.uint32).reshape(-1, 3).T
        sizes = np.array([len(quotes) for quotes in self._quotes], dtype=np.int64)
        speaker = ranks[np.array(speakers, dtype=np.int64)].astype(np.uint32)
        write_stretches(file, Stretches(sizes, first, last, numbers, speaker))

    def _write(
        self, file: ArrayFile, field: str, chunks: Iterator[Chunk], *, counted: bool = True, placed: bool = False
    ) -> None:
        writer = PostingsWriter(file, field, counted=counted, placed=placed)
        for chunk in chunks:
            writer.write(chunk)
        writer.close()

    def _write_lengths(self, file: ArrayFile, field: str, lengths: Numbers) -> None:
        length_of = self._means.length_of
        coded = np.minimum(np.searchsorted(length_of, lengths), len(length_of) - 1).astype(np.uint8)
        file.add(f"{field}.lengths", coded)


def _whole(name: str) -> str:
    """Give a name without lone surrogates, which no term can hold."""
    return name.encode("utf-8", "replace").decode("utf-8")
