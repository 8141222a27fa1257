"""What is known about words beforehand: the clusters they belong to and how often they are capitalised.

Made by `training/background.py` from unlabelled articles; `data/words.npz`.
"""

import functools
import io
import re
import zipfile
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import numpy as np

from index.errors import StoreError

WORDS = "words.npz"
"""The table's file in `index/tag/data`."""

_DIGIT = re.compile(r"\d")


def normal(string: str) -> str:
    """Give the form under which the clusters know a token: digits as 9, apostrophes straight, case kept."""
    return _DIGIT.sub("9", string).replace("’", "'")


class WordTable:
    """Clusters (coarse, fine) by `normal` form; capitalisation in tenths (0 never, 9 always) by lower-case form."""

    def __init__(self, *, clusters: Mapping[str, tuple[int, int]], case: Mapping[str, int]) -> None:
        self.clusters = clusters
        self.case = case

    @classmethod
    def load(cls, path: Path) -> "WordTable":
        """Read a table that `save` wrote; StoreError where it cannot be read."""
        try:
            with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as arrays:
                words = bytes(arrays["words"]).decode("utf-8").split("\n")
                pairs = zip(arrays["coarse"].tolist(), arrays["fine"].tolist(), strict=True)
                clusters = dict(zip(words, pairs, strict=True))
                cased = bytes(arrays["cased"]).decode("utf-8").split("\n")
                return cls(clusters=clusters, case=dict(zip(cased, arrays["case"].tolist(), strict=True)))
        except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
            raise StoreError(f"cannot be read: {error}", where=str(path), remedy="Install Newsmorgue again") from error

    def save(self, path: Path) -> None:
        """Write the table as one compressed file, words in alphabetical order."""
        words, cased = sorted(self.clusters), sorted(self.case)
        np.savez_compressed(
            path,
            words=np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8),
            coarse=np.array([self.clusters[word][0] for word in words], dtype=np.uint16),
            fine=np.array([self.clusters[word][1] for word in words], dtype=np.uint16),
            cased=np.frombuffer("\n".join(cased).encode("utf-8"), dtype=np.uint8),
            case=np.array([self.case[word] for word in cased], dtype=np.uint8),
        )


@functools.cache
def shipped_words() -> WordTable:
    """Load the table that ships in the package, once."""
    with resources.as_file(resources.files("index.tag") / "data" / WORDS) as path:
        return WordTable.load(Path(path))
