"""Runs that are killed or made to fail: `python -m tests.hostile.durability_runs kill|faults|flips`, by other programs.

Each prints one JSON object with its counts, and ends with a traceback where something was not as it must be.
Articles are the fakes of the pipeline's tests; what each run tags is written to a file.
"""

import argparse
import ctypes
import errno
import functools
import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from index.archive.archive import FILE_NAME, Archive
from index.errors import NewsmorgueError, NoIndexError, StoreError
from index.pipeline.checking import check
from index.pipeline.indexing import build_index
from index.pipeline.report import Report
from index.pipeline.stages import Stages
from index.read.options import ReadOptions
from index.settings import Settings
from index.store.generations import current, verify
from index.types import Article, Mention
from tests.index.pipeline import fakes

ARTICLES = 60
FILES = 6
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)


class NotingTagger(fakes.FakeTagger):
    """Tags, and notes what it tagged in a file."""

    def __init__(self, name: str) -> None:
        self._path = Path(name)

    def tag(self, articles: Iterable[Article]) -> Iterator[tuple[Mention, ...]]:
        for article, mentions in zip((kept := list(articles)), super().tag(kept), strict=True):
            with self._path.open("a") as file:
                file.write(article.id + "\n")
            yield mentions


class Desk:
    """A directory with files to index, and what is known of its data directory."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.data_dir = root / "data"
        self.noted = root / "tagged.txt"
        self.paths = [self._file(number) for number in range(FILES)]

    def _file(self, number: int) -> Path:
        path = self.root / f"{number}.jsonl"
        first = number * ARTICLES // FILES
        rows = (
            {"id": f"{one:016x}", "text": f"Ann Lee spoke of matter {one} for the {one % 7}th time. " * 5}
            for one in range(first, first + ARTICLES // FILES)
        )
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        return path

    @property
    def settings(self) -> Settings:
        return Settings(data_dir=self.data_dir, jobs=1, batch_articles=5)

    def index(self, *, files: int = FILES) -> Report:
        stages = Stages(cut=fakes.cut, read=fakes.read, settle=fakes.settle, make_tagger=self._tagger)
        return build_index(self.paths[:files], settings=self.settings, options=ReadOptions(), stages=stages)

    def _tagger(self, name: str) -> NotingTagger:
        return NotingTagger(str(self.noted))

    def archived(self) -> dict[str, bytes]:
        path = self.data_dir / FILE_NAME
        if not path.exists() or not path.stat().st_size:
            return {}
        with Archive(path) as archive:
            return {change.id: change.packed for change in archive.changes(since=0) if change.packed}

    def tagged(self) -> list[str]:
        return self.noted.read_text().split() if self.noted.exists() else []

    def forget(self, *, start: Path | None = None) -> None:
        shutil.rmtree(self.data_dir, ignore_errors=True)
        self.noted.unlink(missing_ok=True)
        if start:
            shutil.copytree(start, self.data_dir)

    def started(self) -> Path:
        """Give a copy of a data directory with a first generation of some files."""
        self.index(files=FILES // 2)
        return Path(shutil.copytree(self.data_dir, self.root / "started"))


def whole(desk: Desk) -> str | None:
    """Give the name of the current generation, which must be whole; None where there is none yet."""
    try:
        generation = current(desk.data_dir)
    except NoIndexError:
        return None
    verify(generation)
    assert check(desk.settings).problems == (), "check finds problems"
    return generation.name


def left_over(desk: Desk) -> list[str]:
    """Give what should not be in a data directory at rest."""
    kept = {"archive.sqlite", "archive.sqlite-wal", "archive.sqlite-shm"}
    kept |= {"CURRENT", "AUTHORITY", "generations", "writer.lock", "rejected.jsonl"}
    names = {path.name for path in desk.data_dir.iterdir()} - kept
    generations = [path.name for path in (desk.data_dir / "generations").iterdir()]
    return [*names, *(name for name in generations if "partial" in name), *generations[2:]]


def completed(desk: Desk, expected: dict[str, bytes]) -> None:
    """Resume, and see that the result is that of an undisturbed run and that nothing archived is tagged again."""
    before = set(desk.archived())
    desk.noted.unlink(missing_ok=True)
    desk.index()
    assert not before & set(desk.tagged()), "an archived article was tagged again"
    assert desk.archived() == expected, "the archive is another than that of an undisturbed run"
    assert whole(desk), "no generation after resuming"
    assert current(desk.data_dir).manifest.articles == ARTICLES
    assert not left_over(desk), f"left over: {left_over(desk)}"


def kill(desk: Desk, times: int) -> Counter[str]:
    """Kill a run at a random moment, again and again."""
    counts: Counter[str] = Counter()
    started = desk.started()
    began = time.monotonic()
    desk.index()
    span = time.monotonic() - began
    expected = desk.archived()
    chance = random.Random(8)
    for number in range(times):
        start = started if number % 2 else None
        desk.forget(start=start)
        last = whole(desk) if start else None
        child = os.fork()
        if not child:
            desk.index()
            os._exit(0)
        time.sleep(chance.uniform(0, 1.2 * span if start else 2 * span))
        os.kill(child, signal.SIGKILL)
        killed = os.waitpid(child, 0)[1] != 0
        now = whole(desk) if desk.data_dir.exists() else None
        assert now or not last, "a generation was lost"
        archived = len(desk.archived())
        moment = "before anything was archived" if not archived else "while archiving"
        moment = "while committing" if archived == ARTICLES and now == last else moment
        counts[moment if killed and now == last else "after the commit" if killed else "too late"] += 1
        completed(desk, expected)
    return counts


def faults(desk: Desk, times: int) -> Counter[str]:
    """Make each call that writes fail once, in turn; `times` is how many at most, spread over all."""
    preloaded = ctypes.CDLL(None)
    arm = functools.partial(preloaded.faults_arm, os.fsencode(desk.data_dir))
    counts: Counter[str] = Counter()
    started = desk.started()
    desk.forget(start=started)
    arm(ctypes.c_long(0), 0)
    desk.index()
    calls = int(preloaded.faults_seen())
    expected = desk.archived()
    assert calls > 50, "the calls are not seen"
    everything = [(nth, error) for nth in range(1, calls + 1) for error in ERRORS]
    step = max(1, len(everything) // times) if times else 1
    for nth, error in everything[:: step + (step > 1 and step % len(ERRORS) == 0)]:
        desk.forget(start=started)
        last = whole(desk)
        arm(ctypes.c_long(nth), error)
        outcome = "carried on"
        try:
            desk.index()
        except NewsmorgueError:
            outcome = "told"
        finally:
            arm(ctypes.c_long(0), 0)
        now = whole(desk)
        assert now, "no generation opens"
        assert outcome == "carried on" or now == last or current(desk.data_dir).manifest.articles == ARTICLES
        completed(desk, expected)
        counts[f"{errno.errorcode[error]}: {outcome}"] += 1
    counts["calls that write"] = calls
    return counts


def content(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Give all that an archive holds, but the states of files, which when damaged only have them read again."""
    tables = {
        "articles": "number, id, revision, hash, packed, barred, file, story",
        "files": "number, source, articles, duplicates, removed, rejections",
        "holds": "file, article",
        "sketches": "article, sketch",
        "facts": "name, value",
    }
    with Archive(desk.data_dir / FILE_NAME) as archive:
        rows = archive.database.rows
        return {table: [tuple(row) for row in rows(f"SELECT {names} FROM {table}")] for table, names in tables.items()}


