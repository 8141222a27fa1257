"""What to do about a search that finds nothing or little, in words and links."""

from dataclasses import dataclass

from search.answer import Answer, Blame, Diagnosis, Proposal
from search.searcher import Searcher
from web.links import search_url
from web.wording import plural

FEW = 3
"""Answers with at most this many hits are asked for other spellings."""

_PROPOSED = {
    "spelling": "Did you mean {}?",
    "loosen": "Search more loosely: {}",
    "drop": "Leave out {}",
    "widen": "Take more days: {}",
    "any": "Ask for any of the parts: {}",
}

_PARTS = {
    "query": "“{}”",
    "person": "the person {}",
    "outlet": "the outlet {}",
    "publisher": "published by {}",
    "-person": "without the person {}",
    "-outlet": "without the outlet {}",
    "date": "the dates {}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """A search near the one that was asked: what it changes, how many hits it has, its address."""

    words: str
    count: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Why a search finds nothing, a sentence a part of it, and the ways out, best first."""

    reasons: tuple[str, ...]
    spelling: tuple[WayOut, ...]
    ways: tuple[WayOut, ...]


NO_ADVICE = Advice(reasons=(), spelling=(), ways=())


def advice(searcher: Searcher, answer: Answer) -> Advice:
    """Give advice where an answer has few hits or none; it costs further searches, so never where it has many."""
    if answer.total > FEW or (answer.total and not answer.request.q):
        return NO_ADVICE
    found = searcher.diagnose(answer.request)
    return Advice(
        reasons=tuple(_reason(one) for one in found.blame),
        spelling=tuple(_way(one) for one in found.spelling),
        ways=tuple(_way(one) for one in _nearest(found)),
    )


def _nearest(found: Diagnosis) -> tuple[Proposal, ...]:
    shown = {one.request for one in found.spelling}
    return tuple(one for one in found.nearest if one.request not in shown)


def _reason(blame: Blame) -> str:
    quoted = blame.kind == "query" and blame.text.startswith('"')
    part = blame.text if quoted else _PARTS.get(blame.kind, "{}").format(blame.text)
    if blame.alone == 0:
        return f"{part[:1].upper()}{part[1:]} matches nothing in the archive."
    alone = plural(blame.alone, "article", "articles")
    without = plural(blame.without, "article", "articles")
    return f"{part[:1].upper()}{part[1:]} matches {alone} by itself; without it there would be {without}."


def _way(proposal: Proposal) -> WayOut:
    words = _PROPOSED[proposal.kind].format(proposal.text)
    return WayOut(words=words, count=proposal.total, url=search_url(proposal.request))
