"""Readers of the openly licensed corpora: columns of tokens and tags become articles with spans.

GUM, wikigold, UNER-EWT, re3d, WNUT-17 and the Broad Twitter Corpus are columns (token first, tag last, IOB1 or IOB2);
some put titles inside their spans of people. None of them labels outlets: an organisation is one if the table of
outlets knows its name.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.tag.lexicon import word_list
from index.tag.tokens import SpanKind, analyse
from index.types import Article
from training.labelled import GoldSpan, LabelledArticle

IsOutlet = Callable[[str], bool]

NEWSLIKE = ("gum_open_*.conll", "wikigold.conll", "re3d_*.conll", "uner_ewt_*.iob2")
TWEETS = ("wnut17_*.conll", "btc_*.conll")

_CLOSERS = re.compile(r"^(?:[.,;:!?)\]%]|'s|’s|n't|n’t|'re|'ve|'ll|'d|'m)$")
_PEOPLE = frozenset(["per", "person"])
_GROUPS = frozenset(["org", "organisation", "organization", "corporation", "group"])


@dataclass(frozen=True, slots=True)
class Tagged:
    """One token of a corpus with its tag as the corpus writes it."""

    string: str
    tag: str


def read_open(folder: Path, patterns: tuple[str, ...], *, is_outlet: IsOutlet) -> Iterator[LabelledArticle]:
    """Read the corpora of a folder whose files match the patterns, in the order of the patterns, then of the names."""
    for pattern in patterns:
        for path in sorted(folder.glob(pattern)):
            for number, sentences in enumerate(_read_columns(path)):
                yield as_labelled(f"{path.name}:{number}", sentences, is_outlet=is_outlet)


def read_columns(text: str) -> Iterator[list[list[Tagged]]]:
    """Yield the documents of a file of columns, each a list of sentences."""
    sentences: list[list[Tagged]] = []
    sentence: list[Tagged] = []
    for line in text.splitlines():
        fresh = line.startswith(("-DOCSTART-", "# newdoc"))
        if (fresh or not line.strip()) and sentence:
            sentences.append(sentence)
            sentence = []
        if fresh and sentences:
            yield sentences
            sentences = []
        if fresh or not line.strip() or line.startswith("# "):
            continue
        columns = line.split("\t") if "\t" in line else line.split()
        if len(columns) == 5 and columns[0].isdigit():
            columns = [columns[1], columns[2]]
        if len(columns) > 1 and columns[0].strip():
            sentence.append(Tagged(columns[0].strip(), columns[-1]))
    if sentence:
        sentences.append(sentence)
    if sentences:
        yield sentences


def _read_columns(path: Path) -> Iterator[list[list[Tagged]]]:
    for sentences in read_columns(path.read_text(encoding="utf-8", errors="replace")):
        if len(sentences) <= 60:
            yield sentences
        else:
            yield from (sentences[i : i + 20] for i in range(0, len(sentences), 20))


def as_labelled(
    identity: str, sentences: list[list[Tagged]], *, is_outlet: IsOutlet = lambda name: False
) -> LabelledArticle:
    """Write the tokens out as a text, one sentence a line, and note where the names stand."""
    parts: list[str] = []
    spans: list[GoldSpan] = []
    length = 0
    for sentence in sentences:
        begin, kind, previous = -1, "", "O"
        ends: list[tuple[int, int]] = []
        for index, token in enumerate([*sentence, Tagged("", "O")]):
            prefix, _, name = token.tag.partition("-")
            inside = prefix == "I" and name == kind and previous != "O"
            if begin >= 0 and not inside:
                spans += _span(kind, sentence[begin:index], ends[begin][0], ends[index - 1][1], is_outlet)
                begin = -1
            if name and not inside and prefix in "BI":
                begin = index
            kind, previous = name, token.tag
            if not token.string:
                break
            if ends and not _sticks(sentence, index):
                parts.append(" ")
                length += 1
            ends.append((length, length + len(token.string)))
            parts.append(token.string)
            length += len(token.string)
        parts.append("\n")
        length += 1
    article = Article(id=identity, source=identity, title="", text="".join(parts))
    return LabelledArticle(document=analyse(article), spans=tuple(spans), labels={})


def _sticks(sentence: list[Tagged], index: int) -> bool:
    """Tell whether a token stands without a blank after the one before."""
    string, before = sentence[index].string, sentence[index - 1].string
    if _CLOSERS.match(string) or before in ("(", "["):
        return True
    hyphen = string == "-" and index + 1 < len(sentence) and before.isalnum() and sentence[index + 1].string.isalnum()
    return hyphen or (before == "-" and index > 1 and sentence[index - 2].string.isalnum() and string.isalnum())


def _span(kind: str, tokens: list[Tagged], start: int, end: int, is_outlet: IsOutlet) -> Iterator[GoldSpan]:
    found: SpanKind
    if kind.lower() in _PEOPLE:
        found = "person"
        titles = [i for i, token in enumerate(tokens[:-1]) if token.string.lower() in word_list("titles")]
        if titles and tokens[0].string.lower() not in word_list("first"):
            start += sum(len(token.string) + 1 for token in tokens[: titles[-1] + 1])
            tokens = tokens[titles[-1] + 1 :]
        if tokens[0].string.lower() in word_list("titles") or not tokens[0].string[0].isupper():
            return
    elif kind.lower() in _GROUPS and is_outlet(" ".join(token.string for token in tokens)):
        found = "outlet"
    else:
        return
    yield GoldSpan(kind=found, field="text", start=start, end=end)
