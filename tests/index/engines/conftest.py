import gc
import warnings
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _forgive_whoosh_for_files_left_open() -> Iterator[None]:
    """Whoosh leaves files to the garbage collector where an index is damaged; collect them before pytest looks."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
