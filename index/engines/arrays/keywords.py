"""The values of keyword fields article by article; layout.py says which arrays."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.engines.arrays.coding import starts_of
from index.engines.arrays.file import ArrayFile
from index.engines.arrays.postings import narrow


def write_values(file: ArrayFile, field: str, sizes: NDArray[Any], ordinals: NDArray[Any], times: NDArray[Any]) -> None:
    """Write a keyword field article by article: how many values, which, and how often each is mentioned."""
    file.add(f"{field}.values_at", narrow(starts_of(sizes)))
    file.add(f"{field}.values", ordinals.astype(np.uint32))
    file.add(f"{field}.mentions", np.minimum(times, np.iinfo(np.uint16).max).astype(np.uint16))
