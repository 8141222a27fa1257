"""Corrections of people and outlets for scripts: what was made, and one more."""

import dataclasses
import json
import re
from typing import Any, get_args

from flask import Response, abort, request

from index.errors import UsageError
from search.correcting import Correction, CorrectionKind, Entry, NameKind, sentence
from search.correcting_given import NEEDING, unused
from search.request import VISIBLE
from web.api.answering import json_answer
from web.api.correction_types import MOST_NUMBER, CorrectionAsked, CorrectionLog, CorrectionMade
from web.api.operations import Body, Given, Operation
from web.correcting import corrections, refuse_other_sites, refuse_strangers
from web.forms import MOST_ARTICLES, MOST_NAMES
from web.language import _

_PATH = "/api/v1/corrections"
_STRINGS, _LISTS = ("what", "kind", "to", "note"), ("names", "articles")
_CHOICES = {"what": get_args(CorrectionKind), "kind": get_args(NameKind)}
_MOST = {"names": MOST_NAMES, "articles": MOST_ARTICLES}


def listed(given: Given) -> Response:
    """Give all corrections."""
    del given
    refuse_strangers()
    told = corrections().history()
    response = json_answer(
        CorrectionLog(corrections=tuple(_made(one.entry, undone=one.undone, kept=True) for one in told))
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def correct(given: Given) -> Response:
    """Make a correction."""
    del given
    refuse_strangers()
    refuse_other_sites()
    asked, dry_run = _asked(_sent())
    made = corrections()
    try:
        checked = made.checked(asked)
        entries = () if dry_run else made.make([checked])
    except UsageError as error:
        abort(409, f"{error.what}. {error.remedy}" if error.remedy else error.what)
    entry = entries[0] if entries else Entry(number=0, time="", correction=checked)
    response = json_answer(_made(entry, undone=False, kept=bool(entries)))
    response.status_code = 201 if entries else 200
    response.headers["Cache-Control"] = "no-store"
    return response


def _sent() -> dict[str, Any]:
    if request.mimetype != "application/json":
        abort(415, _("Send JSON, and say so: Content-Type: application/json"))
    try:
        sent = json.loads(request.get_data().decode("utf-8"))
        json.dumps(sent, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        abort(400, _("What was sent is no JSON in UTF-8, nests too deep, or has half of a pair of surrogates."))
    if not isinstance(sent, dict):
        abort(422, _("What was sent is no JSON object."))
    return sent


def _asked(sent: dict[str, Any]) -> tuple[Correction, bool]:
    """Read what was sent: 422 where it is not of the shape of `CorrectionAsked`, 409 where its members do not fit."""
    known = [field.name for field in dataclasses.fields(CorrectionAsked)]
    if unknown := sorted(sent.keys() - set(known)):
        abort(
            422,
            _("There is no member %(unknown)s. There are: %(names)s", unknown=repr(unknown[0]), names=", ".join(known)),
        )
    for name, value in sent.items():
        if not _fits(name, value):
            abort(422, _("%(name)s: this cannot be its value. %(_path)s is described at /api", name=name, _path=_PATH))
    if "what" not in sent:
        abort(422, _("what: it is missing. Give one of: %(names)s", names=", ".join(_CHOICES["what"])))
    what = sent["what"]
    if wrong := unused(what, sent):
        abort(409, _("%(name)s: %(what)s does not use it. Leave it out", name=wrong[0], what=what))
    if what in NEEDING and not sent.get("to", "").strip():
        abort(409, _("to: it is missing. Say whom is meant, or the new name"))
    given: dict[str, Any] = {name: tuple(value) if name in _LISTS else value for name, value in sent.items()}
    if "undoes" in given:
        given["undoes"] = int(given["undoes"])
    dry_run = given.pop("dry_run", False)
    return Correction(**given), bool(dry_run)


def _fits(name: str, value: Any) -> bool:
    if name in _STRINGS:
        return isinstance(value, str) and (name not in _CHOICES or value in _CHOICES[name])
    if name in _LISTS:
        fits = isinstance(value, list) and len(value) <= _MOST[name] and all(isinstance(one, str) for one in value)
        return fits and (name != "names" or (bool(value) and all(re.search(VISIBLE, one) for one in value)))
    if name == "undoes":
        whole = isinstance(value, int) and not isinstance(value, bool)
        whole = whole or (isinstance(value, float) and value.is_integer())  # as JSON Schema has it: 3.0 is one, too
        return whole and 0 <= value <= MOST_NUMBER
    return isinstance(value, bool)


def _made(entry: Entry, *, undone: bool, kept: bool) -> CorrectionMade:
    correction = entry.correction
    return CorrectionMade(
        number=entry.number if kept else None,
        time=entry.time if kept else None,
        what=correction.what,
        kind=correction.kind,
        names=correction.names,
        to=correction.to,
        articles=correction.articles,
        undoes=correction.undoes,
        note=correction.note,
        sentence=sentence(correction),
        undone=undone,
    )


OPERATIONS = (
    Operation(
        path=_PATH,
        name="corrections",
        summary="What users corrected of people and outlets, the last first.",
        view=listed,
        bodies=(Body(type=CorrectionLog, description="The log"),),
        problems=("not-found", "forbidden"),
        conditional=False,
    ),
    Operation(
        path=_PATH,
        name="correct",
        summary="Correct people or outlets: merge, rename, split, hide, add an alias, undo. The next answer shows it.",
        view=correct,
        method="POST",
        conditional=False,
        takes=CorrectionAsked,
        bodies=(
            Body(type=CorrectionMade, status=201, description="The correction that was made"),
            Body(type=CorrectionMade, description="The correction that would be made (`dry_run`)"),
        ),
        problems=(
            *("not-found", "forbidden", "too-large", "unsupported-media-type"),
            *("malformed-correction", "refused-correction"),
        ),
    ),
)
