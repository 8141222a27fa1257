"""Files as streams, and what the system says where it gives none."""

from pathlib import Path

from index.read.options import ReadOptions
from index.read.streams import ByteStream
from index.read.system import describe
from index.types import Rejected


def open_stream(path: str, source: str, options: ReadOptions) -> ByteStream | Rejected:
    """Open a file as a stream, or say why that cannot be."""
    try:
        raw = Path(path).open("rb")  # noqa: SIM115
    except (OSError, ValueError) as error:
        reason, detail = describe(error)
        return Rejected(source=source, reason=reason, detail=detail)
    stream = ByteStream(raw, source, options)
    if stream.problem and not stream.consumed:
        stream.close()
        return stream.problem
    return stream
