"""The names of somebody, each with its number of articles and why it is the same."""

from pathlib import Path

import pytest

from index.archive.archive import Archive, Entry
from index.authority.log import append
from index.authority.types import Correction
from index.packing import pack
from index.pipeline.updating import update
from index.settings import Settings
from index.store.commit import prepare
from index.store.lock import WriterLock
from index.types import Article, Mention, Tagged
from search.searcher import Searcher
from search.variants import variants


def tagged(number: int, *people: str, said: str = "") -> Tagged:
    text, mentions = said, []
    for name in people:
        text += ". " if text else ""
        at = len(text)
        text += name
        mentions.append(
            Mention(kind="person", value=name, surface=name, field="text", start=at, end=len(text), via="t")
        )
    article = Article(id=f"{number:016x}", source="t", title=f"Title {number}", text=text)
    return Tagged(article=article, mentions=tuple(mentions))


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher:
    settings = Settings(data_dir=tmp_path / "data")
    prepare(settings.data_dir)
    usual = [tagged(number, "Lena Quillon", "Bob Ray") for number in range(10, 15)]
    articles = [*usual, tagged(20, "Lena M. Quillon", "Bob Ray"), tagged(21, "Quillon", "Bob Ray"), tagged(22, "Ann")]
    with WriterLock(settings.data_dir) as lock, Archive(settings.data_dir / "archive.sqlite") as archive:
        archive.put([Entry(id=one.article.id, hash=b"1", packed=pack(one)) for one in articles])
        update(archive, lock, settings)
    return Searcher(settings.data_dir, settings)


def test_names_come_with_their_articles_and_why_they_are_the_same(searcher: Searcher) -> None:
    found = {one.name: one for one in variants(searcher, "person", "Lena Quillon")}
    assert {name: one.articles for name, one in found.items()} == {
        "Lena Quillon": 5,
        "Lena M. Quillon": 1,
        "Quillon": 1,
    }
    assert not found["Lena Quillon"].reason
    assert "middle name" in found["Lena M. Quillon"].reason
    assert found["Lena M. Quillon"].article is None
    assert found["Quillon"].article == f"{21:016x}"
    assert 0 < (found["Quillon"].confidence or 0) <= 1
    searcher.close()


def test_what_was_corrected_is_among_them_under_its_number(searcher: Searcher) -> None:
    append(searcher.data_dir, [Correction(what="merge", names=("Ann",), to="Bob Ray")])
    append(
        searcher.data_dir,
        [Correction(what="split", names=("Lena Quillon",), articles=(f"{10:016x}",), to="Bob Ray")],
    )
    found = {one.name: (one.articles, one.reason, one.number) for one in variants(searcher, "person", "Bob Ray")}
    assert found == {
        "Bob Ray": (7, "", None),
        "Ann": (1, "merged by hand", 1),
        "Lena Quillon": (1, "parted by hand", 2),
    }
    searcher.close()


def test_who_was_corrected_under_a_name_that_is_no_longer_the_usual_one_has_each_name_once(searcher: Searcher) -> None:
    append(searcher.data_dir, [Correction(what="rename", names=("Lena M. Quillon",), to="L. Quillon")])
    found = [(one.name, one.articles, one.number) for one in variants(searcher, "person", "L. Quillon")]
    assert found == [("Lena Quillon", 5, 1), ("Lena M. Quillon", 1, 1), ("Quillon", 1, None)]
    searcher.close()


def test_an_outlet_counts_where_it_is_cited_and_where_it_published(searcher: Searcher) -> None:
    assert variants(searcher, "outlet", "Nobody’s Paper") == ()
    searcher.close()
