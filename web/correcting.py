"""Who may correct people and outlets over the network: the setting, and what tells a form of ours from a forged one.

A form carries a token that only this archive can have made for the browser's cookie; the cookie is set on the pages of
corrections alone, and never sent from another site's. Beside it, what the browser says of where a request comes from
(Sec-Fetch-Site, Origin) must not be another site.
"""

import hashlib
import hmac
import ipaddress
import secrets
from urllib.parse import urlsplit

from flask import Response, abort, request

from index.errors import SettingError
from index.settings import Settings
from search.correcting import Corrections
from web.language import _
from web.state import searcher, state

COOKIE = "newsmorgue-corrections"
FIELD = "token"

_NONCE_BYTES = 18
_FORWARDING = frozenset({"forwarded", "via", "x-real-ip", "x-client-ip", "cf-connecting-ip", "true-client-ip"})
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})


def offered(settings: Settings) -> bool:
    """Say whether this server lets anybody correct; raises SettingError where the setting is no choice."""
    match settings.corrections:
        case "on":
            return True
        case "off":
            return False
        case "auto":
            return _loopback(settings.host) and not settings.trusted_proxy
    raise SettingError(f"{settings.corrections!r} is no choice", where="corrections", remedy="Give auto, on or off")


def corrections() -> Corrections:
    """Give the corrections of the archive that this application answers from."""
    return Corrections(searcher().data_dir, searcher(), state().settings)


def refuse_strangers() -> None:
    """Answer 404 where nobody may correct here, 403 where this client may not, or another site sent it."""
    settings = state().settings
    if not offered(settings):
        abort(404, _("Names are not corrected here: the setting `corrections` is off."))
    here = _loopback(request.remote_addr or "") and _loopback(_host()) and not _forwarded()
    if settings.corrections == "auto" and not here:
        abort(403, _("Names are corrected from this machine only, unless the setting `corrections` is on."))


def refuse_other_sites() -> None:
    """Answer 403 where a browser says that another site sent the request; scripts say nothing."""
    site, origin = request.headers.get("Sec-Fetch-Site", ""), request.headers.get("Origin", "")
    if (site and site not in {"same-origin", "none"}) or (origin and urlsplit(origin).netloc != request.host):
        abort(403, _("Another site sent this. Corrections are made on the pages of this archive."))


def refuse_forged() -> None:
    """Answer 403 where a form was not sent from a page that this browser had of this archive."""
    refuse_other_sites()
    cookie, given = request.cookies.get(COOKIE, ""), request.form.get(FIELD, "")
    if not cookie or not hmac.compare_digest(_token(cookie).encode(), given.encode("utf-8", "replace")):
        abort(403, _("This form is of another visit. Open the page again, and allow cookies for it."))


def token() -> str:
    """Give what the forms of this request's page carry."""
    return _token(_nonce())


def keep_nonce(response: Response) -> Response:
    """Let the browser keep what tokens are made of, and nobody keep the page."""
    response.set_cookie(COOKIE, _nonce(), samesite="Strict", httponly=True, secure=request.is_secure, path="/")
    response.headers["Cache-Control"] = "no-store"
    return response


def _nonce() -> str:
    """Give the browser's nonce, or make one for the length of this request."""
    known = request.cookies.get(COOKIE, "") or request.environ.get(COOKIE, "")
    if not known:
        known = request.environ[COOKIE] = secrets.token_urlsafe(_NONCE_BYTES)
    return str(known)


def _token(nonce: str) -> str:
    secret = hashlib.sha256(b"corrections\n" + searcher().secret()).digest()
    return hmac.new(secret, nonce.encode("utf-8", "replace"), "sha256").hexdigest()


def _forwarded() -> bool:
    """Say whether a proxy passed the request on, so that it may come from anywhere.

    Proxies say so in a header, unless they are told not to; nginx by itself says nothing, but speaks HTTP/1.0, which no
    browser and no script of our time does.
    """
    names = {name.lower() for name in request.headers.keys()}  # noqa: SIM118  # werkzeug's headers iterate over pairs
    told = bool(names & _FORWARDING) or any(name.startswith("x-forwarded-") for name in names)
    return told or request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0"


def _host() -> str:
    return urlsplit(f"//{request.host}").hostname or ""


def _loopback(host: str) -> bool:
    if host in _LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
