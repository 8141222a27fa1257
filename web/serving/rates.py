"""How often one client may ask: a bucket of tokens each, told with every answer.

The headers are those of draft-ietf-httpapi-ratelimit-headers-10: `RateLimit-Policy` says what is allowed, `RateLimit`
what is left of it and in how many seconds there will be more.
"""

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask, Response, g, request
from werkzeug.exceptions import TooManyRequests

from index.settings import Settings

WINDOW = 60
"""Seconds that the limit is for."""

CLIENTS = 10_000
"""Clients remembered: who asked longest ago is forgotten, and may ask in full again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a client may still ask: whether this time, how often more, and seconds until there is another time."""

    allowed: bool
    left: int
    wait: int


@dataclass(slots=True, kw_only=True)
class Limiter:
    """A token bucket a client that holds `limit` and fills in a window; safe for threads."""

    limit: int
    clock: Callable[[], float] = time.monotonic
    _buckets: "OrderedDict[str, tuple[float, float]]" = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, client: str) -> Standing:
        """Take a token from a client's bucket, where there is one."""
        now, rate = self.clock(), self.limit / WINDOW
        with self._lock:
            tokens, then = self._buckets.pop(client, (float(self.limit), now))
            tokens = min(self.limit, tokens + (now - then) * rate)
            allowed = tokens >= 1
            tokens -= 1 if allowed else 0
            self._buckets[client] = (tokens, now)
            if len(self._buckets) > CLIENTS:
                self._buckets.popitem(last=False)
        wait = 0 if tokens >= 1 else math.ceil((1 - tokens) / rate)
        return Standing(allowed=allowed, left=int(tokens), wait=wait)


def limit_rates(app: Flask, settings: Settings) -> None:
    """Let each client ask `rate_limit` times a minute; this machine's own may always, unless a setting says no."""
    if not settings.rate_limit:
        return
    limiter = Limiter(limit=settings.rate_limit)

    @app.before_request
    def count() -> None:
        client = _client(request.remote_addr or "")
        if client is None and not settings.rate_limit_loopback:
            return
        g.standing = limiter.take(client or "loopback")
        if not g.standing.allowed:
            raise TooManyRequests(
                f"More than {settings.rate_limit} requests in {WINDOW} s.", retry_after=g.standing.wait
            )

    @app.after_request
    def tell(response: Response) -> Response:
        if standing := g.get("standing"):
            response.headers["RateLimit-Policy"] = f'"requests";q={settings.rate_limit};w={WINDOW}'
            response.headers["RateLimit"] = f'"requests";r={standing.left};t={standing.wait}'
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
