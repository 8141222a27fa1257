"""From bytes to text, whatever encoding they were written in."""

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

from index.read.guessing import guess_encoding

_MARKS: Final = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SCATTERED: Final = 0.15
"""Where no more of the bytes are beyond ASCII and no language is told by them, they are read as cp1252."""
_DETECT_BYTES: Final = 20_000
_STATEFUL: Final = re.compile(r"iso-?2022|^hz|utf-?7", re.IGNORECASE)
"""Encodings in bytes of ASCII, which would pass for UTF-8."""
_SHIFTS: Final = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$B", "iso2022_jp_2"), (b"\x1b$@", "iso2022_jp_2"))
"""How text in them leaves ASCII, which nothing else does."""
_JUDGED_BYTES: Final = 2_048
_EXPECTED: Final = 0.97
"""So many of the characters must be of living scripts for bytes to be taken for UTF-16: of noise, 60 % are."""
_SCRIPTS: Final = re.compile(
    "[\t\n\r -~\u00a0-\u024f\u0370-\u06ff\u0900-\u0dff\u0e00-\u0e7f\u10a0-\u11ff\u1e00-\u206f\u20a0-\u20cf\u2100-\u214f"
    "\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\ufe30-\ufe4f\uff01-\uffee]"
)
_ASCII: Final = b"\t\n\r" + bytes(range(32, 127))
_PLAIN: Final = 0.9
"""Where more of the bytes other than NUL are ASCII, it is a text in Latin letters; other scripts have others too."""
_PADDED: Final = 0.5
"""So many of one half of a wide text in Latin letters are NUL, and so few of the other are more than scattered."""
_SCATTERED_NULS: Final = 0.02
_STOPS: Final = re.compile("[\t\n\r -~\u3001\u3002\uff0c]")
"""What any text has some of: blanks, ends of lines, digits, marks of punctuation."""


def _western(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return "\ufffd"


_STRAY: Final = {0xDC00 + byte: _western(byte) for byte in range(0x80, 0x100)}
"""The code points that `surrogateescape` gives for bytes that are no UTF-8, to what they are in cp1252."""


def marked_encoding(head: bytes) -> str | None:
    """Name the UTF-16 or UTF-32 that the first bytes betray, by a mark or by making sense in it alone."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    sample = head[: min(_JUDGED_BYTES, len(head) // 4 * 4)]
    if len(sample) < 4 or (b"\0" not in sample and _is_utf_8(sample)):
        return None
    for encoding in ("utf-32-le", "utf-32-be"):
        if _share(sample, encoding) == 1:
            return encoding
    if _is_narrow(sample):
        return None
    best = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _share(sample, encoding))
    return best if _share(sample, best) >= _EXPECTED else None


def _is_narrow(sample: bytes) -> bool:
    """Tell text in ASCII with NULs in between: two bytes of it make a character of Chinese more often than not."""
    rest = sample.replace(b"\0", b"")
    if len(rest) - len(rest.translate(None, _ASCII)) <= _PLAIN * len(rest):
        return False
    fewer, more = sorted(half.count(0) / len(half) for half in (sample[::2], sample[1::2]))
    return more < _PADDED or fewer > _SCATTERED_NULS


def _is_utf_8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _share(sample: bytes, encoding: str) -> float:
    """Give how much of some bytes are characters of living scripts in an encoding; 0 where they cannot be a text."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
    return len(_SCRIPTS.findall(text)) / len(text) if text and _STOPS.search(text) else 0.0


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Decode text in UTF-8, in the `declared` encoding (of an HTML page), or in a legacy one found by its look.

    Never raises: a byte that means nothing becomes U+FFFD. Stray cp1252 bytes in UTF-8 are read as what they are.
    """
    told = _told(data, declared)
    if told is not None:
        return told
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if declared:
        text = _decoded(data, declared)
        if text is not None:
            return text
    escaped = data.decode("utf-8-sig", "surrogateescape")
    strays = sum("\udc80" <= c <= "\udcff" for c in escaped)
    whole = sum(c > "\x7f" for c in escaped) - strays
    if whole > strays:
        return escaped.translate(_STRAY)
    encoding = guess_encoding(data)
    if encoding is None and strays > _SCATTERED * len(data):
        best = from_bytes(data[:_DETECT_BYTES], enable_fallback=False).best()
        encoding = best.encoding if best else None
    return data.decode(encoding, "replace") if encoding else escaped.translate(_STRAY)


def _told(data: bytes, declared: str | None) -> str | None:
    """Decode text whose encoding is certain: it begins with its mark, or shifts between ASCII and others; else None."""
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _decoded(data, marked)
    if declared and _STATEFUL.search(declared):
        return _decoded(data, declared)
    encoding = next((name for shift, name in _SHIFTS if shift in data), None)
    return _decoded(data, encoding) if encoding else None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
