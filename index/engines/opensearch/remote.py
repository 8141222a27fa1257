"""What a generation on a cluster has on disk: one small file that names its index there."""

import dataclasses
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from index.errors import CorruptError
from index.store.files import replace_durably
from index.store.manifest import REPAIR

FILE_NAME = "remote.json"
OWNER = "OWNER"
"""A file beside the generations with their owner, there before the first index is: a killed write leaves one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """Where a generation is: its `index` in the cluster, and the number of the last `write` that went there.

    `owner` is the same for all generations of one data directory, and stands in each of its indices: so that no other
    is taken for its own, or deleted.
    """

    index: str
    write: int
    owner: str


def read_remote(directory: Path) -> Remote | None:
    """Give what a generation's directory names, None where that is nothing; raises CorruptError where it is damaged."""
    path = directory / FILE_NAME
    try:
        table = json.loads(path.read_text("utf-8"))
        return Remote(index=str(table["index"]), write=int(table["write"]), owner=str(table["owner"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorruptError(f"cannot be read: {error!r}", where=str(path), remedy=REPAIR) from error


def write_remote(directory: Path, remote: Remote) -> None:
    """Name a generation's index, in a file of its own: what lies there is shared with older generations."""
    path = directory / FILE_NAME
    path.unlink(missing_ok=True)
    path.write_text(json.dumps(dataclasses.asdict(remote), indent=1) + "\n", "utf-8")


def others(directory: Path) -> list[Remote]:
    """Give what the other generations beside a generation's directory name; a damaged one names nothing."""
    found = []
    for path in directory.parent.glob(f"*/{FILE_NAME}"):
        if path.parent != directory:
            try:
                remote = read_remote(path.parent)
            except CorruptError:
                continue
            if remote:
                found.append(remote)
    return found


def owner_of(directory: Path, known: Iterable[Remote]) -> str:
    """Give the owner of a generation's directory, and of those beside it."""
    for one in known:
        return one.owner
    path = directory.parent / OWNER
    if not path.exists():
        replace_durably(path, secrets.token_hex(8).encode("ascii"))
    return path.read_text("ascii")
