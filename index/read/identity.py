"""Who an article is: the same address gives the same id, however it was decorated on its way."""

import hashlib
import re
from typing import Final
from urllib.parse import unquote, urlsplit, urlunsplit

_DEFAULT_PORTS: Final = {"http": ":80", "https": ":443"}
_TRACKING: Final = re.compile(
    r"(?:utm_\w*|at_(?:medium|campaign|custom\d|link_\w+|bbc_team|format|ptr_name)"
    r"|ns_(?:mchannel|source|campaign|linkname|fee)|(?:fb|g|d|y|tw|tt)clid|msclkid|gbraid|wbraid"
    r"|fb_(?:action_\w+|source|ref)|mc_[ce]id|_hs(?:enc|mi)|hss_channel|igsh(?:id)?|mkt_tok|cmpid|ncid|icid|smid|smtyp"
    r"|xtor|ref_src|ref_url|ftag|s_cid|soc_(?:src|trk)|guccounter|guce_referrer\w*|__twitter_impression|_ga|_gl"
    r"|traffic_source|vero_id|wickedid|oly_(?:anon|enc)_id)",
    re.IGNORECASE,
)
"""Names of parameters that say where a reader came from."""
_TRACKING_MARK: Final = re.compile(
    r"\.[\w-]{5,16}(?:\.(?:twitter|facebook|email|mailto|linkedin|whatsapp))?"  # AddThis
    r"|ixzz\w{6,}|sthash\.\w{8}(?:\.\w{4})?|_=_|google_vignette|goog_rewarded",
    re.IGNORECASE,
)
_TRACKING_IN_FRAGMENT: Final = frozenset(
    {
        "echobox",
        "cxrecs_s",
        "gsc.tab",
        "xtatc",
        "rssowlmlink",
        "link_time",
        "at_pco",
        "at_si",
        "at_ab",
        "at_pos",
        "at_tot",
    }
)
"""Names of parameters that are about the reader where they stand in a fragment."""
_PLACE: Final = re.compile(
    r"[!/]?|top|(?:page|back-?to)-?top|(?:(?:main|page|site)[-_]?)?content|main"
    r"|(?:skip|jump)-?to-?(?:main-?)?content|(?:article|story)[-_]?(?:body|text|content)|story-continues(?:-\d+)?"
    r"|more(?:-\d+)?|(?:(?:page|site)[-_]?)?(?:header|footer)|menu|nav(?:igation)?|sidebar|share|print|toc"
    r"|comments?(?:-\d+)?|comments?-?(?:form|title|list|section|area|box)|respond|reply(?:-?(?:form|title))?"
    r"|leave-?a-?(?:comment|reply)|disqus_thread|fb-?comments|footnotes?"
    r"|(?:fn|footnote|fnref|cite_(?:note|ref))[-:_]?\d+(?:[-_.]\d+)?",
    re.IGNORECASE,
)
"""Fragments that lead to a place on a page, each known by its whole name.

Whatever else stands there names an entry (`#post-12`, `#more-than-100-dead`, `#id=17`) or a route (`#!/articles/7`):
one article told twice is seen to be two copies, and one that is taken for another is lost."""
_FRONT: Final = re.compile(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)(?:\.\w{2,5})?/?)?", re.IGNORECASE
)
_SAFE_URL: Final = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_URL_DAY: Final = re.compile(r"/((?:19|20)\d\d)(?P<sign>[/-]?)(\d{1,2})(?P=sign)(\d{1,2})(?=[/-])")
_URL_MONTH: Final = re.compile(r"/((?:19|20)\d\d)/([a-z]{3})/(\d{1,2})(?=/)")
ID_DIGITS: Final = 16
STANDARD_INPUT: Final = "-"
"""The path, and the source, of standard input."""


def article_id(*, url: str | None, source: str, file: str = "", own_id: str | None = None, content: str = "") -> str:
    """Give the identity of an article, 16 hexadecimal digits.

    That of its URL where it has one of its own; else of its `file` and the id that it has there, so that lines may
    move; else, where the `source` is one of many in the file, of the file and the `content`, for the same reason; else
    of the `source`. Standard input has no name that tells one input from the next: there the content is always part.
    """
    file = file or source
    if url and not is_front_page(url):
        name = normalise_url(url)
    elif file == STANDARD_INPUT:
        name = "\0".join((STANDARD_INPUT, own_id or "", content))
    elif own_id:
        name = f"{file}\0{own_id}"
    else:
        name = source if source == file else f"{file}\0\0{content}"
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:ID_DIGITS]


def normalise_url(url: str) -> str:
    """Bring a URL into the form by which articles are the same.

    Scheme and host in lower case, no default port, no tracking parameters, and of fragments those that name an
    entry. What is no URL stays as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host = parts.netloc.rpartition("@")[2].lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme, "\0"))
    except ValueError:  # brackets that hold no IPv6 address
        return url.strip()
    query = "&".join(
        pair for pair in parts.query.split("&") if pair and not _TRACKING.fullmatch(unquote(pair.partition("=")[0]))
    )
    return urlunsplit((parts.scheme, host, parts.path or ("/" if host else ""), query, _entry(parts.fragment)))


def _entry(fragment: str) -> str:
    """Give what of a fragment names an entry; what stands behind `:~:` is for browsers (W3C, Text Fragments)."""
    name = fragment.partition(":~:")[0]
    names = (pair.partition("=")[0].casefold() for pair in name.split("&"))
    is_tracking = "=" in name and all(_TRACKING.fullmatch(one) or one in _TRACKING_IN_FRAGMENT for one in names)
    return "" if is_tracking or _PLACE.fullmatch(name) or _TRACKING_MARK.fullmatch(name) else name


def is_front_page(url: str) -> bool:
    """Tell the address of a site's front page, which pages and feeds state for want of one of the article's own."""
    try:
        parts = urlsplit(normalise_url(url))
    except ValueError:
        return False
    return bool(parts.netloc and _FRONT.fullmatch(parts.path)) and not parts.query and not parts.fragment


def usable_url(stated: str) -> str | None:
    """Give a stated URL if it is one that a page may link to (http or https), else None."""
    url = stated.strip()
    if url.startswith("//"):
        url = f"https:{url}"
    try:
        urlsplit(url)
    except ValueError:  # brackets that hold no IPv6 address
        return None
    return url if _SAFE_URL.fullmatch(url) else None


def url_day(url: str) -> str | None:
    """Give the day that stands in a URL's path (`/2017/07/01/`, `/2017/jul/01/`) as words for `parse_date`, or None.

    Publishing systems write it when they publish: of 6,204 articles with both, one had another stated date.
    """
    match = _URL_DAY.search(url)
    if match and (match["sign"] or len(match[3]) + len(match[4]) == 4):
        return f"{match[1]}-{match[3]}-{match[4]}"
    match = _URL_MONTH.search(url)
    return f"{match[3]} {match[2]} {match[1]}" if match else None
