"""The analysis of index/words.py as Whoosh asks for it: by its parser, its highlighter and its key terms.

An analyzer lies pickled in Whoosh's TOC, so this class must stay importable under this name.
"""

from collections.abc import Iterator
from typing import Any

from whoosh import analysis

from index.words import stem, words


class Analyzer(analysis.Analyzer):  # type: ignore[misc]  # Whoosh has no types
    """Cuts a text into folded words, or into their stems; like Whoosh's own it gives one token again and again."""

    def __init__(self, *, stemmed: bool = False) -> None:
        self._stemmed = stemmed

    def __call__(  # noqa: PLR0917  # the parameters are Whoosh's
        self,
        value: str,
        positions: bool = False,  # noqa: FBT001, FBT002
        chars: bool = False,  # noqa: FBT001, FBT002
        keeporiginal: bool = False,  # noqa: FBT001, FBT002
        removestops: bool = True,  # noqa: FBT001, FBT002
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **kwargs: Any,
    ) -> Iterator[Any]:
        """Give the tokens of a text."""
        token = analysis.Token(positions, chars, removestops=removestops, mode=mode, **kwargs)
        for word in words(value):
            token.text = stem(word.form) if self._stemmed else word.form
            token.boost, token.stopped = 1.0, False
            if keeporiginal:
                token.original = value[word.start : word.end]
            if positions:
                token.pos = start_pos + word.position
            if chars:
                token.startchar, token.endchar = start_char + word.start, start_char + word.end
            yield token
