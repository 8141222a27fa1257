"""What was read of a file belongs to it from then on, and stays as long as the file may still hold it."""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from index.archive.archive import Archive
from index.archive.files import Reading
from index.pipeline.doubting import reading_of
from index.pipeline.removing import ids_from
from index.pipeline.report import Report
from index.pipeline.stages import Stages
from index.read.options import ReadOptions
from index.settings import Settings
from index.types import Article, Mention, Rejected
from tests.index.pipeline.fakes import make_tagger
from tests.index.pipeline.skipping_test import NEW, OLD, URL, Desk, dated


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr("index.pipeline.ledger.SETTLED_NS", -(10**18))
    desk = Desk(tmp_path)
    desk.settings = Settings(data_dir=desk.settings.data_dir, jobs=1, max_prune_share=1.0)
    return desk


class Interrupting:
    """A tagger that is interrupted at the second group of articles that it gets."""

    version = make_tagger("fake").version

    def __init__(self) -> None:
        self._groups = 0

    def tag(self, articles: Iterable[Article]) -> Iterator[tuple[Mention, ...]]:
        self._groups += 1
        if self._groups > 1:
            raise KeyboardInterrupt
        return iter([() for _ in articles])


class Quiet:
    """A tagger that finds nothing, as `Interrupting` does before it is interrupted."""

    version = Interrupting.version

    def tag(self, articles: Iterable[Article]) -> Iterator[tuple[Mention, ...]]:
        return iter([() for _ in articles])


def interrupted(desk: Desk) -> int:
    """Index until 64 articles are archived, and no file is read to its end; give how many are."""
    with pytest.raises(KeyboardInterrupt):
        desk.index(stages=Stages(make_tagger=lambda _: Interrupting()))
    with Archive(desk.settings.data_dir / "archive.sqlite", writable=False) as archive:
        return archive.count()


def words(title: str) -> str:
    """Give a text that has nothing in common with any other's."""
    return " ".join(f"{title.replace(' ', '')}word{number}" for number in range(60))


def records(path: Path, titles: Sequence[str]) -> Path:
    lines = [json.dumps({"title": one, "date": "2024-05-06", "text": words(one)}) for one in titles]
    path.write_text("\n".join(lines) + "\n")
    return path


def titles(desk: Desk) -> set[str]:
    with Archive(desk.settings.data_dir / "archive.sqlite", writable=False) as archive:
        found = [archive.get(change.id) for change in archive.changes(since=0)]
    return {one.article.title for one in found if one}


def reasons(report: Report) -> list[str]:
    return [one.reason for one in report.rejections]


def test_what_was_archived_of_a_file_before_a_kill_is_pruned_with_it(desk: Desk) -> None:
    path = records(desk.folder / "a.jsonl", [f"story {number}" for number in range(100)])
    assert interrupted(desk) == 64
    assert len(ids_from(str(path), desk.settings)) == 64
    path.unlink()
    records(desk.folder / "b.jsonl", ["another"])
    assert desk.index(pruning=True).pruned == 64
    assert titles(desk) == {"another"}


def test_what_was_archived_of_a_file_before_a_kill_is_replaced_where_it_was_edited(desk: Desk) -> None:
    path = records(desk.folder / "a.jsonl", [f"story {number}" for number in range(100)])
    assert interrupted(desk) == 64
    kept = [f"story {number}" for number in range(10)]
    records(path, kept)
    path.write_text(path.read_text().replace("story3word30", "corrected"))
    report = desk.index(pruning=True)
    assert (report.changed, report.unchanged, report.pruned) == (1, 9, 54)
    assert titles(desk) == set(kept)
    assert desk.index(pruning=True).pruned == 0


def test_what_was_archived_before_a_kill_stays_while_its_file_is_as_it_was(desk: Desk) -> None:
    records(desk.folder / "a.jsonl", [f"story {number}" for number in range(100)])
    assert interrupted(desk) == 64
    report = desk.index(pruning=True, stages=Stages(make_tagger=lambda _: Quiet()))
    assert (report.added, report.unchanged, report.pruned) == (36, 64, 0)


