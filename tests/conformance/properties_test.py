"""What must hold of any question over any archive, asked as users ask."""

import itertools
import os
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.engines.values import values_of
from index.settings import Settings
from index.types import Article, Mention, PublicationDate, Tagged
from search.answer import Answer
from search.request import NONE, SearchRequest
from search.searcher import Searcher
from tests.archives import commit_articles

SETTINGS = Settings(keep_generations=3, copies_shown=100)
QUESTIONS = int(os.environ.get("NEWSMORGUE_QUESTIONS", "60"))
SEED = int(os.environ.get("NEWSMORGUE_SEED", str(random.SystemRandom().randrange(2**32))))
ARTICLES = 80
WORDS = ["oak", "elms", "elm", "ash", "fir-tree", "firtree", "Yew", "García", "the", "U.S."]
PEOPLE = ["Ada Elm", "Bo Ash", "José García"]
OUTLETS = ["CNN", "USA Today"]
STORIES = [f"{number:016x}" for number in range(8)]
DATES = [None, "2020", "2021-11", "2021-11-05", "2021-12-03", "2021-12-04"]


def article(number: int, chance: random.Random) -> Tagged:
    def mention(kind: str, value: str) -> Mention:
        role = "cited" if kind == "outlet" else "named"
        return Mention(kind=kind, value=value, surface="", field="text", start=0, end=0, via="test", role=role)  # type: ignore[arg-type]

    date = chance.choice(DATES)
    precision = {4: "year", 7: "month", 10: "day"}
    return Tagged(
        article=Article(
            id=f"{chance.randrange(2**40) << 16 | number:016x}",
            source="test",
            title=" ".join(chance.choices(WORDS, k=3)),
            text=" ".join(chance.choices(WORDS, k=chance.randint(0, 12))),
            publisher=chance.choice([None, *OUTLETS]),
            published=PublicationDate(value=date, precision=precision[len(date)], origin="page") if date else None,  # type: ignore[arg-type]
        ),
        mentions=tuple(
            mention(kind, value)
            for kind, values in (("person", PEOPLE), ("outlet", OUTLETS))
            for value in chance.sample(values, k=chance.randint(0, 2))
        ),
        story=chance.choice(["", "", *STORIES]),
    )


class Asked:
    """An archive of random articles, and random questions."""

    def __init__(self, data_dir: Path) -> None:
        self.chance = random.Random(SEED)
        self.data_dir = data_dir
        self.articles = [article(number, self.chance) for number in range(ARTICLES)]
        commit_articles(data_dir, self.articles, settings=SETTINGS, keep=3)
        self.searcher = Searcher(data_dir, SETTINGS)

    def ids(self, request: SearchRequest) -> list[str]:
        return [hit.tagged.article.id for hit in self.searcher.ask(request).hits]

    def all(self, query: str) -> set[str]:
        return set(self.ids(SearchRequest(q=query, size=100, facets=())))

    def clause(self) -> str:
        one, two = self.chance.choices(WORDS, k=2)
        names = [f'person:"{self.chance.choice(PEOPLE)}"', "outlet:cnn", "date:2021", "title:elm", "-ash", "el*"]
        return self.chance.choice([one, f'"{one} {two}"', f"{one} NEAR/2 {two}", f"={one}", *names])

    def request(self, **more: object) -> SearchRequest:
        clauses = " ".join(self.clause() for _ in range(self.chance.randint(0, 2)))
        values: dict[str, object] = {"q": clauses, "sort": self.chance.choice(["relevance", "newest", "oldest"])}
        for field, known in (("person", PEOPLE), ("outlet", OUTLETS), ("publisher", OUTLETS), ("not_person", PEOPLE)):
            if self.chance.random() < 0.2:
                values[field] = (self.chance.choice(known),)
        if self.chance.random() < 0.3:
            values["outlet_mode"] = "all"
        if self.chance.random() < 0.4:
            values["group"] = "story"
        return SearchRequest(**(values | more))  # type: ignore[arg-type]

    def filtered(self) -> SearchRequest:
        """Give a request with several values chosen and excluded, (none) and unknown ones too, in either mode."""
        values: dict[str, object] = {"person_mode": self.chance.choice(["all", "any"]), "size": 100}
        for field, known in (("person", PEOPLE), ("outlet", OUTLETS), ("publisher", OUTLETS)):
            chosen = self.chance.sample([*known, NONE, "Nobody"], k=self.chance.choice([0, 0, 1, 2, 3]))
            values[field] = tuple(chosen)
        for field, known in (("not_person", PEOPLE), ("not_outlet", OUTLETS)):
            values[field] = tuple(self.chance.sample([*known, NONE], k=self.chance.choice([0, 0, 0, 1])))
        return self.request(**values)

    def having(self, request: SearchRequest, field: str, value: str) -> int:
        """Count the hits that have a value."""
        hits = self.searcher.ask(replace(request, group="none")).hits
        facts = [values_of(hit.tagged) for hit in hits]
        own: list[tuple[str, ...]]
        if field == "publisher":
            own = [(one.publisher,) if one.publisher else () for one in facts]
        else:
            own = [one.person if field == "person" else one.outlet for one in facts]
        having = [not values if value == NONE else value in values for values in own]
        if request.group == "none":
            return sum(having)
        told = (hit.shown.story or f"alone {hit.article.id}" for hit in hits)
        return len(set(itertools.compress(told, having)))


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    found = Asked(tmp_path_factory.mktemp("properties"))
    yield found
    found.searcher.close()


