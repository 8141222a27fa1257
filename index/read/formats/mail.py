"""Mail: an mbox of newsletters, one article a message, or a single message in a file (RFC 4155, RFC 5322)."""

import re
from collections.abc import Iterator
from typing import Final

from index.read.build import build
from index.read.dating import Doubt, tell_doubts
from index.read.format import Format, Head, cut_nothing
from index.read.json_text import Unreadable
from index.read.lines import cut_records
from index.read.mail import read_mail
from index.read.options import ReadOptions
from index.read.piece import Piece
from index.read.streams import ByteStream
from index.types import Article, Rejected

_FROM_LINE: Final = r"From [^\r\n]{1,300}\d\d:\d\d[^\r\n]{0,60}\r?\n"
_MBOX: Final = re.compile(rf"{_FROM_LINE}(?:[!-9;-~]{{1,76}}:|>From )")
_BOUNDARY: Final = re.compile(rf"^(?={_FROM_LINE})".encode(), re.MULTILINE)
_LINE: Final = re.compile(rb"^From [^\n]*\n")
_MARK: Final = b"\nFrom "
_QUOTED: Final = re.compile(rb"^>(>*From )", re.MULTILINE)
_HEADER: Final = re.compile(r"([!-9;-~]{1,76}):[ \t]?[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*")
_ONLY_MAIL: Final = frozenset({"message-id", "mime-version", "received", "return-path", "delivered-to", "x-mailer"})
_STATED: Final = frozenset({"from", "subject", "date"})


def _recognise_mbox(head: Head, options: ReadOptions) -> bool:
    del options
    return _MBOX.match(head.text.lstrip("\r\n")) is not None


def _recognise_message(head: Head, options: ReadOptions) -> bool:
    """Recognise headers, of which one belongs to mail alone: texts that begin with `Date:` are none."""
    del options
    names: set[str] = set()
    at = 0
    while match := _HEADER.match(head.text, at):
        names.add(match[1].lower())
        at = match.end()
    return bool(names & _ONLY_MAIL and names & _STATED)


def _cut_mbox(stream: ByteStream, whole: Piece, options: ReadOptions) -> Iterator[Piece | Rejected]:
    yield from cut_records(stream, whole, options, _end_of_messages, mark=_MARK)


def _end_of_messages(data: bytes) -> int:
    """Give the length of the whole messages: up to the last line that begins another."""
    at = data.rfind(_MARK)
    while at >= 0 and not _BOUNDARY.match(data, at + 1):
        at = data.rfind(_MARK, 0, at)
    return at + 1


def _read_mbox(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected]:
    yield from tell_doubts(_messages(piece, options))


def _messages(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected | Doubt]:
    content = piece.content or b""
    starts = [match.start() for match in _BOUNDARY.finditer(content)]
    line, at = piece.line, 0
    for start, end in zip(starts, [*starts[1:], len(content)], strict=True):
        line += content.count(b"\n", at, start)
        at = start
        message = _QUOTED.sub(rb"\1", _LINE.sub(b"", content[start:end], count=1))
        yield from _build(message, f"{piece.source}:{line}", piece.source, options, position=line)


def _read_message(piece: Piece, options: ReadOptions) -> Iterator[Article | Rejected]:
    yield from tell_doubts(_build(piece.content or b"", piece.source, "", options))


def _build(
    message: bytes, source: str, file: str, options: ReadOptions, *, position: int | None = None
) -> Iterator[Article | Rejected | Doubt]:
    stated = read_mail(message, source=source, file=file, options=options)
    if isinstance(stated, Unreadable):
        yield Rejected(source=source, reason=stated.reason, detail=stated.detail, position=position)
    else:
        yield from build(stated, options, position=position)


MBOX: Final = Format(name="mbox", recognise=_recognise_mbox, cut=_cut_mbox, read=_read_mbox, divisible=True)
MESSAGE: Final = Format(name="mail", recognise=_recognise_message, cut=cut_nothing, read=_read_message)
