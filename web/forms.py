"""A correction as a form or an object of the API says it."""

from dataclasses import dataclass
from typing import get_args

from werkzeug.datastructures import MultiDict

from index.errors import UsageError
from search.correcting import Correction, CorrectionKind, NameKind

MOST_NAMES = 100
MOST_ARTICLES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in a form that was sent, to be shown again: the button (`what`), what was typed, what was ticked."""

    what: str = ""
    to: str = ""
    note: str = ""
    names: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


NOTHING_TYPED = Typed()
"""A form that nobody has filled in."""


def typed_of(form: MultiDict[str, str]) -> Typed:
    """Give what stands in a form that was sent."""
    return Typed(
        what=form.get("what", ""),
        to=form.get("to", ""),
        note=form.get("note", ""),
        names=tuple(dict.fromkeys(form.getlist("names")))[:MOST_NAMES],
        articles=tuple(dict.fromkeys(form.getlist("articles")))[:MOST_ARTICLES],
    )


def asked_of(form: MultiDict[str, str], *, kind: NameKind, name: str) -> Correction:
    """Give what a form of the page of a name asks for, unchecked; raises UsageError where it asks for nothing.

    `what` is what its button says; `names` are ticked or typed, beside the page's own where that is what changes.
    """
    what = form.get("what", "")
    if what not in get_args(CorrectionKind):
        raise UsageError("nothing says what to do", remedy="Press one of the buttons")
    names = tuple(one for one in form.getlist("names") if one.strip())[:MOST_NAMES]
    number = form.get("number", "")
    if what == "split" and not form.get("to", "").strip() and "nobody" not in form:
        raise UsageError("there is no name", remedy="Say who it is there, or press the button that shows nobody there")
    return Correction(
        what=what,  # type: ignore[arg-type]  # one of its words
        kind=kind,
        names=names if what in {"merge", "alias", "apart"} else (name,) if name else (),
        to=name if what in {"merge", "alias"} else form.get("to", "") if what in {"rename", "split"} else "",
        articles=tuple(form.getlist("articles"))[:MOST_ARTICLES] if what == "split" else (),
        undoes=int(number) if number.isdecimal() and len(number) < 10 else 0,
        note=form.get("note", ""),
    )
