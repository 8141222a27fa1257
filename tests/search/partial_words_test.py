"""A table of words that is not all serves for a while, is told of to each who is given it, and is made again."""

from pathlib import Path

import pytest

from index.settings import Settings
from search import editions
from search.engines.arrays.engine import ArrayEngine
from search.partial import miss, missed
from search.searcher import Searcher


class Clock:
    """A time that stands still."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


def test_partial_words_are_not_kept(archive_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forms, asked, silent = ArrayEngine.forms, [], [True]

    def some(engine: ArrayEngine, prefix: str) -> list[tuple[str, int]]:
        found = forms(engine, prefix)
        asked.append(prefix)
        if not silent[0]:
            return found
        miss("shards-failed")
        return [one for one in found if one[0] != "harris"]

    clock = Clock()
    monkeypatch.setattr(ArrayEngine, "forms", some)
    monkeypatch.setattr(editions, "time", clock)
    settings = Settings()
    searcher = Searcher(archive_dir, settings)

    def suggested() -> tuple[list[str], list[str]]:
        with missed() as parts:
            found = searcher.suggest("harr")
        return [one.text for one in found if one.kind == "word"], sorted(set(parts))

    searcher.prepare()
    assert suggested() == suggested() == ([], ["shards-failed"])
    assert len(asked) == 1, "all who need it would wait for it each time"
    silent[0] = False
    clock.now += editions._PARTIAL_SECONDS
    assert suggested() == suggested() == (["harris"], [])
    clock.now += 10 * editions._PARTIAL_SECONDS
    assert suggested() == (["harris"], [])
    assert len(asked) == 2
    searcher.close()
