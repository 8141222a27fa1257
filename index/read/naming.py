"""Which files are no articles by their names, in directories and in archives alike."""

import os
import re
from typing import Final

_BESIDE: Final = """
.css .js .mjs .map .json5 .png .jpg .jpeg .gif .webp .svg .ico .bmp .avif .woff .woff2 .ttf .otf .eot .mp3 .mp4 .m4a
.webm .mov .ogg .wav .py .pyc .toml .ini .cfg .yml .yaml .lock .log .sh .bak .tmp .swp .part
"""
_NOT_ARTICLES: Final = frozenset(_BESIDE.split())
"""Suffixes of what lies beside articles: parts of saved pages, programs, settings. Such a file is read if named."""
_ABOUT: Final = re.compile(
    r"(?:readme|license|licence)(?:\.\w{1,5})?|(?:copying|changelog|contributing|authors|notice)(?:\.(?:md|rst))?", re.I
)
"""Names of files that tell about a folder; `notice.txt` may as well be an article, and is read."""


def is_beside(name: str) -> bool:
    """Tell a file that lies beside articles, or about them, by its name without the folders."""
    suffix = os.path.splitext(name.lower().removesuffix(".gz"))[1]  # noqa: PTH122
    return suffix in _NOT_ARTICLES or _ABOUT.fullmatch(name) is not None
