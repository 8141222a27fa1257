"""The Groningen Meaning Bank as its table of tokens has it: 2,999 sentences of public-domain world news, in a row.

The table (tab separated, latin-1) does not say where an article ends; whoever labels its articles names them by the
numbers of their first and last sentence, `gmb:13-18`, and `text_of` writes these sentences out as a newspaper would.
The table's own tags, made by programs, are not read: of the names that a tagger trained on them missed in 268
articles, three of four bore none.
"""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.tag.tokens import analyse
from index.types import Article
from training.labelled import LabelledArticle, project

_STICKS_TO_WORD_BEFORE = re.compile(r"[.,;:!?)\]%]|\.\.\.|'s?|'(?:re|ve|ll|d|m)|n't")
_STICKS_TO_WORD_AFTER = frozenset("([$")
_QUOTE = '""""'
_IDENTITY = re.compile(r"gmb:(\d+)-(\d+)")


Sentence = tuple[str, ...]


def read_table(path: Path) -> dict[int, Sentence]:
    """Give the sentences by their number, from 1, in the order of the table."""
    sentences: dict[int, list[str]] = {}
    for line in path.read_text(encoding="latin-1").splitlines()[1:]:
        columns = line.split("\t")
        if len(columns) == 5:
            string = '"' if columns[2] == _QUOTE else columns[2]
            sentences.setdefault(int(float(columns[1])), []).append(string)
    return {number: tuple(sentence) for number, sentence in sentences.items()}


def sentences_of(identity: str) -> range:
    """Give the numbers of the sentences that an identity such as `gmb:13-18` stands for, if any."""
    match = _IDENTITY.fullmatch(identity)
    return range(int(match[1]), int(match[2]) + 1) if match else range(0)


def text_of(sentences: Sequence[Sentence]) -> str:
    """Write sentences out as running text, a paragraph each, with blanks and quotation marks where print has them."""
    return "\n\n".join(_written(sentence) for sentence in sentences)


def read_gmb_labels(labels_file: Path, table: Path) -> Iterator[LabelledArticle]:
    """Read labels whose `id` is an identity of sentences in the table; nothing where there is no table."""
    sentences = read_table(table) if table.is_file() else {}
    for line in labels_file.read_text(encoding="utf-8").splitlines():
        labels = json.loads(line)
        numbers = sentences_of(labels["id"])
        if numbers and all(number in sentences for number in numbers):
            text = text_of([sentences[number] for number in numbers])
            document = analyse(Article(id=labels["id"], source=table.name, title="", text=text))
            yield LabelledArticle(document=document, spans=tuple(project(document, labels)), labels=labels)


def _written(sentence: Sentence) -> str:
    parts: list[str] = []
    quoted, glued = False, True
    for string in sentence:
        closes = string == '"' and quoted
        if not glued and not closes and not _STICKS_TO_WORD_BEFORE.fullmatch(string):
            parts.append(" ")
        parts.append(string)
        opens = string == '"' and not quoted
        quoted = quoted != (string == '"')
        glued = opens or string in _STICKS_TO_WORD_AFTER
    return "".join(parts)
