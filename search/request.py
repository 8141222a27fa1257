"""What somebody asks: the same thing as a URL's query string, the API's parameters and the command's options."""

import contextlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from index.days import iso_span
from index.errors import UsageError
from search.language import _

Mode = Literal["all", "any"]
Sort = Literal["relevance", "newest", "oldest"]
Undated = Literal["include", "exclude", "only"]
Group = Literal["none", "story"]

FACETS: tuple[str, ...] = ("person", "outlet", "publisher", "date")
"""The facets that an answer may carry; `date` is the timeline."""

NONE = "(none)"
"""The value of a facet field that stands for the articles without any value of it."""


class ParameterError(UsageError):
    """A parameter of a request that is unknown or cannot be: which one, the problem, and the remedy.

    Where one is given several times, the fault is in the `nth`, counted from 0.
    """

    def __init__(self, parameter: str, problem: str, *, remedy: str = "", known: bool = True, nth: int = 0) -> None:
        super().__init__(problem, where=parameter, remedy=remedy)
        self.parameter = parameter
        self.problem = problem
        self.known = known
        self.nth = nth


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One question, immutable and hashable: the cache key, and one address of the search page.

    `from_` and `to` are ISO dates as precise as given (year, month or day), both inclusive. `size` and `facet_size`
    of None mean the settings' defaults. `cursor` is opaque, from an earlier answer. `facets` names the facets wanted.
    With the `group` *story*, near copies are one hit, and one in all counts; see search/stories.py.
    `person`, `outlet` and `publisher` hold values as their facets show them; `NONE` stands for articles without any.
    """

    q: str = ""
    person: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    not_person: tuple[str, ...] = ()
    not_outlet: tuple[str, ...] = ()
    person_mode: Mode = "all"
    outlet_mode: Mode = "any"
    from_: str | None = None
    to: str | None = None
    undated: Undated = "include"
    sort: Sort = "relevance"
    group: Group = "none"
    size: int | None = None
    cursor: str | None = None
    facets: tuple[str, ...] = FACETS
    facet_size: int | None = None


_DEFAULT = SearchRequest()
LISTS = {
    "person": "person",
    "outlet": "outlet",
    "publisher": "publisher",
    "-person": "not_person",
    "-outlet": "not_outlet",
}
"""The parameters that may be given several times, and the attributes of a request that hold them."""

VISIBLE = r"[^\s\u0000-\u001f\u007f-\u009f\ufeff]"
"""What a name has at least one of, as a regular expression that JSON Schema reads alike."""

CHOICES: dict[str, tuple[str, ...]] = {
    "person_mode": get_args(Mode),
    "outlet_mode": get_args(Mode),
    "undated": get_args(Undated),
    "sort": get_args(Sort),
    "group": get_args(Group),
}
"""The parameters that choose one of some words."""

_DATES = {"from": "from_", "to": "to"}
_NUMBERS = {"size": "size", "facet_size": "facet_size"}
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)

PARAMETERS: tuple[str, ...] = (
    *("q", *LISTS, "person_mode", "outlet_mode", "from", "to", "undated"),
    *("sort", "group", "size", "cursor", "facets", "facet_size"),
)
"""Every parameter of a search, in the order of its address."""

_ATTRIBUTES = {name: name for name in PARAMETERS} | LISTS | _DATES


def from_params(pairs: Iterable[tuple[str, str]]) -> SearchRequest:
    """Read a query string's pairs; raises ParameterError for the first that is unknown, doubled or malformed."""
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name not in _ATTRIBUTES:
            raise ParameterError(
                name,
                _("there is no such parameter"),
                remedy=_("There are: %(names)s", names=", ".join(PARAMETERS)),
                known=False,
            )
        attribute = _ATTRIBUTES[name]
        if name in LISTS:
            values[attribute] = tuple(dict.fromkeys((*values.get(attribute, ()), value)))
        elif name == "facets":
            wanted = (one.strip() for one in value.split(",") if one.strip())
            values[attribute] = tuple(dict.fromkeys((*values.get(attribute, ()), *wanted)))
        elif attribute in values:
            raise ParameterError(name, _("it is given twice"), remedy=_("Give it once"), nth=1)
        else:
            values[attribute] = _number(name, value) if name in _NUMBERS else value
    request = SearchRequest(**values)
    check(request)
    return request


