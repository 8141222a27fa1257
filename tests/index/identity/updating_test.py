from pathlib import Path

import pytest

from index.archive.archive import Archive, Entry
from index.archive.casts import Casts
from index.authority.identities import decode, read
from index.authority.types import Identities
from index.identity import updating
from index.identity.casts import cast_of, pack_cast
from index.identity.updating import identify, identities_of
from index.packing import pack
from index.pipeline.updating import update
from index.settings import Settings
from index.store.commit import prepare
from index.store.lock import WriterLock
from index.types import Tagged
from tests.index.identity.archives import article

QUILLS = [article(number, "Then governor Lena Quillon spoke.", ["Lena Quillon"]) for number in range(4)]
SHORT = article(8, "Then governor Quillon left.", ["Quillon"])
FULLER = article(9, "Then governor Lena M. Quillon left.", ["Lena M. Quillon"])


def entry(tagged: Tagged, *, cast: bool = True) -> Entry:
    packed = pack_cast(cast_of(tagged)) if cast else None
    return Entry(id=tagged.article.id, hash=b"-", packed=pack(tagged), cast=packed)


def told(found: Identities) -> dict[str, str | None]:
    return {value: one.to for (_, value), one in found.names.items()} | {
        f"{value} {article_id[-1]}": one.to for (article_id, _, value), one in found.exceptions.items()
    }


def identified(archive: Archive) -> dict[str, str | None]:
    names = decode(identify(archive).names, where="names")
    assert names == identities_of(archive)
    return told(names)


@pytest.fixture(params=[True, False], ids=["whole", "by what is known"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not request.param:
        monkeypatch.setattr(updating, "_FEW_ARTICLES", 0)
        monkeypatch.setattr(updating, "_GROWTH", 9.0)


@pytest.mark.usefixtures("few")
def test_what_is_new_is_told_and_what_goes_is_forgotten(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive.sqlite") as archive:
        archive.put([entry(one) for one in QUILLS])
        assert identified(archive) == {}
        archive.put([entry(SHORT), entry(FULLER)])
        both = {"Lena M. Quillon": "Lena Quillon", "Quillon 8": "Lena Quillon"}
        assert identified(archive) == both
        assert identified(archive) == both
        assert told(identities_of(archive)) == both
        archive.remove([SHORT.article.id])
        assert "Quillon 8" not in identified(archive)


def test_an_archive_without_casts_gets_them(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive.sqlite") as archive:
        archive.put([entry(one, cast=False) for one in (*QUILLS, SHORT)])
        assert identified(archive) == {"Quillon 8": "Lena Quillon"}
        assert len(Casts(archive.database).of(range(1, 9))) == 5


def test_what_is_damaged_is_computed_again(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive.sqlite") as archive:
        archive.put([entry(one) for one in (*QUILLS, SHORT)])
        identify(archive)
        for name in ("columns", "identities", "state"):
            query = "UPDATE computed SET data = ? WHERE name = ?"
            archive.database.change(lambda transaction: transaction.run(query, (b"\0", name)))  # noqa: B023  run at once
            assert identified(archive) == {"Quillon 8": "Lena Quillon"}


def test_an_article_that_changes_is_told_anew(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive.sqlite") as archive:
        archive.put([entry(one) for one in (*QUILLS, SHORT)])
        identify(archive)
        archive.put([entry(article(8, "Then Marsh left.", ["Marsh"]))])
        assert identified(archive) == {}


def test_a_generation_has_what_is_known_of_names(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    prepare(tmp_path)
    with WriterLock(tmp_path) as lock, Archive(tmp_path / "archive.sqlite") as archive:
        archive.put([entry(one) for one in (*QUILLS, SHORT)])
        generation = update(archive, lock, settings).generation
        assert generation
        assert read(generation.path) == identities_of(archive)
        assert told(read(generation.path)) == {"Quillon 8": "Lena Quillon"}
        assert not update(archive, lock, settings).committed
