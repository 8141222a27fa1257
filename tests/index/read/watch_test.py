"""Watching: new and changed files are given once, when they are at rest."""

import os
import shutil
from pathlib import Path

import pytest

from index.read.options import ReadOptions
from index.read.watch import Due, Watch


@pytest.fixture
def watch(tmp_path):
    (tmp_path / "old.txt").write_text("old")
    return Watch([str(tmp_path)], ReadOptions(), outside=tmp_path / "data")


def changed(watch):
    """Look, do what is due, and name the files."""
    due = watch.look()
    watch.done(due)
    return [Path(path).name for path in due.changed]


def vanished(watch):
    due = watch.look()
    watch.done(due)
    return due.vanished


def test_what_was_there_at_first_is_not_given(watch):
    assert watch.look() == Due()


def test_a_new_file_is_given_once_after_two_looks_that_saw_the_same(watch, tmp_path):
    (tmp_path / "new.txt").write_text("new")
    assert [changed(watch) for _ in range(3)] == [[], ["new.txt"], []]


def test_a_file_that_grows_is_waited_for(watch, tmp_path):
    for size in range(1, 4):
        (tmp_path / "new.txt").write_text("new" * size)
        assert changed(watch) == []
    assert changed(watch) == ["new.txt"]


def replace(path):
    status = path.stat()
    path.with_name(".next").write_text("new")
    os.utime(path.with_name(".next"), ns=(status.st_atime_ns, status.st_mtime_ns))
    path.with_name(".next").replace(path)


def edit(path):
    status = path.stat()
    path.write_text("new")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def permit(path):
    path.chmod(0o600)


@pytest.mark.parametrize("change", [replace, edit, permit])
def test_a_change_is_due_even_where_size_and_time_stay(watch, tmp_path, change):
    change(tmp_path / "old.txt")
    assert [changed(watch) for _ in range(3)] == [[], ["old.txt"], []]


def test_a_file_that_comes_back_is_given_again(watch, tmp_path):
    (tmp_path / "old.txt").rename(tmp_path / ".hidden")
    assert changed(watch) == []
    shutil.move(tmp_path / ".hidden", tmp_path / "old.txt")
    assert [changed(watch) for _ in range(2)] == [[], ["old.txt"]]


def test_what_is_due_stays_due_until_it_is_done(watch, tmp_path):
    (tmp_path / "new.txt").write_text("new")
    (tmp_path / "old.txt").unlink()
    watch.look()
    due = watch.look()
    assert due == Due(changed=(str(tmp_path / "new.txt"),), vanished=True)
    (tmp_path / "later.txt").write_text("later")
    assert watch.look() == due
    more = watch.look()
    assert sorted(more.changed) == [str(tmp_path / "later.txt"), str(tmp_path / "new.txt")]
    assert more.vanished
    watch.done(more)
    assert watch.look() == Due()


def test_what_changes_while_it_is_read_is_due_again(watch, tmp_path):
    (tmp_path / "new.txt").write_text("new")
    watch.look()
    due = watch.look()
    (tmp_path / "new.txt").write_text("newer")
    watch.done(due)
    assert [changed(watch) for _ in range(3)] == [[], ["new.txt"], []]


def test_the_data_directory_and_what_is_no_article_are_not_watched(watch, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "archive.txt").write_text("x")
    (tmp_path / "style.css").write_text("x")
    assert [changed(watch) for _ in range(2)] == [[], []]


def test_a_file_that_is_gone_at_two_looks_has_vanished(watch, tmp_path):
    assert not vanished(watch)
    (tmp_path / "old.txt").unlink()
    assert [vanished(watch) for _ in range(3)] == [False, True, False]


def test_a_file_that_is_only_replaced_has_not_vanished(watch, tmp_path):
    (tmp_path / "old.txt").rename(tmp_path / ".hidden")
    assert not vanished(watch)
    shutil.move(tmp_path / ".hidden", tmp_path / "old.txt")
    assert not vanished(watch)
