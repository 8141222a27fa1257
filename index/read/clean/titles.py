"""Titles: told from text, cleaned, and not said twice."""

import re
from collections.abc import Sequence
from typing import Final

from index.read.clean.characters import one_line

MAX_CHARS: Final = 200
_SMALL_WORDS: Final = """
a an and as at but by for from if in into is nor of off on or out over per so than that the to up via vs vs. was with
yet are be has have his her its it not after before amid
"""
_SMALL: Final = frozenset(_SMALL_WORDS.split())
_CLOSING: Final = "\"”’')]"
_TITLE_CASE_SHARE: Final = 0.75
_CATEGORY: Final = re.compile(r"(?P<text>.*[.!?][”\"’)]*)\s*(?:\S+ ){0,2}\S*", re.DOTALL)
_BREAK: Final = re.compile(r"(?P<word>[^\W\d_]{2,})[.!?] (?=[A-Z])")
_STOP: Final = re.compile(r"(?P<word>[^\W\d_]{2,})[.!?][”\"’')]* (?=[A-Z“\"‘])")
_ABBREVIATIONS: Final = """
adm brig capt cmdr col cpl dr ft gen gov hon insp lt maj messrs mr mrs ms mt pres prof rep reps rev sen sens sgt st supt
v vs
"""
_BEFORE_NAMES: Final = frozenset(_ABBREVIATIONS.split())
"""What ends in a stop before a name, and so in the middle of a sentence."""
_SAYS: Final = re.compile(r"(?P<who>[^.!?:]{2,60}): [‘'“\"][^.!?]{2,100}[.!?][’'”\"]")
_SAID: Final = re.compile(r"\b(?:said|told|added|asked|wrote|tweeted|replied|answered|explained|declared)\b")
_NOT_WORD: Final = re.compile(r"\W+")
_SITE: Final = re.compile(r"\s+[|–—-]\s+(?P<site>[^|–—]{2,40})$")
_SEARCHED: Final = 3
"""How many paragraphs from the top a repeated title is looked for in."""


def looks_like_title(line: str) -> bool:
    """Tell whether the first line of a text is its headline rather than its first sentence.

    A headline is one short line, and ends without a full stop, unless most of its words have capitals, or the stop is
    that of what somebody says in it, now: `Mayor says: 'We're broke.'`
    """
    if not 2 < len(line) <= MAX_CHARS or line.endswith((",", ";", "…", "—")):
        return False
    bare = line.rstrip(_CLOSING)
    if _end_of_sentence(bare, _BREAK):
        return False
    return not bare.endswith((".", ":")) or _in_title_case(bare) or _is_saying(line)


def first_sentence(line: str) -> str:
    """Give a line up to the end of its first sentence; `Gov. Smith` and `Leeds vs. York` end none."""
    return line[: _end_of_sentence(line, _STOP)].rstrip()


def _end_of_sentence(line: str, stops: re.Pattern[str]) -> int | None:
    return next((stop.end() for stop in stops.finditer(line) if stop["word"].lower() not in _BEFORE_NAMES), None)


def _is_saying(line: str) -> bool:
    match = _SAYS.fullmatch(line)
    return match is not None and _SAID.search(match["who"]) is None


def _in_title_case(line: str) -> bool:
    words = [word for word in line.split() if word[0].isalpha() and word.lower() not in _SMALL]
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= _TITLE_CASE_SHARE * len(words)


def clean_title(title: str, *, publisher: str | None = None) -> str:
    """Make a stated title one line, without the name of the site behind a bar or dash."""
    title = one_line(title)
    match = _SITE.search(title)
    if match and publisher and squash(match["site"]) == squash(publisher):
        return title[: match.start()].rstrip()
    return title


def drop_repeated_title(title: str, paragraphs: Sequence[str]) -> list[str]:
    """Drop the title where the text says it again, as a paragraph of its own or behind a caption near the top.

    Politico's texts begin with a caption, a category of up to three words and the title: both go, the caption stays.
    """
    folded = squash(title)
    if not folded:
        return list(paragraphs)
    kept = list(paragraphs)
    for at, text in enumerate(kept[:_SEARCHED]):
        if len(text) < len(title) - 2:
            continue
        if squash(text) == folded and len(kept) > 1:
            del kept[at]
            break
        if text.endswith(title) and len(title) > 20:
            before = text.removesuffix(title).rstrip()
            match = _CATEGORY.fullmatch(before)
            if match:
                kept[at] = match["text"]
                break
    return kept


def squash(text: str) -> str:
    """Reduce a title or name to its words in lower case, to compare it."""
    return _NOT_WORD.sub(" ", text.lower()).strip()
