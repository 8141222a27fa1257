"""Characters: what no reader can see, and what no program should meet, goes; odd blanks become blanks."""

import re
import unicodedata
from typing import Final

_NEWLINES: Final = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
_ODD: Final = re.compile(
    "[\x00-\x09\x0e-\x1f\x7f-\xa0\xad\u1680\u180e\u2000-\u200b\u200e\u200f\u202a-\u202f\u205f\u2060-\u2064\u2066-\u206f\u3000"
    "\ud800-\udfff\ufeff\ufff9-\ufffc\ufffe\uffff]"
)
_BLANK: Final = frozenset(
    "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_BLANKS: Final = re.compile(r"[ \n]+")


def _of_windows(code: int) -> str:
    """Read a C1 control as the cp1252 byte that it almost always was: 0x92 is an apostrophe."""
    try:
        return bytes([code]).decode("cp1252")
    except UnicodeDecodeError:
        return ""


_REPLACEMENTS: Final = {chr(code): _of_windows(code) for code in range(0x80, 0xA0)}


def _replace(match: re.Match[str]) -> str:
    character = match.group()
    return " " if character in _BLANK else _REPLACEMENTS.get(character, "")


def tidy_characters(text: str) -> str:
    """Normalise a text of many lines: NFC, a line feed ends a line, plain blanks, no controls, no marks of direction.

    Soft hyphens, byte order marks, zero-width blanks, NULs and lone surrogates go without leaving a blank. C1 controls
    are what cp1252 has in their place.
    """
    text = text.replace("\xa0", " ")
    if not text.replace("\n", " ").isprintable():  # many times faster than to search
        text = _ODD.sub(_replace, _NEWLINES.sub("\n", text))
    return text if text.isascii() or unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Normalise a text that is one line, such as a title or a name."""
    return _BLANKS.sub(" ", tidy_characters(text)).strip()
