"""From bytes to text, whatever encoding they were written in."""

from typing import Final

from charset_normalizer import from_bytes

_MARKS: Final = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SCATTERED: Final = 0.02
_SCATTERED_SHORT: Final = 0.15
_SHORT_BYTES: Final = 600
"""Below, the statistics of charset-normalizer are noise; English and French in cp1252 stay under the share above."""
_DETECT_BYTES: Final = 20_000


def _western(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return "\ufffd"


_STRAY: Final = {0xDC00 + byte: _western(byte) for byte in range(0x80, 0x100)}
"""The code points that `surrogateescape` gives for bytes that are no UTF-8, to what they are in cp1252."""


def marked_encoding(head: bytes) -> str | None:
    """Name the UTF-16 or UTF-32 that the first bytes betray, by a mark or by where their zeros stand."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    sample = head[:512]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Decode text in UTF-8, in the `declared` encoding (of an HTML page), or in a legacy one found by its look.

    Never raises: a byte that means nothing becomes U+FFFD. Stray cp1252 bytes in UTF-8 are read as what they are.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if declared:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    escaped = data.decode("utf-8-sig", "surrogateescape")
    strays = sum("\udc80" <= c <= "\udcff" for c in escaped)
    whole = sum(c > "\x7f" for c in escaped) - strays
    limit = _SCATTERED_SHORT if len(data) < _SHORT_BYTES else _SCATTERED
    if whole > strays or strays <= limit * len(data):
        return escaped.translate(_STRAY)
    best = from_bytes(data[:_DETECT_BYTES], enable_fallback=False).best()
    return data.decode(best.encoding, "replace") if best else escaped.translate(_STRAY)
