"""How things look on a terminal."""

from collections.abc import Iterable

import click

from index.types import Rejected
from web.marking import pieces


def marked(text: str, marks: Iterable[tuple[int, int]]) -> str:
    """Give a text with its marks in bold."""
    return "".join(click.style(piece.text, bold=True) if piece.marked else piece.text for piece in pieces(text, marks))


def rejected_line(rejected: Rejected) -> str:
    """Give one line about an input that was rejected: where, why, what to do."""
    return f"rejected {rejected.source}: {rejected.reason}: {rejected.detail}"
