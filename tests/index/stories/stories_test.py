import random
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from index.archive.archive import Archive, Entry
from index.packing import pack
from index.stories.keeping import Kept, Numbers
from index.stories.linking import Groups, link
from index.stories.sketches import SIZE, Shingles, Sketch, band_keys, jaccard, shingles, sketch, sketch_of
from index.stories.updating import link_stories
from index.types import Article, Tagged

WORDS = [f"word{number}" for number in range(3_000)]


def text(seed: int, words: int = 200) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) for _ in range(words))


def edited(whole: str, share: float, seed: int = 1) -> str:
    """Replace a share of the words, in one run of them."""
    words = whole.split()
    count = int(len(words) * share)
    start = random.Random(seed).randrange(len(words) - count + 1)
    return " ".join([*words[:start], *(f"new{seed}x{number}" for number in range(count)), *words[start + count :]])


def entry(article_id: str, content: str) -> Entry:
    article = Article(id=article_id, source="/a.txt", title="", text=content)
    return Entry(id=article_id, hash=b"h", packed=pack(Tagged(article=article, mentions=())))


class Shelf:
    """An archive whose stories are told after each change."""

    def __init__(self, path: Path) -> None:
        self.archive = Archive(path)

    def put(self, **texts: str) -> int:
        self.archive.put([entry(article_id, content) for article_id, content in texts.items()])
        return link_stories(self.archive)

    def remove(self, *ids: str) -> int:
        self.archive.remove(ids)
        return link_stories(self.archive)

    def stories(self) -> dict[str, str]:
        return {change.id: change.story for change in self.archive.changes(since=0) if change.packed}


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "archive.sqlite")


@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 0.6, 1.0])
def test_sketches_estimate_what_two_texts_share(share: float) -> None:
    errors = []
    for seed in range(20):
        one, other = shingles(text(seed)), shingles(edited(text(seed), share))
        errors.append((sketch(one) == sketch(other)).mean() - jaccard(one, other))
    assert abs(float(np.mean(errors))) < 0.03
    assert max(map(abs, errors)) < 5 * 0.5 / SIZE**0.5


def test_shingles_are_words_in_a_row_whatever_their_case_and_signs() -> None:
    assert len(shingles("one two three four")) == 2
    assert np.array_equal(shingles("One two, THREE four!"), shingles("one two three four"))
    assert jaccard(shingles("one two three four"), shingles("two one three four")) == 0
    assert len(shingles("short one")) == 1
    assert jaccard(shingles("short one"), shingles("one short")) == 0
    assert len(shingles(" … ")) == 0
    assert sketch_of("") == b""


def test_copies_have_the_first_of_them_as_their_story(shelf: Shelf) -> None:
    shelf.put(a=text(1), b=edited(text(1), 0.1), c=text(2), d="", e="...")
    assert shelf.stories() == {"a": "a", "b": "a", "c": "", "d": "", "e": ""}


def test_a_story_grows_as_copies_come_and_only_what_changed_is_told_again(shelf: Shelf) -> None:
    assert shelf.put(a=text(1), z=text(9)) == 0
    seen = shelf.archive.revision
    assert shelf.put(b=text(1)) == 2
    assert {change.id for change in shelf.archive.changes(since=seen)} == {"a", "b"}
    assert shelf.put(c=edited(text(1), 0.05)) == 1
    assert shelf.stories() == {"a": "a", "b": "a", "c": "a", "z": ""}
    revision = shelf.archive.revision
    assert link_stories(shelf.archive) == 0
    assert shelf.archive.revision == revision


