"""Serve the sample archive for whoever looks at its pages."""

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from waitress.server import create_server

from index.pipeline.indexing import build_index
from index.read.options import read_options
from index.settings import Settings
from search.searcher import Searcher
from web.application import create_application

ROOT = Path(__file__).parent.parent


@contextmanager
def sample_archive() -> Iterator[str]:
    """Index seeds/ into a temporary directory, serve it while the block runs, and give its address."""
    with tempfile.TemporaryDirectory() as directory:
        settings = Settings(data_dir=Path(directory) / "data", jobs=1)
        build_index([str(ROOT / "seeds")], settings=settings, options=read_options(settings))
        searcher = Searcher(settings.data_dir, settings)
        server = create_server(create_application(searcher, settings), host="127.0.0.1", port=0, threads=4)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.effective_port}"
        finally:
            server.close()
            thread.join(timeout=5)
            searcher.close()
