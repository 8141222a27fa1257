"""On archives of hundreds of articles the array engine answers as the memory engine does, by each of its shorter ways.

What asks for no more than the best, their number, the facets or the dates is answered without the rest, and what was
asked before from what is kept: each plan is asked in all of these forms, and twice.
"""

import dataclasses
import itertools
import os
import random
from collections.abc import Iterator, Sequence

import pytest

from index.types import Article, Mention, PublicationDate, Quote, Tagged
from search.engines.arrays.parts import FEW
from search.engines.engine import FacetWish, Filters, Key, Plan, Window
from search.engines.memory import MemoryEngine
from search.query.parser import parse
from tests.conformance.engines_test import DATES, OUTLETS, PEOPLE, SEED, SETTINGS, WORDS, rounded, uncut, whoosh_of

QUESTIONS = int(os.environ.get("NEWSMORGUE_QUESTIONS", "60"))
"""Questions to each archive, each in eight forms and asked twice."""

SYLLABLES = ["ka", "res", "ton", "mi", "al", "por", "que", "sen", "ti", "os", "ned", "ba"]
ARCHIVES = {
    "one segment": (640, []),
    "four segments": (700, [500, 640, 685]),
    "few": (60, [30, 50]),
}
"""Articles of each archive, and where its commits are cut: the first two have words in more than `FEW` articles."""


