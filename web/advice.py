"""What to do about a search that finds nothing or little, in words and links."""

from dataclasses import dataclass

from search.answer import Answer, Blame, Diagnosis, Proposal
from search.searcher import Searcher
from web.language import _
from web.links import search_url
from web.wording import articles

FEW = 3
"""Answers with at most this many hits are asked for other spellings."""


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
    part = _part(blame)
    part = f"{part[:1].upper()}{part[1:]}"
    if blame.alone == 0:
        return _("%(part)s matches nothing in the archive.", part=part)
    return _(
        "%(part)s matches %(alone)s by itself; without it there would be %(without)s.",
        part=part,
        alone=articles(blame.alone),
        without=articles(blame.without),
    )


def _part(blame: Blame) -> str:
    text = blame.text
    if blame.kind == "query":
        return text if text.startswith('"') else _("“%(text)s”", text=text)
    said = {
        "person": _("the person %(text)s", text=text),
        "outlet": _("the outlet %(text)s", text=text),
        "publisher": _("published by %(text)s", text=text),
        "-person": _("without the person %(text)s", text=text),
        "-outlet": _("without the outlet %(text)s", text=text),
        "date": _("the dates %(text)s", text=text),
    }
    return said.get(blame.kind, text)


def _way(proposal: Proposal) -> WayOut:
    text = proposal.text
    said = {
        "spelling": _("Did you mean %(text)s?", text=text),
        "loosen": _("Search more loosely: %(text)s", text=text),
        "drop": _("Leave out %(text)s", text=text),
        "widen": _("Take more days: %(text)s", text=text),
        "any": _("Ask for any of the parts: %(text)s", text=text),
    }
    return WayOut(words=said[proposal.kind], count=proposal.total, url=search_url(proposal.request))
