"""Terms of a segment that lie in order and are known by number, whatever they are made of."""

import abc
import bisect
from collections.abc import Sequence
from typing import Any


class Terms(Sequence[bytes], abc.ABC):
    """What `Postings` give of a field whose articles have one term each, once; `size` is how many terms there are."""

    @property
    @abc.abstractmethod
    def size(self) -> int:
        """The number of terms."""

    @abc.abstractmethod
    def __getitem__(self, number: Any) -> Any: ...

    def __len__(self) -> int:
        return self.size

    def find(self, term: bytes) -> int:
        """Give a term's number, or -1 where no article has it."""
        number = self.from_(term)
        return number if number < self.size and self[number] == term else -1

    def from_(self, term: bytes) -> int:
        """Give the number of the first term that is this one or comes behind it."""
        return bisect.bisect_left(self, term)

    def terms(self) -> list[bytes]:
        """Give all terms in order."""
        return [self[number] for number in range(self.size)]

    def term(self, number: int) -> bytes:
        """Give one term."""
        return bytes(self[number])
