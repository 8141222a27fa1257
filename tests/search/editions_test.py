import dataclasses
import itertools
import json
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from index.archive.archive import Archive, Entry
from index.authority import log
from index.authority.log import POINTER, append, read_log, tell, told
from index.authority.types import Correction
from index.errors import StoreError
from index.packing import pack
from index.pipeline.backup import back_up, restore
from index.pipeline.checking import check
from index.pipeline.indexing import build_index
from index.pipeline.updating import update
from index.read.options import ReadOptions
from index.settings import Settings
from index.store.commit import prepare
from index.store.generations import Generation, kept
from index.store.lock import WriterLock
from index.types import Article, Mention, Tagged
from search.cursor import ExpiredCursorError
from search.request import SearchRequest
from search.searcher import Searcher
from tests.index.pipeline.fakes import STAGES, FakeTagger

MERGE = Correction(what="merge", names=("Ann Lee",), to="Bob Ray")
EVERYONE = SearchRequest(facets=("person",))


def tagged(number: int, *people: str) -> Tagged:
    text = ". ".join(people)
    mentions, at = [], 0
    for name in people:
        mentions.append(
            Mention(kind="person", value=name, surface=name, field="text", start=at, end=at + len(name), via="t")
        )
        at += len(name) + 2
    return Tagged(
        article=Article(id=f"{number:016x}", source="t", title=f"Title {number}", text=text), mentions=tuple(mentions)
    )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(data_dir=tmp_path / "data")
    prepare(made.data_dir)
    index(made, [tagged(1, "Ann Lee", "Bob Ray"), tagged(2, "Ann Lee"), tagged(3, "Cy Fox")])
    return made


def index(settings: Settings, articles: list[Tagged]) -> None:
    with WriterLock(settings.data_dir) as lock, Archive(settings.data_dir / "archive.sqlite") as archive:
        archive.put([Entry(id=one.article.id, hash=b"1", packed=pack(one)) for one in articles])
        update(archive, lock, settings)


def people(searcher: Searcher, q: str = "") -> dict[str, int]:
    answer = searcher.ask(dataclasses.replace(EVERYONE, q=q))
    return {one.value: one.count for one in answer.facets[0].values}


def test_variants_come_with_their_evidence_and_go_where_they_are_shown(settings: Settings) -> None:
    usual = [tagged(number, "Lena Quillon", "Bob Ray") for number in range(10, 14)]
    index(settings, [*usual, tagged(20, "Lena M. Quillon", "Bob Ray")])
    searcher = Searcher(settings.data_dir, settings)
    [variant] = searcher.variants("person", "Lena Quillon")
    assert (variant.value, variant.article) == ("Lena M. Quillon", None)
    assert "middle name" in variant.reason
    append(settings.data_dir, [Correction(what="rename", names=("Lena Quillon",), to="Lena Vistula")])
    assert searcher.variants("person", "Lena Quillon") == ()
    assert variant in searcher.variants("person", "Lena Vistula")
    searcher.close()


def test_a_correction_is_seen_at_once_and_its_undoing_too(settings: Settings) -> None:
    searcher = Searcher(settings.data_dir, settings)
    before = searcher.generation()
    assert people(searcher) == {"Ann Lee": 2, "Bob Ray": 1, "Cy Fox": 1}
    append(settings.data_dir, [MERGE])
    assert people(searcher) == {"Bob Ray": 2, "Cy Fox": 1}
    assert searcher.generation().startswith(f"{before}+1.")
    assert searcher.ask(SearchRequest(q='person:"Bob Ray"')).total == 2
    append(settings.data_dir, [Correction(what="undo", undoes=1)])
    assert people(searcher) == {"Ann Lee": 2, "Bob Ray": 1, "Cy Fox": 1}
    searcher.close()


def test_a_merged_name_and_an_alias_still_find_whom_they_mean(settings: Settings) -> None:
    append(settings.data_dir, [MERGE, Correction(what="alias", names=("The Bobster",), to="Bob Ray")])
    searcher = Searcher(settings.data_dir, settings)
    for name in ("Ann Lee", "ann lee", "the bobster"):
        for request in (SearchRequest(q=f'person:"{name}"'), SearchRequest(person=(name,))):
            answer = searcher.ask(request)
            assert answer.total == 2
            assert [one.message for one in answer.notices] == [f"“{name}” was read as Bob Ray."]
    assert searcher.ask(SearchRequest(person=("Ann Lee",))).request.person == ("Bob Ray",)
    assert searcher.ask(SearchRequest(q="person:bobster")).total == 2
    assert searcher.ask(SearchRequest(q="Lee")).total == 2
    assert [one.text for one in searcher.suggest("bobst") if one.kind == "person"] == ["Bob Ray"]
    searcher.close()


