"""docs/reading.md tells all that can be read, every reason for refusing, and every limit."""

import re
from pathlib import Path

import pytest

from index.read.containers.leaves import CONTAINERS
from index.read.detect import FORMATS

ROOT = Path(__file__).parents[3]
DOC = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
_REASON = re.compile(r'(?:reason=|yield |return |_stop\(|_DAMAGED: Final = )"([a-z]+(?:-[a-z0-9]+)*)"')


def reasons():
    for path in sorted((ROOT / "index" / "read").rglob("*.py")):
        yield from _REASON.findall(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("reason", sorted(set(reasons()) - {"utf-16-le", "utf-16-be"}))
def test_every_reason_is_told(reason):
    assert f"`{reason}`" in DOC


def test_every_module_that_the_page_names_exists_and_every_form_has_one():
    named = re.findall(r"`((?:index/read|containers)/[\w/]+\.py)`", DOC)
    paths = [ROOT / (name if name.startswith("index") else f"index/read/{name}") for name in named]
    assert all(path.is_file() for path in paths)
    texts = "".join(path.read_text(encoding="utf-8") for path in paths)
    assert [one.name for one in (*FORMATS, *CONTAINERS) if f'name="{one.name}"' not in texts] == []


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(max_\w+|\w+_seconds)`", DOC))))
def test_every_setting_that_the_page_names_exists(name):
    assert f"    {name}: " in (ROOT / "index" / "settings.py").read_text(encoding="utf-8")
