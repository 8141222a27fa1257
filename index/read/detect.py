"""The table of formats, and which of them an input has: told by its content, by its suffix only where that fails."""

from pathlib import PurePath
from typing import Final

from index.read.format import Format, Head
from index.read.formats.feed import FEED
from index.read.formats.html import HTML
from index.read.formats.json_feed import JSON_FEED
from index.read.formats.json_lines import JSON_LINES
from index.read.formats.json_values import JSON
from index.read.formats.mail import MBOX, MESSAGE
from index.read.formats.plain import PLAIN
from index.read.formats.table import TABLE
from index.read.formats.wire import WIRE
from index.read.markup import begins_with_tag
from index.read.options import ReadOptions
from index.read.streams import HEAD_BYTES, ByteStream
from index.read.xml_text import xml_root
from index.types import Rejected

FORMATS: Final = (FEED, WIRE, HTML, JSON_LINES, JSON_FEED, JSON, MBOX, MESSAGE, TABLE, PLAIN)
"""The first that recognises an input reads it; the last recognises every text."""
_BY_NAME: Final = {form.name: form for form in FORMATS}

_MAGIC: Final = (
    (b"%PDF", "a PDF file: turn it into text first (pdftotext)"),
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
    (b"\x7fELF", "a program"),
)
_CONTROLS: Final = bytes(set(range(32)) - {8, 9, 10, 11, 12, 13, 26, 27, 30})
_CONTROL_SHARE: Final = 0.01
_STRAY_CONTROLS: Final = 3
"""So many are forgiven even in the shortest text."""


def detect(stream: ByteStream, options: ReadOptions) -> Format | Rejected:
    """Recognise the format of a stream from its first bytes, or say why none can read it."""
    sample = stream.head()
    problem = _find_problem(sample)
    if problem:
        return stream.problem or Rejected(source=stream.source, reason=problem[0], detail=problem[1])
    text = sample.decode("utf-8", "replace").removeprefix("\ufeff")  # only its structure is looked at
    head = Head(text=text, suffix=suffix_of(stream.source), complete=len(sample) < HEAD_BYTES)
    form = next(form for form in FORMATS if form.recognise(head, options))
    root = _foreign_root(head) if form is PLAIN else None
    if root:
        detail = f"it is XML of a kind that is not read ({root[:40]})"
        return Rejected(source=stream.source, reason="unsupported", detail=detail)
    return form


def format_named(name: str) -> Format:
    """Give the format with a name that a piece carries."""
    return _BY_NAME[name]


def suffix_of(source: str) -> str:
    """Give the suffix of a source without that of its packing, in lower case: `.csv` of `A.CSV.gz`."""
    path = PurePath(source.rpartition("!")[2].lower())
    return PurePath(path.stem).suffix if path.suffix == ".gz" else path.suffix


def _find_problem(sample: bytes) -> tuple[str, str] | None:
    """Say what is wrong with an input that no format could read: nothing in it, or no text."""
    if not sample.strip(b" \t\r\n\0\xef\xbb\xbf"):
        return "empty", "there is nothing in it"
    for magic, what in _MAGIC:
        if sample.startswith(magic):
            return "binary", f"it is no text but {what}"
    sample = sample.rstrip(b"\0")  # what a crash leaves behind a text
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > max(_STRAY_CONTROLS, _CONTROL_SHARE * len(sample)):
        return "binary", "it is no text but binary data"
    return None


def _foreign_root(head: Head) -> str | None:
    """Give the name of the first element of XML: of what says that it is, or ends as it begins."""
    root = xml_root(head.text)
    text = head.text.strip()
    if begins_with_tag(text):
        return None
    is_xml = text.startswith("<?xml") or (head.complete and text.endswith(">") and f"</{root}" in text[-120:])
    return root if is_xml else None
