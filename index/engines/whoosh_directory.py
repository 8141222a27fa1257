"""The directory of a Whoosh index of ours: its name, what writers leave in it, and how Whoosh's own writer is refused.

Whoosh hands its writers a posting at a time, in Python, which is most of what its indexing costs; `BatchWriter` inverts
many articles by one sort instead. To write over our codec by a second, slow way would be code that nothing of ours
runs, and segments in Whoosh's own codec are none that our engine reads: both are refused before they are in the index.
"""

import shutil
from pathlib import Path
from typing import NoReturn

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, clean_files

INDEX_NAME = "MAIN"
"""Whoosh's name of the index in a generation's directory (its own default)."""

UNWRITTEN = (
    "Whoosh's writer cannot add to, merge or optimize this index: index with newsmorgue, or take `newsmorgue export "
    "--whoosh` for an index of Whoosh's own"
)


def refuse(directory: Path | None) -> NoReturn:
    """Raise NotImplementedError, and remove what Whoosh's writer has left in a directory: it goes no further."""
    if directory:
        storage = FileStorage(str(directory))
        table = TOC.read(storage, INDEX_NAME)
        clean_files(storage, INDEX_NAME, table.generation, table.segments)
        clear(directory)
    raise NotImplementedError(UNWRITTEN)


def clear(directory: Path) -> None:
    """Remove what a writer of Whoosh leaves beside the index: its lock and its directory of runs."""
    (directory / f"{INDEX_NAME}_WRITELOCK").unlink(missing_ok=True)
    shutil.rmtree(directory / f"{INDEX_NAME}.tmp", ignore_errors=True)