def test_a_notice_of_a_name_that_ends_in_a_full_stop_has_one(settings: Settings) -> None:
    append(settings.data_dir, [Correction(what="rename", names=("Ann Lee",), to="Ann Lee Jr.")])
    searcher = Searcher(settings.data_dir, settings)
    [notice] = searcher.ask(SearchRequest(q='person:"Ann Lee"')).notices
    assert notice.message == "“Ann Lee” was read as Ann Lee Jr."
    searcher.close()


def test_words_of_a_name_that_was_corrected_are_marked_where_it_stands(settings: Settings) -> None:
    text = "Lee came."
    mention = Mention(kind="person", value="Ann Lee", surface="Lee", field="text", start=0, end=3, via="t")
    article = Article(id=f"{9:016x}", source="t", title="Arrival", text=text)
    index(settings, [Tagged(article=article, mentions=(mention,))])
    searcher = Searcher(settings.data_dir, settings)
    for corrections in ([], [MERGE], [Correction(what="rename", names=("Bob Ray",), to="Bo Ray")]):
        append(settings.data_dir, corrections)
        [hit] = [one for one in searcher.ask(SearchRequest(q="ann", size=10)).hits if one.article.title == "Arrival"]
        assert [one.marks for one in hit.snippets] == [((0, 3),)]
        shown = searcher.article(article.id)
        assert shown is not None
        assert searcher.marks(shown, "ann") == ((), ((0, 3),))
        assert searcher.marks(shown, "ann OR (lee NOT bob)")[1] == ((0, 3),)
    append(settings.data_dir, [Correction(what="hide", names=("Bo Ray",))])
    assert [one.article.title for one in searcher.ask(SearchRequest(q="ann arrival", size=10)).hits] == []
    shown = searcher.article(article.id)
    assert shown is not None
    assert searcher.marks(shown, "ann OR came") == ((), ((4, 8),))
    searcher.close()


def test_words_of_a_hidden_name_find_only_what_else_has_them(settings: Settings) -> None:
    def named(number: int, text: str, *names: str) -> Tagged:
        places = (
            Mention(kind="person", value=one, surface=text[:3], field="text", start=0, end=3, via="t") for one in names
        )
        return Tagged(
            article=Article(id=f"{number:016x}", source="t", title=f"Title {number}", text=text, publisher="The Wire"),
            mentions=tuple(places),
        )

    index(
        settings,
        [
            named(11, "Lee came.", "Zora Lee"),
            named(12, "Lee came with Poe.", "Zora Lee", "Zora Poe"),
            named(13, "Lee came, says Zora Lee.", "Zora Lee"),
            named(14, "Lee met Zora and Ann Lee.", "Zora Ann", "Mary Zora Lee"),
        ],
    )
    searcher = Searcher(settings.data_dir, settings)

    def found(q: str) -> set[int]:
        return {int(one.article.id, 16) for one in searcher.ask(SearchRequest(q=q, size=50)).hits}

    assert found("zora") == {11, 12, 13, 14}
    assert found('"zora lee"') == {11, 12, 13, 14}
    append(settings.data_dir, [Correction(what="hide", names=("Zora Lee",))])
    assert found("zora") == {12, 13, 14}
    assert found("zor*") == {12, 13, 14}
    assert found("zora -text:zora") == {12}
    assert found('"zora lee"') == {13, 14}
    assert found("zora NEAR/2 lee") == {13, 14}
    assert found("lee") >= {11, 12, 13, 14}
    append(settings.data_dir, [Correction(what="hide", kind="outlet", names=("The Wire",))])
    assert found("wire") == set()
    undoings = [Correction(what="undo", undoes=number) for number in (1, 2)]
    append(settings.data_dir, undoings)
    assert found("zora") == found('"zora lee"') == {11, 12, 13, 14}
    assert found("wire") == {11, 12, 13, 14}
    searcher.close()


