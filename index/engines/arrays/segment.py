"""One segment of articles, read from its file."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.engines.arrays.file import MappedArrays
from index.engines.arrays.layout import KEYWORDS, PACKED_COLUMNS, PLAIN_COLUMNS, STEMS, WORDS
from index.engines.arrays.parts import decode_article, decode_mentions, decode_quotes, decode_text
from index.engines.arrays.postings import Postings
from index.engines.arrays.quotations import NOBODY, Stretches
from index.engines.arrays.texts import PlainTexts, Texts
from index.errors import CorruptError
from index.types import Article, Mention, Quote, Tagged


class Segment:
    """The arrays of one segment; layout.py says what they are. Articles are known by number; safe for threads.

    Raises CorruptError where the file is not what was written, as far as its table tells.
    """

    def __init__(self, path: Path) -> None:
        self.arrays = MappedArrays(path)
        self.size = self.arrays.fact("articles")
        self.fields = {field: Postings(self.arrays, field) for field in (*WORDS, *STEMS, *KEYWORDS)}
        self.titles = {column: PlainTexts(self.arrays, column) for column in PLAIN_COLUMNS}["title"]
        self.columns = {column: Texts(self.arrays, column) for column in PACKED_COLUMNS}
        self._ids = self.arrays["id"]
        self._values = {field: _Values(self.arrays, field, self.fields[field]) for field in KEYWORDS}

    def lengths(self, field: str) -> NDArray[np.uint8]:
        """Give the length byte of each article's field, of words or stems."""
        return self.arrays[f"{field}.lengths"]

    def total(self, field: str) -> int:
        """Give the number of words in a field of all articles."""
        return self.arrays.fact(f"{field}.total")

    def id(self, article: int) -> str:
        """Give an article's id."""
        return str(self._ids[article].decode("utf-8", "replace"))

    def find(self, article_id: str) -> list[int]:
        """Give the articles of an id: one, or none."""
        order, wanted = self.arrays["id.order"], article_id.encode("utf-8", "replace")
        low = int(np.searchsorted(self._ids, wanted, sorter=order))
        found = []
        while low < len(order) and self._ids[order[low]] == wanted:
            found.append(int(order[low]))
            low += 1
        return found

    def values(self, field: str, article: int) -> list[tuple[str, int]]:
        """Give an article's values of a keyword field, each with its number of mentions."""
        return self._values[field][article]

    def article(self, number: int) -> Article:
        """Give an article without its mentions."""
        title, text = self.titles[number], self.columns["text"][number]
        return decode_article(self.id(number), decode_text(title), decode_text(text), self.columns["facts"][number])

    def tagged(self, number: int) -> Tagged:
        """Give an article with its mentions and quotations."""
        article = self.article(number)
        return Tagged(article=article, mentions=self.mentions(number, article), quotes=self.spoken(number))

    def spoken(self, number: int) -> tuple[Quote, ...]:
        """Give an article's quotations."""
        return decode_quotes(self.columns["mentions"][number])

    def mentions(self, number: int, article: Article) -> tuple[Mention, ...]:
        """Give the mentions of an article that is known already."""
        return decode_mentions(article, self.columns["mentions"][number])

    def quotes(self) -> Stretches:
        """Give where quotations stand; raises CorruptError where that is not what was written."""
        at, first, last, number, speaker = (
            self.arrays[f"quotes.{name}"] for name in ("at", "first", "last", "number", "speaker")
        )
        sizes: NDArray[np.int64] = np.diff(at.astype(np.int64))  # type: ignore[assignment]  # numbers, no times
        alike = len(first) == len(last) == len(number) == len(speaker)
        if len(sizes) != self.size or not alike or at[-1] != len(first) or (sizes < 0).any():
            raise CorruptError("the places of quotations are not what was written")
        if ((speaker >= self.fields["speaker"].size) & (speaker != NOBODY)).any():
            raise CorruptError("the speakers of quotations are others than there are")
        return Stretches(sizes, first, last, number, speaker)

    def array(self, name: str) -> NDArray[Any]:
        """Give any other array."""
        return self.arrays[name]


class _Values:
    """Gives an article's values of a keyword field; asked for each hit of each page."""

    def __init__(self, arrays: MappedArrays, field: str, terms: Postings) -> None:
        at, values, mentions = (arrays[f"{field}.{name}"] for name in ("values_at", "values", "mentions"))
        self._at, self._values, self._mentions = memoryview(at), memoryview(values), memoryview(mentions)  # type: ignore[arg-type]  # numpy's arrays are buffers
        self._terms = terms

    def __getitem__(self, article: int) -> list[tuple[str, int]]:
        low, high = self._at[article], self._at[article + 1]
        term, mentions = self._terms.term, self._mentions
        return [(term(self._values[at]).decode("utf-8"), mentions[at]) for at in range(low, high)]
