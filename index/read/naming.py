"""What names of files tell, in directories and in archives alike: which are no articles, which are an attack."""

import os
import re
from pathlib import PurePosixPath
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


def is_passed_over(name: str) -> bool:
    """Tell a member of an archive that is no article by its name: hidden files, parts of pages, notes."""
    parts = _parts(name)
    hidden = any(part.startswith(".") and part != ".." for part in parts)
    return hidden or "__MACOSX" in parts or not parts or is_beside(parts[-1])


def leads_out(name: str) -> bool:
    """Tell a member of an archive whose name leads out of it."""
    parts = _parts(name)
    return parts[0].startswith("/") or ".." in parts or parts[0].endswith(":")


def shown_name(name: str) -> str:
    """Give a member's name as text that can be stored and printed on one line."""
    return name.encode("utf-8", "backslashreplace").decode().translate(_CONTROLS)


_CONTROLS: Final = {code: f"\\x{code:02x}" for code in (*range(32), 127)}


def _parts(name: str) -> tuple[str, ...]:
    return PurePosixPath(name.replace("\\", "/")).parts
