"""The timeline's geometry: where each bar of the server-drawn SVG stands."""

from dataclasses import dataclass

from search.answer import Timeline
from search.request import SearchRequest
from web.links import changed, search_url
from web.wording import plural, span

WIDTH = 600
HEIGHT = 64
GAP = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar in SVG user units, with its address and the words that a pointer or a screen reader gets."""

    x: float
    y: float
    width: float
    height: float
    count: int
    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The drawn timeline: bars, the words under its two ends, and the undated articles beside it."""

    bars: tuple[Bar, ...]
    first: str
    last: str
    undated: int
    undated_url: str
    width: int = WIDTH
    height: int = HEIGHT


def chart(timeline: Timeline, request: SearchRequest) -> Chart:
    """Draw a timeline; heights are proportional to counts, and a bar that counts anything is at least 2 units high."""
    buckets = timeline.buckets
    tallest = max((bucket.count for bucket in buckets), default=0)
    step = WIDTH / len(buckets) if buckets else 0.0
    bars = []
    for place, bucket in enumerate(buckets):
        height = max(2.0, bucket.count / tallest * HEIGHT) if bucket.count else 0.0
        narrowed = changed(request, from_=bucket.start, to=bucket.end, undated="include")
        bars.append(
            Bar(
                x=round((place + GAP / 2) * step, 2),
                y=round(HEIGHT - height, 2),
                width=round(min(step * (1 - GAP), 40.0), 2),
                height=round(height, 2),
                count=bucket.count,
                label=f"{span(bucket.start, bucket.end)}: {plural(bucket.count, 'article', 'articles')}",
                url=search_url(narrowed),
            )
        )
    return Chart(
        bars=tuple(bars),
        first=span(buckets[0].start, buckets[0].end) if buckets else "",
        last=span(buckets[-1].start, buckets[-1].end) if len(buckets) > 1 else "",
        undated=timeline.undated,
        undated_url=search_url(changed(request, undated="only", from_=None, to=None)),
    )
