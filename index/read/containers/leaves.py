"""The table of containers, and the way through them to what articles are read from."""

from collections.abc import Iterator
from typing import Final

from index.read.containers.container import Container
from index.read.containers.gzip import GZIPPED
from index.read.containers.tar import TAR
from index.read.containers.warc import ARC, WARC
from index.read.containers.zip import ZIP
from index.read.options import ReadOptions
from index.read.streams import ByteStream
from index.types import Rejected

CONTAINERS: Final[tuple[Container, ...]] = (ZIP, GZIPPED, WARC, ARC, TAR)


def leaves(stream: ByteStream, options: ReadOptions, *, depth: int = 0) -> Iterator[ByteStream | Rejected]:
    """Yield the stream itself where it is no container, else what lies in it, however deep; then what broke it off."""
    head = stream.head()
    container = next((one for one in CONTAINERS if one.recognise(head)), None)
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
