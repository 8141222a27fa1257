"""Files that did not change are not read again, and what is gone or removed stays so."""

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from whoosh.index import open_dir

from index.archive.archive import Archive
from index.errors import StoreError
from index.pipeline.indexing import build_index
from index.pipeline.removing import articles, ids_from, remove
from index.pipeline.report import Report
from index.pipeline.stages import Stages
from index.read.options import ReadOptions
from index.settings import Settings
from index.store.generations import current
from tests.index.pipeline.fakes import make_newer_tagger, make_tagger

STAGES = Stages(make_tagger=make_tagger)
URL = "https://news.example/{}"


class Desk:
    """A folder of JSONL files, and a data directory that they are indexed into."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "in"
        self.folder.mkdir()
        self.settings = Settings(data_dir=root / "data", jobs=1)

    def file(self, name: str, *articles: int | str, text: str = "Ann Lee spoke at length in the town hall.") -> Path:
        path = self.folder / name
        lines = [
            one if isinstance(one, str) else json.dumps({"url": URL.format(one), "text": text}) for one in articles
        ]
        path.write_text("".join(line + "\n" for line in lines))
        return path

    def index(self, *paths: Path, stages: Stages = STAGES, options: ReadOptions | None = None, **how: Any) -> Report:
        settings = how.pop("settings", self.settings)
        return build_index(
            paths or [self.folder], settings=settings, options=options or ReadOptions(), stages=stages, **how
        )

    def urls(self) -> set[str]:
        with Archive(self.settings.data_dir / "archive.sqlite", writable=False) as archive:
            found = [archive.get(change.id) for change in archive.changes(since=0)]
        assert current(self.settings.data_dir).manifest.articles == len([one for one in found if one])
        return {str(one.article.url).rpartition("/")[2] for one in found if one}

    def id_of(self, name: str) -> str:
        [found] = ids_from(str(self.folder / name), self.settings)
        return found


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr("index.pipeline.ledger.SETTLED_NS", -(10**18))
    return Desk(tmp_path)


def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a file was read")

    monkeypatch.setattr("index.pipeline.work.Worker.work", refuse)


def test_files_that_did_not_change_are_not_read_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.file("a.jsonl", 1, 2, 1, "{broken")
    desk.file("b.jsonl", 3)
    first = desk.index()
    unread(monkeypatch)
    second = desk.index()
    assert (first.added, first.duplicates, first.rejected) == (3, 1, 1)
    assert (second.unchanged, second.duplicates, second.rejected) == (3, 1, 1)
    assert second.articles == first.articles
    assert second.rejections == first.rejections
    assert not second.committed


def test_a_file_that_changed_just_before_it_was_read_is_read_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.pipeline.ledger.SETTLED_NS", 2 * 10**9)
    desk.file("a.jsonl", 1)
    desk.index()
    unread(monkeypatch)
    with pytest.raises(AssertionError, match="a file was read"):
        desk.index()


@pytest.mark.parametrize(
    "how",
    [
        {"again": True},
        {"options": ReadOptions(publisher="The Paper")},
        {"stages": Stages(make_tagger=make_newer_tagger)},
    ],
    ids=["asked for", "other options", "another tagger"],
)
def test_files_are_read_again_where_it_would_make_a_difference(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, how: dict[str, Any]
) -> None:
    desk.file("a.jsonl", 1)
    desk.index()
    unread(monkeypatch)
    with pytest.raises(AssertionError, match="a file was read"):
        desk.index(**how)


def test_what_is_rejected_beside_a_file_is_not_remembered_with_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.file("a.jsonl", 1, "{broken")
    (desk.folder / "a.jsonl.lnk").symlink_to(desk.settings.data_dir.parent)
    (desk.folder / "a.jsonl2").symlink_to("a.jsonl2")
    assert desk.index().rejected == 3
    unread(monkeypatch)
    assert desk.index().rejected == 3
    (desk.folder / "a.jsonl.lnk").unlink()
    (desk.folder / "a.jsonl2").unlink()
    assert [one.reason for one in desk.index().rejections] == ["not-json"]


def test_a_changed_file_is_read_and_the_others_are_not(desk: Desk) -> None:
    desk.file("a.jsonl", 1)
    desk.file("b.jsonl", 2)
    desk.index()
    desk.file("b.jsonl", 2, 3)
    report = desk.index()
    assert (report.added, report.unchanged) == (1, 2)
    assert desk.urls() == {"1", "2", "3"}


OLD = "The first form of this story, as the older file has it."
NEW = "The second form of this story, as the newer file has it."


def dated(path: Path, seconds: int) -> Path:
    os.utime(path, (seconds, seconds))
    return path


@pytest.mark.parametrize("older", ["a.jsonl", "b.jsonl"])
@pytest.mark.parametrize("how", ["together", "one by one", "newer first", "folder again", "small batches"])
def test_the_form_of_the_newest_file_counts_however_files_are_indexed(desk: Desk, older: str, how: str) -> None:
    newer = "b.jsonl" if older == "a.jsonl" else "a.jsonl"
    if how in ("one by one", "folder again"):
        first = dated(desk.file(older, 1, text=OLD), 1_000_000_000)
        desk.index(first)
        report = desk.index(*([] if how == "folder again" else [desk.file(newer, 1, text=NEW)]))
        if how == "folder again":
            desk.file(newer, 1, text=NEW)
            report = desk.index()
    else:
        dated(desk.file(older, 1, text=OLD), 1_000_000_000)
        desk.file(newer, 1, text=NEW)
        settings = Settings(data_dir=desk.settings.data_dir, jobs=1, batch_articles=1)
        if how == "newer first":
            desk.index(desk.folder / newer)
            report = desk.index(desk.folder / older)
        else:
            report = desk.index(settings=settings if how == "small batches" else desk.settings)
    assert report.replaced == 1
    assert older in report.replacements[0].source
    assert newer in report.replacements[0].by
    for again in (False, True, False):
        report = desk.index(again=again)
        assert not report.committed
        assert (report.articles, report.unchanged, report.duplicates) == (2, 1, 1)
    [article] = articles([desk.id_of(newer)], desk.settings)
    assert article.text == NEW


def test_an_edited_file_has_the_form_that_counts(desk: Desk) -> None:
    for name in ("a.html", "b.html"):
        text = (OLD + " ") * 9
        page = f"<html><head><link rel=canonical href={URL.format(1)}></head><body><article><p>{text}</p></article>"
        (desk.folder / name).write_text(page)
    desk.index()
    (desk.folder / "a.html").write_text(page.replace(OLD, NEW))
    assert desk.index().changed == 1
    [article] = articles([desk.id_of("a.html")], desk.settings)
    assert article.text.startswith(NEW)
    assert not desk.index().committed


def test_articles_with_one_address_and_different_texts_in_one_file_are_reported(desk: Desk) -> None:
    path = desk.folder / "blog.jsonl"
    posts = [{"url": URL.format("blog#top"), "id": n, "text": f"The text of post {n}."} for n in range(5)]
    same = {"url": URL.format("blog?utm_source=x#comments"), "text": "The text of post 0."}
    path.write_text("".join(json.dumps(one) + "\n" for one in [*posts, same]))
    report = desk.index()
    assert (report.added, report.duplicates, report.rejected) == (1, 1, 4)
    assert [(one.source, one.reason, one.position) for one in report.rejections] == [
        (f"{path}:{line}", "same-id-other-text", line) for line in range(2, 6)
    ]
    assert desk.index().rejections == report.rejections


def test_entries_of_a_live_page_are_articles_of_their_own(desk: Desk) -> None:
    posts = [{"url": URL.format(f"live#post-{n}"), "text": f"The text of post {n}."} for n in range(3)]
    (desk.folder / "live.jsonl").write_text("".join(json.dumps(one) + "\n" for one in posts))
    report = desk.index()
    assert (report.added, report.rejected) == (3, 0)


@pytest.mark.parametrize("newer", ["a.html", "b.html"])
def test_another_article_with_the_address_of_one_in_another_file_is_rejected(desk: Desk, newer: str) -> None:
    words = iter(f"word{number}" for number in range(10_000))
    for name in ("a.html", "b.html"):
        text = " ".join(next(words) for _ in range(90))
        page = (
            f"<html><head><link rel=canonical href={URL.format('news')}></head><body><article><p>{text}.</p></article>"
        )
        (desk.folder / name).write_text(page)
        dated(desk.folder / name, 1_500_000_000 if name == newer else 1_000_000_000)
    report = desk.index()
    [rejected] = report.rejections
    assert rejected.reason == "same-id-other-text"
    assert newer not in rejected.source
    assert newer in rejected.detail
    assert (report.replaced, report.replacements) == (1, ())


@pytest.mark.parametrize("ahead", ["the file's time", "the clock"])
def test_a_file_from_the_future_does_not_win_over_later_ones(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, ahead: str
) -> None:
    monkeypatch.setattr("index.pipeline.ledger.SETTLED_NS", 0)
    wrong = desk.file("a.jsonl", 1, text=OLD)
    if ahead == "the file's time":
        dated(wrong, 2_000_000_000)
        desk.index()
    else:
        with monkeypatch.context() as set_back:
            now = time.time_ns()
            set_back.setattr("index.pipeline.ledger.time.time_ns", lambda: now - 10**18)
            desk.index()
    right = desk.file("b.jsonl", 1, text=NEW)
    for _ in range(2):
        desk.index()
        [article] = articles([desk.id_of("b.jsonl")], desk.settings)
        assert article.text == NEW
    assert right.exists()
    unread(monkeypatch)
    assert desk.index().unchanged == 1


def test_a_removed_record_stays_out_and_bars_no_other_when_lines_move(desk: Desk) -> None:
    def write(*numbers: int) -> None:
        lines = (json.dumps({"title": f"Number {n}", "text": f"What number {n} says."}) for n in numbers)
        (desk.folder / "a.jsonl").write_text("\n".join(lines))

    write(1, 2)
    desk.index()
    [gone] = ids_from(str(desk.folder / "a.jsonl:1"), desk.settings)
    remove([gone], desk.settings)
    write(0, 1, 2)
    report = desk.index()
    assert (report.added, report.removed, report.rejected) == (1, 1, 0)
    with Archive(desk.settings.data_dir / "archive.sqlite", writable=False) as archive:
        found = [archive.get(change.id) for change in archive.changes(since=0)]
    assert {one.article.title for one in found if one} == {"Number 0", "Number 2"}


def test_articles_whose_sources_vanished_stay_until_they_are_pruned(desk: Desk) -> None:
    desk.file("a.jsonl", 1, 2)
    gone = desk.file("b.jsonl", 3)
    desk.index()
    gone.unlink()
    assert desk.index().pruned == 0
    assert desk.urls() == {"1", "2", "3"}
    assert desk.index(pruning=True).pruned == 1
    assert desk.urls() == {"1", "2"}
    desk.file("b.jsonl", 3)
    assert desk.index().added == 1, "pruned is not removed for good"


def test_an_article_that_vanished_from_its_file_is_pruned_too(desk: Desk) -> None:
    desk.file("a.jsonl", 1, 2, 3)
    desk.index()
    desk.file("a.jsonl", 1, 3)
    desk.index()
    assert desk.index(pruning=True).pruned == 1
    assert desk.urls() == {"1", "3"}


def test_what_moved_or_is_held_by_another_file_is_not_pruned(desk: Desk) -> None:
    moved = desk.file("a.jsonl", 1)
    held = desk.file("b.jsonl", 2, text=NEW)
    dated(desk.file("c.jsonl", 2, text=OLD), 1_000_000_000)
    desk.index()
    moved.rename(desk.folder / "d.jsonl")
    held.unlink()
    assert desk.index(pruning=True).pruned == 0
    assert desk.urls() == {"1", "2"}
    assert desk.index().changed == 1, "the other file's form counts now"
    (desk.folder / "c.jsonl").unlink()
    assert desk.index(pruning=True).pruned == 1
    assert desk.urls() == {"1"}


def test_pruning_looks_only_below_the_paths_and_never_takes_most(desk: Desk) -> None:
    for name in ("a", "b", "c"):
        desk.file(f"{name}.jsonl", name.encode()[0])
    desk.index()
    for name in ("a", "b"):
        (desk.folder / f"{name}.jsonl").unlink()
    desk.file("d.jsonl", 4)
    with pytest.raises(StoreError, match="the sources of 2 of 4 articles are gone"):
        desk.index(pruning=True, settings=Settings(data_dir=desk.settings.data_dir, jobs=1, max_prune_share=0.2))
    assert len(desk.urls()) == 4, "what was new is indexed all the same"
    assert desk.index(desk.folder / "a.jsonl", pruning=True).pruned == 1
    assert len(desk.urls()) == 3


def test_removed_articles_stay_out_until_they_are_asked_for(desk: Desk) -> None:
    desk.file("a.jsonl", 1, 2)
    desk.index()
    one = next(id_ for id_ in ids_from(str(desk.folder), desk.settings))
    removal = remove([one, "absent"], desk.settings)
    assert removal.removed == 1
    assert removal.generation == current(desk.settings.data_dir).name
    assert len(desk.urls()) == 1
    for _ in range(2):
        report = desk.index()
        assert (report.removed, report.unchanged, report.added) == (1, 1, 0)
    assert desk.index(again=True).removed == 1
    assert desk.index(revive=True).added == 1
    assert desk.urls() == {"1", "2"}


def test_near_copies_are_of_one_story_in_the_archive_and_the_index(desk: Desk) -> None:
    desk.file("a.jsonl", 1, 2, text=" ".join(f"word{number}" for number in range(100)))
    desk.file("b.jsonl", 3)
    desk.index()
    ids = ids_from(str(desk.folder / "a.jsonl"), desk.settings)
    with Archive(desk.settings.data_dir / "archive.sqlite", writable=False) as archive:
        assert {change.story for change in archive.changes(since=0) if change.id in ids} == {ids[0]}
    with open_dir(str(current(desk.settings.data_dir).path)).reader() as reader:
        assert [name.decode() for name in reader.lexicon("story")] == [ids[0]]
    remove([ids[0]], desk.settings)
    with Archive(desk.settings.data_dir / "archive.sqlite", writable=False) as archive:
        assert {change.story for change in archive.changes(since=0)} == {""}
    assert len(desk.urls()) == 2


def test_articles_are_found_by_the_file_folder_or_line_that_they_came_from(desk: Desk) -> None:
    path = desk.file("a.jsonl", 1, 2)
    desk.file("b.jsonl", 3)
    desk.index()
    path.unlink()

    def found(where: str) -> set[str]:
        return {str(one.url)[-1] for one in articles(ids_from(where, desk.settings), desk.settings)}

    assert found(str(desk.folder)) == {"1", "2", "3"}
    assert found(str(path)) == {"1", "2"}
    assert found(f"{path}:2") == {"2"}
    assert found(f"{path}x") == found(str(desk.folder / "absent")) == set()