def test_a_newer_form_that_a_killed_run_took_in_gives_way_where_its_file_goes(desk: Desk) -> None:
    dated(desk.file("a.jsonl", 1, text=OLD), 1_000_000_000)
    desk.index(stages=Stages(make_tagger=lambda _: Quiet()))
    newer = desk.file("b.jsonl", *range(1, 100), text=NEW)
    assert interrupted(desk) == 64
    newer.unlink()
    assert desk.index(pruning=True).pruned == 63
    desk.index()
    assert desk.urls() == {"1"}
    with Archive(desk.settings.data_dir / "archive.sqlite", writable=False) as archive:
        [one] = [archive.get(change.id) for change in archive.changes(since=0) if change.packed]
    assert one is not None
    assert one.article.text == OLD


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [
        (lambda data: data[: len(data) // 2], "truncated"),
        (lambda data: b"", "empty"),
        (lambda data: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "binary"),
    ],
    ids=["cut", "emptied", "overwritten"],
)
def test_the_articles_of_a_file_that_cannot_be_read_are_not_pruned(
    desk: Desk, damaged: Callable[[bytes], bytes], reason: str
) -> None:
    path = desk.folder / "a.jsonl.gz"
    lines = "".join(json.dumps({"url": URL.format(one), "text": OLD}) + "\n" for one in range(4))
    path.write_bytes(gzip.compress(lines.encode()))
    desk.file("b.jsonl", 7)
    desk.index()
    whole = path.read_bytes()
    path.write_bytes(damaged(whole))
    for _ in range(2):
        report = desk.index(pruning=True)
        assert report.pruned == 0
        assert reasons(report) == [reason, "kept"]
    assert desk.urls() == {"0", "1", "2", "3", "7"}
    path.write_bytes(gzip.compress(lines.splitlines(keepends=True)[0].encode()))
    assert desk.index(pruning=True).pruned == 3, "it was read whole now"


def test_a_plain_file_cut_in_the_midst_of_a_record_keeps_the_ones_behind(desk: Desk) -> None:
    path = desk.file("a.jsonl", 1, 2, 3)
    desk.index()
    path.write_text(path.read_text()[:120])
    report = desk.index(pruning=True)
    assert report.pruned == 0
    assert reasons(report) == ["not-json", "kept"]
    assert desk.urls() == {"1", "2", "3"}


def test_the_articles_of_an_emptied_file_go_where_that_is_asked_for(desk: Desk) -> None:
    path = desk.file("a.jsonl", 1)
    desk.file("b.jsonl", 2)
    desk.index()
    path.write_text("")
    report = desk.index(pruning=True, again=True)
    assert (report.pruned, reasons(report)) == (1, ["empty"])


def test_a_table_read_without_its_columns_keeps_its_articles_and_says_so(desk: Desk) -> None:
    path = desk.folder / "a.csv"
    path.write_text("Kopf,Inhalt\n" + "".join(f"Number {one},Ann Lee spoke {one} times.\n" for one in range(3)))
    desk.index(options=ReadOptions(columns=(("title", "Kopf"), ("text", "Inhalt"))))
    report = desk.index(pruning=True)
    assert report.pruned == 0
    assert reasons(report) == ["no-text-column", "other-options", "kept"]
    assert "--map text=Inhalt --map title=Kopf" in report.rejections[1].detail
    assert len(titles(desk)) == 3


def test_a_publisher_that_is_not_given_again_is_told_once(desk: Desk) -> None:
    desk.file("a.jsonl", 1)
    desk.index(options=ReadOptions(publisher="The Quayside Courier"))
    report = desk.index()
    assert report.changed == 1
    assert [(one.reason, "'The Quayside Courier'" in one.detail) for one in report.rejections] == [
        ("other-options", True)
    ]
    assert desk.index().rejected == 0
    assert desk.index(options=ReadOptions(publisher="The Paper")).rejected == 0, "nothing is forgotten"


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("names", ["ab", "ba"])
def test_a_form_that_went_from_the_newer_file_gives_way_to_that_of_the_older(
    desk: Desk, names: str, *, again: bool
) -> None:
    older, newer = (f"{name}.jsonl" for name in names)
    dated(desk.file(older, 1, text=OLD), 1_000_000_000)
    dated(desk.file(newer, 1, 2, text=NEW), 1_100_000_000)
    assert desk.index().replaced == 1
    desk.file(newer, 2, text=NEW)
    desk.index(pruning=True, again=again)
    desk.index()
    with Archive(desk.settings.data_dir / "archive.sqlite", writable=False) as archive:
        found = [archive.get(change.id) for change in archive.changes(since=0)]
    texts = {str(one.article.url): one.article.text for one in found if one}
    assert texts == {URL.format(1): OLD, URL.format(2): NEW}
    assert desk.index(again=True).changed == 0


def test_a_file_is_not_told_what_was_wrong_with_one_whose_name_begins_alike(desk: Desk) -> None:
    desk.file("a.jsonl", 1)
    (desk.folder / "a.jsonl.link").symlink_to(desk.settings.data_dir.parent / "elsewhere")
    desk.index()
    (desk.folder / "a.jsonl.link").unlink()
    assert desk.index().rejected == 0


@pytest.mark.parametrize(
    ("reason", "source", "expected"),
    [
        ("no-permission", "/d/a", Reading.BROKEN),
        ("truncated", "/d/a!b.gz", Reading.BROKEN),
        ("worker-died", "/d/a:7", Reading.BROKEN),
        ("too-large", "/d/a", Reading.BROKEN),
        ("too-large", "/d/a!b", Reading.DOUBTFUL),
        ("not-json", "/d/a:3", Reading.DOUBTFUL),
        ("empty", "/d/a", Reading.DOUBTFUL),
        ("empty", "/d/a!b", Reading.WHOLE),
        ("no-text", "/d/a:3", Reading.WHOLE),
        ("withdrawn", "/d/a", Reading.WHOLE),
        ("unread-date", "/d/a", Reading.WHOLE),
        ("ambiguous-date", "/d/a", Reading.WHOLE),
    ],
)
def test_a_rejection_tells_how_far_its_file_was_read(reason: str, source: str, expected: Reading) -> None:
    assert reading_of(Rejected(source=source, reason=reason, detail=""), source="/d/a") is expected
