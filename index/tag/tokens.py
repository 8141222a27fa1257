"""The analysed form of an article that every part of the tagger reads: tokens with offsets, and sentences.

Tokens are cut so that the edge of any name is the edge of a token: hyphens, slashes and possessives stand alone
(`Biden|-|Harris`, `Trump|-|backed`, `Biden|’s`), while abbreviations with their full stop (`Sen.`, `U.S.`, `J.`),
inner apostrophes (`O’Brien`), host names (`Salon.com`), handles and addresses are one token each. Sentences are
NLTK's Punkt, with abbreviations of our own (`data/abbreviations.txt`); a paragraph's end also ends a sentence.
"""

import bisect
import functools
import importlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from index.tag.cutting import abbreviations, pieces
from index.types import Article, FieldName

SpanKind = Literal["person", "outlet"]

_OPENER_WORDS = (
    "The This That These Those He She It They We You His Her Its Their Our My But And In On At For As If When While "
    "After Before There Some Many Most All Not No So Also However Yet Then With By From What Who Why How"
)
_OPENERS = frozenset(_OPENER_WORDS.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldTokens:
    """The tokens of one field of an article, as parallel tuples.

    `strings[i] == text[starts[i]:ends[i]]`; `sentences[i]` is the number of the token's sentence (0, 1, ...), and
    sentence `s` holds the tokens `bounds[s]` to `bounds[s + 1]` (exclusive; `len(bounds)` is one more than the number
    of sentences). `styles[s]` tells how sentence `s` uses capitals (`case_style`). Offsets count code points.
    """

    field: FieldName
    text: str
    strings: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[int, ...]
    bounds: tuple[int, ...]
    styles: tuple[str, ...]

    def __len__(self) -> int:
        """Count the tokens."""
        return len(self.strings)

    def style_at(self, index: int) -> str:
        """Tell how the sentence of a token uses capitals."""
        return self.styles[self.sentences[index]]

    def index_at(self, offset: int) -> int:
        """Give the index of the first token that ends after an offset (`len(self)` where there is none)."""
        return bisect.bisect_right(self.ends, offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article and the tokens of its two fields, title first."""

    article: Article
    fields: tuple[FieldTokens, ...]

    @property
    def title(self) -> FieldTokens:
        """The tokens of the title; there may be none."""
        return self.fields[0]

    @property
    def text(self) -> FieldTokens:
        """The tokens of the text."""
        return self.fields[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of tokens that the model takes for a name: tokens `first` to `last` (exclusive) of one field."""

    kind: SpanKind
    tokens: FieldTokens
    first: int
    last: int

    @property
    def start(self) -> int:
        """Where the span starts in its field's text."""
        return self.tokens.starts[self.first]

    @property
    def end(self) -> int:
        """Where the span ends in its field's text."""
        return self.tokens.ends[self.last - 1]

    @property
    def surface(self) -> str:
        """The text of the span, exactly as it stands."""
        return self.tokens.text[self.start : self.end]


def analyse(article: Article) -> Document:
    """Cut an article's title and text into tokens and sentences."""
    return Document(article=article, fields=(tokenise("title", article.title), tokenise("text", article.text)))


def tokenise(field: FieldName, text: str) -> FieldTokens:
    """Cut the text of one field; the title is always one sentence."""
    matches = pieces(text)
    starts = tuple(start for _, start, _ in matches)
    edges = [0] if field == "title" or not starts else list(_sentence_starts(text))
    strings = tuple(string for string, _, _ in matches)
    bounds = _settle_bounds([bisect.bisect_left(starts, edge) for edge in edges], strings)
    numbers: list[int] = []
    for number, (first, last) in enumerate(itertools.pairwise(bounds)):
        numbers += [number] * (last - first)
    return FieldTokens(
        field=field,
        text=text,
        strings=strings,
        starts=starts,
        ends=tuple(end for _, _, end in matches),
        sentences=tuple(numbers),
        bounds=tuple(bounds),
        styles=tuple(case_style(strings[first:last]) for first, last in itertools.pairwise(bounds)),
    )


def case_style(sentence: tuple[str, ...]) -> str:
    """Tell how a sentence uses capitals: `U` all upper, `T` each word capitalised, `` as usual."""
    long_words = [word for word in sentence if len(word) > 3 and word.isalpha()]
    if len(long_words) < 3:
        return ""
    upper = sum(map(str.isupper, long_words))
    if upper > 0.7 * len(long_words):
        return "U"
    lower = sum(map(str.islower, long_words))
    return "T" if lower < 0.3 * len(long_words) else ""


def _sentence_starts(text: str) -> Iterator[int]:
    """Yield where each sentence starts; a line's end ends a sentence too, as headlines and lists have no full stop."""
    punkt = _punkt()
    offset = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            for start, _ in punkt.span_tokenize(line):
                yield offset + start
        offset += len(line) + 1


def _settle_bounds(bounds: list[int], strings: tuple[str, ...]) -> list[int]:
    """Decide anew after abbreviations and initials: a word that opens sentences starts one there, and no other."""
    kept = {bound for bound in bounds if bound == 0 or bound == len(strings) or not _shortened(strings[bound - 1])}
    kept |= {
        bound for bound, string in enumerate(strings) if string in _OPENERS and bound and _shortened(strings[bound - 1])
    }
    kept |= {0, len(strings)}
    return sorted(kept)


def _shortened(string: str) -> bool:
    return len(string) > 1 and string[-1] == "." and string[0].isalpha()


@functools.cache
def _punkt() -> Any:
    """Give the sentence splitter; NLTK is loaded with the first text, since searching alone needs none of it."""
    punkt = importlib.import_module("nltk.tokenize.punkt")
    parameters = punkt.PunktParameters()
    parameters.abbrev_types = {word.lower() for word in abbreviations()}
    return punkt.PunktSentenceTokenizer(parameters)
