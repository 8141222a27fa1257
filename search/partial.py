"""Whether an answer in the making is partial, for those who keep answers: another time there is more.

An answer may take several questions, some of which show no notices; what was kept of a partial one would be told to
others as if it were whole.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_watched: ContextVar[tuple[list[str], ...]] = ContextVar("watched", default=())


@contextmanager
def missed() -> Iterator[list[str]]:
    """Collect the codes of what is missing of all answers that this thread makes while the block runs."""
    codes: list[str] = []
    token = _watched.set((*_watched.get(), codes))
    try:
        yield codes
    finally:
        _watched.reset(token)


def miss(code: str) -> None:
    """Tell that something is missing: time ran out (`deadline`), or parts were silent (`shards-failed`)."""
    for codes in _watched.get():
        codes.append(code)
