"""A password that was put where none belongs is shown nowhere, whatever signs it has."""

import json
import re
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.archive.places import place_of
from index.engines.registry import engine_writer
from index.errors import SettingError
from index.settings import Settings, load_settings
from newsmorgue.commands.configuring import config

SECRETS = ["hush", "hu#sh", "hu/sh", "hu?sh", "hu@sh", "hu:sh", "hu%23sh", "hush#", "/hush", "?hush", "#hush", "1/hush"]
ENGINES = [
    "opensearch+http://me:{}@host:9200/morgue",
    "opensearch+https://a,me:{}@b/morgue",
    "opensearch+http://me%3A{}@host/morgue",
    "opensearch+http://me:{}%40host:9200/morgue",
    "opensearch+http://host:9200/morgue?password={}",
    "opensearch+http://host:9200/morgue#{}",
    "OpenSearch+http://me:{}@host:9200/morgue",
    "http://me:{}@host:9200/morgue",
    "whoosh+{}",
]
ARCHIVES = [
    "postgresql://me:{}@host/db",
    "postgres://:{}@host:5432/db",
    "postgresql://me%3A{}@host/db",
    "postgresql://me:{}%40host/db",
    "postgresql://me@host/db?password={}",
    "postgresql://me@host/db?a=b&pass%77ord={}",
    "postgresql://me@host/db?sslpassword={}",
    "postgresql://me@host/db?PGPASSWORD={}",
    "postgresql://me@host/db#?password={}",
    "PostgreSQL://me:{}@host/db",
    "host=host user=me password={}",
]


def shown(name: str, value: str, *options: str) -> str:
    environment = {f"NEWSMORGUE_{name.upper()}": value}
    done = CliRunner().invoke(config, [*options], env=environment, catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


@pytest.mark.parametrize(("form", "secret"), list(product(ENGINES, SECRETS)))
def test_an_engine_with_a_password_in_it_is_refused_and_not_repeated(form: str, secret: str) -> None:
    value = form.format(secret)
    with pytest.raises(SettingError) as caught:
        engine_writer(Settings(engine=value))
    assert "hu" not in str(caught.value)
    assert "sh" not in str(caught.value).replace("which is shown", "").replace("whoosh", "")


@pytest.mark.parametrize(("form", "secret"), list(product(ARCHIVES, SECRETS)))
def test_an_archive_with_a_password_in_it_is_refused_and_not_repeated(form: str, secret: str) -> None:
    value = form.format(secret)
    with pytest.raises(SettingError) as caught:
        place_of(Settings(archive=value))
    assert "hu" not in str(caught.value)
    assert "sh" not in str(caught.value).replace("which is shown", "")


@pytest.mark.parametrize(("name", "form"), [("engine", ENGINES[0]), ("archive", ARCHIVES[0]), ("archive", ARCHIVES[4])])
@pytest.mark.parametrize("secret", ["zq9zq", "zq9#zq", "zq9/zq", "zq9?zq", "zq9%23zq"])
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_settings_are_printed_without_a_password(name: str, form: str, secret: str, options: tuple[str, ...]) -> None:
    printed = shown(name, form.format(secret), *options)
    assert "zq" not in printed
    assert "(not shown: " in printed


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("engine", "opensearch+https://a.example,b.example:9201,[::1]:9200/morgue"),
        ("archive", "postgresql://me@host,other:5433/db?sslmode=verify-full&application_name=a%40b"),
        ("archive", "postgresql://me%40corp@[::1]:5432/db"),
        ("archive", "postgresql:///db?host=/run/postgresql"),
        ("archive", "postgresql://%2Frun%2Fpostgresql/db"),
    ],
)
def test_an_address_without_a_password_is_printed_as_it_is(name: str, value: str) -> None:
    assert re.search(rf"^{name} = {re.escape(value)}  \(default ", shown(name, value), re.MULTILINE)
    assert json.loads(shown(name, value, "--json"))[name] == value


@pytest.mark.parametrize("port", ["0", "99999", "x"])
def test_a_port_that_none_can_be_is_refused(port: str) -> None:
    with pytest.raises(SettingError, match="does not name a cluster"):
        engine_writer(Settings(engine=f"opensearch+http://host:{port}/morgue"))


def test_settings_as_python_shows_them_have_no_secret(tmp_path: Path) -> None:
    variables = {f"NEWSMORGUE_{name}_PASSWORD": "hush" for name in ("OPENSEARCH", "ARCHIVE")}
    assert "hush" not in repr(load_settings(environment=variables, directory=tmp_path))
