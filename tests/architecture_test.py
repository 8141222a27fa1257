"""The walls of the house: who may import whom, and which module may know which third-party package."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("index", "search", "web", "newsmorgue")
MAX_LINES = 400

MAY_IMPORT = {
    "index": {"index"},
    "search": {"search", "index"},
    "web": {"web", "search", "index.types", "index.errors", "index.settings", "index.version"},
    "newsmorgue": {"newsmorgue", "web", "search", "index"},
}

KNOWN_BY = {
    "whoosh": ("index/engines/whoosh", "search/engines/whoosh"),
    "flask": ("web/",),
    "werkzeug": ("web/",),
    "jinja2": ("web/",),
    "markupsafe": ("web/",),
    "waitress": ("web/serving/",),
    "nltk": ("index/tag/",),
    "Stemmer": ("index/words.py",),
    "pycrfsuite": ("index/tag/",),
    "spacy": ("index/tag/",),
    "trafilatura": ("index/read/",),
    "htmldate": ("index/read/",),
    "lxml": ("index/read/",),
    "feedparser": ("index/read/formats/feed.py",),
    "defusedxml": ("index/read/xml_text.py",),
    "charset_normalizer": ("index/read/",),
    "zstandard": ("index/engines/arrays/texts.py", "web/serving/compression.py"),
    "numpy": ("index/tag/", "index/stories/", "index/identity/", "index/engines/", "search/"),
    "click": ("newsmorgue/",),
    "tqdm": ("newsmorgue/",),
    "sqlite3": ("index/archive/sqlite/",),
    "psycopg": ("index/archive/postgresql/driver.py",),
    "opensearchpy": ("index/engines/opensearch/cluster.py",),
    "regex": ("index/", "search/"),
}


def modules() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def imports(path: Path) -> Iterator[tuple[ast.stmt, str]]:
    """Every imported module's full name; `from a import b` counts as `a.b` where that is a module of ours."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            assert node.module is not None
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                is_module = (ROOT / Path(*inner.split("."))).with_suffix(".py").exists()
                yield node, inner if is_module else node.module


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_its_place_allows(path: Path) -> None:
    relative = path.relative_to(ROOT).as_posix()
    package = relative.split("/")[0]
    for node, name in imports(path):
        top = name.split(".")[0]
        where = f"{relative}:{node.lineno} imports {name}"
        if top in PACKAGES:
            allowed = MAY_IMPORT[package]
            assert any(name == one or name.startswith(f"{one}.") for one in allowed), where
        elif top in KNOWN_BY or top not in sys.stdlib_module_names:
            assert top in KNOWN_BY, f"{where}, which no module is meant to know; add it to KNOWN_BY with a decision"
            assert relative.startswith(KNOWN_BY[top]), f"{where}; only {', '.join(KNOWN_BY[top])} may"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_nothing_of_ours_inside_a_function(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    names = (
                        [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
                    )
                    assert not [name for name in names if name.split(".")[0] in PACKAGES], f"{path}:{node.lineno}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_one_idea_of_bounded_length(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


def test_half_of_the_modules_are_at_most_150_lines() -> None:
    lengths = sorted(
        len(path.read_text(encoding="utf-8").splitlines()) for path in modules() if path.name != "__init__.py"
    )
    assert lengths[len(lengths) // 2] <= 150


def test_no_package_marker_hides_under_tests() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py"))


@pytest.mark.parametrize("package", ["index", "search", "web"])
def test_the_library_never_prints_and_configures_no_logging(package: str) -> None:
    for path in sorted((ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in {"print", "logging.basicConfig", "sys.exit"}, (
                    f"{path}:{node.lineno} calls {called}"
                )
