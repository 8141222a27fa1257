"""The table of formats, and which of them an input has: told by its content, by its suffix only where that fails."""

import re
from pathlib import PurePath
from typing import Final

from index.read.format import Format, Head
from index.read.formats.html import HTML
from index.read.formats.json_lines import JSON_LINES
from index.read.formats.json_values import JSON
from index.read.formats.plain import PLAIN
from index.read.formats.table import TABLE
from index.read.options import ReadOptions
from index.read.streams import HEAD_BYTES, ByteStream
from index.types import Rejected

FORMATS: Final = (HTML, JSON_LINES, JSON, TABLE, PLAIN)
"""The first that recognises an input reads it; the last recognises every text."""
_BY_NAME: Final = {form.name: form for form in FORMATS}

_MAGIC: Final = (
    (b"%PDF", "a PDF file: turn it into text first (pdftotext)"),
    (b"PK\x03\x04", "a zip archive (or an office document): unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old office document: save it as text first"),
    (b"{\\rtf", "an RTF document: save it as text first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a sound, film or picture"),
    (b"SQLite format 3", "an SQLite database"),
    (b"BZh", "packed by bzip2: unpack it first"),
    (b"\xfd7zXZ", "packed by xz: unpack it first"),
    (b"7z\xbc\xaf", "packed by 7-Zip: unpack it first"),
    (b"(\xb5/\xfd", "packed by zstd: unpack it first"),
    (b"\x1f\x8b", "packed twice: unpack it once"),
    (b"\x7fELF", "a program"),
)
_CONTROLS: Final = bytes(set(range(32)) - {8, 9, 10, 11, 12, 13, 26, 27, 30})
_CONTROL_SHARE: Final = 0.01
_XML: Final = re.compile(
    r"\s*<\?xml\b[^>]*>\s*(?:<!--(?:(?!-->).)*+-->\s*)*+<(?!html|!doctype html)(?P<root>!?[\w:.-]+)", re.I | re.S
)


def detect(stream: ByteStream, options: ReadOptions) -> Format | Rejected:
    """Recognise the format of a stream from its first bytes, or say why none can read it."""
    sample = stream.head()
    problem = _find_problem(sample)
    if problem:
        return stream.problem or Rejected(source=stream.source, reason=problem[0], detail=problem[1])
    text = sample.decode("utf-8", "replace").removeprefix("\ufeff")  # only its structure is looked at
    head = Head(text=text, suffix=suffix_of(stream.source), complete=len(sample) < HEAD_BYTES)
    return next(form for form in FORMATS if form.recognise(head, options))


def format_named(name: str) -> Format:
    """Give the format with a name that a piece carries."""
    return _BY_NAME[name]


def suffix_of(source: str) -> str:
    """Give the suffix of a source without that of its packing, in lower case: `.csv` of `A.CSV.gz`."""
    path = PurePath(source.lower())
    return PurePath(path.stem).suffix if path.suffix == ".gz" else path.suffix


def _find_problem(sample: bytes) -> tuple[str, str] | None:
    """Say what is wrong with an input that no format could read: nothing in it, or no text."""
    if not sample.strip(b" \t\r\n\0\xef\xbb\xbf"):
        return "empty", "there is nothing in it"
    for magic, what in _MAGIC:
        if sample.startswith(magic):
            return "binary", f"it is no text but {what}"
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > _CONTROL_SHARE * len(sample):
        return "binary", "it is no text but binary data"
    match = _XML.match(sample[:4_096].decode("latin-1"))
    if match:
        return "unsupported", f"it is XML of a kind that is not read ({match['root'][:40]})"
    return None
