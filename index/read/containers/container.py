"""The shape of a container: how it is recognised, and its members one after another."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.read.options import ReadOptions
from index.read.streams import ByteStream
from index.types import Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """One row of the table of containers.

    `members` gives streams, each of which is read before the next is asked for; what they have in common (their
    `Within.allowance`) bounds what all of them expand to. It never writes what it unpacks under a name that it found.
    """

    name: str
    recognise: Callable[[bytes], bool]
    members: Callable[[ByteStream, ReadOptions], Iterator[ByteStream | Rejected]]
