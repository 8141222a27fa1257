"""A correction as a form or an object of the API says it."""

from typing import get_args

from werkzeug.datastructures import MultiDict

from index.errors import UsageError
from search.correcting import Correction, CorrectionKind, NameKind

MOST_NAMES = 100
MOST_ARTICLES = 1_000


def asked_of(form: MultiDict[str, str], *, kind: NameKind, name: str) -> Correction:
    """Give what a form of the page of a name asks for, unchecked; raises UsageError where it asks for nothing.

    `what` is what its button says; `names` are ticked or typed, beside the page's own where that is what changes.
    """
    what = form.get("what", "")
    if what not in get_args(CorrectionKind):
        raise UsageError("nothing says what to do", remedy="Press one of the buttons")
    names = tuple(one for one in form.getlist("names") if one.strip())[:MOST_NAMES]
    number = form.get("number", "")
    return Correction(
        what=what,  # type: ignore[arg-type]  # one of its words
        kind=kind,
        names=names if what in {"merge", "alias", "apart"} else (name,) if name else (),
        to=name if what in {"merge", "alias"} else form.get("to", "") if what in {"rename", "split"} else "",
        articles=tuple(form.getlist("articles"))[:MOST_ARTICLES] if what == "split" else (),
        undoes=int(number) if number.isdecimal() and len(number) < 10 else 0,
        note=form.get("note", ""),
    )
