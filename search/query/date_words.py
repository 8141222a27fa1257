"""Ranges of days in plain words: *in November 2021*, *since 5 November 2021*."""

import calendar
import datetime

from search.language import _, iso_date


def in_words(first: datetime.date | None, last: datetime.date | None) -> str:
    """Say when articles were published, from `first` to `last`, both inclusive; None is open."""
    if first is None or last is None:
        return (
            _("since %(day)s", day=_day(first))
            if first
            else _("until %(day)s", day=_day(last))
            if last
            else _("with a date")
        )
    if first == last:
        return _("on %(day)s", day=_day(first))
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return (
            _("in %(year)s", year=first.year)
            if first.year == last.year
            else _("from %(year)s to %(year2)s", year=first.year, year2=last.year)
        )
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        begin, end = iso_date(first.isoformat()[:7]), iso_date(last.isoformat()[:7])
        return _("in %(begin)s", begin=begin) if begin == end else _("from %(begin)s to %(end)s", begin=begin, end=end)
    return _("from %(day)s to %(day2)s", day=_day(first), day2=_day(last))


def _day(day: datetime.date) -> str:
    return iso_date(day.isoformat())