def test_an_outlet_that_is_merged_into_the_publisher_is_not_cited_by_it(settings: Settings) -> None:
    def citing(number: int, publisher: str, *cited: str) -> Tagged:
        text = " and ".join((*cited, "others")) + " reported."
        places = (
            Mention(
                kind="outlet",
                value=one,
                surface=one,
                field="text",
                start=text.index(one),
                end=text.index(one) + len(one),
                via="t",
                role="cited",
            )
            for one in cited
        )
        return Tagged(
            article=Article(id=f"{number:016x}", source="t", title=f"Title {number}", text=text, publisher=publisher),
            mentions=tuple(places),
        )

    index(
        settings,
        [citing(21, "The Wire", "Daily Wire", "CNN"), citing(22, "Post", "Daily Wire"), citing(23, "Post", "The Wire")],
    )
    merge = Correction(what="merge", kind="outlet", names=("Daily Wire",), to="The Wire")
    split = Correction(what="split", kind="outlet", names=("CNN",), to="The Wire", articles=(f"{21:016x}",), raw=True)
    searcher = Searcher(settings.data_dir, settings)

    def cited() -> dict[str, int]:
        answer = searcher.ask(SearchRequest(facets=("outlet",)))
        return {one.value: one.count for one in answer.facets[0].values}

    append(settings.data_dir, [merge])
    assert cited() == {"The Wire": 2, "CNN": 1}
    assert searcher.ask(SearchRequest(q='publisher:"The Wire" outlet:"The Wire"')).total == 0
    article = searcher.article(f"{21:016x}")
    assert article is not None
    assert {(one.value, one.role) for one in article.mentions} == {("The Wire", "publisher"), ("CNN", "cited")}
    append(settings.data_dir, [split])
    assert cited() == {"The Wire": 2}
    append(settings.data_dir, [Correction(what="undo", undoes=2), Correction(what="undo", undoes=1)])
    assert cited() == {"Daily Wire": 2, "The Wire": 1, "CNN": 1}
    append(settings.data_dir, [Correction(what="merge", kind="outlet", names=("Post",), to="Daily Wire")])
    assert cited() == {"Daily Wire": 1, "The Wire": 1, "CNN": 1}  # though Post itself is cited nowhere
    searcher.close()


def test_who_walks_stays_in_the_edition_where_the_walk_began_even_after_a_restart(settings: Settings) -> None:
    append(settings.data_dir, [MERGE])
    searcher = Searcher(settings.data_dir, settings)
    first = searcher.ask(SearchRequest(size=1))
    append(settings.data_dir, [Correction(what="undo", undoes=1)])
    for other in (searcher, Searcher(settings.data_dir, settings)):
        second = other.ask(SearchRequest(size=1, cursor=first.next), fixed=True)
        assert second.generation == first.generation != other.generation()
        assert {one.value: one.count for one in second.facets[0].values}["Bob Ray"] == 2
        other.close()


@pytest.mark.parametrize(
    "hiding",
    [
        Correction(what="hide", names=("Bob Ray",)),
        Correction(what="nobody", names=("Bob Ray",)),
        Correction(what="split", names=("Bob Ray",), articles=tuple(f"{number:016x}" for number in (1, 2))),
    ],
)
def test_who_was_hidden_is_hidden_from_those_who_are_walking_too(settings: Settings, hiding: Correction) -> None:
    append(settings.data_dir, [MERGE])
    searcher = Searcher(settings.data_dir, settings)
    for number, q in enumerate(("", 'person:"Bob Ray" OR title'), 7):
        request = SearchRequest(q=q, size=1)
        first = searcher.ask(request)
        append(settings.data_dir, [hiding])
        index(settings, [tagged(number, "Cy Fox")])
        for other in (searcher, Searcher(settings.data_dir, settings)):
            second = other.ask(dataclasses.replace(request, cursor=first.next), fixed=True)
            assert second.generation.partition("+")[0] == first.generation.partition("+")[0]
            assert second.generation != other.generation()
            assert (second.total, second.first) == (first.total, 2)
            assert {one.value for one in second.facets[0].values} == {"Cy Fox"}
            third = other.ask(dataclasses.replace(request, cursor=second.next), fixed=True)
            assert third.generation == second.generation
            assert {one.value for one in third.facets[0].values} == {"Cy Fox"}
            if other is not searcher:
                other.close()
        append(settings.data_dir, [Correction(what="undo", undoes=len(read_log(settings.data_dir)))])
    searcher.close()


