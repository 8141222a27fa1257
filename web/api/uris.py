"""Addresses of articles as feeds may have them: what an archive was given may be no URI (RFC 3986)."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

_WEB = frozenset({"http", "https"})
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_MARKS = "!$&'()*+,;=:@%~"
"""What may stand as it is in a path, beside letters, digits, `-`, `.`, `_` and its slashes."""

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9.])?|\[[0-9a-f:.]+\]", re.IGNORECASE | re.ASCII)


def web_uri(url: str | None) -> str | None:
    """Give an address of the web as a URI, with what may not stand in one percent-encoded; None where it is none."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port, host = parts.port, _host(parts.hostname or "")
    except ValueError:
        return None
    if parts.scheme not in _WEB or host is None:
        return None
    user = parts.netloc.rpartition("@")[0]
    place = f"{_encoded(user, '')}@" if user else ""
    place += host if port is None else f"{host}:{port}"
    rest = (_encoded(parts.path, "/"), _encoded(parts.query, "/?"), _encoded(parts.fragment, "/?"))
    return urlunsplit((parts.scheme, place, *rest))


def _host(name: str) -> str | None:
    """Give a host as the network knows it (RFC 3490), None where it is none."""
    host = f"[{name}]" if ":" in name else name if name.isascii() else name.encode("idna").decode("ascii")
    return host if _HOST.fullmatch(host) else None


def _encoded(text: str, more: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=_MARKS + more, errors="replace")
