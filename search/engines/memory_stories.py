"""How the memory engine makes one hit of the near copies among its matches."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from search.bars import spans
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
    """Count dates; of a story only the first in each bar."""
    if not plan.dates:
        return DateCounts()
    days = [(one.values.date, one.values.date_last) for one in found]
    counts = Counter(days)
    if plan.group == "story":
        bars = _bars({day for day in days if day[0]})
        firsts = {
            (told_of(one), bar): min(day for other, day in zip(found, days, strict=True) if _in(other, day, one, bar))
            for one, own in zip(found, days, strict=True)
            for bar in [*bars, (0, 0)]
            if bar[0] <= own[0] <= bar[1]
        }
        counts = Counter(firsts.values())
    dates = sorted(set(days))
    return DateCounts(
        first=tuple(first for first, _ in dates),
        last=tuple(last for _, last in dates),
        counts=tuple(counts[one] for one in dates),
    )


def _bars(days: set[tuple[int, int]]) -> list[tuple[int, int]]:
    if not days:
        return []
    first, last = min(first for first, _ in days), max(last for _, last in days)
    return spans(first, last, max(last - first for first, last in days))[1]


def _in(article: Known, day: tuple[int, int], one: Known, bar: tuple[int, int]) -> bool:
    return told_of(article) == told_of(one) and bar[0] <= day[0] <= bar[1]
