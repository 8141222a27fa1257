"""Every kind of problem that scripts may meet (RFC 9457); the `type` of one leads to its words here."""

from dataclasses import dataclass

BASE = "/api/problems/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of problem: what it is called, its status, what it means and what a program should do about it."""

    name: str
    status: int
    title: str
    meaning: str
    remedy: str

    @property
    def type(self) -> str:
        """The address of its documentation."""
        return BASE + self.name


_KINDS = (
    Kind(
        name="unknown-parameter",
        status=400,
        title="Unknown parameter",
        meaning="The address has a parameter that this resource does not know. Nothing is ignored silently: a filter "
        "that was misspelt would give wrong figures for years.",
        remedy="`parameter` names it and `position` says where in the query string it stands; `remedy` lists those "
        "there are. Correct the address; asking again as it is will not help.",
    ),
    Kind(
        name="malformed-parameter",
        status=400,
        title="Malformed parameter",
        meaning="A parameter has a value that cannot be: a date that there is not, a number out of range, an empty "
        "name, or a value given twice. The query itself (`q`) is never malformed: what cannot be read is a notice.",
        remedy="`parameter` names it, `position` says where in the query string it stands, and `remedy` what it "
        "may be.",
    ),
    Kind(
        name="malformed-cursor",
        status=400,
        title="Malformed cursor",
        meaning="The cursor was not given out by this archive, was changed, or belongs to another question.",
        remedy="Follow the `next` of an answer as it is. Leave the cursor out to begin at the first page.",
    ),
    Kind(
        name="expired-cursor",
        status=410,
        title="Expired cursor",
        meaning="A walk from page to page goes through one state of the archive, which is kept for the setting "
        "`cursor_seconds` after the last page that was asked for (15 minutes, unless its owner says otherwise), but "
        "through a restart of the server only while it is one of the last, and at most `max_cursor_generations` of "
        "them. That state is gone now.",
        remedy="`restart` is the same question from its first page: a harvest from there loses and repeats nothing. "
        "`go_on` is the same place in the present state: sorted by date nothing that was there before is lost, but "
        "articles that came or changed meanwhile may be missing or come twice.",
    ),
    Kind(
        name="bad-request",
        status=400,
        title="Bad request",
        meaning="The request or what it sends cannot be read, or it asks for a host that this server does not answer "
        "for.",
        remedy="`detail` says what is wrong. If it is the host: the setting `trusted_hosts` names those answered.",
    ),
    Kind(
        name="not-found",
        status=404,
        title="Not found",
        meaning="There is nothing at this address: no such article, name or resource. An article's id is stable, "
        "but an article may be removed from the archive.",
        remedy="The resources are listed at /api.",
    ),
    Kind(
        name="forbidden",
        status=403,
        title="Forbidden",
        meaning="Names are corrected from the machine of the archive only, and never by a page of another site.",
        remedy="The owner may set `corrections` to on; see docs/corrections.md.",
    ),
    Kind(
        name="unsupported-media-type",
        status=415,
        title="Unsupported media type",
        meaning="What is sent must be JSON and say so: no page of another site can send that.",
        remedy="Send `Content-Type: application/json`.",
    ),
    Kind(
        name="malformed-correction",
        status=422,
        title="Malformed correction",
        meaning="What was sent is JSON, but not of the shape of a correction.",
        remedy="`detail` names the member; what it may be is at /api. Asking again as it is will not help.",
    ),
    Kind(
        name="refused-correction",
        status=409,
        title="Refused correction",
        meaning="The correction does not fit the archive as it is: a name is not shown, may be several, or is so "
        "already.",
        remedy="`detail` says what and how. Asking again as it is will not help.",
    ),
    Kind(
        name="method-not-allowed",
        status=405,
        title="Method not allowed",
        meaning="The resource is there, but cannot be asked this way.",
        remedy="The header `Allow` lists the methods: all but corrections is read by GET or HEAD.",
    ),
    Kind(
        name="too-large",
        status=413,
        title="Too large",
        meaning="The request or its address is larger than any that this server has use for.",
        remedy="Send less: a body up to the setting `max_body_bytes`, a query of a few thousand characters.",
    ),
    Kind(
        name="unsupported-encoding",
        status=501,
        title="Unsupported encoding",
        meaning="The request's body comes in a transfer encoding that this server does not read.",
        remedy="Send it as it is, with its `Content-Length`, or in chunks.",
    ),
    Kind(
        name="too-many-requests",
        status=429,
        title="Too many requests",
        meaning="This client has asked more often than the setting `rate_limit` allows.",
        remedy="Wait as many seconds as `Retry-After` says. `RateLimit` tells with every answer how many requests are "
        "left. For a whole result, ask for an export once instead of page after page.",
    ),
    Kind(
        name="internal-error",
        status=500,
        title="Internal error",
        meaning="Something went wrong here, which is our fault.",
        remedy="The server's log has the details under `request_id`. Please report them.",
    ),
    Kind(
        name="overloaded",
        status=503,
        title="Overloaded",
        meaning="More is being asked than this server can answer soon, so that it answers at once that it will not.",
        remedy="Wait as many seconds as `Retry-After` says, then ask again, less often.",
    ),
    Kind(
        name="no-archive",
        status=503,
        title="No archive",
        meaning="There is no index yet, it is being repaired, or the cluster that keeps it does not answer.",
        remedy="Ask again after `Retry-After` seconds. `detail` says what the owner has to do, or that the server's "
        "log says it under `request_id`.",
    ),
    Kind(
        name="incomplete",
        status=503,
        title="Incomplete",
        meaning="Not all hits can be had now: time ran out, or parts of the cluster that keeps the index were silent, "
        "at each of a few tries. An export lacks nothing: one that cannot go on ends as a broken connection does.",
        remedy="Ask again after `Retry-After` seconds. Where a query always takes too long, ask for less at a time, "
        "by dates; the owner may raise `query_seconds`.",
    ),
)

KINDS = {kind.name: kind for kind in _KINDS}
"""The kinds by their names."""

ANYWHERE = ("bad-request", "unknown-parameter", "too-many-requests", "overloaded", "no-archive")
"""The kinds that any resource may answer with."""

_BY_STATUS = {
    400: "bad-request",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "unsupported-media-type",
    409: "refused-correction",
    422: "malformed-correction",
    414: "too-large",
    431: "too-large",
    429: "too-many-requests",
    501: "unsupported-encoding",
    503: "overloaded",
}


def kind_of_status(status: int) -> Kind:
    """Give the kind of problem that a bare status stands for."""
    return KINDS[_BY_STATUS.get(status, "internal-error" if status >= 500 else "bad-request")]
