"""What unlabelled articles say about words: how often each is capitalised, and which words stand in like places.

Words are clustered by the words before and after them: counts of neighbours, positive mutual information, a truncated
singular value decomposition, k-means; coarse and fine. Only statistics of words leave this module.
"""

import gzip
import itertools
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.tag.tokens import FieldTokens, tokenise
from index.tag.wordtable import WordTable, normal

BULK = ("us-politics-12k.jsonl.gz", "bbc-2k.jsonl.gz")

_CONTEXTS = 1500
_MIN_COUNT = 10
_DIMENSIONS = 80
_COARSE, _FINE = 64, 512
_MIN_CASE_COUNT = 4
Floats = NDArray[np.float32]


def read_bulk(data: Path, *, without: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield title and text of the unlabelled articles; `without` holds the `beginning`s to leave out."""
    for name in BULK:
        with gzip.open(data / "articles" / name, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                if beginning(record["text"]) not in without:
                    yield record.get("title") or "", record["text"]


def beginning(text: str) -> str:
    """Give the first letters of a text, by which an article is known under whatever id."""
    return "".join(text.split())[:120]


def word_table(texts: Iterator[tuple[str, str]], *, seed: int = 1) -> WordTable:
    """Count and cluster the words of many articles."""
    strings: list[str] = []
    number: dict[str, int] = {}
    stream: list[int] = []
    capital: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for title, text in texts:
        for tokens in (tokenise("title", title), tokenise("text", text)):
            _count_case(tokens, capital, total)
            for string in map(normal, tokens.strings):
                if string not in number:
                    number[string] = len(strings)
                    strings.append(string)
                stream.append(number[string])
            stream += (-1, -1)
    ids = np.array(stream, dtype=np.int64)
    counts = np.bincount(ids[ids >= 0], minlength=len(strings))
    chosen = np.flatnonzero(counts >= _MIN_COUNT)
    chosen = chosen[np.argsort(-counts[chosen], kind="stable")]
    vectors = _vectors(ids, len(strings), chosen, seed)
    coarse, fine = _kmeans(vectors, _COARSE, seed), _kmeans(vectors, _FINE, seed)
    clusters = {strings[word]: (int(coarse[row]), int(fine[row])) for row, word in enumerate(chosen)}
    case = {word: round(9 * capital[word] / count) for word, count in total.items() if count >= _MIN_CASE_COUNT}
    return WordTable(clusters=clusters, case=case)


def _count_case(tokens: FieldTokens, capital: Counter[str], total: Counter[str]) -> None:
    """Count how often words are capitalised where a capital says something: inside sentences, not in headlines."""
    for style, (first, last) in zip(tokens.styles, itertools.pairwise(tokens.bounds), strict=True):
        sentence = tokens.strings[first:last]
        if tokens.field == "title" or style:
            continue
        for before, string in itertools.pairwise(sentence):
            if string[0].isalpha() and before[0].isalnum():
                lower = string.lower()
                total[lower] += 1
                capital[lower] += string[0].isupper()


def _vectors(ids: NDArray[np.int64], size: int, chosen: NDArray[np.int64], seed: int) -> Floats:
    """Give each chosen word a vector of unit length from its neighbours' counts."""
    row = np.full(size + 1, -1, dtype=np.int64)
    row[chosen] = np.arange(len(chosen))
    column = np.full(size + 1, -1, dtype=np.int64)
    column[chosen[:_CONTEXTS]] = np.arange(min(_CONTEXTS, len(chosen)))
    blocks = []
    for shift in (-1, 1):
        words, contexts = (ids[1:], ids[:-1]) if shift < 0 else (ids[:-1], ids[1:])
        r, c = row[words], column[contexts]
        known = (r >= 0) & (c >= 0)
        flat = np.bincount(r[known] * _CONTEXTS + c[known], minlength=len(chosen) * _CONTEXTS)
        blocks.append(flat.reshape(len(chosen), _CONTEXTS).astype(np.float32))
    matrix = np.hstack(blocks)
    del blocks
    rows, columns = matrix.sum(axis=1, keepdims=True) + 1, matrix.sum(axis=0, keepdims=True) ** 0.75 + 1
    matrix *= columns.sum()
    matrix /= rows
    matrix /= columns
    np.log(np.maximum(matrix, 1, out=matrix), out=matrix)
    generator = np.random.default_rng(seed)
    sample = generator.standard_normal((matrix.shape[1], _DIMENSIONS + 20)).astype(np.float32)
    for _ in range(3):
        sample, _ = np.linalg.qr(matrix.T @ (matrix @ sample))
    left, values, _ = np.linalg.svd(matrix @ sample, full_matrices=False)
    vectors = left[:, :_DIMENSIONS] * np.sqrt(values[:_DIMENSIONS])
    unit: Floats = (vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)).astype(np.float32)
    return unit


def _kmeans(vectors: Floats, count: int, seed: int) -> NDArray[np.int64]:
    """Give each vector the number of its cluster."""
    generator = np.random.default_rng(seed)
    centres = vectors[generator.choice(min(len(vectors), 20 * count), count, replace=False)]
    nearest = np.zeros(len(vectors), dtype=np.int64)
    for _ in range(25):
        nearest = (vectors @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, vectors)
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(norms > 0, sums / np.maximum(norms, 1e-6), centres)
    return nearest
