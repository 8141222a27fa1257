"""The columns of the schema: Whoosh reads them through our codec, and no writer of its own may write them.

They lie pickled in Whoosh's TOC, so these classes must stay importable under these names.
"""

from pathlib import Path
from typing import Any, NoReturn

from whoosh import columns

from index.engines.whoosh_directory import refuse


class _Read:
    """What both kinds of columns share; `directory` is where an index was that they were read in, while it is open."""

    directory: Path | None = None

    def writer(self, dbfile: Any) -> NoReturn:
        """Raise NotImplementedError: Whoosh would add an article, or merge segments."""
        refuse(self.directory)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "directory"}


class ReadBytes(_Read, columns.VarBytesColumn):  # type: ignore[misc]  # Whoosh has no types
    """A column of bytes."""


class ReadDays(_Read, columns.NumericColumn):  # type: ignore[misc]  # Whoosh has no types
    """A column of day numbers, 0 where undated."""

    def __init__(self) -> None:
        super().__init__("i", default=0)
