"""What a batch or a merge writes is what was in the articles, told by a count of their words one by one."""

import dataclasses
from collections import Counter, defaultdict
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.engines.arrays import inverting, texts
from index.engines.arrays.batch import Batch, Means
from index.engines.arrays.file import ArrayFile
from index.engines.arrays.merging import Part, merge
from index.engines.arrays.segment import Segment
from index.engines.whoosh_fields import LENGTHS
from index.errors import CorruptError
from index.types import Article, Mention, PublicationDate, Quote, Tagged
from index.words import stems, words

WORDS = ["oak", "oaks", "Oak", "fir-tree", "the", "García", "习近平", "1,000", "\ud800"]
PEOPLE = ["Ada Elm", "José García", "Bo"]

_counter = iter(range(10**9))


def tagged(number: int, title: str, text: str, people: list[str], *, date: str | None = None) -> Tagged:
    mentions = tuple(
        Mention(kind="person", value=name, surface=text[:1], field="text", start=0, end=len(text[:1]), via="test")
        for name in people
    )
    published = PublicationDate(value=date, precision="day", origin="page", certain=False) if date else None
    article = Article(
        id=f"{number:x}", source=f"s{number}", title=title, text=text, url="u", publisher="CNN", published=published
    )
    quotes = tuple(Quote(spans=((0, 1), (2, 3)), speaker=name, cue="said", via="test") for name in people[:1])
    return Tagged(article=article, mentions=mentions, quotes=quotes)


@st.composite
def archives(draw: st.DrawFn) -> list[Tagged]:
    text = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
    return [
        tagged(
            number * 7919 % 97,
            draw(text),
            draw(text),
            draw(st.lists(st.sampled_from(PEOPLE), max_size=4)),
            date=draw(st.sampled_from([None, "2021-12-03"])),
        )
        for number in range(draw(st.integers(1, 6)))
    ]


def written(path: Path, articles: list[Tagged], means: Means | None = None) -> Segment:
    batch = Batch(means or Means(LENGTHS))
    for article in articles:
        batch.add(article)
    with ArrayFile(path) as file:
        batch.write(file)
    return Segment(path)


def check(segment: Segment, articles: list[Tagged]) -> None:
    assert [segment.tagged(number) for number in range(segment.size)] == articles
    for number, one in enumerate(articles):
        assert segment.find(one.article.id) == [number]
        counts = Counter(mention.value for mention in one.mentions)
        assert segment.values("person", number) == list(counts.items())
    for field in ("title", "text"):
        forms: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        roots: dict[str, Counter[int]] = defaultdict(Counter)
        for number, one in enumerate(articles):
            for word in words(getattr(one.article, field)):
                forms[word.form][number].append(word.position)
            for root in stems(getattr(one.article, field)):
                roots[root][number] += 1
        assert read(segment, field) == {form: dict(places) for form, places in forms.items()}
        counted = {root: dict(counts) for root, counts in roots.items()}
        assert {
            root: {article: len(places) for article, places in found.items()}
            for root, found in read(segment, f"{field}_stems").items()
        } == counted
        assert segment.total(f"{field}_stems") == sum(sum(one.values()) for one in counted.values())


def read(segment: Segment, field: str) -> dict[str, dict[int, list[int]]]:
    terms = segment.fields[field]
    found = {}
    names = terms.terms()
    assert names == sorted(names)
    for number, name in enumerate(names):
        assert terms.find(name) == number
        assert terms.prefixed(name)[0] == number
        articles, times = terms.articles(number, number + 1).tolist(), terms.times(number, number + 1).tolist()
        assert articles == sorted(articles)
        flat = terms.positions(number, number + 1).tolist() if terms.placed else [0] * sum(times)
        ends = np.cumsum(times).tolist()
        found[name.decode()] = {
            article: flat[end - count : end] for article, count, end in zip(articles, times, ends, strict=True)
        }
        if terms.placed:
            assert number in terms.ending(name.decode()[-2:]).tolist()
            assert terms.occurrences(number) == sum(times)
    if names:
        numbers = np.arange(0, len(names), 2)
        articles, times, counts = terms.gather(numbers)
        parts = [(terms.articles(one, one + 1), terms.times(one, one + 1)) for one in numbers.tolist()]
        assert articles.tolist() == [article for part, _ in parts for article in part.tolist()]
        assert times.tolist() == [count for _, part in parts for count in part.tolist()]
        assert counts.tolist() == [len(part) for part, _ in parts]
        assert terms.articles(0, len(names)).tolist() == [
            article for one in range(len(names)) for article in terms.articles(one, one + 1).tolist()
        ]
    return found


QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(archives(), st.sampled_from([1, 7, 2**18]))
def test_a_batch_becomes_a_segment(tmp_path: Path, articles: list[Tagged], portion: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inverting, "PORTION", portion)
        check(written(tmp_path / str(next(_counter)), articles), articles)


@QUICK
@given(archives(), archives(), st.lists(st.booleans(), min_size=12, max_size=12), st.sampled_from([100, 2**20]))
def test_merging_keeps_what_was_not_removed(
    tmp_path: Path, first: list[Tagged], second: list[Tagged], gone: list[bool], memory: int
) -> None:
    second = [
        dataclasses.replace(one, article=dataclasses.replace(one.article, id=f"b{one.article.id}")) for one in second
    ]
    means, parts, left = Means(LENGTHS), [], []
    for articles, removed in ((first, gone), (second, gone[6:])):
        live = ~np.array(removed[: len(articles)])
        parts.append(Part(written(tmp_path / str(next(_counter)), articles, means), live))
        left += [one for one, there in zip(articles, live.tolist(), strict=True) if there]
    path = tmp_path / str(next(_counter))
    with ArrayFile(path) as file:
        merge(file, parts, memory=memory)
    check(Segment(path), left)


def test_long_texts_and_high_counts_come_back(tmp_path: Path) -> None:
    long = "oak " * 300 + "elm ash " * 35_000 + "oak"
    articles = [tagged(1, "", long, []), tagged(2, "oak " * 20, "oak", [])]
    segment = written(tmp_path / "a", articles)
    check(segment, articles)
    oak = segment.fields["text"].find(b"oak")
    assert segment.fields["text"].times(oak, oak + 1, np.uint8).tolist() == [255, 1]
    with ArrayFile(tmp_path / "b") as file:
        merge(file, [Part(segment, np.array([True, True]))], memory=2**20)
    check(Segment(tmp_path / "b"), articles)


def test_texts_share_a_dictionary_that_moves_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "SAMPLES", 50)
    articles = [
        tagged(number, f"Report {number}", f"The council of ward {number} met; it spoke of oak {number * 31}. " * 4, [])
        for number in range(200)
    ]
    means = Means(LENGTHS)
    segments = [written(tmp_path / "a", articles[:100], means), written(tmp_path / "b", articles[100:])]
    assert all(len(segment.array("text.dictionaries")) for segment in segments)
    with ArrayFile(tmp_path / "c") as file:
        merge(file, [Part(segment, np.ones(100, dtype=np.bool_)) for segment in segments], memory=2**20)
    merged = Segment(tmp_path / "c")
    assert merged.array("text.dictionary_from").tolist() == [0, 100]
    check(merged, articles)


@pytest.mark.parametrize("column", ["text", "facts", "mentions"])
def test_a_damaged_text_is_corrupt(tmp_path: Path, column: Literal["text", "facts", "mentions"]) -> None:
    segment = written(tmp_path / "a", [tagged(1, "Title", "The text of an article. " * 9, ["Ada Elm"])])
    data = bytearray((tmp_path / "a").read_bytes())
    place = bytes(data).index(segment.array(f"{column}.data").tobytes())
    data[place] ^= 0xFF
    (tmp_path / "b").write_bytes(data)
    with pytest.raises(CorruptError, match="cannot be read"):
        Segment(tmp_path / "b").tagged(0)
