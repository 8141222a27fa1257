"""What settings may be: read from texts and TOML, held to their ranges, and to what can work."""

import dataclasses
import ipaddress
import re
import tomllib
from pathlib import Path
from typing import Any

from index.errors import SettingError

_TRUTH = {"true": True, "1": True, "false": False, "0": False}
_ORIGIN = re.compile(r"https?://[a-z0-9._-]+(?::\d{1,5})?|https?://\[[0-9a-f:.]+\](?::\d{1,5})?", re.ASCII)


def read_file(path: Path) -> list[tuple[str, Any, str]]:
    """Give the names and values in a TOML file, none where there is no file, each with where it stands."""
    if not path.is_file():
        return []
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingError(f"cannot be read: {error}", where=str(path), remedy="Mend or remove the file") from error
    return [(name, value, f"{path}: {name}") for name, value in table.items()]


def convert(known: "dataclasses.Field[Any]", value: Any, where: str) -> Any:
    """Turn a text or a TOML value into the type of the field's default, within its range; raises SettingError."""
    default: Any = known.default
    try:
        if isinstance(default, bool):
            converted: Any = _TRUTH[str(value).lower()]
        elif isinstance(default, int):
            converted = int(str(value))
        elif isinstance(default, tuple):
            converted = _several(value) if isinstance(value, str) else tuple(str(part).strip() for part in value)
        else:
            converted = type(default)(value)
    except (TypeError, ValueError, KeyError) as error:
        like = "texts between commas" if isinstance(default, tuple) else f"a value like {default!r}"
        raise SettingError(f"{value!r} does not fit", where=where, remedy=f"Give {like}") from error
    low, high = known.metadata["low"], known.metadata["high"]
    if (low is not None and converted < low) or (high is not None and converted > high):
        span = f"from {low}" if high is None else f"from {low} to {high}"
        raise SettingError(f"{value!r} is out of range", where=where, remedy=f"Give a number {span}")
    if remedy := known.metadata["check"](converted):
        raise SettingError(f"{value!r} cannot work", where=where, remedy=remedy)
    return converted


def _several(text: str) -> tuple[str, ...]:
    """Read texts between commas, or a list as TOML and JSON write it and `newsmorgue config` prints it."""
    if text.lstrip().startswith(('["', "['", "[]")):
        return tuple(str(one).strip() for one in tomllib.loads(f"list = {text}")["list"])
    return tuple(part.strip() for part in text.split(",") if part.strip())


def origins(value: tuple[str, ...]) -> str:
    """Say what origins (RFC 6454) should be instead, nothing where each is one that browsers may send, or `*`."""
    if all(one == "*" or _ORIGIN.fullmatch(one) for one in value):
        return ""
    return "Give scheme, host and port in small letters, and no slash behind, as browsers send it: https://lab.example"


def proxy(value: str) -> str:
    """Say what the address of a proxy should be instead, nothing where it can be one."""
    if value in {"", "*"}:
        return ""
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return "Give one address as the server sees it, 10.0.0.5, not a network or a name; * for whoever connects"
    return ""
