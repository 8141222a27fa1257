"""How often one client may ask: a bucket of tokens each, told with every answer.

The headers are those of draft-ietf-httpapi-ratelimit-headers-10: `RateLimit-Policy` says what is allowed, `RateLimit`
what is left of it and in how many seconds there will be more.

All processes of a server take from the same buckets: a table in memory that they share. A client has eight places there
by its fingerprint; where others have them all, the one who asked longest ago is forgotten, and may ask in full again.
"""

import hashlib
import ipaddress
import math
import mmap
import secrets
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import TooManyRequests

from index.settings import Settings
from web.serving.locking import SharedLock

WINDOW = 60
"""Seconds that the limit is for."""

CLIENTS = 16_384
"""Clients remembered."""

KEY = "newsmorgue rates"
ENVIRON = "newsmorgue.standing"

_PLACES = 8
_BUCKET = struct.Struct("<Qdd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a client may still ask: whether this time, how often more, and seconds until there is another time."""

    allowed: bool
    left: int
    wait: int


class Limiter:
    """Lets each client ask `limit` times in `WINDOW` seconds; safe for threads and over processes that part later."""

    def __init__(self, *, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self._clock = clock
        self._table = mmap.mmap(-1, CLIENTS * _BUCKET.size)
        self._key = secrets.token_bytes(16)
        self._lock = SharedLock()

    def take(self, client: str) -> Standing:
        """Take a token from a client's bucket, where there is one."""
        digest = hashlib.blake2b(client.encode("utf-8", "replace"), digest_size=8, key=self._key).digest()
        known = int.from_bytes(digest, "little") | 1  # 0 is nobody's
        first = (known >> 1) % (CLIENTS // _PLACES) * _PLACES * _BUCKET.size
        now, rate = self._clock(), self.limit / WINDOW
        with self._lock.held():
            places = range(first, first + _PLACES * _BUCKET.size, _BUCKET.size)
            found = [(*_BUCKET.unpack_from(self._table, at), at) for at in places]
            mine = next((one for one in found if one[0] == known), None)
            *_, oldest = min(found, key=lambda one: one[2] if one[0] else -math.inf)
            _, tokens, then, at = mine or (known, float(self.limit), now, oldest)
            tokens = min(float(self.limit), tokens + max(0.0, now - then) * rate)
            allowed = tokens >= 1
            tokens -= 1 if allowed else 0
            _BUCKET.pack_into(self._table, at, known, tokens, now)
        wait = 0 if tokens >= 1 else math.ceil((1 - tokens) / rate)
        return Standing(allowed=allowed, left=int(tokens), wait=wait)


class Rates:
    """Lets each client ask `rate_limit` times a minute; this machine's own may always, unless a setting says no."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = Limiter(limit=settings.rate_limit) if settings.rate_limit else None
        self._loopback = settings.rate_limit_loopback

    def take(self, environ: dict[str, Any]) -> Standing | None:
        """Take a token for a request, once; None for who may always ask."""
        if self._limiter is None:
            return None
        if ENVIRON not in environ:
            client = _client(environ.get("REMOTE_ADDR") or "")
            limited = client is not None or self._loopback
            environ[ENVIRON] = self._limiter.take(client or "loopback") if limited else None
        standing: Standing | None = environ[ENVIRON]
        return standing

    def headers(self, standing: Standing | None) -> list[tuple[str, str]]:
        """Give the headers that tell a client how it stands."""
        if standing is None or self._limiter is None:
            return []
        return [
            ("RateLimit-Policy", f'"requests";q={self._limiter.limit};w={WINDOW}'),
            ("RateLimit", f'"requests";r={standing.left};t={standing.wait}'),
        ]


def limit_rates(app: Flask, settings: Settings) -> None:
    """Refuse who asks too often, and tell all others how they stand."""
    rates = app.extensions[KEY] = Rates(settings)

    @app.before_request
    def count() -> None:
        standing = rates.take(request.environ)
        if standing and not standing.allowed:
            raise TooManyRequests(f"More than {settings.rate_limit} requests in {WINDOW} s.", retry_after=standing.wait)

    @app.after_request
    def tell(response: Response) -> Response:
        response.headers.extend(rates.headers(request.environ.get(ENVIRON)))
        return response


def _client(address: str) -> str | None:
    """Give what tells clients apart: the address, or the network where one has many (IPv6); None for this machine."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    if parsed.is_loopback:
        return None
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
