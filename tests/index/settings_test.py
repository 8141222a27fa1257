"""Settings that cannot work are refused when they are read, with what would."""

from pathlib import Path

import pytest

from index.errors import SettingError
from index.settings import load_settings


def given(tmp_path: Path, **environment: str) -> object:
    [name] = environment
    variables = {f"NEWSMORGUE_{name.upper()}": environment[name]}
    return getattr(load_settings(environment=variables, directory=tmp_path), name)


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("", ()),
        ("[]", ()),
        ("*", ("*",)),
        ("https://a.example, http://localhost:3000", ("https://a.example", "http://localhost:3000")),
        ('["https://a.example", "http://[::1]:80"]', ("https://a.example", "http://[::1]:80")),
        ("['https://a.example']", ("https://a.example",)),
    ],
)
def test_several_texts_are_given_between_commas_or_as_they_are_printed(
    tmp_path: Path, text: str, origins: tuple[str, ...]
) -> None:
    assert given(tmp_path, cors_origins=text) == origins
    (tmp_path / "newsmorgue.toml").write_text(f"cors_origins = {list(origins)}")
    assert load_settings(environment={}, directory=tmp_path).cors_origins == origins


@pytest.mark.parametrize(
    "text",
    [
        "https://b.example/",
        "b.example",
        "https://B.example",
        "https://b.example/path",
        '["https://b.example',
        "ftp://b",
    ],
)
def test_an_origin_that_no_browser_sends_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingError, match="NEWSMORGUE_CORS_ORIGINS") as caught:
        given(tmp_path, cors_origins=text)
    assert caught.value.remedy


@pytest.mark.parametrize("text", ["", "*", "10.0.0.5", "::1"])
def test_a_proxy_is_trusted_by_its_address(tmp_path: Path, text: str) -> None:
    assert given(tmp_path, trusted_proxy=text) == text


@pytest.mark.parametrize("text", ["10.0.0.0/8", "proxy.example", "10.0.0.5:80"])
def test_a_proxy_that_no_address_can_equal_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingError, match="Give one address"):
        given(tmp_path, trusted_proxy=text)


def test_a_host_in_brackets_is_no_list(tmp_path: Path) -> None:
    assert given(tmp_path, trusted_hosts="[::1],archive.example") == ("[::1]", "archive.example")