def test_an_article_between_two_stories_makes_them_one(shelf: Shelf) -> None:
    halves = text(1, 150), text(2, 150)
    shelf.put(a=halves[0], b=halves[0], c=halves[1], d=halves[1])
    assert shelf.stories() == {"a": "a", "b": "a", "c": "c", "d": "c"}
    shelf.put(e=f"{halves[0]} {halves[1]}", f=f"{halves[0]} {halves[1]} and a word")
    stories = shelf.stories()
    shared = jaccard(shingles(halves[0]), shingles(f"{halves[0]} {halves[1]}"))
    assert stories["e"] == stories["f"]
    assert (stories["a"] == stories["c"]) == (shared >= 0.5)


def test_a_story_is_told_anew_when_its_first_article_goes_or_changes(shelf: Shelf) -> None:
    shelf.put(a=text(1), b=text(1), c=text(1))
    shelf.remove("a")
    assert shelf.stories() == {"b": "b", "c": "b"}
    shelf.put(b=text(2))
    assert shelf.stories() == {"b": "", "c": ""}
    shelf.put(a=text(1))
    assert shelf.stories() == {"a": "a", "b": "", "c": "a"}


def test_step_by_step_gives_the_stories_of_all_at_once(tmp_path: Path) -> None:
    chance = random.Random(4)
    texts = {f"{n:02}": edited(text(n // 4), chance.uniform(0, 0.5), seed=n) for n in range(40)}
    once, stepwise = Shelf(tmp_path / "once.sqlite"), Shelf(tmp_path / "stepwise.sqlite")
    once.put(**texts)
    for article_id, content in texts.items():
        stepwise.put(**{article_id: content})
    assert once.stories() == stepwise.stories()
    assert len(set(once.stories().values())) > 1


def notice(number: int, tail: str = "") -> str:
    """Write a notice of which half is the same for all towns."""
    return f"The council of town {number} voted on plan {number * 7} on Tuesday, Mayor Smith said in the hall.{tail}"


def compared(texts: list[str]) -> tuple[int, Groups]:
    """Link texts; give how many pairs were compared exactly."""
    found = [shingles(one) for one in texts]
    sketches = np.stack([sketch(one) for one in found])
    pairs = 0

    def shingles_of(numbers: Iterable[int]) -> dict[int, Shingles]:
        nonlocal pairs
        pairs += 1
        return {number: found[number] for number in numbers}

    def sketches_of(numbers: Iterable[int]) -> dict[int, Sketch]:
        return {number: sketches[number] for number in numbers}

    groups = Groups()
    everything = np.ones(len(texts), dtype=np.bool_)
    rows = np.arange(len(texts))
    link(rows, band_keys(sketches), everything, groups, sketches_of=sketches_of, shingles_of=shingles_of)
    return pairs, groups


def test_texts_of_one_template_are_compared_with_a_bounded_number_of_others() -> None:
    pairs, _ = compared([notice(number) for number in range(1_000)])
    assert 1_000 < pairs <= 16 * 1_000


def test_a_near_copy_is_found_among_a_thousand_of_its_template() -> None:
    texts = [notice(number) for number in range(1_000)] + [notice(number, " Really.") for number in range(0, 1_000, 50)]
    _, groups = compared(texts)
    assert all(groups.first(1_000 + place) == groups.first(place * 50) for place in range(20))


def test_linking_tells_how_far_it_is(shelf: Shelf) -> None:
    shelf.archive.put([entry(str(number), text(number)) for number in range(150)])
    told: list[tuple[int, int]] = []
    link_stories(shelf.archive, on_linked=lambda done, total: told.append((done, total)))
    assert told == [(100, 150), (150, 150)]


def test_what_is_kept_of_articles_is_bounded_and_what_was_used_last_stays() -> None:
    asked: list[int] = []

    def read(articles: Iterable[int]) -> Iterable[tuple[int, Numbers]]:
        for article in articles:
            asked.append(article)
            yield article, np.zeros(10, dtype=np.uint64)

    kept = Kept(read, size=200)
    for articles in ([1, 2], [1], [3], [1], [2]):
        assert kept.of(articles).keys() == set(articles)
    assert asked == [1, 2, 3, 2]
