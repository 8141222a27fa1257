"""How the memory engine makes one hit of the near copies among its matches."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from search.bars import Span, Spans, bar_of, choose
from search.engines.engine import DateCounts, Key, Others, Plan
from search.engines.memory_articles import Known


def told_of(article: Known) -> tuple[str, str]:
    """Give what two articles have in common just where they are of one story."""
    return ("story", article.tagged.story) if article.tagged.story else ("alone", article.values.id)


def earliest_first(articles: Iterable[Known]) -> list[Known]:
    """Sort articles by date, the undated last, equals by id."""
    return sorted(articles, key=lambda one: (one.values.date or float("inf"), one.values.id))


def hits_of(found: list[Known], keys: dict[str, Key], plan: Plan) -> tuple[list[Key], dict[str, Others]]:
    """Give the key of each hit, and what else is of its story."""
    if plan.group == "none":
        return list(keys.values()), {}
    stories: defaultdict[tuple[str, str], list[Known]] = defaultdict(list)
    for one in earliest_first(found):
        stories[told_of(one)].append(one)
    hits, others = [], {}
    for first, *copies in stories.values():
        best = max(keys[one.values.id].score for one in (first, *copies))
        hits.append(keys[first.values.id]._replace(score=best))
        ids = tuple(one.values.id for one in copies[: plan.copies])
        others[first.values.id] = Others(total=len(copies), ids=ids)
    return hits, others


def dates_of(found: list[Known], plan: Plan) -> DateCounts:
    """Count dates; of a story only the first in each bar, and the first of those too coarse for one."""
    if not plan.dates:
        return DateCounts()
    days = [(one.values.date, one.values.date_last) for one in found]
    counts = Counter(days)
    dates = sorted(counts)
    dated = [day for day in dates if day[0]]
    interval: str = ""
    bars: Spans = ()
    grouped = plan.group == "story" and len(set(map(told_of, found))) < len(found)
    if grouped and dated:
        interval, bars = choose([day for day, _ in dated], [day for _, day in dated], [counts[day] for day in dated])
    if grouped:
        firsts: dict[tuple[tuple[str, str], Span | None], Span] = {}
        for one, day in sorted(zip(found, days, strict=True), key=lambda pair: pair[1]):
            firsts.setdefault((told_of(one), bar_of(day, interval, bars)), day)
        counts = Counter(firsts.values())
    return DateCounts(
        first=tuple(first for first, _ in dates),
        last=tuple(last for _, last in dates),
        counts=tuple(counts[one] for one in dates),
        interval=interval,
        bars=bars,
    )
