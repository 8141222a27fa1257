"""News in JSON, the form in which agencies send stories (IPTC ninjs 1 to 3), as a record with usual names."""

import re
from collections.abc import Mapping
from typing import Any, Final

_NAMES: Final = """
pubstatus versioncreated firstcreated contentcreated representationtype headlines bodies body_xhtml body_text body_html
infosource infosources altids usageterms
"""
_SIGNS: Final = frozenset(_NAMES.split())
"""Names of ninjs, of which a record has two at least beside its `uri`."""
_BODY: Final = re.compile(r"body_(?:\w+)")
_LESSER: Final = ("description_text", "description_html", "descriptions", "descriptiontext")
NOT_TEXT: Final = frozenset({"picture", "image", "video", "audio", "graphic", "planning", "event"})
WITHDRAWN: Final = frozenset({"canceled", "cancelled", "withheld"})


def is_ninjs(record: Mapping[str, Any]) -> bool:
    """Tell a ninjs object by its names."""
    names = {str(name).lower() for name in record}
    return ("uri" in names and len(_SIGNS & names) > 1) or _states_standard(record)


def refusal_of(record: Mapping[str, Any]) -> tuple[str, str] | None:
    """Say why a ninjs object is no article: a slug and a sentence; None where it is one."""
    kind, status = (str(record.get(name) or record.get(name.lower()) or "").lower() for name in ("type", "pubStatus"))
    if status in WITHDRAWN:
        return "withdrawn", f"the agency has withdrawn it (pubStatus {status})"
    if kind in NOT_TEXT:
        return "not-text", f"it is no text but of the type {kind}"
    return None


def from_ninjs(record: Mapping[str, Any]) -> dict[str, Any]:
    """Give a ninjs object under the usual names of columns; what else it holds is left out."""
    by_name = {str(name).lower(): value for name, value in record.items()}
    uri = by_name.get("uri")
    return {
        "id": uri,
        "url": by_name.get("url") or _web_address(by_name) or uri,
        "title": _valued(by_name.get("headlines")) or by_name.get("headline") or by_name.get("title"),
        "text": _body(by_name),
        "date": by_name.get("firstcreated") or by_name.get("versioncreated") or by_name.get("contentcreated"),
        "byline": by_name.get("by") or by_name.get("byline"),
        "publisher": _names(by_name.get("infosources") or by_name.get("infosource")) or by_name.get("copyrightholder"),
        "language": by_name.get("language"),
    }


def _states_standard(record: Mapping[str, Any]) -> bool:
    standard = record.get("standard")
    return isinstance(standard, Mapping) and standard.get("name") == "ninjs"


def _body(by_name: Mapping[str, Any]) -> Any:
    """Give the text, as plain as there is one; the description where the object has nothing longer."""
    bodies = by_name.get("bodies")
    texts = [_valued([one]) for one in sorted(bodies, key=_plainness)] if isinstance(bodies, list) else []
    texts += [by_name.get(name) for name in ("body_text", "body_xhtml", "body_html")]
    texts += [value for name, value in by_name.items() if _BODY.fullmatch(name)]
    texts += [_valued(value) if isinstance(value, list) else value for value in map(by_name.get, _LESSER)]
    return next((text for text in texts if isinstance(text, str) and text.strip()), None)


def _plainness(body: Any) -> bool:
    """Order plain text before markup."""
    return not (isinstance(body, Mapping) and str(body.get("contentType") or body.get("contenttype")) == "text/plain")


def _valued(values: Any) -> str | None:
    """Give the value of the main one of some objects `{"role", "value"}`, else of the first."""
    if not isinstance(values, list):
        return None
    found = [one for one in values if isinstance(one, Mapping) and isinstance(one.get("value"), str)]
    found.sort(key=lambda one: one.get("role") != "main")
    return found[0]["value"] if found else None


def _names(values: Any) -> str | None:
    if not isinstance(values, list):
        return None
    return next((one["name"] for one in values if isinstance(one, Mapping) and isinstance(one.get("name"), str)), None)


def _web_address(by_name: Mapping[str, Any]) -> str | None:
    """Give the address of the story's page among its alternative ids."""
    ids = by_name.get("altids")
    values = [one.get("value") for one in ids if isinstance(one, Mapping)] if isinstance(ids, list) else []
    return next((value for value in values if isinstance(value, str) and value.startswith("http")), None)