def test_a_page_of_a_facet_that_shows_who_was_hidden_since_has_expired(settings: Settings) -> None:
    searcher = Searcher(settings.data_dir, settings)
    first = searcher.facet_page(SearchRequest(facet_size=1), "person")
    append(settings.data_dir, [Correction(what="hide", names=("Cy Fox",))])
    with pytest.raises(ExpiredCursorError):
        searcher.facet_page(SearchRequest(facet_size=1, cursor=first.next), "person")
    searcher.close()


def test_an_edition_that_a_cursor_brought_first_is_the_current_one_as_soon_as_it_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where another process answers from a correction before this one has heard of it."""
    monkeypatch.setattr("search.editions.mend", lambda *_: None)
    append(settings.data_dir, [MERGE])
    searcher = Searcher(settings.data_dir, settings)
    before = people(searcher)
    with Archive(settings.data_dir / "archive.sqlite") as archive:
        archive.corrections.append([Correction(what="hide", names=("Cy Fox",))])
        other = Searcher(settings.data_dir, settings)
        page = other.ask(SearchRequest(size=1))
        assert searcher.ask(SearchRequest(size=1, cursor=page.next)).generation == page.generation
        assert people(searcher) == before
        tell(settings.data_dir, archive)
    assert searcher.generation() == page.generation
    assert people(searcher) == people(other) == {"Bob Ray": 2}
    searcher.close()
    other.close()


def test_a_correction_waits_for_no_cursor_whose_edition_is_opened_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(settings.data_dir, [MERGE])
    first = Searcher(settings.data_dir, settings)
    page = first.ask(SearchRequest(size=1))
    append(settings.data_dir, [Correction(what="rename", names=("Bob Ray",), to="Bo Ray")])
    searcher = Searcher(settings.data_dir, settings)
    assert people(searcher) == {"Bo Ray": 2, "Cy Fox": 1}
    opening, go_on = threading.Event(), threading.Event()

    def slowly(data_dir: Path, name: str) -> Generation | None:
        opening.set()
        assert go_on.wait(30)
        return kept(data_dir, name)

    monkeypatch.setattr("search.generations.kept", slowly)
    walked: list[str] = []
    walk = threading.Thread(
        target=lambda: walked.append(searcher.ask(SearchRequest(size=1, cursor=page.next)).generation)
    )
    walk.start()
    try:
        assert opening.wait(30)
        append(settings.data_dir, [Correction(what="undo", undoes=2)])
        assert people(searcher) == {"Bob Ray": 2, "Cy Fox": 1}
    finally:
        go_on.set()
        walk.join()
    assert walked == [page.generation]
    assert people(searcher) == {"Bob Ray": 2, "Cy Fox": 1}
    searcher.close()
    first.close()


def test_corrections_outlive_a_rebuilt_index_and_new_articles(settings: Settings) -> None:
    append(settings.data_dir, [MERGE])
    index(settings, [tagged(4, "ANN LEE", "Eve Poe")])
    searcher = Searcher(settings.data_dir, settings)
    assert people(searcher) == {"Bob Ray": 3, "Cy Fox": 1, "Eve Poe": 1}
    (settings.data_dir / "AUTHORITY").unlink()
    with WriterLock(settings.data_dir) as lock, Archive(settings.data_dir / "archive.sqlite") as archive:
        update(archive, lock, settings, anew=True)
    assert people(searcher) == {"Bob Ray": 3, "Cy Fox": 1, "Eve Poe": 1}
    searcher.close()


@pytest.mark.parametrize("lost", [None, b"", b"twelve", b"\xff\x00", b"0 00000000\n"])
def test_without_the_file_that_tells_of_corrections_they_are_read_from_the_archive(
    settings: Settings, lost: bytes | None
) -> None:
    append(settings.data_dir, [MERGE])
    served = Searcher(settings.data_dir, settings)
    assert people(served) == {"Bob Ray": 2, "Cy Fox": 1}
    if lost is None:
        (settings.data_dir / POINTER).unlink()
    else:
        (settings.data_dir / POINTER).write_bytes(lost)
    later = Searcher(settings.data_dir, settings)
    assert people(later) == people(served) == {"Bob Ray": 2, "Cy Fox": 1}
    assert told(settings.data_dir) == 1
    append(settings.data_dir, [Correction(what="hide", names=("Cy Fox",))])
    assert people(later) == people(served) == {"Bob Ray": 2}
    for one in (served, later):
        one.close()


def test_an_archive_that_is_damaged_is_no_matter_where_nothing_was_corrected(settings: Settings) -> None:
    (settings.data_dir / "archive.sqlite").write_bytes(b"no archive")
    searcher = Searcher(settings.data_dir, settings)
    assert people(searcher) == {"Ann Lee": 2, "Bob Ray": 1, "Cy Fox": 1}
    searcher.close()
    (settings.data_dir / POINTER).unlink()
    with pytest.raises(StoreError):
        people(Searcher(settings.data_dir, settings))


def _dying(monkeypatch: pytest.MonkeyPatch, *, at: int, meanwhile: Callable[[], object] = lambda: None) -> None:
    """Let a process that corrects die at its telling of the number `at`, and somebody read just before."""
    calls = itertools.count(1)
    told_before = log._tell

    def tell_until(data_dir: Path, last: int) -> None:
        if next(calls) == at:
            meanwhile()
            raise KeyboardInterrupt
        told_before(data_dir, last)
        meanwhile()

    monkeypatch.setattr(log, "_tell", tell_until)


def test_a_first_correction_is_shown_by_a_server_though_its_process_died_over_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.generations._AGAIN_SECONDS", 0.0)
    served = Searcher(settings.data_dir, settings)
    seen: list[dict[str, int]] = []
    with monkeypatch.context() as patched:
        _dying(patched, at=2, meanwhile=lambda: seen.append(people(served)))
        with pytest.raises(KeyboardInterrupt):
            append(settings.data_dir, [MERGE])
    assert seen[0] == {"Ann Lee": 2, "Bob Ray": 1, "Cy Fox": 1}  # told of, but not committed yet
    assert people(served) == {"Bob Ray": 2, "Cy Fox": 1}
    served.close()


def test_a_correction_that_was_told_of_and_never_made_is_no_fault(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        _dying(patched, at=1)
        with pytest.raises(KeyboardInterrupt):
            append(settings.data_dir, [MERGE])
    assert told(settings.data_dir) == 0
    log._tell(settings.data_dir, 1)
    served = Searcher(settings.data_dir, settings)
    assert people(served) == {"Ann Lee": 2, "Bob Ray": 1, "Cy Fox": 1}
    assert check(settings).problems == ()
    append(settings.data_dir, [MERGE])
    assert people(served) == {"Bob Ray": 2, "Cy Fox": 1}
    served.close()


class LouderTagger(FakeTagger):
    """A newer tagger, that writes names otherwise."""

    version = "2"

    def tag(self, articles: Iterable[Article]) -> Iterator[tuple[Mention, ...]]:
        for mentions in super().tag(articles):
            yield tuple(dataclasses.replace(one, value=one.value.upper()) for one in mentions)


def test_corrections_outlive_a_newer_tagger_and_so_do_their_undoings(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    lines = ({"id": f"{number:016x}", "text": "Ann Lee came."} for number in range(3))
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    made = Settings(data_dir=tmp_path / "data", jobs=1)
    build_index([source], settings=made, options=ReadOptions(), stages=STAGES)
    split = Correction(what="split", names=("Ann Lee",), articles=(f"{0:016x}",), to="Ann Lee (judge)")
    rename = Correction(what="rename", names=("Ann Lee",), to="Anna Lee")
    append(made.data_dir, [split, rename])
    searcher = Searcher(made.data_dir, made)
    before = people(searcher)
    assert before == {"Anna Lee": 2, "Ann Lee (judge)": 1}
    newer = dataclasses.replace(STAGES, make_tagger=lambda _: LouderTagger())
    assert build_index([source], settings=made, options=ReadOptions(), stages=newer).changed == 3
    assert people(searcher) == before
    append(made.data_dir, [Correction(what="undo", undoes=2)])
    assert people(searcher) == {"ANN LEE": 2, "Ann Lee (judge)": 1}
    searcher.close()


def test_corrections_come_back_with_a_backup(settings: Settings, tmp_path: Path) -> None:
    append(settings.data_dir, [MERGE])
    back_up(settings.data_dir, tmp_path / "copy.tar")
    restore(tmp_path / "copy.tar", tmp_path / "other")
    searcher = Searcher(tmp_path / "other", settings)
    assert people(searcher) == {"Bob Ray": 2, "Cy Fox": 1}
    searcher.close()
