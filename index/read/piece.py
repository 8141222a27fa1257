"""A piece of the input: what one worker process reads at a time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some articles to be read: a file that the worker opens (`path`), or bytes cut from a larger one (`content`).

    `format` names a row of the table of formats, None where the worker still has to recognise it. `line` is the number
    of the first line or element of `content`; `columns` and `dialect` are what its table needs to know. `url` and
    `charset` are what the container that it lies in states of it, if it lies in one that does. `orders` tells of the
    columns of dates that prove the order of their days and months whether the day comes first. `done` and `total` are
    bytes of the whole input as it lies on disk, for a progress bar; `total` is None where it is unknown.
    """

    source: str
    path: str | None = None
    content: bytes | None = None
    format: str | None = None
    line: int = 1
    columns: tuple[str, ...] = ()
    dialect: str = ""
    url: str | None = None
    charset: str | None = None
    orders: tuple[tuple[str, bool], ...] = ()
    done: int = 0
    total: int | None = None
