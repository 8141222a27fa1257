"""Phrases, distances and NEAR agree with trying every combination of places, on random texts."""

import itertools
import os
import random
from pathlib import Path

import pytest

from index.engines.whoosh import WhooshWriter
from index.settings import Settings
from index.types import Article, Tagged
from search.engines.arrays.engine import ArrayEngine
from search.engines.engine import Plan, Window
from search.engines.whoosh import open_whoosh
from search.query.parser import parse
from search.query.tree import Near, Node, Or, Phrase, Word

SETTINGS = Settings(max_near_places=10**9)
QUERIES = int(os.environ.get("NEWSMORGUE_PROXIMITY", "2000"))
SEED = int(os.environ.get("NEWSMORGUE_SEED", str(random.SystemRandom().randrange(2**32))))
ARTICLES = 60
FORMS = ["oak", "elm", "ash", "fir", "yew"]
Places = frozenset[int]


def test_proximity_is_what_trying_all_places_finds(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    texts = [chance.choices(FORMS, k=chance.randint(0, 14)) for _ in range(ARTICLES)]
    engine = indexed(texts, tmp_path)
    for _ in range(QUERIES):
        query = proximity(chance)
        tree = parse(query, SETTINGS).tree
        found = {int(row.id, 16) for row in engine.run(Plan(tree=tree, window=Window(size=ARTICLES))).rows}
        expected = {number for number, text in enumerate(texts) if matches(tree, text)}
        assert found == expected, f"{query} (NEWSMORGUE_SEED={SEED})"
    engine.close()


def indexed(texts: list[list[str]], directory: Path) -> ArrayEngine:
    articles = [Article(id=f"{n:016x}", source="test", title="", text=" ".join(text)) for n, text in enumerate(texts)]
    WhooshWriter(SETTINGS).write(directory, removed=[], added=[Tagged(article=one, mentions=()) for one in articles])
    return open_whoosh(directory, SETTINGS)


def proximity(chance: random.Random) -> str:
    def side(depth: int) -> str:
        kind = chance.randrange(5 if depth else 3)
        if kind == 0:
            return chance.choice(FORMS)
        words = " ".join(chance.choices(FORMS, k=chance.randint(2, 3)))
        if kind == 1:
            return f'"{words}"'
        if kind == 2:
            return f'"{words}"~{chance.randint(1, 4)}'
        if kind == 3:
            return f"({side(depth - 1)} OR {side(depth - 1)})"
        return f"({side(depth - 1)} NEAR/{chance.randint(0, 4)} {side(depth - 1)})"

    return f"{side(2)} NEAR/{chance.randint(0, 5)} {side(2)}" if chance.random() < 0.7 else side(0)


def matches(node: Node, text: list[str]) -> bool:
    return bool(stretches(node, text))


def stretches(node: Node, text: list[str]) -> set[tuple[int, int]]:
    """Give the first and the last place of each way to find a node, by trying all combinations."""
    match node:
        case Word():
            return {(at, at) for at, form in enumerate(text) if form == node.text}
        case Phrase():
            return set(_phrases(node, text))
        case Or():
            return {one for clause in node.clauses for one in stretches(clause, text)}
        case Near():
            pairs = itertools.product(stretches(node.left, text), stretches(node.right, text))
            return {
                (min(one[0], two[0]), max(one[1], two[1]))
                for one, two in pairs
                if 0 <= max(one[0], two[0]) - min(one[1], two[1]) - 1 <= node.distance and not _overlap(one, two)
            }
    pytest.fail(f"unexpected {node!r}")


def _overlap(one: tuple[int, int], two: tuple[int, int]) -> bool:
    return one[0] <= two[1] and two[0] <= one[1]


def _phrases(node: Phrase, text: list[str]) -> list[tuple[int, int]]:
    """A phrase is its words at places that follow each other; with a distance, in any order in a window so wide.

    Such a window begins with one of the words and reaches to its end even where the text does not.
    """
    wanted = node.text.split()
    everywhere = [[at for at, form in enumerate(text) if form == word] for word in wanted]
    found = []
    for places in itertools.product(*everywhere):
        if not node.distance and list(places) == list(range(places[0], places[0] + len(wanted))):
            found.append((places[0], places[-1]))
        size = len(wanted) + node.distance
        if node.distance and len(set(places)) == len(places) and max(places) - min(places) < size:
            starts = [
                at
                for at in range(max(places) - size + 1, min(places) + 1)
                if 0 <= at < len(text) and text[at] in wanted
            ]
            found += [(at, at + size - 1) for at in starts]
    return found