def test_what_is_excluded_is_not_found(asked: Asked) -> None:
    for _ in range(QUESTIONS):
        one, two = asked.clause(), asked.clause()
        assert not asked.all(f"{one} -({two})") & asked.all(two), f"{one} | {two} (NEWSMORGUE_SEED={SEED})"


def test_or_finds_the_union_and_and_the_intersection(asked: Asked) -> None:
    for _ in range(QUESTIONS):
        one, two = asked.clause(), asked.clause()
        assert asked.all(f"({one}) OR ({two})") == asked.all(one) | asked.all(two), f"{one} | {two} ({SEED})"
        assert asked.all(f"({one}) ({two})") == asked.all(one) & asked.all(two), f"{one} | {two} ({SEED})"


def test_the_count_on_a_value_is_what_choosing_it_too_finds(asked: Asked) -> None:
    for _ in range(QUESTIONS // 4):
        request = asked.filtered()
        answer = asked.searcher.ask(request)
        for facet in answer.facets:
            chosen: tuple[str, ...] = getattr(request, facet.field)
            counts = [(one.value, one.count, one.selected) for one in facet.values]
            assert {value for value, _, selected in counts if selected} == {*chosen} - {NONE}
            for value, count, selected in [*counts, (NONE, facet.none, NONE in chosen)]:
                if selected:
                    expected = asked.having(request, facet.field, value)
                else:
                    expected = asked.searcher.ask(replace(request, **{facet.field: (*chosen, value)})).total  # type: ignore[arg-type]
                assert count == expected, f"{request} {value} ({SEED})"


def test_a_bar_counts_what_its_days_find(asked: Asked) -> None:
    for _ in range(QUESTIONS // 4):
        request = asked.request()
        drawn = asked.searcher.ask(request).timeline
        assert drawn is not None
        for bar in drawn.buckets:
            within = replace(request, from_=bar.start, to=bar.end)
            assert asked.searcher.ask(within).total == bar.count, f"{within} ({SEED})"
        assert asked.searcher.ask(replace(request, undated="only")).total == drawn.undated, f"{request} ({SEED})"


def test_hits_of_stories_and_their_copies_are_the_articles(asked: Asked) -> None:
    by_id = {one.article.id: one for one in asked.articles}
    for _ in range(QUESTIONS):
        request = asked.request(group="story", size=100)
        answer = asked.searcher.ask(request)
        alone = asked.searcher.ask(replace(request, group="none"))
        told = {hit.article.id: [one.id for one in hit.copies.articles] for hit in answer.hits if hit.copies}
        assert (answer.total, answer.articles) == (len(told), alone.total), f"{request} ({SEED})"
        assert sorted([*told, *(one for copies in told.values() for one in copies)]) == sorted(
            hit.article.id for hit in alone.hits
        )
        for first, copies in told.items():
            assert {by_id[one].story for one in copies} <= {by_id[first].story} - {""}


def test_the_bars_the_coarse_and_the_undated_make_the_total(asked: Asked) -> None:
    for _ in range(QUESTIONS):
        answer = asked.searcher.ask(asked.request(group="none"))
        drawn = answer.timeline
        assert drawn is not None
        assert sum(bar.count for bar in drawn.buckets) + drawn.coarse + drawn.undated == answer.total


def walk(asked: Asked, request: SearchRequest, between: Iterator[None]) -> tuple[list[str], Answer]:
    answer = asked.searcher.ask(request)
    found = [hit.tagged.article.id for hit in answer.hits]
    while answer.next:
        next(between)
        answer = asked.searcher.ask(replace(request, cursor=answer.next))
        found += [hit.tagged.article.id for hit in answer.hits]
    return found, answer


def test_walking_finds_what_one_big_page_does(asked: Asked) -> None:
    for _ in range(QUESTIONS // 2):
        request = asked.request(size=asked.chance.randint(1, 9))
        page = asked.ids(replace(request, size=100))
        assert walk(asked, request, itertools.repeat(None))[0] == page, f"{request} ({SEED})"


def test_walking_loses_and_repeats_nothing_while_generations_arrive(tmp_path: Path) -> None:
    asked = Asked(tmp_path)
    removed = iter(asked.articles)

    def arrive() -> Iterator[None]:
        for number in itertools.count(ARTICLES):
            commit_articles(
                tmp_path,
                [article(number, asked.chance)],
                removed=(next(removed).article.id,),
                settings=SETTINGS,
                keep=3,
            )
            yield

    for sort in ("relevance", "newest", "oldest"):
        question = SearchRequest(q="oak OR elm OR the", sort=sort, facets=())
        page = asked.ids(replace(question, size=100))
        found, last = walk(asked, replace(question, size=9), arrive())
        assert found == page, f"{sort} ({SEED})"
        assert last.generation != asked.searcher.generation()
    asked.searcher.close()
