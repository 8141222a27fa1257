"""Every engine answers as the memory engine does, on random archives and random questions."""

import dataclasses
import itertools
import os
import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, given, note, seed, settings
from hypothesis import strategies as st
from whoosh.util.numeric import byte_to_length, length_to_byte

from index.days import iso_span
from index.engines.whoosh import WhooshWriter
from index.settings import Settings
from index.types import Article, Mention, PublicationDate, Quote, Tagged
from search.engines.engine import Engine, FacetWish, Filters, Key, Outcome, Plan, Window
from search.engines.memory import MemoryEngine
from search.engines.whoosh import open_whoosh
from search.query.parser import parse
from search.request import NONE

SETTINGS = Settings()
PAIRS = int(os.environ.get("NEWSMORGUE_PAIRS", "2000"))
"""Pairs of an archive and a request that are tried."""

SEED = int(os.environ.get("NEWSMORGUE_SEED", str(random.SystemRandom().randrange(2**32))))
"""What the tries follow from; a failure shows it."""

REQUESTS = 25
"""Requests to each archive."""

WORDS = [
    *("white", "house", "House", "houses", "new", "york", "resign", "resigned", "resigning", "dying", "die"),
    *("e-mail", "email", "vice-president", "vice", "president", "COVID-19", "covid", "19", "U.S.", "O'Brien", "Obrien"),
    *("García", "Garcia", "the", "a", "Biden's", "Harris", "Kamala", "习近平", "#MeToo", "me", "too", "AT&T", "1,000"),
]
PEOPLE = ["Kamala Harris", "Harris", "Joe Biden", "joe biden", "José García", "Conan O'Brien", "習近平"]
OUTLETS = ["CNN", "USA Today", "Fox News"]
DATES = ["2021", "2021-11", "2021-11-05", "2021-11-20", "2021-12-03T09:30", "1903-12-17", "2020-02"]

STORIES = ["", "", f"{1:016x}", f"{2:016x}"]

TEXTS = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)


@st.composite
def archives(draw: st.DrawFn) -> list[Tagged]:
    articles = []
    for number in range(draw(st.integers(1, 7))):
        text = draw(TEXTS)
        date = draw(st.none() | st.sampled_from(DATES))
        precision = {4: "year", 7: "month", 10: "day", 16: "minute"}[len(date)] if date else "day"
        published = PublicationDate(value=date, precision=precision, origin="page") if date else None
        names = [("person", name) for name in draw(st.lists(st.sampled_from(PEOPLE), unique=True, max_size=3))]
        names += [("outlet", name) for name in draw(st.lists(st.sampled_from(OUTLETS), unique=True, max_size=2))]
        mentions = tuple(
            Mention(kind=kind, value=name, surface="", field="text", start=0, end=0, via="test", role=role)
            for kind, name in names
            for role in ["cited" if kind == "outlet" else "named"]
        )
        article = Article(
            id=f"{draw(st.integers(0, 2**16)) * 100 + number:016x}",
            source="test",
            title=draw(TEXTS),
            text=text,
            publisher=draw(st.none() | st.sampled_from(OUTLETS)),
            published=published,
        )
        story = draw(st.sampled_from(STORIES))
        articles.append(Tagged(article=article, mentions=mentions, story=story, quotes=draw(quotes_of(text))))
    return articles


@st.composite
def quotes_of(draw: st.DrawFn, text: str) -> tuple[Quote, ...]:
    """Quote some words of a text: now and then one quotation stands in two places."""
    ends = [place for place, sign in enumerate(text + " ") if sign == " "] if text else []
    starts = [0, *(end + 1 for end in ends)]
    cuts = sorted(draw(st.lists(st.integers(0, len(ends)), max_size=8, unique=True)))
    spans = [(starts[low], ends[high - 1]) for low, high in zip(cuts[::2], cuts[1::2], strict=False)]
    found = []
    while spans:
        size = draw(st.integers(1, 2))
        own, spans = spans[:size], spans[size:]
        found.append(Quote(spans=tuple(own), speaker=draw(st.none() | st.sampled_from(PEOPLE)), via="test"))
    return tuple(found)