def to_params(request: SearchRequest) -> list[tuple[str, str]]:
    """Give a request's parameters in canonical order, without those that say the default."""
    pairs: list[tuple[str, str]] = []
    for name in PARAMETERS:
        attribute = _ATTRIBUTES[name]
        value = getattr(request, attribute)
        if value == getattr(_DEFAULT, attribute):
            continue
        if name in LISTS:
            pairs += [(name, one) for one in value]
        else:
            pairs.append((name, ",".join(value) if name == "facets" else str(value)))
    return pairs


def check(request: SearchRequest) -> None:
    """Raise ParameterError where a request asks for something that cannot be, whoever made it."""
    for name, attribute in LISTS.items():
        if not all(re.search(VISIBLE, value) for value in getattr(request, attribute)):
            raise ParameterError(name, _("its value is empty"), remedy=_("Give a name, or leave the parameter out"))
    for name, choices in CHOICES.items():
        if getattr(request, name) not in choices:
            raise ParameterError(
                name,
                _("%(value)s is no choice", value=repr(getattr(request, name))),
                remedy=_("Give %(choices)s", choices=_or(choices)),
            )
    for one in request.facets:
        if one not in FACETS:
            raise ParameterError(
                "facets",
                _("there is no facet %(one)s", one=repr(one)),
                remedy=_("Give some of: %(names)s", names=", ".join(FACETS)),
            )
    for name in _NUMBERS:
        number = getattr(request, name)
        if number is not None and number < 1:
            raise ParameterError(name, _("%(number)s is too small", number=number), remedy=_("Give 1 or more"))
    first, last = _days("from", request.from_), _days("to", request.to)
    if first and last and first[0] > last[1]:
        raise ParameterError("from", _("it is later than `to`"), remedy=_("Swap the two"))


def check_filters(request: SearchRequest, most: int) -> None:
    """Raise ParameterError where a filter has more than so many values."""
    for name, attribute in LISTS.items():
        check_values(name, len(getattr(request, attribute)), most)


def check_values(name: str, given: int, most: int) -> None:
    """Raise ParameterError where a parameter is given more than so many times."""
    if given > most:
        raise ParameterError(
            name,
            _("%(given)s values are too many", given=given),
            remedy=_("Give %(most)s or less", most=most),
            nth=most,
        )


def bounded(name: str, asked: int | None, default: int, most: int) -> int:
    """Give a number that was asked for, or its default; raises ParameterError where it is more than may be."""
    if asked is not None and asked > most:
        raise ParameterError(
            name, _("%(asked)s is too large", asked=asked), remedy=_("Give %(most)s or less", most=most)
        )
    return default if asked is None else asked


def date_range(request: SearchRequest) -> tuple[int | None, int | None]:
    """Give the day numbers (index/days.py) of `from_` and `to`, both inclusive, None where open."""
    first, last = _days("from", request.from_), _days("to", request.to)
    return (first[0] if first else None), (last[1] if last else None)


def _days(name: str, value: str | None) -> tuple[int, int] | None:
    if value is None:
        return None
    if _ISO.fullmatch(value):
        with contextlib.suppress(ValueError):
            return iso_span(value)
    raise ParameterError(
        name, _("%(value)s is no date", value=repr(value)), remedy=_("Give it like 2021, 2021-12 or 2021-12-03")
    )


def _number(name: str, value: str) -> int:
    if not re.fullmatch(r"-?\d{1,9}", value, re.ASCII):
        raise ParameterError(
            name, _("%(value)s is no number", value=repr(value)), remedy=_("Give a whole number from 1")
        )
    return int(value)


def _or(choices: tuple[str, ...]) -> str:
    return _(" or ").join((", ".join(choices[:-1]), choices[-1])) if len(choices) > 1 else choices[0]
