"""What readers are told of faults of the archive: nothing of where it is, nor of what others say of it.

Errors are written for owners, with paths, hosts, names of indices and a cluster's own words; the log has them.
"""

import logging

from index.errors import CorruptError, NewsmorgueError, NoIndexError, PartialError, UnreachableError
from web.language import _
from web.problems import KINDS, Kind

LOG = logging.getLogger("newsmorgue.faults")


def kind_of(error: NewsmorgueError) -> Kind:
    """Give the kind of problem that an error of the archive is to readers."""
    if isinstance(error, PartialError):
        return KINDS["incomplete"]
    passing = isinstance(error, NoIndexError | CorruptError | UnreachableError)
    return KINDS["no-archive" if passing else "internal-error"]


def words_of(error: NewsmorgueError) -> str:
    """Say what is wrong in a sentence or two that anybody may read."""
    if isinstance(error, NoIndexError | PartialError):
        return f"{error.what}. {error.remedy}." if error.remedy else f"{error.what}."
    if isinstance(error, UnreachableError):
        return _("The archive does not answer now. Ask again in a moment; the server’s log has the details.")
    if isinstance(error, CorruptError):
        return _("The archive is damaged, and to be repaired by its owner. The server’s log has the details.")
    return _("The server’s log has the details.")


def log(error: NewsmorgueError) -> None:
    """Tell the owner, under the request's id, what readers are not told."""
    if isinstance(error, UnreachableError | PartialError):
        LOG.warning("%s", error)
    elif not isinstance(error, NoIndexError):
        LOG.error("%s", error)
