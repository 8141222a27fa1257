"""Every sentence that is said to people can be translated: gettext's extractors find it where it is said."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for package in ("search", "web") for path in (ROOT / package).rglob("*.py"))

SAID_BY_NAME = {"message", "advice", "problem"}
SAID_BY_PLACE = {"ParameterError": (1,), "_NoDateError": (0,), "abort": (1,)}
NAMED = {"message", "advice", "problem", "words"}
"""Variables that hold what is said."""


def bare(node: ast.expr) -> Iterator[ast.expr]:
    """Give the texts of an expression that nothing marks."""
    match node:
        case ast.Constant(value=str(text)) if any(map(str.isalpha, text)) and " " in text.strip():
            yield node
        case ast.JoinedStr():
            texts = [part.value for part in node.values if isinstance(part, ast.Constant)]
            if any(len(word) > 1 and word.isalpha() for text in texts for word in str(text).split()):
                yield node
        case ast.IfExp():
            yield from bare(node.body)
            yield from bare(node.orelse)
        case ast.BinOp():
            yield from bare(node.left)
            yield from bare(node.right)


def said(tree: ast.AST) -> Iterator[ast.expr]:
    """Give the expressions that become sentences: by the parameter they are given for, or the name they get."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            remedy = {"remedy"} if name == "ParameterError" else set()
            yield from (word.value for word in node.keywords if word.arg in SAID_BY_NAME | remedy)
            yield from (node.args[place] for place in SAID_BY_PLACE.get(name, ()) if place < len(node.args))
            if name == "add" and isinstance(node.func, ast.Attribute) and "notes" in ast.unparse(node.func.value):
                yield node.args[1]
        elif isinstance(node, ast.Assign) and any(getattr(one, "id", "") in NAMED for one in node.targets):
            yield node.value


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_sentence_is_marked_for_translators(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [f"{one.lineno}: {ast.unparse(one)}" for expression in said(tree) for one in bare(expression)]
    assert not found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_marked_is_a_sentence_as_it_stands(path: Path) -> None:
    calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    marked = [node for node in calls if getattr(node.func, "id", "") in {"_", "N_"} and node.args]
    assert not [ast.unparse(one) for one in marked if isinstance(one.args[0], ast.JoinedStr | ast.BinOp)]


def test_a_reading_in_single_words_is_caught() -> None:
    unmarked = ast.parse('notes.add("code", f"{text} was read.", 1, 2)\nParameterError("from", "it is no date")')
    assert len([one for expression in said(unmarked) for one in bare(expression)]) == 2
    marked = ast.parse('notes.add("code", _("%(text)s was read.", text=text), 1, 2)')
    assert not [one for expression in said(marked) for one in bare(expression)]


def test_the_extractor_of_babel_finds_readings_notices_and_parameter_errors() -> None:
    extract = pytest.importorskip("babel.messages.extract")
    found = {
        message
        for package in ("search", "web")
        for _file, _line, message, _comments, _context in extract.extract_from_dir(str(ROOT / package))
        if isinstance(message, str)
    }
    assert {
        "all articles",
        "articles that %(things)s",
        "do not mention",
        "Two negations take each other away.",
        "%(value)s is no date",
        "“%(typed)s” was read as %(name)s.",
        "undated",
        "person",
    } <= found
