"""One mail, such as a newsletter, as what it states: its headers decoded, its text without the markup."""

import re
from collections.abc import Iterable, Sequence
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from typing import Final

from index.read.build import Stated
from index.read.charset import decode
from index.read.clean.characters import one_line
from index.read.dating import date_of
from index.read.identity import usable_url
from index.read.json_text import Unreadable
from index.read.markup import plain
from index.read.options import ReadOptions

_MOST_PARTS: Final = 200
"""Parts of one mail that are looked at: a newsletter has three, a bomb of nested parts as many as it likes."""
_HEADER_CHARS: Final = 4_000
_SHOWN_CHARS: Final = 200
_FAILURES: Final = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What email raises on mail that breaks its rules, or nests for as long as it likes."""
_SENDER: Final = re.compile(r"(?P<name>[^<>]*)<?[^<>@\s]*@(?P<host>[^<>@\s]+?)>?")
_ANGLE: Final = re.compile(r"<(https?://[^<>\s]{1,2000})>", re.IGNORECASE)
_ENOUGH: Final = 0.5
"""The plain text of a mail is taken where it has at least this share of its HTML's words; else it is a stub."""
_STUB_CHARS: Final = 200
_SAME: Final = 0.9
"""So many of the distinct words of one of two parts the other has too, if they are one text in two forms."""
_WORD: Final = re.compile(r"\w+")


class _Policy(Compat32):
    """Cuts headers short as they are parsed: the standard library takes time by the square of their parameters."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_HEADER_CHARS]


_POLICY: Final = _Policy()


def read_mail(content: bytes, *, source: str, file: str, options: ReadOptions) -> Stated | Unreadable:
    """Read one mail, or say why the standard library cannot."""
    try:
        message = BytesParser(policy=_POLICY).parsebytes(content)
        text = _text(message)
    except _FAILURES as error:
        return Unreadable(reason="broken-mail", detail=f"it cannot be read as mail: {error}"[:_SHOWN_CHARS])
    sender = _SENDER.fullmatch(_header(message, "From"))
    date = _header(message, "Date")
    dating = date_of([("Date", date)] if date else (), origin="metadata", options=options)
    own_id = _header(message, "Message-ID").strip("<> ")
    return Stated(
        source=source,
        file=file,
        title=_header(message, "Subject"),
        text=text,
        url=_address(message),
        publisher=(sender["name"].strip(" \"'") or sender["host"]) if sender else None,
        published=dating.published,
        doubts=dating.doubts,
        language=_header(message, "Content-Language") or None,
        own_id=own_id or None,
    )


def _header(message: Message, name: str) -> str:
    """Give a header as text: its encoded words decoded (those that cannot be stay), other signs by their look."""
    stated = next((value for key, value in message.raw_items() if key.lower() == name.lower()), None)
    raw = decode(str(stated or "").encode("utf-8", "surrogateescape"))
    try:
        parts = decode_header(raw)
    except _FAILURES:
        return one_line(raw)
    return one_line(
        "".join(decode(text, declared=charset) if isinstance(text, bytes) else text for text, charset in parts)
    )


def _address(message: Message) -> str | None:
    """Give where the mail can be read on the web, if a header says so (RFC 5064)."""
    stated = _header(message, "Archived-At")
    match = _ANGLE.search(stated)
    return usable_url(match[1] if match else stated) if stated else None


def _text(message: Message) -> str:
    """Give the text of all parts in their order, of alternatives the plainest that is whole, and no attachment."""
    left = _MOST_PARTS

    def read(part: Message) -> tuple[str, str]:
        """Give the plain text of a part, and that made of markup, of which one is empty."""
        nonlocal left
        left -= 1
        if left < 0:
            return "", ""
        if not part.is_multipart():
            return _leaf(part)
        payload = part.get_payload()
        parts = [read(inner) for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []
        if part.get_content_type() == "multipart/alternative" or _are_copies(parts):
            stated, marked = (_joined(pair[kind] for pair in parts) for kind in (0, 1))
            return _chosen(stated, marked)
        whole = _joined(one for pair in parts for one in pair)
        return ("", whole) if any(marked for _, marked in parts) else (whole, "")

    return "".join(read(message))


def _joined(texts: Iterable[str]) -> str:
    return "\n\n".join(filter(None, texts))


def _chosen(stated: str, marked: str) -> tuple[str, str]:
    """Take the plain text unless it is a stub: that of many newsletters only points to the web."""
    is_stub = len(stated) < _STUB_CHARS or len(stated.split()) < _ENOUGH * len(marked.split())
    return ("", marked) if marked and is_stub else (stated, "")


def _are_copies(parts: Sequence[tuple[str, str]]) -> bool:
    """Tell a plain text and markup that say the same, though nothing states that they are alternatives."""
    found = [(stated, marked) for stated, marked in parts if stated or marked]
    if len(found) != 2 or not (found[0][0] and found[1][1]):
        return False
    one, other = (set(_WORD.findall(text.casefold())) for text in (found[0][0], found[1][1]))
    return len(one & other) >= _SAME * min(len(one), len(other))


def _leaf(part: Message) -> tuple[str, str]:
    """Give the plain text of a part that is no attachment, or the text of its markup."""
    kind = part.get_content_type()
    if kind not in ("text/plain", "text/html") or part.get_filename():
        return "", ""
    payload = part.get_payload(decode=True)
    text = decode(payload, declared=part.get_content_charset()) if isinstance(payload, bytes) else ""
    return (text.strip(), "") if kind == "text/plain" else ("", plain(text))
