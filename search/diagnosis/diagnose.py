"""Say why a question has no hits, and find the nearest ones that have.

Every proposal is counted before it is made. Counts are bounded by the setting `max_diagnosis_counts`.
"""

import dataclasses

from index.settings import Settings
from search.answer import Blame, Diagnosis, Proposal
from search.diagnosis.parts import Part, asking, parts_of
from search.diagnosis.spelling import Known, doubtful, spellings, unknown
from search.diagnosis.widening import wider
from search.plans import Count, counter
from search.query.loosen import looser
from search.query.tree import And, DateRange, Node, Not, either, span_of
from search.request import SearchRequest

FEW = 3
"""With more hits than this no other spelling is proposed."""

MOST = 6
"""The most questions proposed beside other spellings."""


class _SpentError(Exception):
    """Raised when a diagnosis has counted as often as it may."""


def diagnose(known: Known, tree: Node, request: SearchRequest, settings: Settings) -> Diagnosis:
    """Diagnose a question; `tree` is what its query was read as."""
    engine = known.engine
    count = _bounded(counter(engine), settings)
    total = counter(engine)(tree, request)
    blame: list[Blame] = []
    spelling: list[Proposal] = []
    nearest: list[Proposal] = []
    try:
        if total <= FEW:
            spelling += spellings(known, tree, request, count, total)
        if not total:
            parts = parts_of(tree, request)
            _accuse(parts, request, count, blame)
            if not spelling:
                spelling += _spelt_alone(known, parts, request, count)
            _approach(parts, request, count, nearest, blame)
    except _SpentError:
        pass  # what was found until here holds
    blame.sort(key=lambda one: (one.without == 0, -one.without))
    return Diagnosis(total=total, blame=tuple(blame), spelling=tuple(spelling), nearest=tuple(nearest[:MOST]))


def _bounded(count: Count, settings: Settings) -> Count:
    """Count so often at most, and nothing for a query that would be cut as too long."""
    left = settings.max_diagnosis_counts

    def bounded(tree: Node, request: SearchRequest) -> int:
        nonlocal left
        left -= 1
        if left < 0:
            raise _SpentError
        return count(tree, request) if len(request.q) <= settings.max_query_chars else 0

    return bounded


def _spelt_alone(known: Known, parts: list[Part], request: SearchRequest, count: Count) -> list[Proposal]:
    """Give other spellings where something else matches nothing: without that, or else of each clause by itself.

    Each says what it leaves out.
    """
    doubted = [part for part in parts if _misspelt(known, part)]
    matched = [part for part in parts if count(asking([part], request).tree, asking([part], request).request)]
    for kept in (
        [part for part in parts if part in doubted or part in matched],
        *([part, *(one for one in matched if one is not part)] for part in doubted),
        *([part] for part in doubted),
    ):
        question = asking(kept, request)
        if kept and (found := list(spellings(known, question.tree, question.request, count, 0))):
            left_out = [part for part in parts if not any(part is one for one in kept)]
            return [_without(one, left_out) for one in found]
    return []


def _without(spelt: Proposal, left_out: list[Part]) -> Proposal:
    """Say in a spelling what it leaves out of the question."""
    named = ", ".join(_named(part.kind, part.text) for part in left_out)
    return dataclasses.replace(spelt, text=f"{spelt.text}, without {named}") if named else spelt


def _misspelt(known: Known, part: Part) -> bool:
    """Say whether a part may hold a slip: words that may be misspelt, or the name of nobody whom the archive has."""
    if part.node is not None:
        return not isinstance(part.node, Not) and doubtful(part.node)
    return any(
        unknown(known.engine, field, name) for field, names in part.fields if isinstance(names, tuple) for name in names
    )


def _accuse(parts: list[Part], request: SearchRequest, count: Count, blame: list[Blame]) -> None:
    """Add the parts without which there are hits, and those that match nothing by themselves."""
    for number, part in enumerate(parts):
        rest = asking([*parts[:number], *parts[number + 1 :]], request)
        only = asking([part], request)
        without, alone = count(rest.tree, rest.request), count(only.tree, only.request)
        if (without and len(parts) > 1) or not alone:
            blame.append(
                Blame(
                    kind=part.kind,
                    text=part.text,
                    start=part.start,
                    end=part.end,
                    alone=alone,
                    without=without,
                    request=rest.request,
                )
            )


