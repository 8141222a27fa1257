"""The times of a name: bars of its timeline that stand out of the archive's, told by the headlines of their days."""

from dataclasses import dataclass
from itertools import islice

from index.types import Article
from search.answer import Bucket, Timeline
from search.association import log_likelihood
from search.request import SearchRequest
from web.facts import about
from web.links import changed, within
from web.state import searcher, state

MOST = 3
"""Peaks that are told."""

TRIED = 8
"""Of the bars, the tallest are weighed against the archive."""

LEAST = 3
"""Articles of a bar, and bars of a timeline, below which nothing stands out."""

SURE = 10.83
"""The log-likelihood from which a bar stands out: chance alone has it once in a thousand bars (χ², one degree)."""

HEADLINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """A bar with more articles of a name than the archive's articles of these days would lead to expect.

    `share` is how many times as many. `request` finds its articles; `articles` are those that are most about the name,
    one of each story.
    """

    start: str
    end: str
    count: int
    share: float
    request: SearchRequest
    articles: tuple[Article, ...]


def peaks(kind: str, name: str, timeline: Timeline, subject: SearchRequest) -> tuple[Peak, ...]:
    """Give the peaks of a person or a cited outlet in the order of time; what an outlet publishes is about others.

    `timeline` is of all articles of the `subject`, the search for the name.
    Dunning's log-likelihood weighs the subject's articles of a bar against its others, and against all others of the
    archive (search/association.py): where the whole archive has much, no name has a peak for that alone.
    """
    drawn = [bar for bar in timeline.buckets if bar.count]
    if len(drawn) < LEAST or kind == "publisher":
        return ()
    own, dated = sum(bar.count for bar in drawn), _dated()
    weighed = []
    for bar in sorted(drawn, key=lambda bar: -bar.count)[:TRIED]:
        overall = _overall(bar)
        if bar.count < LEAST or bar.count * dated <= own * overall:
            continue
        score = log_likelihood(bar.count, own, overall, dated)
        if score >= SURE:
            weighed.append((score, bar, bar.count * dated / (own * overall)))
    best = about(kind, name)
    told = sorted(weighed, key=lambda one: -one[0])[:MOST]
    return tuple(_peak(bar, share, best, subject) for _, bar, share in sorted(told, key=lambda one: one[1].start))


def _peak(bar: Bucket, share: float, best: SearchRequest, subject: SearchRequest) -> Peak:
    headlines = changed(within(best, bar.start, bar.end), group="story")
    with searcher().harvest(headlines, whole=False) as harvest:
        articles = tuple(one.shown.article for one in islice(harvest.hits, HEADLINES))
    return Peak(
        start=bar.start,
        end=bar.end,
        count=bar.count,
        share=share,
        request=within(subject, bar.start, bar.end),
        articles=articles,
    )


def _dated() -> int:
    status = searcher().status()
    return status.articles - status.undated


def _overall(bar: Bucket) -> int:
    """Give how many articles of the archive are of a bar's days; many names have the same bars."""

    def count() -> int:
        days = within(SearchRequest(facets=(), size=1), bar.start, bar.end)
        return max(bar.count, searcher().ask(days).total)

    return state().once(("days", bar.start, bar.end), count)
