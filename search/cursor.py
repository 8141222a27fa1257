"""Cursors: where a page of an answer ends or begins, as an opaque word that is safe in an address.

A cursor holds the sort key of a hit (score, day, id), the generation it came from, and a digest of the question, so
that it cannot be used with another one. Pages are cut by key, never by number: while the answer's generation is open,
walking loses and repeats nothing. A cursor is signed with the secret of its archive: what was not given out by a
searcher of that archive is no cursor.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from search.engines.engine import Key, Outcome, Window
from search.language import _
from search.request import ParameterError, SearchRequest, to_params

_VERSION = 2
_SIDES: dict[str, Literal["after", "before", "until"]] = {"a": "after", "b": "before", "u": "until"}
_NOT_THE_QUESTION = frozenset({"size", "cursor", "facets", "facet_size"})
_SIGNATURE = 12
"""Bytes of a signature: 96 bits cannot be guessed over a network, and addresses stay short."""


class ExpiredCursorError(ParameterError):
    """A cursor into a generation that is open no more; `continued` is the same place in the present one."""

    def __init__(self, continued: str) -> None:
        super().__init__(
            "cursor",
            _("the state of the archive that it was given for is gone"),
            remedy=_(
                "Begin again without a cursor, or go on from the same place in the present state, where articles "
                "that came or changed meanwhile may be missing or come twice"
            ),
        )
        self.continued = continued


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What an opaque word says, not yet known to be ours; `verify` tells."""

    parts: list[Any]
    signed: bytes
    signature: bytes

    def verify(self, secret: bytes) -> None:
        """Raise ParameterError where the word was not sealed with this secret, or was changed."""
        if not hmac.compare_digest(self.signature, _sign(self.signed, secret)):
            raise _unreadable()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A place in an answer: a hit's key, on which side of it the page lies, and the generation of the answer.

    `question` is the digest of the question that a cursor was read for, and `sealed` the word; a new one has neither.
    """

    key: Key
    side: Literal["after", "before", "until"]
    generation: str
    question: str = ""
    sealed: Sealed | None = None


def secret_of(archive: str) -> bytes:
    """Give the secret of an archive: derived from its random identity, which no answer tells."""
    return hashlib.sha256(f"newsmorgue cursors\n{archive}".encode()).digest()


def seal(parts: Sequence[Any], secret: bytes) -> str:
    """Write parts of JSON as one opaque word, signed."""
    data = json.dumps(parts, separators=(",", ":")).encode()
    return _worded(data + _sign(data, secret))


def unseal(text: str) -> Sealed:
    """Read an opaque word; raises ParameterError where it cannot be one of ours."""
    try:
        data = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        signed, signature = data[:-_SIGNATURE], data[-_SIGNATURE:]
        parts = json.loads(signed)
    except (ValueError, RecursionError, binascii.Error) as error:
        raise _unreadable() from error
    if not isinstance(parts, list) or _worded(data) != text:
        raise _unreadable()
    return Sealed(parts=parts, signed=signed, signature=signature)


def encode(cursor: Cursor, request: SearchRequest, secret: bytes) -> str:
    """Give the opaque form of a cursor into the answer to a request."""
    key = cursor.key
    parts = [_VERSION, cursor.side[0], key.score.hex(), key.day, key.id, cursor.generation, question_of(request)]
    return seal(parts, secret)


def following(outcome: Outcome, generation: str, request: SearchRequest, secret: bytes) -> str | None:
    """Give the cursor of the page after an outcome's rows."""
    if not outcome.rows or outcome.before + len(outcome.rows) == outcome.total:
        return None
    return encode(Cursor(key=outcome.rows[-1], side="after", generation=generation), request, secret)


def preceding(outcome: Outcome, window: Window, generation: str, request: SearchRequest, secret: bytes) -> str | None:
    """Give the cursor of the page before; past the end, that of the last page."""
    if not outcome.before:
        return None
    if outcome.rows:
        cursor = Cursor(key=outcome.rows[0], side="before", generation=generation)
    elif window.key:
        cursor = Cursor(key=window.key, side="until", generation=generation)
    else:
        return None
    return encode(cursor, request, secret)


def decode(text: str, shielded: Callable[[str], str] = str) -> Cursor:
    """Read a cursor, not yet known to be ours; raises ParameterError where it cannot be.

    `shielded` gives for its generation the one in which the walk goes on; see `search.generations`.
    """
    sealed = unseal(text)
    try:
        version, side, score, day, article_id, generation, digest = sealed.parts
        key = Key(score=float.fromhex(score), day=int(day), id=str(article_id))
        cursor = Cursor(
            key=key, side=_SIDES[side], generation=shielded(str(generation)), question=str(digest), sealed=sealed
        )
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise _unreadable() from error
    if version != _VERSION:
        raise _unreadable()
    return cursor


def verify(cursor: Cursor, request: SearchRequest, secret: bytes) -> None:
    """Raise ParameterError where a cursor is not ours or belongs to another question.

    The request is as an answer gives it back.
    """
    if cursor.sealed is None:
        raise _unreadable()
    cursor.sealed.verify(secret)
    verify_question(cursor.question, request)


def refuse_expired(cursor: Cursor, request: SearchRequest, generation: str, secret: bytes) -> None:
    """Raise ExpiredCursorError where a cursor is of another generation than the one that answers."""
    if cursor.generation != generation:
        raise ExpiredCursorError(encode(replace(cursor, generation=generation), request, secret))


def verify_question(question: str, request: SearchRequest) -> None:
    """Raise ParameterError where a cursor's question is another one."""
    if question != question_of(request):
        raise ParameterError(
            "cursor", _("it belongs to another search"), remedy=_("Leave it out to begin at the first page")
        )


def question_of(request: SearchRequest) -> str:
    """Give the digest of what is asked, whatever part of the answer is wanted."""
    question = [pair for pair in to_params(request) if pair[0] not in _NOT_THE_QUESTION]
    return hashlib.sha256(json.dumps(question).encode()).hexdigest()[:12]


def _worded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _sign(data: bytes, secret: bytes) -> bytes:
    return hmac.digest(secret, data, "sha256")[:_SIGNATURE]


def _unreadable() -> ParameterError:
    return ParameterError("cursor", _("it cannot be read"), remedy=_("Take it from an earlier answer unchanged"))
