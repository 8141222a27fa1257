"""Dates that an article mentions: found by their form, resolved against the day of publication."""

from index.tag.dates.find import find_dates

__all__ = ["find_dates"]
