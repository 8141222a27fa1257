"""Validators and kept answers: an answer is the same as long as the address and the generation are."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Response, current_app, make_response, request

from index.version import VERSION

KEY = "newsmorgue answers"
SHARE = 16
"""No answer takes more than this part of what may be kept, so that a few large ones do not drive out all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer as it was made: its body and headers."""

    body: bytes
    headers: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return len(self.body) + 1_000


@dataclass(slots=True, kw_only=True)
class Answers:
    """The answers given last, by their validators, up to `most` bytes; safe for threads."""

    most: int
    hits: int = 0
    misses: int = 0
    _bytes: int = 0
    _kept: "OrderedDict[str, Kept]" = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, tag: str) -> Kept | None:
        """Give an answer that is kept."""
        with self._lock:
            kept = self._kept.get(tag)
            if kept is None:
                self.misses += 1
                return None
            self.hits += 1
            self._kept.move_to_end(tag)
            return kept

    def put(self, tag: str, kept: Kept) -> None:
        """Keep an answer, and let go of those not asked for longest."""
        if kept.size > self.most // SHARE:
            return
        with self._lock:
            old = self._kept.pop(tag, None)
            self._bytes += kept.size - (old.size if old else 0)
            self._kept[tag] = kept
            while self._bytes > self.most:
                _, gone = self._kept.popitem(last=False)
                self._bytes -= gone.size


def conditional(generation: str, make: Callable[[], str | Response]) -> Response:
    """Answer 304 where the client has this very state already, else as before or anew, with the label for next time.

    The entity tag covers version, generation and address (RFC 9110, section 8.8.3); it is weak, since compression on
    the way may change the bytes. Neither a 304 nor an answer that is kept asks the engine anything.
    """
    state = (VERSION, generation, request.host_url, request.full_path, current_app.config["STATIC_VERSION"])
    tag = hashlib.sha256("\n".join(state).encode("utf-8", "replace")).hexdigest()[:32]
    known = request.if_none_match.contains_weak(tag)
    response = Response(status=304) if known else _kept_or_made(tag, make)
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _kept_or_made(tag: str, make: Callable[[], str | Response]) -> Response:
    answers: Answers | None = current_app.extensions.get(KEY)
    kept = answers.get(tag) if answers else None
    if kept:
        return Response(kept.body, headers=list(kept.headers))
    response = make_response(make())
    if answers and response.status_code == 200 and not response.is_streamed:
        answers.put(tag, Kept(body=response.get_data(), headers=tuple(response.headers.items())))
    return response
