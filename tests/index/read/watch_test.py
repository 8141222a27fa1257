"""Watching: new and changed files are given once, when they are at rest."""

import os
import shutil
from pathlib import Path

import pytest

from index.read.options import ReadOptions
from index.read.watch import Watch


@pytest.fixture
def watch(tmp_path):
    (tmp_path / "old.txt").write_text("old")
    return Watch([str(tmp_path)], ReadOptions(), outside=tmp_path / "data")


def names(found):
    return [Path(path).name for path in found]


def test_what_was_there_at_first_is_not_given(watch):
    assert watch.changed() == []


def test_a_new_file_is_given_once_after_two_looks_that_saw_the_same(watch, tmp_path):
    (tmp_path / "new.txt").write_text("new")
    assert watch.changed() == []
    assert names(watch.changed()) == ["new.txt"]
    assert watch.changed() == []


def test_a_file_that_grows_is_waited_for(watch, tmp_path):
    for size in range(1, 4):
        (tmp_path / "new.txt").write_text("new" * size)
        assert watch.changed() == []
    assert names(watch.changed()) == ["new.txt"]


def test_a_changed_file_is_given_even_where_its_size_and_time_stay(watch, tmp_path):
    status = (tmp_path / "old.txt").stat()
    (tmp_path / "next").write_text("new")
    os.utime(tmp_path / "next", ns=(status.st_atime_ns, status.st_mtime_ns))
    (tmp_path / "next").replace(tmp_path / "old.txt")
    watch.changed()
    assert names(watch.changed()) == ["old.txt"]


def test_a_file_that_comes_back_is_given_again(watch, tmp_path):
    (tmp_path / "old.txt").rename(tmp_path / ".hidden")
    assert watch.changed() == []
    shutil.move(tmp_path / ".hidden", tmp_path / "old.txt")
    watch.changed()
    assert names(watch.changed()) == ["old.txt"]


def test_what_failed_is_given_again(watch, tmp_path):
    (tmp_path / "new.txt").write_text("new")
    watch.changed()
    found = watch.changed()
    watch.again(found)
    assert watch.changed() == found


def test_the_data_directory_and_what_is_no_article_are_not_watched(watch, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "archive.txt").write_text("x")
    (tmp_path / "style.css").write_text("x")
    watch.changed()
    assert watch.changed() == []


def test_a_file_that_is_gone_at_two_looks_has_vanished(watch, tmp_path):
    assert not watch.vanished()
    (tmp_path / "old.txt").unlink()
    watch.changed()
    assert not watch.vanished()
    watch.changed()
    assert watch.vanished()
    watch.changed()
    assert not watch.vanished()


def test_a_file_that_is_only_replaced_has_not_vanished(watch, tmp_path):
    (tmp_path / "old.txt").rename(tmp_path / ".hidden")
    watch.changed()
    shutil.move(tmp_path / ".hidden", tmp_path / "old.txt")
    watch.changed()
    assert not watch.vanished()