class Maker:
    """Makes articles and questions of a vocabulary whose words are as unlike in frequency as those of a language."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        own = {"".join(self.chance.choices(SYLLABLES, k=self.chance.randint(1, 4))) for _ in range(400)}
        self.words = [*WORDS[:12], *sorted(own), *WORDS[12:]]
        self.weights = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(self.words))))
        self.people = [*PEOPLE, *(f"{one.title()} {two.title()}" for one, two in itertools.pairwise(sorted(own)[:60]))]

    def word(self) -> str:
        """Give a word as a text has it, or one that is rare or stands nowhere."""
        if self.chance.random() < 0.3:
            return self.chance.choice([*self.words, "nowhere"])
        [word] = self.chance.choices(self.words, cum_weights=self.weights)
        return word

    def text(self, size: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=size))

    def article(self, number: int) -> Tagged:
        chance = self.chance
        text = self.text(chance.choice([0, 12, 15, 15, 30, 30, 60]))
        if number % 97 == 5:  # counts that take more than half a byte, and more than one
            text += f" {self.words[3]}" * chance.choice([14, 15, 16, 254, 255, 256, 400])
        date = chance.choice([None, *DATES])
        precision = {4: "year", 7: "month", 10: "day", 16: "minute"}[len(date)] if date else "day"
        names = [("person", name) for name in chance.sample(self.people, k=chance.choice([0, 0, 1, 2, 4]))]
        names += [("outlet", name) for name in chance.sample(OUTLETS, k=chance.randint(0, 2))]
        return Tagged(
            article=Article(
                id=f"{chance.randrange(2**40):011x}{number:05x}",
                source="test",
                title=self.text(chance.randint(0, 8)),
                text=text,
                publisher=chance.choice([None, *OUTLETS]),
                published=PublicationDate(value=date, precision=precision, origin="page") if date else None,
            ),
            mentions=tuple(
                Mention(
                    kind=kind,
                    value=name,
                    surface="",
                    field="text",
                    start=0,
                    end=0,
                    via="test",
                    role="cited" if kind == "outlet" else "named",
                )
                for kind, name in names
            ),
            story=chance.choice(["", "", "", f"{chance.randint(1, 40):016x}"]),
            quotes=(Quote(spans=((0, len(text)),), speaker=chance.choice([None, *PEOPLE]), via="test"),)
            if text and chance.random() < 0.2
            else (),
        )

    def clause(self) -> str:
        chance, word, other = self.chance, self.word(), self.word()
        return chance.choice(
            [
                *[word] * 4,
                f'"{word}"',
                f"title:{word}",
                f'"{word} {other}"',
                f'"{self.words[0]} {self.words[1]}"',
                f'"{word} {other}"~3',
                f"{word[:2]}*",
                f"{word[:3]}*{word[-1:]}",
                f"{word}~1",
                f"={word.title()}",
                f"{word} NEAR/3 {other}",
                f"said:{word}",
                f'person:"{chance.choice(self.people)}"',
                f"by:{chance.choice(['harris', 'joe', 'kamala'])}",
                f"publisher:{chance.choice(['cnn', 'fox'])}",
                f"date:{chance.choice(DATES[:4])}",
            ]
        )

    def question(self) -> str:
        shape = self.chance.choice(["{}", "{}", "{}", "{} {}", "{} OR {} OR {}", "{} -{}", "({} OR {}) {}"])
        return shape.format(*(self.clause() for _ in range(shape.count("{}"))))

    def filters(self) -> Filters:
        chance = self.chance
        if chance.random() < 0.6:
            return Filters()
        return Filters(
            person=tuple(chance.sample(self.people, k=chance.choice([0, 1, 2]))),
            publisher=tuple(chance.sample(OUTLETS, k=chance.choice([0, 0, 1]))),
            not_outlet=tuple(chance.sample(OUTLETS, k=chance.choice([0, 0, 1]))),
            person_mode=chance.choice(["all", "any"]),
            undated=chance.choice(["include", "include", "exclude", "only"]),
        )


FACETS = tuple(FacetWish(field=field, size=4) for field in ("person", "outlet", "publisher", "speaker"))


def forms_of(plan: Plan, chance: random.Random) -> Iterator[Plan]:
    """Give a plan for the best alone, their number alone, facets alone, dates alone, and all at once."""
    size = chance.choice([1, 3, 10, 50])
    for facets, dates in itertools.product(((), FACETS), (False, True)):
        for window in (Window(size=size), Window(size=0)):
            yield dataclasses.replace(plan, window=window, facets=facets, dates=dates)


@pytest.mark.parametrize("name", ARCHIVES)
def test_each_way_to_an_answer_gives_what_the_memory_engine_gives(name: str) -> None:
    many, cuts = ARCHIVES[name]
    maker = Maker(SEED)
    articles = [maker.article(number) for number in range(many)]
    oracle = MemoryEngine(articles, SETTINGS, rounded=rounded)
    most = 0
    with whoosh_of(articles, cuts) as engine:
        for number in range(QUESTIONS if many <= FEW else QUESTIONS // 4):
            filters, question = (maker.filters(), maker.question()) if number else (Filters(), maker.words[0])
            plan = Plan(tree=parse(question, SETTINGS).tree, filters=filters, window=Window(size=1))
            whole = dataclasses.replace(plan, window=Window(size=many), facets=FACETS, dates=True)
            expected = oracle.run(whole)
            most = max(most, expected.total)
            for form in (*forms_of(plan, maker.chance), whole):
                wanted = dataclasses.replace(
                    expected,
                    rows=expected.rows[: form.window.size],
                    facets=expected.facets if form.facets else (),
                    dates=expected.dates if form.dates else type(expected.dates)(),
                )
                for _ in range(2):
                    assert uncut(engine.run(form)) == wanted, (question, filters, form, f"NEWSMORGUE_SEED={SEED}")
            grouped = dataclasses.replace(
                plan, group="story", copies=1, sort=maker.chance.choice(["relevance", "newest", "oldest"])
            )
            if number % 3 == 0:
                for sort, window in _elsewhere(expected.rows, maker.chance):
                    there = dataclasses.replace(grouped, group="none", sort=sort, window=window)
                    assert uncut(engine.run(there)) == uncut(oracle.run(there)), (question, filters, there)
                assert uncut(engine.run(grouped)) == uncut(oracle.run(grouped)), (question, filters)
    assert most > FEW or many <= FEW


def _elsewhere(rows: Sequence[Key], chance: random.Random) -> Iterator[tuple[str, Window]]:
    """Give other orders of the hits, and windows behind and before one of them."""
    for sort in ("newest", "oldest"):
        yield sort, Window(size=chance.choice([3, 20]))
    if rows:
        mark = chance.choice(rows)
        yield "relevance", Window(size=7, key=mark, side=chance.choice(["after", "before", "until"]))
