"""Photo credits run into a text: the photographer's name and the agency go, the caption's sentence stays.

The anchor is an agency behind a slash (`Kevin Dietsch/Getty Images`, `Yuri Gripas/Abaca/Bloomberg via Getty Images`);
an agency named in a sentence ("he told Getty Images") has none and stays.
"""

import re
from typing import Final

from index.read.clean.captions import strip_caption_signs
from index.read.clean.credit_words import AFTER_AGENCY, AGENCY, NAME, PARTICLES, SHORT_NAME, SURNAME, TOKEN, UPPER

_ANCHOR: Final = re.compile(
    rf"(?:\s?/\s?(?:via )?|—){AGENCY}(?![\w-])(?! (?:VoteCast|poll|survey|Ipsos)){AFTER_AGENCY}"
)
_BEFORE_ANCHOR: Final = re.compile(
    rf"(?:(?<=[\s(|“\"—:])|(?<=[\w)”\"’][.!?])|(?<=[.!?][”\"’)])|^)(?<!\b{UPPER}\.)"
    rf"(?P<name>{NAME})(?P<segments>(?:\s?/\s?[^/\n.!?]{{2,40}})*)$"
)
_WINDOW: Final = 120
"""How far left of the slash a credit may begin, in characters."""
_ORGANISATION: Final = re.compile(
    r"(?:.*\b(?:News|NEWS|Times|Post|Press|Journal|Poll|University|College|Institute|Media|TV|Radio|Company)|[A-Z]{2,5})"
)
_SHORT: Final = re.compile(rf"{SHORT_NAME}$")
_ENDS_BEFORE: Final = re.compile(r"(?:[.!?|(:\n][”\"’)]*|[.!?][”\"’)]+)\s*$")
_LABEL_BEFORE: Final = re.compile(
    r"(?:\b(?:Photo(?:s|graph|grapher)?|Image|Picture|Credit|Illustration)(?: [Cc]redit)?\s*(?::|by|courtesy of)"
    r"|\bPrevious Next|[|(])\s*$"
)
_GOES_ON: Final = re.compile(rf"\s*(?:$|[)|])|\s+(?:[“\"‘'(]?{UPPER}|[“\"‘(]|\d|—|–)")

_AGENCY_FIRST: Final = re.compile(
    r"(?:\bAP Photos?|\bREUTERS)\s?/\s?"
    rf"(?:(?:Handout|Staff|Stringer|Pool)|{TOKEN}\s(?:{UPPER}\.\s)*{PARTICLES}{SURNAME}"
    rf"(?:(?:\s{SURNAME}){{1,3}}(?=\s*(?:$|[,/])))?)"
    r"(?:,? (?:FILE|File)|\s?/\s?(?:File [Pp]hoto|Files?|Pool|Handout|Illustration))*"
    rf"(?=\s*$|\s*[)]|\s+(?:{UPPER}|[“\"‘(\d—]))"
)
_PARENTHESES: Final = re.compile(
    r"\s?[(\[](?:(?:Photos?|Photograph|Image|Picture|Illustration|Screen ?shot|Screengrab)"
    r"(?:|\s?(?::|/|by:? |credit|courtesy|via |illustration)[^()\[\]\n]{0,140})"
    r"|(?:AP Photos?|AP Images|REUTERS|Reuters photo|AP file)\b[^()\[\]\n]{0,100}"
    rf"|[^()\[\]\n]{{0,80}}?/\s?{AGENCY}[^()\[\]\n]{{0,40}}"
    r"|(?:Getty Images|Getty|Shutterstock|iStock|Pixabay|Unsplash|Alamy)[^()\[\]\n]{0,30})[)\]]"
)
_PARENTHESES_CLUES: Final = re.compile(
    r"[(\[](?:Photo|Image|Picture|Illustr|Screen|AP |REUTERS|Reuters p|Getty|Shutter|iSt|Pix|Uns|Alamy"
    r"|[^()\[\]\n]{0,80}/)"
)
_BEHIND_BAR: Final = re.compile(
    rf"\s*\|\s*(?:{NAME}\s?/\s?)?{AGENCY}(?![\w/])(?=\s*$|\s+(?:{UPPER}|[\d“\"‘'])|\s+[a-z]+\s{UPPER})"
)
_LABELLED_END: Final = re.compile(
    r"(?P<stop>^|[.!?][”\"’)]*)\s*(?:\|\s*)?(?:Photo(?:graph|grapher)?s?|Image|Picture|Illustration|Graphic)"
    r"(?: [Cc]redit)?s?(?::| by| courtesy of)\s[^.!?\n]{2,100}(?:[A-Z]\.[^.!?\n]{2,60})?\.?$"
)
_BARE_START: Final = re.compile(rf"(?:AP Photos?|REUTERS)\s+(?={UPPER})")
_BARE_END: Final = re.compile(rf"(?P<stop>[.!?][”\"’)]*)\s+{SHORT_NAME}\s+Getty Images$")
_LABELS: Final = ("Photo", "Image", "Picture", "Illustration", "Graphic")
_LINE_CHARS: Final = 140
_LINE: Final = re.compile(
    rf"{TOKEN}(?:\s(?:{TOKEN}|[a-z]{{2,3}}|&)){{0,7}}\s?(?:/\s?[^/.!?]{{2,40}})?{_ANCHOR.pattern}"
    rf"|{AGENCY}(?:\s?/\s?{AGENCY})*"
)
_SLASHED: Final = re.compile(rf"/\s?{AGENCY}")
_DASHED: Final = re.compile(rf"—{AGENCY}")
_CLUES: Final = (
    "Photo",
    "REUTERS/",
    "aption",
    "Image",
    "Picture",
    "| ",
    "Enlarge this",
    "Getty",
    "Illustration",
    "Graphic",
)
_CREDIT_CLUE: Final = re.compile(
    r"REUTERS/|AP Photo|(?:Photo|Photograph|Photographer|Image|Picture|Illustration|Graphic)s?(?: [Cc]redit)?"
    r"(?::|\sby|\scourtesy)|\| |Image c|Media c|aption |Enlarge this|\((?:Photo|Getty)|Getty Images$",
    re.MULTILINE,
)
_BLANKS: Final = re.compile(r"  +")


