"""What a stream in a container knows of where it lies."""

from dataclasses import dataclass

from index.read.options import ReadOptions


class Allowance:
    """What one input may expand to: shared by a container and all that is packed in it."""

    def __init__(self, options: ReadOptions) -> None:
        self.limit = options.max_expanded_bytes
        self.left = options.max_expanded_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Where a member of a container lies, and what the container says of it.

    `allowance` is the container's; `at` are the bytes of the input before the member, as they lie there; `url` and
    `charset` are what the container states, if it does.
    """

    allowance: Allowance
    at: int = 0
    url: str | None = None
    charset: str | None = None
