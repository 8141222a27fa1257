"""What an answer notes of itself: cuts of an engine, dates that contradict each other, an archive that changed."""

from search.answer import Notice
from search.engines.engine import Cut
from search.language import N_, _, gettext
from search.request import SearchRequest

_MOVED = N_("The archive has changed since the page before: articles may be missing here, or come twice.")


def moved() -> Notice:
    """Note that a page is of another edition of the archive than the one before it."""
    return Notice(code="index-changed", message=gettext(_MOVED), start=0, end=0)


def late(cuts: tuple[Cut, ...]) -> bool:
    """Say whether it is noted that time ran out, or that parts of a cluster were silent: another time there is more."""
    return any(cut.code in {"deadline", "shards-failed"} for cut in cuts)


def noted(cuts: tuple[Cut, ...]) -> tuple[Notice, ...]:
    """Note each cut where its place in the query is."""
    return tuple(Notice(code=cut.code, message=cut.message, start=cut.span[0], end=cut.span[1]) for cut in cuts)


def doubts(request: SearchRequest) -> tuple[Notice, ...]:
    """Note dates that contradict each other."""
    if request.undated == "only" and (request.from_ or request.to):
        message = _("Undated articles lie in no range of dates.")
        return (Notice(code="undated-in-range", message=message, start=0, end=0),)
    return ()
