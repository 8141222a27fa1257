"""The table of containers, and the way through them to what articles are read from."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from index.read.containers.container import Container
from index.read.containers.gzip import GZIPPED
from index.read.containers.tar import TAR
from index.read.containers.warc import ARC, WARC, WARC_MARK
from index.read.containers.zip import ZIP
from index.read.options import ReadOptions
from index.read.streams import ByteStream
from index.types import Rejected

CONTAINERS: Final[tuple[Container, ...]] = (ZIP, GZIPPED, WARC, ARC, TAR)
_PACKED_WARC: Final = ".warc.gz"


def leaves(stream: ByteStream, options: ReadOptions, *, depth: int = 0) -> Iterator[ByteStream | Rejected]:
    """Yield the stream itself where it is no container, else what lies in it, however deep; then what broke it off."""
    head = stream.head()
    container = next((one for one in CONTAINERS if one.recognise(head)), None)
    if container is None and (damage := _first_record_damaged(stream)):
        yield damage
        container = WARC
    if container is None:
        yield stream
        return
    if depth >= options.max_nesting:
        detail = f"it lies in {depth} containers already: unpack it first (setting max_nesting)"
        yield Rejected(source=stream.source, reason="too-deep", detail=detail)
        return
    for member in container.members(stream, options):
        if isinstance(member, Rejected):
            yield member
            continue
        try:
            yield from leaves(member, options, depth=depth + 1)
        finally:
            member.close()
    if stream.problem:
        yield stream.problem


def _first_record_damaged(stream: ByteStream) -> Rejected | None:
    """Say of a web archive whose first packed record is damaged what is wrong, and go on at the next; else None."""
    named = stream.source.lower().endswith(_PACKED_WARC)
    problem = stream.problem
    if not (problem or named) or not stream.resume(WARC_MARK):
        return None
    detail = problem.detail if problem else "it does not begin like packed data"
    detail = f"the first record is damaged: {detail}; reading went on at the next part that is whole"
    if problem:
        return replace(problem, detail=detail, position=0)
    return Rejected(source=stream.source, reason="broken-gzip", detail=detail, position=0)
