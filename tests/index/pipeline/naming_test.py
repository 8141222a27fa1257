import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from index.archive.archive import Archive, Entry
from index.archive.connecting import Place
from index.authority.identities import read
from index.errors import CorruptError, StoreError
from index.identity.casts import cast_of, pack_cast
from index.identity.updating import identify, identities_of
from index.packing import pack
from index.pipeline import naming, updating
from index.pipeline.naming import Naming
from index.pipeline.updating import Update, update
from index.settings import Settings
from index.store.commit import prepare
from index.store.generations import current
from index.store.lock import WriterLock
from index.stories.updating import link_stories
from index.types import Tagged
from tests.index.identity.archives import article

ARTICLES = [
    *(article(number, "Then governor Lena Quillon spoke.", ["Lena Quillon"]) for number in range(4)),
    article(8, "Then governor Quillon left.", ["Quillon"]),
]


@pytest.fixture(autouse=True)
def _few_articles_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updating, "APART_ARTICLES", len(ARTICLES))


def entry(tagged: Tagged, *, cast: bool = True) -> Entry:
    packed = pack_cast(cast_of(tagged)) if cast else None
    return Entry(id=tagged.article.id, hash=b"-", packed=pack(tagged), cast=packed)


def desk(data_dir: Path, *, casts: bool = True) -> Settings:
    prepare(data_dir)
    with Archive(data_dir / "archive.sqlite") as archive:
        archive.put([entry(one, cast=casts) for one in ARTICLES])
    return Settings(data_dir=data_dir, jobs=2)


def updated(settings: Settings) -> Update:
    with WriterLock(settings.data_dir) as lock, Archive(settings.data_dir / "archive.sqlite") as archive:
        return update(archive, lock, settings)


def computed(settings: Settings) -> list[tuple[object, ...]]:
    with Archive(settings.data_dir / "archive.sqlite", writable=False) as archive:
        return [tuple(row) for row in archive.database.rows("SELECT name, data FROM computed ORDER BY name")]


@pytest.mark.parametrize("casts", [True, False])
def test_names_told_beside_the_writing_are_those_told_before_it(tmp_path: Path, *, casts: bool) -> None:
    beside, before = desk(tmp_path / "beside", casts=casts), desk(tmp_path / "before", casts=casts)
    with Archive(before.data_dir / "archive.sqlite") as archive:
        link_stories(archive)
        identify(archive)
    generation = updated(beside).generation
    assert generation
    assert computed(beside) == computed(before)
    with Archive(beside.data_dir / "archive.sqlite", writable=False) as archive:
        assert read(generation.path) == identities_of(archive)
        assert read(generation.path).exceptions
        assert archive.database.rows("SELECT count(*) FROM casts")[0][0] == len(ARTICLES)
    assert not updated(beside).committed


def die(connection: Connection, place: Place) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_dies_is_a_clear_error_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = desk(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(naming, "_serve", die)
        with pytest.raises(StoreError, match=r"names mean was ended by SIGKILL"):
            updated(settings)
    assert not list((tmp_path / "generations").iterdir())
    assert not computed(settings)
    assert updated(settings).committed
    assert current(tmp_path).manifest.articles == len(ARTICLES)


def test_what_the_process_meets_is_raised_here(tmp_path: Path) -> None:
    settings = desk(tmp_path, casts=False)
    with Archive(settings.data_dir / "archive.sqlite") as archive:
        archive.database.change(lambda transaction: transaction.run("UPDATE articles SET packed = x'00'"))
        with Naming(archive, settings.data_dir / "archive.sqlite") as apart:
            for _ in range(2):
                with pytest.raises(CorruptError, match="packed in the form") as raised:
                    apart.wait()
                assert raised.value.where.endswith("archive.sqlite")
