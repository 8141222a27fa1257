"""What to do about a search that finds nothing or little, in words and links."""

import re
from dataclasses import dataclass
from typing import Protocol

from search.answer import Answer, Diagnosis, Proposal, ProposalKind
from search.query.date_words import in_words
from search.request import to_params
from search.searcher import Searcher
from web.language import _, ngettext
from web.links import search_url
from web.periods import days_of
from web.reading_parameters import page_request_of
from web.wording import articles

FEW = 3
"""Answers with at most this many hits are asked for other spellings."""


_DAY = r"(?!0000)\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_RANGE = rf"(?P<first>{_DAY})?(?P<to>\.\.)?(?P<last>(?<=\.\.){_DAY})?(?![\w.])"
_DATES = re.compile(rf"(?P<head>date:)?(?=[\d.]){_RANGE}")
_DATES_NAMED = re.compile(rf"(?<![\w-])date: ?(?=[\d.]){_RANGE}")
"""Dates as a diagnosis has them: a filter's (`date: 2019..`), or a clause of the query in normal form (`date:2019`)."""


class Part(Protocol):
    """A part of a question that is to blame; see `search.answer.Blame`."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def alone(self) -> int: ...  # noqa: D102
    @property
    def without(self) -> int: ...  # noqa: D102


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
    if not wanted(answer):
        return NO_ADVICE
    found = searcher.diagnose(answer.request)
    return Advice(
        reasons=tuple(reason(one) for one in found.blame),
        spelling=tuple(_way(one) for one in found.spelling),
        ways=tuple(_way(one) for one in _nearest(found)),
    )


def wanted(answer: Answer) -> bool:
    """Say whether an answer has so few hits that advice is worth its cost."""
    return not answer.total or (answer.total <= FEW and bool(answer.request.q))


def _nearest(found: Diagnosis) -> tuple[Proposal, ...]:
    shown = {one.request for one in found.spelling}
    return tuple(one for one in found.nearest if one.request not in shown)


def reason(blame: Part) -> str:
    """Say what a part of a question has to do with there being no hits."""
    dates = _DATES.fullmatch(blame.text)
    if dates and (blame.kind == "date" or dates["head"]):
        return _reason_of_dates(blame, _when(dates))
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


def _reason_of_dates(blame: Part, when: str) -> str:
    if blame.alone == 0:
        return _("Nothing in the archive was published %(when)s.", when=when)
    return ngettext(
        "%(alone)s was published %(when)s; without these dates there would be %(without)s.",
        "%(alone)s were published %(when)s; without these dates there would be %(without)s.",
        blame.alone,
        alone=articles(blame.alone),
        when=when,
        without=articles(blame.without),
    )


def _part(blame: Part) -> str:
    text = blame.text
    if blame.kind == "query":
        return text if text.startswith('"') else _("“%(text)s”", text=text)
    said = {
        "person": _("the person %(text)s", text=text),
        "outlet": _("the outlet %(text)s", text=text),
        "publisher": _("the publisher %(text)s", text=text),
        "-person": _("the condition “without the person %(text)s”", text=text),
        "-outlet": _("the condition “without the outlet %(text)s”", text=text),
        "undated": _undated(text),
    }
    return said.get(blame.kind, text)


def _undated(text: str) -> str:
    return _("the condition “undated only”") if text == "only" else _("the condition “dated only”")


def _when(dates: re.Match[str]) -> str:
    """Say dates as people do: `2019..2020-06` is *from January 2019 to June 2020*."""
    first = dates["first"]
    last = dates["last"] if dates["to"] else first
    try:
        return in_words(days_of(first)[0] if first else None, days_of(last)[1] if last else None)
    except ValueError:  # quoted words that look like a day, and are none
        return dates[0]


def _plain(text: str) -> str:
    """Say the filters of dates in the text of a proposal as people do."""
    text = _DATES_NAMED.sub(lambda found: _("the dates (%(when)s)", when=_when(found)), text)
    return re.sub(r"\bundated: (only|exclude)\b", lambda found: _undated(found[1]), text)


def _way(proposal: Proposal) -> WayOut:
    words = way_out(proposal.kind, proposal.text)
    asked = page_request_of(to_params(proposal.request))
    return WayOut(words=words, count=proposal.total, url=search_url(asked))


def way_out(kind: ProposalKind, text: str) -> str:
    """Say what a proposed search changes."""
    if kind == "widen" and (dates := _DATES.fullmatch(text)):
        text = _when(dates)
    elif kind in {"drop", "spelling"}:
        text = _plain(text)
    said = {
        "spelling": _("Did you mean %(text)s?", text=text),
        "loosen": _("Search more loosely: %(text)s", text=text),
        "drop": _("Leave out %(text)s", text=text),
        "widen": _("Take more days: %(text)s", text=text),
        "any": _("Ask for any of the parts: %(text)s", text=text),
    }
    return said[kind]
