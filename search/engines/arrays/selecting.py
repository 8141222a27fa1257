"""The highest of many numbers, without sorting them."""

from typing import Any

from numpy.typing import NDArray

from search.ranking import SCORE_DECIMALS

STEP = 10.0**-SCORE_DECIMALS
"""More than what rounding can move a score."""

_STRIDE = 64
_MANY = 4_096


def floor_of_best(values: NDArray[Any], size: int) -> Any:
    """Give a number that at least the `size` highest values reach, and few others; there are more values than `size`.

    Of many values only the highest of each stretch are compared: as many stretches reach the result as are wanted.
    """
    count = len(values)
    if count > _MANY and count > 4 * _STRIDE * size:
        whole = count - count % _STRIDE
        values = values[:whole].reshape(-1, _STRIDE).max(axis=1)
        count = len(values)
    else:
        values = values.copy()
    values.partition(count - size)
    return values[count - size]
