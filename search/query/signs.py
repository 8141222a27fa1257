"""Signs that are written in several ways: quotation marks, dashes and full-width forms, read as the plain ones.

Curly quotes are quotation marks like straight ones, so nothing is noted of them. Whatever else is read as an operator
without being its plain sign is noted: guillemets, full-width forms, a dash for a minus, a quote closed by another kind.
"""

from search.language import _
from search.query.notes import Notes, said

STRAIGHT = '"'
CURLY = "“”„‟"

_QUOTES = CURLY + "«»‹›〝〞「」『』＂"
_DASHES = "−–‐‑﹣－"
_PLAIN = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PLAIN |= dict.fromkeys(map(ord, _QUOTES), STRAIGHT) | dict.fromkeys(map(ord, _DASHES), "-")
_PLAIN |= {0x3000: " ", ord("∼"): "~", ord("˜"): "~"}


def plain(query: str) -> str:
    """Give a query with the plain form of each sign, at the same offsets."""
    return query.translate(_PLAIN)


def note_signs(typed: str, start: int, end: int, notes: Notes) -> None:
    """Note each sign between two offsets that was read as an operator, or as a letter of one, in an unusual form."""
    for at in range(start, end):
        sign = typed[at]
        if sign in CURLY or sign.isspace() or (read := plain(sign)) == sign:
            continue
        notes.add("unusual-sign", _("%(sign)s was read as %(read)s.", sign=said(sign), read=said(read)), at, at + 1)


def note_quotes(typed: str, start: int, close: int, notes: Notes) -> None:
    """Note the quotation marks of a phrase, at offsets `start` and `close`, unless both are straight or both curly."""
    marks = typed[start], typed[close]
    if not all(mark == STRAIGHT for mark in marks) and not all(mark in CURLY for mark in marks):
        message = _("%(names)s were read as a pair of quotation marks.", names=said(" ".join(marks)))
        notes.add("unusual-sign", message, start, close + 1)
