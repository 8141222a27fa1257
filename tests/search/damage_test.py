"""Damaged files of an index: told as damage, never answered from, never a stranger's exception."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.errors import CorruptError
from index.settings import Settings
from index.store.generations import current
from search.request import SearchRequest
from search.searcher import Searcher
from tests.search.conftest import ARCHIVE

FLIPS = 48

REQUESTS = (
    SearchRequest(q="president", facets=("person", "outlet", "publisher", "date")),
    SearchRequest(q='"vice president" OR hous* NEAR/5 white'),
    SearchRequest(person=("Kamala Harris",)),
    SearchRequest(sort="newest"),
)

Build = Callable[..., Any]


def ask(data_dir: Path, settings: Settings) -> None:
    searcher = Searcher(data_dir, settings)
    try:
        for request in REQUESTS:
            searcher.ask(request)
        searcher.article(ARCHIVE[0].article.id)
    finally:
        searcher.close()


def flips(path: Path, count: int) -> list[int]:
    """Choose places all over a file, the last eighth above all: there lie the dictionaries and the pickles."""
    size, chance = path.stat().st_size, random.Random(path.suffix)
    return [chance.randrange(size * 7 // 8 if half % 2 else 0, size) for half in range(count)]


def damaged(data_dir: Path) -> list[tuple[Path, int]]:
    generation = current(data_dir)
    files = [data_dir / "CURRENT", generation.path / "manifest.json"]
    files += [generation.path / name for name in generation.manifest.files]
    return [(path, place) for path in files for place in flips(path, FLIPS // len(files))]


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 0x41
    path.write_bytes(data)


def test_any_flipped_byte_is_told_with_its_remedy(tmp_path: Path, build: Build) -> None:
    build(tmp_path, ARCHIVE)
    for path, place in damaged(tmp_path):
        flip(path, place)
        with pytest.raises(CorruptError, match=r"newsmorgue check --repair"):
            ask(tmp_path, Settings())
        flip(path, place)
    ask(tmp_path, Settings())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves files open on errors
def test_without_verifying_no_flipped_byte_raises_anything_else(tmp_path: Path, build: Build) -> None:
    build(tmp_path, ARCHIVE)
    remedies = []
    for path, place in damaged(tmp_path):
        flip(path, place)
        try:
            ask(tmp_path, Settings(verify_on_open=False))
        except CorruptError as error:
            remedies.append(error.remedy)
        flip(path, place)
    assert len(remedies) > FLIPS / 4
    assert all("newsmorgue check --repair" in remedy for remedy in remedies)
