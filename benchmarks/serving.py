"""Serve the sample archive for whoever looks at its pages."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.pipeline.indexing import build_index
from index.read.options import read_options
from index.settings import Settings
from tests.serving import served

ROOT = Path(__file__).parent.parent


@contextmanager
def sample_archive() -> Iterator[str]:
    """Index seeds/ into a temporary directory, serve it while the block runs, and give its address."""
    with tempfile.TemporaryDirectory() as directory:
        settings = Settings(data_dir=Path(directory) / "data", jobs=1)
        build_index([str(ROOT / "seeds")], settings=settings, options=read_options(settings))
        with served(settings) as address:
            yield address
