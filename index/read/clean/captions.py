"""The signs around captions, of which NPR, the BBC and others leave the words behind; the captions themselves stay."""

import re
from typing import Final

_BBC: Final = re.compile(
    r"\bImage (?:copyright|source|credit),?\s.{1,60}?\s(?=Image caption)"
    r"|^Image (?:copyright|source|credit),?\s.{1,60}$"
    r"|\bImage caption,?\s|\bMedia caption,?\s"
    r"|\bMedia playback is (?:un|not )supported on (?:your|this) device\s*"
)
_BBC_CLUES: Final = ("Image co", "Image so", "Image cr", "Image ca", "Media ")
_CREDIT_TWICE: Final = re.compile(
    r"(?:Enlarge this image\s*)?(?:toggle caption\s+)?(?P<credit>\S.{1,120}?)\s+(?P=credit)(?=\s|$)"
)
_CREDIT_LINE: Final = re.compile(r"(?:Enlarge this image\s*)?toggle caption\b.{0,200}|Enlarge this image.{0,100}")
_NPR_WORDS: Final = re.compile(r"\s*\b(?:Enlarge this image\s*)?(?:toggle caption|Enlarge this image)\b\s*")
_HIDE: Final = re.compile(r"\bHide caption\s+")


def strip_caption_signs(paragraph: str) -> str:
    """Take out `Image copyright AFP Image caption`, `Enlarge this image toggle caption` and their like.

    NPR gives each credit twice in a row behind its sign: that is how the end of the credit is known.
    """
    if any(clue in paragraph for clue in _BBC_CLUES):
        paragraph = _BBC.sub("", paragraph)
    if "aption" in paragraph or "Enlarge this" in paragraph:
        if paragraph.startswith(("Enlarge this image", "toggle caption")):
            paragraph = _CREDIT_TWICE.sub("", paragraph, count=1).strip()
        if _CREDIT_LINE.fullmatch(paragraph):
            return ""
        paragraph = _HIDE.sub("", _NPR_WORDS.sub(" ", paragraph))
    return paragraph
