"""The timeline's geometry: where each bar of the server-drawn SVG stands, in per cent of its width and height.

Per cent, so that the chart is as wide as the page without any bar or letter being stretched.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from search.answer import Bucket, Timeline
from search.request import Group, SearchRequest, to_params
from web.language import _, ngettext, number, short_date
from web.links import LONG, LONGEST, changed, is_long, search_url, spans
from web.wording import hits, shortest, span

FILLED = 0.78
"""How much of its slot a bar fills."""

WIDEST = 1.6
"""The widest bar, in per cent: a few bars stay bars and never become slabs."""

COUNTED = 12
"""Bars that stand as far apart as so many would say their counts; closer ones would run together on a telephone."""

LOWEST = 3.0
"""The least height of a bar that counts anything, in per cent: one article among thousands is still seen."""

DIGIT = 3.0
"""The width of a digit on a telephone, in per cent of the chart's, and some room."""

MOST_TICKS = {"year": 7, "month": 5, "day": 5}
"""Labels under the bars: more would run together on a telephone."""

LEAST_TOP = 4
"""What the full height stands for at least: a single article is no peak."""

UNDATED = 11.0
"""The width kept at the right for the undated, in per cent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar, its address, the span that it counts, and the words that a pointer or a screen reader gets.

    `reach` is what can be clicked: the whole column. `value` is the span as the parameter `in` of a page takes it.
    `url` is None where the addresses of the bars would be too long; then the list beside them leads there.
    """

    value: str
    when: str
    reach: float
    reach_width: float
    x: float
    width: float
    y: float
    height: float
    count: int
    label: str
    url: str | None

    @property
    def middle(self) -> float:
        """Where the bar's count stands."""
        return round(self.x + self.width / 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A label under the bars and where it stands; `anchor` keeps it inside the chart."""

    x: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The drawn timeline; `width` is the per cent of the bars, what is right of it belongs to the undated.

    `coarse` says how many matches stand in no bar, "" where none do. `kept` are the parameters of the search that are
    the same in each bar.
    """

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    width: float
    tallest: int
    interval: str
    undated: Bar | None
    coarse: str
    kept: tuple[tuple[str, str], ...]

    @property
    def drawn(self) -> tuple[Bar, ...]:
        """The bars that count anything, the undated behind the others."""
        return tuple(bar for bar in (*self.bars, self.undated) if bar and bar.count)

    @property
    def listed(self) -> bool:
        """Whether a list is wanted beside its columns: they are too narrow for a finger, or lead nowhere."""
        return len(self.bars) > COUNTED or not all(bar.url for bar in self.bars)

    @property
    def crowded(self) -> bool:
        """Whether the counts over the bars would run together on a telephone."""
        return any(
            (len(number(one.count)) + len(number(other.count))) / 2 * DIGIT > other.middle - one.middle
            for one, other in pairwise(self.drawn)
        )

    @property
    def counted(self) -> bool:
        """Whether the bars stand far enough apart to say their counts."""
        if len(self.bars) <= COUNTED:
            return True
        places = [bar.middle for bar in self.bars if bar.count]
        return all(after - before >= self.width / COUNTED for before, after in pairwise(places))


def chart(timeline: Timeline, request: SearchRequest) -> Chart | None:
    """Draw a timeline whose bars narrow a search; None where there is nothing to draw."""
    if not timeline.buckets:
        return None
    tallest = max(bucket.count for bucket in timeline.buckets)
    top = max(tallest, LEAST_TOP)
    width = 100.0 - UNDATED if timeline.undated else 100.0
    slot = width / len(timeline.buckets)
    most = LONG if len(timeline.buckets) > COUNTED else LONGEST
    url = None if is_long(request, most) else spans(changed(request, undated="include"))
    bars = [
        _bar(
            place * slot,
            slot,
            bucket.count / top,
            count=bucket.count,
            value="..".join(dict.fromkeys(shortest(bucket.start, bucket.end))),
            label=span(bucket.start, bucket.end),
            url=url(*shortest(bucket.start, bucket.end)) if url else None,
            group=request.group,
        )
        for place, bucket in enumerate(timeline.buckets)
    ]
    undated = None
    if timeline.undated:
        undated = _bar(
            width + UNDATED / 3,
            UNDATED * 2 / 3,
            min(1.0, timeline.undated / top),
            count=timeline.undated,
            value="",
            label=_("undated"),
            url=search_url(changed(request, undated="only", from_=None, to=None)),
            group=request.group,
        )
    return Chart(
        bars=tuple(bars),
        ticks=tuple(_ticks(timeline, slot)),
        width=round(width, 2),
        tallest=top,
        interval=timeline.interval,
        undated=undated,
        coarse=_coarse(timeline),
        kept=tuple(to_params(changed(request, from_=None, to=None, undated="include"))),
    )


def _coarse(timeline: Timeline) -> str:
    """Say how many matches are dated by more than a bar's time."""
    if not timeline.coarse:
        return ""
    if timeline.interval == "month":
        return ngettext(
            "%(n)s more is dated by its year only and stands in no bar.",
            "%(n)s more are dated by their year only and stand in no bar.",
            timeline.coarse,
        )
    return ngettext(
        "%(n)s more is dated by its month or year only and stands in no bar.",
        "%(n)s more are dated by their month or year only and stand in no bar.",
        timeline.coarse,
    )


def _bar(
    left: float, slot: float, share: float, *, count: int, value: str, label: str, url: str | None, group: Group
) -> Bar:
    width = min(slot * FILLED, WIDEST)
    height = max(LOWEST, share * 100) if count else 0.0
    return Bar(
        value=value,
        when=label,
        reach=round(left, 2),
        reach_width=round(slot, 2),
        x=round(left + (slot - width) / 2, 2),
        width=round(width, 2),
        y=round(100 - height, 1),
        height=round(height, 1),
        count=count,
        label=f"{label}: {hits(count, group)}",
        url=url,
    )


_STEPS = {"year": (1, 2, 5, 10, 20, 50, 100, 200, 500), "month": (1, 2, 3, 6, 12, 24), "day": (1, 2, 5, 7, 10, 15)}


def _ticks(timeline: Timeline, slot: float) -> Iterator[Tick]:
    """Give the labels: as many as fit, at round years and months."""
    buckets = timeline.buckets
    numbers = [_ordinal(bucket, timeline.interval, place) for place, bucket in enumerate(buckets)]
    every = timeline.interval == "year" and len(buckets) <= COUNTED
    most = COUNTED if every else MOST_TICKS[timeline.interval]
    for step in _STEPS[timeline.interval]:
        round_ones = [place for place, number in enumerate(numbers) if number % step == 0]
        if len(round_ones) <= most:
            break
    for place in round_ones or [0, len(buckets) - 1]:
        x = (place + 0.5) * slot
        anchor = "start" if x < 3 else "end" if x > 97 else "middle"
        yield Tick(x=round(x, 2), text=_label(buckets[place]), anchor=anchor)


def _ordinal(bucket: Bucket, interval: str, place: int) -> int:
    year, month = int(bucket.start[:4]), int(bucket.start[5:7])
    if interval == "year":
        return year
    return year * 12 + month - 1 if interval == "month" else place


def _label(bucket: Bucket) -> str:
    first, last = shortest(bucket.start, bucket.end)
    return short_date(first) if first == last or len(first) == len("2021") else f"{first}–{last}"
