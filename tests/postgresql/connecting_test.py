"""Whatever stands between an archive and its server is told: what, where, and what to do; never the password."""

import dataclasses
import importlib
import json
from pathlib import Path

import pytest

from index.archive.archive import Archive, Entry
from index.archive.connecting import exists
from index.archive.files import FileRead
from index.archive.places import place_of
from index.archive.postgresql import driver
from index.authority.types import Correction
from index.errors import NewsmorgueError, NoIndexError, SettingError, StoreError, UnreachableError
from index.identity.updating import identify
from index.settings import Settings
from index.stories.updating import link_stories
from newsmorgue.command import run
from tests.postgresql.failing_test import entry
from tests.postgresql.server import Running


def bare(number: int) -> Entry:
    """An article whose sketch and cast are still to be made."""
    return dataclasses.replace(entry(number), sketch=None, cast=None)


def told(error: NewsmorgueError, place: str, password: str) -> str:
    assert error.where == place
    assert error.remedy
    assert password not in str(error)
    return str(error)


def test_a_server_that_is_not_there_is_told(server: Running) -> None:
    place = dataclasses.replace(server.place("any"), address="postgresql://morgue@127.0.0.1:1/any")
    with pytest.raises(UnreachableError) as error:
        Archive(place)
    assert "refused" in told(error.value, place.address, place.password)


def test_a_wrong_password_is_told_and_not_shown(server: Running, database: str) -> None:
    place = dataclasses.replace(server.place(database), password="secret-and-wrong")
    with pytest.raises(UnreachableError) as error:
        Archive(place)
    assert "authentication failed" in told(error.value, place.address, place.password)
    assert "secret" not in repr(place)


def test_a_database_that_is_not_there_is_told(server: Running) -> None:
    with pytest.raises(UnreachableError, match='"nowhere" does not exist'):
        Archive(server.place("nowhere"))


def test_a_user_without_rights_is_told(server: Running, database: str) -> None:
    server.ask(f"CREATE ROLE guest LOGIN PASSWORD '{server.password}'")
    place = dataclasses.replace(server.place(database), address=server.address(database).replace("morgue@", "guest@"))
    with pytest.raises(StoreError, match=r"permission denied.*docs/postgresql\.md"):
        Archive(place)
    Archive(server.place(database)).close()
    server.ask(
        "GRANT USAGE ON SCHEMA newsmorgue TO guest; GRANT SELECT ON ALL TABLES IN SCHEMA newsmorgue TO guest", database
    )
    with Archive(place, writable=False) as archive:  # what a reader needs
        assert archive.count() == 0
    with Archive(place) as archive, pytest.raises(StoreError, match="permission denied"):
        archive.database.change(lambda inside: inside.run("DELETE FROM articles"))


def test_a_database_that_keeps_no_utf_8_is_refused(server: Running) -> None:
    server.ask("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(StoreError, match=r"LATIN1.*createdb --encoding UTF8"):
        Archive(server.place("latin"))


def test_a_newer_archive_is_refused_by_name_of_its_format(server: Running, database: str) -> None:
    Archive(server.place(database)).close()
    server.ask("UPDATE newsmorgue.facts SET value = '99' WHERE name = 'format'", database)
    with pytest.raises(StoreError, match="format 99"):
        Archive(server.place(database))


def test_reading_makes_no_archive_and_other_tables_are_left_alone(server: Running, database: str) -> None:
    server.ask("CREATE TABLE articles (ours int); CREATE TABLE facts (ours int)", database)
    with pytest.raises(NoIndexError, match="there is no archive"):
        Archive(server.place(database), writable=False)
    assert not exists(server.place(database))
    Archive(server.place(database)).close()
    assert server.ask("SELECT count(*) FROM public.articles", database) == "0"


@pytest.mark.parametrize(
    ("address", "match"),
    [
        ("postgresql://me:hush@host/db", "password does not belong"),
        ("postgresql://me@host/db?password=hush", "password does not belong"),
        ("postgresql://me@host", "names no database"),
        ("postgresql://[me/db", "names no database"),
        ("postgresql://me@host:x/db", "names no database"),
        ("mysql://me@host/db", "does not name an archive"),
        ("archive.sqlite", "does not name an archive"),
    ],
)
def test_an_address_that_cannot_be_is_refused(address: str, match: str) -> None:
    with pytest.raises(SettingError, match=match) as error:
        place_of(Settings(archive=address))
    assert "hush" not in str(error.value)


def test_the_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    driver.library.cache_clear()
    monkeypatch.setattr(importlib, "import_module", missing)
    try:
        with pytest.raises(SettingError, match=r"pip install 'newsmorgue\[postgres\]'"):
            Archive(place_of(Settings(archive="postgresql://me@host/db")))
    finally:
        driver.library.cache_clear()


def test_the_settings_are_shown_without_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEWSMORGUE_ARCHIVE", "postgresql://me@host/db")
    monkeypatch.setenv("NEWSMORGUE_ARCHIVE_PASSWORD", "hush")
    assert run(["config", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["archive"] == "postgresql://me@host/db"
    assert shown["archive_password"] == "(set)"


def test_the_rights_that_the_docs_give_are_enough(server: Running, database: str) -> None:
    owner = server.place(database)
    with Archive(owner) as archive:
        archive.put([bare(1)])
    for role in ("writer", "reader"):
        server.ask(f"CREATE ROLE {role} LOGIN PASSWORD '{server.password}'")
    text = (Path(__file__).parents[2] / "docs" / "postgresql.md").read_text("utf-8")
    granted = [line.strip() for line in text.splitlines() if line.startswith("    GRANT ")]
    assert len(granted) == 7
    for grant in granted:
        server.ask(grant.partition("--")[0].replace("DATABASE morgue", f"DATABASE {database}"), database)
    address = server.address(database)
    writer = dataclasses.replace(owner, address=address.replace("morgue@", "writer@"))
    with Archive(writer) as archive:
        archive.put([bare(2)])
        archive.files.record([FileRead(source="/a", state="1", owned=["000002"])])
        archive.files.forget(archive.files.at("/a").values())
        link_stories(archive)
        identify(archive)
    reader = dataclasses.replace(owner, address=address.replace("morgue@", "reader@"))
    with Archive(reader) as archive:
        assert archive.count() == 2
        assert len(archive.corrections.append([Correction(what="hide", names=("Ada",))])) == 1
        with pytest.raises(StoreError, match="permission denied"):
            archive.put([bare(3)])
