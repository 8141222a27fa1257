"""The engines by the form of their files: which reader opens a generation."""

from collections.abc import Callable
from pathlib import Path

from index.engines.opensearch.mapping import FORM as OPENSEARCH
from index.engines.whoosh_fields import FORM as WHOOSH
from index.errors import StoreError
from index.settings import Settings
from index.store.generations import Generation
from search.engines.engine import Engine
from search.engines.opensearch.engine import open_opensearch
from search.engines.whoosh import open_whoosh

READERS: dict[str, Callable[[Path, Settings], Engine]] = {WHOOSH: open_whoosh, OPENSEARCH: open_opensearch}
"""Each form that a writer in index/engines/ names, and what opens a directory of such files."""


ELSEWHERE = frozenset({OPENSEARCH})
"""The forms whose files only say where the index is: what was closed opens as the index is then, not as it was."""


def open_engine(generation: Generation, settings: Settings) -> Engine:
    """Open a generation; raises StoreError where nothing here reads its form, CorruptError where it is damaged."""
    form = generation.manifest.form
    if form not in READERS:
        raise StoreError(
            f"the index has the form {form!r}, which this version does not read",
            where=str(generation.path),
            remedy="Index again with this version",
        )
    return READERS[form](generation.path, settings)
