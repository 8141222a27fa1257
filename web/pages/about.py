"""The about page: what the archive holds, how tagging decides, and the settings that matter to a reader."""

import dataclasses

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from index.settings import Settings
from web.caching import conditional
from web.canonical import elsewhere
from web.facts import archive_span
from web.language import _, number
from web.state import everything, searcher, state

pages = Blueprint("about", __name__)

TOLD = (
    "tagger",
    "date_order",
    "max_query_chars",
    "max_query_terms",
    "max_expansions",
    "query_seconds",
    "page_size",
    "facet_size",
    "snippet_scan_chars",
)
"""The settings that change what a reader sees; those about files and machines are the owner's business."""


@pages.get("/about")
def show() -> ResponseReturnValue:
    """Say what this archive is."""
    if there := elsewhere("/about", []):
        return there
    return conditional(searcher().generation(), _render)


def _render() -> str:
    status = searcher().status()
    return render_template(
        "about.html",
        status=status,
        span=archive_span(),
        facets={kind: everything(kind) for kind in ("person", "outlet", "publisher")},
        settings=_settings(state().settings),
        reasons=_reasons(),
    )


def _settings(settings: Settings) -> list[tuple[str, str, str]]:
    """Give name, value and reason of the settings that are told."""
    reasons = {one.name: one.metadata["reason"] for one in dataclasses.fields(settings)}
    return [(name, _written(getattr(settings, name)), reasons[name]) for name in TOLD]


def _written(value: object) -> str:
    return number(value) if isinstance(value, int) else str(value)


def _reasons() -> list[tuple[str, str]]:
    """Give what the reasons of a tag mean, as docs/how-tagging-decides.md has them."""
    return [
        (_("full name"), _("The article gives this name in full at this place.")),
        (_("surname or given name of a fuller name"), _("Harris, where the article elsewhere names Kamala Harris.")),
        (_("short form, initials, near spelling"), _("Bob for Robert Quill; AOC; a letter lost or swapped.")),
        (_("well-known name"), _("A surname that the press of that year uses for one person.")),
        (_("name as it stands"), _("The article has nothing longer: a surname alone, a stage name, or an error.")),
        (_("table"), _("A name that always means this outlet.")),
        (_("table + context"), _("A name that may mean it, as the Sun does, and words around it that say so.")),
        (_("form of the name"), _("Not in the table, but named as outlets are: the Bellham Gazette.")),
    ]