def _approach(
    parts: list[Part], request: SearchRequest, count: Count, nearest: list[Proposal], blame: list[Blame]
) -> None:
    """Add the questions that have hits, those that change least first."""

    def propose(kind: str, text: str, changed: list[Part]) -> bool:
        question = asking(changed, request)
        total = count(question.tree, question.request)
        if total and all(one.request != question.request for one in nearest):
            proposal = Proposal(kind=kind, text=text, total=total, request=question.request)  # type: ignore[arg-type]
            nearest.append(proposal)
        return total > 0

    for number, part in enumerate(parts):
        if part.node is not None and (loose := looser(part.node)):
            propose("loosen", str(loose), [*parts[:number], _with(part, loose), *parts[number + 1 :]])
    for number, part in enumerate(parts):
        for text, widened in wider(part):
            if propose("widen", text, [*parts[:number], widened, *parts[number + 1 :]]):
                break
    if len(parts) > 1:
        nearest += [
            Proposal(kind="drop", text=_named(one.kind, one.text), total=one.without, request=one.request)
            for one in sorted(blame, key=lambda one: -one.without)
            if one.without
        ]
    idle = {(one.start, one.end) for one in blame if one.kind == "query" and not one.alone}
    asked = [part for part in parts if part.node is not None and not isinstance(part.node, Not | DateRange)]
    clauses = [part for part in asked if (part.start, part.end) not in idle]
    if len(clauses) > 1:
        any_of = either([part.node for part in clauses if part.node is not None])
        propose("any", str(any_of), [_with(clauses[0], any_of), *(part for part in parts if part not in asked)])
    if not any(proposal.kind == "drop" for proposal in nearest):
        _keep_what_can_be(parts, request, count, nearest)
    if not nearest:
        _spare_a_word([one for part in parts for one in _words_of(part)], request, count, nearest)


def _keep_what_can_be(parts: list[Part], request: SearchRequest, count: Count, nearest: list[Proposal]) -> None:
    """Where leaving out one part is not enough: add part after part as long as there are hits."""
    kept: list[Part] = []
    left_out: list[str] = []
    total = 0
    for part in parts:
        question = asking([*kept, part], request)
        if found := count(question.tree, question.request):
            kept.append(part)
            total = found
        else:
            left_out.append(_named(part.kind, part.text))
    if kept and left_out:
        nearest.append(
            Proposal(kind="drop", text=", ".join(left_out), total=total, request=asking(kept, request).request)
        )


def _spare_a_word(words: list[Part], request: SearchRequest, count: Count, nearest: list[Proposal]) -> None:
    """Leave out the word without which most is found; where that is not enough, as many as must be."""
    found = []
    for number, word in enumerate(words):
        rest = asking([*words[:number], *words[number + 1 :]], request)
        if len(words) > 1 and (total := count(rest.tree, rest.request)):
            text = _named(word.kind, word.text)
            found.append(Proposal(kind="drop", text=text, total=total, request=rest.request))
    if found:
        nearest.append(max(found, key=lambda one: one.total))
    else:
        _keep_what_can_be(words, request, count, nearest)


def _words_of(part: Part) -> list[Part]:
    """Give the words of a phrase or NEAR as parts, and any other part as it is."""
    loose = None if part.node is None else looser(part.node)
    if not isinstance(loose, And):
        return [part]
    return [dataclasses.replace(_with(part, one), start=span_of(one)[0], end=span_of(one)[1]) for one in loose.clauses]


def _named(kind: str, text: str) -> str:
    """Name a part so that it is told from all others: a filter by its parameter too."""
    return text if kind == "query" else f"{kind}: {text}"


def _with(part: Part, node: Node) -> Part:
    return dataclasses.replace(part, node=node, text=str(node))
