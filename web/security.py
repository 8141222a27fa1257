"""What every response carries and every request must fit."""

from flask import Flask, Response, request

from index.settings import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

SHARED_PATHS = ("/api/v1/", "/feed.")
"""What pages of other origins may read, where the setting `cors_origins` names them; it is read only anyway."""

EXPOSED = (
    "ETag, Link, Location, Retry-After, RateLimit, RateLimit-Policy, X-Request-ID, Newsmorgue-Query, "
    "Newsmorgue-Generation, Newsmorgue-Total, Newsmorgue-Articles"
)


def protect(app: Flask, settings: Settings) -> None:
    """Answer only to the trusted Host names (against DNS rebinding) and send the security headers with everything."""
    app.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes

    @app.after_request
    def harden(response: Response) -> Response:
        if request.method == "OPTIONS" and not response.is_streamed and not response.get_data():
            response.headers.pop("Content-Type", None)  # of nothing
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if any(settings.cors_origins) and request.path.startswith(SHARED_PATHS):
            share(response, settings.cors_origins)
        return response


def share(response: Response, origins: tuple[str, ...]) -> None:
    """Let scripts of other origins read an answer (the Fetch standard's CORS); cookies are never involved."""
    origin = request.headers.get("Origin", "")
    if "*" not in origins:
        response.vary.add("Origin")
    if not origin or not ("*" in origins or origin in origins):
        return
    response.headers["Access-Control-Allow-Origin"] = "*" if "*" in origins else origin
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match, X-Request-ID"
        response.headers["Access-Control-Max-Age"] = "86400"
