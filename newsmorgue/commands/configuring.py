"""`newsmorgue config`: every setting, its value and the reason for its default."""

import dataclasses
import json
from collections.abc import Callable
from typing import Any

import click

from index.archive.places import place_of
from index.engines.registry import engine_name
from index.errors import SettingError
from index.settings import ENVIRONMENT_PREFIX, Settings, load_settings

_ADDRESSES: dict[str, Callable[[Settings], object]] = {"engine": engine_name, "archive": place_of}
"""Settings that are shown only where they can be read: what cannot be may have a password in it."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def config(*, as_json: bool) -> None:
    """Print every setting with its value in force, its default and the reason.

    Precedence: option, environment (NEWSMORGUE_…), ./newsmorgue.toml, default.
    """
    settings = load_settings()
    if as_json:
        click.echo(json.dumps({f.name: _shown(settings, f) for f in dataclasses.fields(Settings)}))
        return
    for field in dataclasses.fields(Settings):
        value = _shown(settings, field)
        default = "" if getattr(settings, field.name) == field.default else f"  (default {_plain(field.default)})"
        click.echo(f"{click.style(field.name, bold=True)} = {value}{default}")
        click.echo(f"    {field.metadata['reason']}  [{ENVIRONMENT_PREFIX}{field.name.upper()}]")


def _shown(settings: Settings, field: "dataclasses.Field[Any]") -> object:
    """Give a setting's value as it may be seen: of a secret, whether there is one."""
    value = getattr(settings, field.name)
    if field.name in _ADDRESSES:
        try:
            _ADDRESSES[field.name](settings)
        except SettingError as error:
            return f"(not shown: {error.what})"
    return "(set)" if field.metadata["secret"] and value else _plain(value)


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, int | str) else str(value)