CLAUSES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS).map(lambda word: f"title:{word}"),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"'),
    st.builds(
        lambda words, n: f'"{" ".join(words)}"~{n}', st.lists(st.sampled_from(WORDS), max_size=3), st.integers(0, 4)
    ),
    st.sampled_from(["res*", "hou*", "h?use", "pres*t", "covid*", "garc*", "text:em*"]),
    st.sampled_from(["hose~1", "garcai~1", "biden~", "die~1"]),
    st.sampled_from(["=House", "=García", '="vice-president"', "=garcia"]),
    st.builds(
        lambda one, n, two: f"{one} NEAR/{n} {two}",
        st.sampled_from([*WORDS, '"new york"', "(resign OR house)", "res*", "(e-mail OR me)", "title:house"]),
        st.integers(0, 4),
        st.sampled_from([*WORDS, '"white house"', "(a NEAR/1 the)", "hose~1"]),
    ),
    st.sampled_from(
        ["by:harris", 'by:"kamala harris"', "by:joe", f'by:"{NONE}"', "said:(e-mail OR die)", "said:nothing"]
    ),
    st.builds(
        lambda words, n, who: f'said:"{" ".join(words)}"{n}{who}',
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
        st.sampled_from(["", "", "~1", "~3"]),
        st.sampled_from(["", "", " by:harris", ' by:"Joe Biden"', " (by:joe OR by:harris)", " by:joe by:kamala"]),
    ),
    st.builds(
        lambda one, n, two: f"said:{one} NEAR/{n} said:({two})",
        st.sampled_from([*WORDS, '"new york"', "res*", '"the a house"~2']),
        st.integers(0, 4),
        st.sampled_from([*WORDS, "white OR the", "a NEAR/1 the", "hose~1", '"a me"~3', "hou*"]),
    ),
    st.sampled_from(["person:harris", 'person:"kamala harris"', 'person:"Joe Biden"', "outlet:cnn", "publisher:fox"]),
    st.sampled_from(["person:obrien", "person:習近平", 'person:"nobody here"', f'person:"{NONE}"', "person:garcia"]),
    st.sampled_from(["date:2021", "date:2021-11", "date:2021-11-05..2021-12", "before:2021-12", "after:2020"]),
)
QUERIES = st.recursive(
    CLAUSES,
    lambda inner: st.one_of(
        st.builds(lambda one, two: f"({one} {two})", inner, inner),
        st.builds(lambda one, two: f"({one} OR {two})", inner, inner),
        st.builds(lambda one: f"-({one})", inner),
    ),
    max_leaves=5,
) | st.just("")


def some(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


DAYS = st.none() | st.sampled_from([day for date in DATES for day in iso_span(date)])
FILTERS = st.builds(
    Filters,
    person=some([*PEOPLE, "harris", "JOE BIDEN", "kamala", "jo", "biden", NONE]),
    outlet=some([*OUTLETS, "cnn", "news", NONE]),
    publisher=some([*OUTLETS, "fox", NONE]),
    not_person=some([*PEOPLE, NONE]),
    not_outlet=some([*OUTLETS, "today"]),
    person_mode=st.sampled_from(["all", "any"]),
    outlet_mode=st.sampled_from(["all", "any"]),
    first=DAYS,
    last=DAYS,
    undated=st.sampled_from(["include", "include", "exclude", "only"]),
)
PLANS = st.builds(
    Plan,
    tree=QUERIES.map(lambda query: parse(query, SETTINGS).tree),
    filters=st.just(Filters()) | FILTERS,
    sort=st.sampled_from(["relevance", "newest", "oldest"]),
    group=st.sampled_from(["none", "story"]),
    copies=st.integers(0, 2),
    window=st.builds(Window, size=st.integers(1, 4)),
    facets=st.builds(
        lambda size, text: tuple(
            FacetWish(field=f, size=size, containing=text) for f in ("person", "speaker", "outlet", "publisher")
        ),
        st.integers(1, 5),
        st.sampled_from(["", "", "ha", "joe b", "o'br"]),
    ),
    dates=st.just(True),
)


@contextmanager
def whoosh_of(articles: list[Tagged], cuts: list[int]) -> Iterator[Engine]:
    """Index articles in several commits, with others that are removed again."""
    bounds = [0, *sorted(cut % (len(articles) + 1) for cut in cuts), len(articles)]
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        writer = WhooshWriter(SETTINGS)
        for number, (low, high) in enumerate(itertools.pairwise(bounds)):
            ghost = dataclasses.replace(articles[0].article, id=f"ff{number:014x}")
            gone = [f"ff{number - 1:014x}"] if number else []
            writer.write(directory, removed=gone, added=[*articles[low:high], Tagged(article=ghost, mentions=())])
        writer.write(directory, removed=[f"ff{len(bounds) - 2:014x}"], added=[])
        engine = open_whoosh(directory, SETTINGS)
        try:
            yield engine
        finally:
            engine.close()


def rounded(length: int) -> float:
    return float(byte_to_length(length_to_byte(length))) if length else 0.0


def uncut(outcome: Outcome) -> Outcome:
    return dataclasses.replace(outcome, cuts=())


@seed(SEED)
@settings(
    max_examples=-(-PAIRS // REQUESTS),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(
    archives(),
    st.lists(st.integers(0, 10), max_size=2),
    st.lists(PLANS, min_size=REQUESTS, max_size=REQUESTS),
)
def test_whoosh_answers_as_the_memory_engine_does(articles: list[Tagged], cuts: list[int], plans: list[Plan]) -> None:
    note(f"NEWSMORGUE_SEED={SEED}")
    articles = list({one.article.id: one for one in articles}.values())
    oracle = MemoryEngine(articles, SETTINGS, rounded=rounded)
    with whoosh_of(articles, cuts) as engine:
        assert engine.dates() == oracle.dates()
        for one in articles:
            assert engine.copies(one.article.id) == oracle.copies(one.article.id)
            [shown] = engine.show([one.article.id])
            assert shown is not None
            assert shown.story == one.story
        for prefix in ("", "res", "习"):
            assert [form for form, _ in engine.forms(prefix)] == [form for form, _ in oracle.forms(prefix)]
        for plan in plans:
            found, expected = engine.run(plan), oracle.run(plan)
            assert uncut(found) == uncut(expected), str(plan.tree)
            for side in ("after", "before", "until"):
                mark = expected.rows[-1] if expected.rows else Key(score=1.0, day=1, id="8" * 16)
                window = Window(size=2, key=mark, side=side)
                there = dataclasses.replace(plan, window=window)
                assert uncut(engine.run(there)) == uncut(oracle.run(there)), (str(plan.tree), side)