def flips(desk: Desk, times: int) -> Counter[str]:
    """Flip a bit of a file, or cut it short, again and again; `check` must find it, or nothing have changed."""
    counts: Counter[str] = Counter()
    desk.index()
    expected = content(desk)
    whole_copy = Path(shutil.copytree(desk.data_dir, desk.root / "whole"))
    chance = random.Random(300)
    kept = {"CURRENT", "archive.sqlite"}
    for number in range(times):
        desk.forget(start=whole_copy)
        paths = [one for one in sorted(desk.data_dir.rglob("*")) if one.is_file()]
        paths = [one for one in paths if one.name in kept or "generations" in one.parts]
        path = paths[number % len(paths)]
        data = bytearray(path.read_bytes())
        place = chance.randrange(len(data))
        if number % 5:
            data[place] ^= 1 << chance.randrange(8)
        else:
            del data[place:]
        path.write_bytes(data)
        kind = ("archive" if path.name == FILE_NAME else "index") + (": flipped" if number % 5 else ": cut")
        try:
            found = bool(check(desk.settings).problems)
        except StoreError:
            found = True
        if not found:
            assert content(desk) == expected, f"damage to {path.name} at {place} was not found"
            assert path.name == FILE_NAME
        counts[f"{kind}, {'found' if found else 'in unused bytes, nothing changed'}"] += 1
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["kill", "faults", "flips"])
    parser.add_argument("root", type=Path)
    parser.add_argument("times", type=int)
    arguments = parser.parse_args()
    what = {"kill": kill, "faults": faults, "flips": flips}[arguments.what]
    json.dump(what(Desk(arguments.root.resolve()), arguments.times), sys.stdout, sort_keys=True)


if __name__ == "__main__":
    main()