def has_credits(text: str) -> bool:
    """Tell quickly whether a text can hold any credit at all."""
    if _SLASHED.search(text) or _DASHED.search(text):
        return True
    return any(clue in text for clue in _CLUES) and _CREDIT_CLUE.search(text) is not None


def strip_credits(paragraph: str) -> str:
    """Take the photo credits out of a paragraph; what is left may be empty.

    A blank that the credit had swallowed behind a full stop comes back ("politicians.Kevin Dietsch/Getty Images At").
    """
    paragraph = strip_caption_signs(paragraph)
    if len(paragraph) <= _LINE_CHARS and _LINE.fullmatch(paragraph):
        return ""
    if ("(" in paragraph or "[" in paragraph) and _PARENTHESES_CLUES.search(paragraph):
        paragraph = _PARENTHESES.sub("", paragraph)
    if "|" in paragraph:
        paragraph = _BEHIND_BAR.sub("", paragraph)
    if "/" in paragraph or "—" in paragraph:
        paragraph = _AGENCY_FIRST.sub("", _strip_anchored(paragraph))
    if paragraph.startswith(("AP Photo", "REUTERS ")):
        paragraph = _BARE_START.sub("", paragraph)
    if paragraph.endswith("Getty Images"):
        paragraph = _BARE_END.sub(r"\g<stop>", paragraph)
    if any(label in paragraph for label in _LABELS):
        paragraph = _LABELLED_END.sub(r"\g<stop>", paragraph)
    return _BLANKS.sub(" ", paragraph).strip()


def _strip_anchored(paragraph: str) -> str:
    """Take out the credits that end in an agency behind a slash."""
    kept: list[str] = []
    done = 0
    for anchor in _ANCHOR.finditer(paragraph):
        window = max(done, anchor.start() - _WINDOW)
        if anchor.start() < done:
            continue
        start = _start_of_credit(paragraph[window : anchor.start()], begins=window == done)
        if start is None:
            continue
        start += window
        if _GOES_ON.match(paragraph, anchor.end()) or paragraph[start] == "|":
            kept.append(paragraph[done:start])
            done = anchor.end()
    return " ".join(part.strip() for part in [*kept, paragraph[done:]]).strip() if kept else paragraph


def _start_of_credit(before: str, *, begins: bool) -> int | None:
    """Find where the name begins that ends where the slash stands; None where that is no photographer's.

    `before` is what stands before the slash; `begins` tells that it begins with the paragraph or behind a credit.
    """
    match = _BEFORE_ANCHOR.search(before)
    if match is None or (_ORGANISATION.fullmatch(match["name"]) and not match["segments"]):
        return None
    left = before[: match.start()]
    label = _LABEL_BEFORE.search(left)
    if label:
        return label.start()
    if (begins and not left.strip()) or _ENDS_BEFORE.search(left):
        return match.start()
    short = _SHORT.search(match["name"])
    return match.start() + short.start() if short and not match["segments"] else None
