"""Names and notes as users give them, made fit to be kept: one line, and nothing in it that nobody can see.

What cannot be seen would let a name look like another's and be found by nobody, or steer the terminal that prints it.
"""

import re
import unicodedata

_CONTROLS = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""The categories of what ends lines, steers terminals, or is half of a character."""

_BLANKS = re.compile(r"[\s\u2800\x00-\x1f\x7f-\x9f]+")

_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0f\U000e0000-\U000e0fff]")
"""What Unicode lets fonts leave out (Default_Ignorable_Code_Point of UAX 44), beside the category Cf."""

_JOINERS = "\u200c\u200d"

_JOINED = re.compile(
    "(?:ARABIC|BENGALI|DEVANAGARI|GUJARATI|GURMUKHI|KANNADA|MALAYALAM|MYANMAR|ORIYA|SINHALA|SYRIAC|TAMIL|TELUGU) "
)
"""The scripts in which a joiner behind a letter makes another word of it (Unicode, section 23.2)."""


def clean_name(name: str) -> str:
    """Give a name composed (NFC), with single blanks, and without what nobody can see; controls stay, to be refused."""
    return " ".join(one for one in _seen(name).replace("\u2800", " ").split(" ") if one)


def clean_note(note: str) -> str:
    """Give a note in one line, without what nobody can see."""
    return _BLANKS.sub(" ", _seen("".join(sign for sign in note if unicodedata.category(sign) != "Cs"))).strip()


def has_controls(name: str) -> bool:
    """Say whether a name has characters that end a line, steer a terminal, or are none."""
    return any(unicodedata.category(sign) in _CONTROLS for sign in name)


def printable(text: str) -> str:
    r"""Give a text for a terminal, with its controls and what turns the direction of writing as escapes (`\x1b`)."""
    return "".join(
        sign.encode("unicode_escape").decode("ascii") if unicodedata.category(sign) in {*_CONTROLS, "Cf"} else sign
        for sign in text
    )


def _seen(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in composed)
    kept: list[str] = []
    for sign in _UNSEEN.sub("", spaced):
        joins = sign in _JOINERS and kept and _JOINED.match(unicodedata.name(kept[-1], ""))
        if joins or unicodedata.category(sign) != "Cf":
            kept.append(sign)
    return "".join(kept)
