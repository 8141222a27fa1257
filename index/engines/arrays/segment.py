"""One segment of articles, read from its file."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.engines.arrays.file import MappedArrays
from index.engines.arrays.layout import KEYWORDS, PACKED_COLUMNS, PLAIN_COLUMNS, STEMS, WORDS
from index.engines.arrays.parts import decode_article, decode_mentions, decode_text
from index.engines.arrays.postings import Postings
from index.engines.arrays.texts import PlainTexts, Texts
from index.types import Article, Tagged


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
        at = self.arrays[f"{field}.values_at"]
        low, high = int(at[article]), int(at[article + 1])
        terms = self.fields[field]
        ordinals = self.arrays[f"{field}.values"][low:high].tolist()
        times: list[int] = self.arrays[f"{field}.mentions"][low:high].tolist()
        return [(terms.term(one).decode("utf-8"), count) for one, count in zip(ordinals, times, strict=True)]

    def article(self, number: int) -> Article:
        """Give an article without its mentions."""
        title, text = self.titles[number], self.columns["text"][number]
        return decode_article(self.id(number), decode_text(title), decode_text(text), self.columns["facts"][number])

    def tagged(self, number: int) -> Tagged:
        """Give an article with its mentions."""
        article = self.article(number)
        return Tagged(article=article, mentions=decode_mentions(article, self.columns["mentions"][number]))

    def array(self, name: str) -> NDArray[Any]:
        """Give any other array."""
        return self.arrays[name]
