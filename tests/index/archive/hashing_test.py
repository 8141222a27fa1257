import dataclasses

import pytest

from index.archive.hashing import content_hash
from index.types import Article, PublicationDate

DAY = PublicationDate(value="2021-12-03", precision="day", origin="text")
ARTICLE = Article(id="a", source="/a.txt", title="Title", text="Text.", published=DAY)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Other"},
        {"text": "Text. "},
        {"url": "https://example.org/"},
        {"byline": "Ann Lee"},
        {"publisher": "CNN"},
        {"language": "en"},
        {"published": None},
        {"published": dataclasses.replace(DAY, value="2021-12-04")},
    ],
)
def test_every_part_of_the_content_changes_the_hash(change: dict[str, object]) -> None:
    other = dataclasses.replace(ARTICLE, **change)
    assert content_hash(other, tagger="1") != content_hash(ARTICLE, tagger="1")


def test_the_place_where_an_article_was_found_does_not() -> None:
    moved = dataclasses.replace(ARTICLE, source="/elsewhere.jsonl:7")
    assert content_hash(moved, tagger="1") == content_hash(ARTICLE, tagger="1")


def test_a_newer_tagger_changes_the_hash() -> None:
    assert content_hash(ARTICLE, tagger="2") != content_hash(ARTICLE, tagger="1")


def test_text_that_is_no_unicode_has_a_hash() -> None:
    assert content_hash(dataclasses.replace(ARTICLE, text="\ud800"), tagger="1")
