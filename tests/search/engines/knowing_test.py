"""What is known of a generation, and of the same articles under other names, is asked by several threads at once."""

import threading
from collections.abc import Sequence
from types import SimpleNamespace
from typing import cast

from search.engines.arrays.knowing import Knowing
from search.engines.arrays.ordinals import Ordinals
from search.engines.arrays.source import Source


def named(*values: str) -> Source:
    def listed(_: str) -> Sequence[str]:
        return values

    return cast(Source, SimpleNamespace(values=listed, articles=len(values)))


def test_listing_the_names_of_a_view_holds_up_nobody_who_asks_for_those_below_it() -> None:
    written = Knowing(named("Bob"), mask_bytes=1_000, leaf_bytes=1_000)
    done: list[bool] = []

    def listed(field: str) -> Ordinals:
        # As where another thread holds the lock of the view that this one needs, and asks for the names below.
        other = threading.Thread(target=written.ordinals, args=(field,), daemon=True)
        other.start()
        other.join(10)
        done.append(not other.is_alive())
        return Ordinals(("Robert",))

    view = written.corrected(named("Bob"), listed)
    assert list(view.ordinals("person").values) == ["Robert"]
    assert done == [True], "two threads would have waited for each other"
