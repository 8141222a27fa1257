"""Cursors: where a page of an answer ends or begins, as an opaque word that is safe in an address.

A cursor holds the sort key of a hit (score, day, id), the generation it came from, and a digest of the question, so
that it cannot be used with another one. Pages are cut by key, never by number: while the answer's generation is open,
walking loses and repeats nothing.
"""

import base64
import binascii
import dataclasses
import hashlib
import json
from dataclasses import dataclass
from typing import Literal

from search.engines.engine import Key
from search.request import ParameterError, SearchRequest, to_params

_VERSION = 1
_SIDES: dict[str, Literal["after", "before", "until"]] = {"a": "after", "b": "before", "u": "until"}
_NOT_THE_QUESTION = {"size": None, "cursor": None, "facets": (), "facet_size": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A place in an answer: a hit's key, on which side of it the page lies, and the generation of the answer.

    `question` is the digest of the question that a cursor was read for; a new one has none yet.
    """

    key: Key
    side: Literal["after", "before", "until"]
    generation: str
    question: str = ""


def encode(cursor: Cursor, request: SearchRequest) -> str:
    """Give the opaque form of a cursor into the answer to a request."""
    key = cursor.key
    parts = [_VERSION, cursor.side[0], key.score.hex(), key.day, key.id, cursor.generation, _digest(request)]
    return base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")


def decode(text: str) -> Cursor:
    """Read a cursor; raises ParameterError where it is none of ours."""
    try:
        data = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        version, side, score, day, article_id, generation, digest = json.loads(data)
        key = Key(score=float.fromhex(score), day=int(day), id=str(article_id))
        cursor = Cursor(key=key, side=_SIDES[side], generation=str(generation), question=str(digest))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, binascii.Error) as error:
        raise ParameterError(
            "cursor", "it cannot be read", remedy="Take it from an earlier answer unchanged"
        ) from error
    if version != _VERSION:
        raise _foreign()
    return cursor


def verify(cursor: Cursor, request: SearchRequest) -> None:
    """Raise ParameterError where a cursor belongs to another question; the request is as an answer gives it back."""
    if cursor.question != _digest(request):
        raise _foreign()


def _foreign() -> ParameterError:
    return ParameterError("cursor", "it belongs to another search", remedy="Leave it out to begin at the first page")


def _digest(request: SearchRequest) -> str:
    question = to_params(dataclasses.replace(request, **_NOT_THE_QUESTION))  # type: ignore[arg-type]
    return hashlib.sha256(json.dumps(question).encode()).hexdigest()[:12]
