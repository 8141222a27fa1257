"""Editions of a generation: the same files, with names shown as the archive's authority says at the time.

An edition is named after its generation and the state of the log of corrections: `000007-3f9a1c2e+12.9ab3f0`. Cursors,
entity tags and kept answers go by editions; the files are open once.
"""

import os
import threading
import time
from pathlib import Path

from index.archive.places import place_of
from index.authority.authority import Authority
from index.authority.following import NOTHING, Corrected, Log
from index.authority.identities import read
from index.authority.log import mend, told
from index.errors import StoreError
from index.settings import Settings
from index.store.generations import Generation, pin, verify
from search.engines.engine import Engine
from search.engines.registry import open_engine
from search.partial import miss, missed
from search.vocabulary import Vocabulary

_SIGN = "+"

_PARTIAL_SECONDS = 10.0
"""How long a partial table of words serves: to make one takes seconds, for which all who need it wait."""


def generation_of(edition: str) -> str:
    """Give the name of the generation of an edition."""
    return edition.partition(_SIGN)[0]


def edition_of(edition: str, *, like: str) -> str:
    """Give the name of the edition of the same generation that shows names as another edition does."""
    return generation_of(edition) + like[len(generation_of(like)) :]


class Files:
    """The open files of one generation, for all editions of it; safe for threads.

    Who makes one holds it, as who calls `hold`; the last that lets go by `release` closes them. `engine` shows what the
    tagger found.
    """

    def __init__(self, generation: Generation, settings: Settings) -> None:
        self.generation = generation
        self._words = settings.max_known_words
        self._users = 1
        self._lock = threading.Lock()
        self._vocabulary: Vocabulary | None = None
        self._missing: tuple[str, ...] = ()
        self._again = 0.0
        self._making = threading.Lock()
        self._pin = pin(generation)
        try:
            if settings.verify_on_open:
                verify(generation)
            self.engine: Engine = open_engine(generation, settings)
            self.identities = read(generation.path)
        except BaseException:
            os.close(self._pin)
            raise

    def edition(self, corrected: Corrected) -> tuple[str, Engine, Authority]:
        """Give the name of the edition after some corrections, its engine, and the authority that this shows."""
        name = f"{self.generation.name}{_SIGN}{corrected.name}" if corrected.name else self.generation.name
        authority = Authority(self.identities, corrected.entries, corrected.states)
        return name, self.engine.corrected(authority) if authority else self.engine, authority

    def hold(self) -> "Files":
        """Hold the files once more."""
        with self._lock:
            self._users += 1
        return self

    def release(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._users -= 1
            last = not self._users
        if last:
            self.engine.close()
            os.close(self._pin)

    def vocabulary(self) -> Vocabulary:
        """Give the words, as many as the setting says; who asks while another makes them waits for these.

        Those that are not all, since time ran out or parts of a cluster were silent, are soon made again, and whoever
        is given them is told so; see `search.partial`.
        """
        with self._making:
            if self._vocabulary is None or (self._missing and time.monotonic() >= self._again):
                with missed() as parts:
                    self._vocabulary = Vocabulary(self.engine.forms(""), self._words)
                self._missing, self._again = tuple(dict.fromkeys(parts)), time.monotonic() + _PARTIAL_SECONDS
            else:
                for code in self._missing:
                    miss(code)
            return self._vocabulary


class Corrections:
    """What was corrected in the archive of a data directory, as its readers ask for it; safe for threads."""

    def __init__(self, data_dir: Path, settings: Settings) -> None:
        self._data_dir = data_dir
        self._place = place_of(settings, data_dir=data_dir)
        self._log = Log(data_dir, self._place)

    def now(self) -> Corrected:
        """Give all that was corrected, as the log has it, whatever the file tells of it; where that is lost, mend it.

        Where the archive is a file and nothing ever was corrected, it need not be whole.
        """
        try:
            found = self._log.now()
        except StoreError:
            if told(self._data_dir) == 0 and isinstance(self._place, Path):
                return NOTHING
            raise
        mend(self._data_dir, len(found.entries))
        return found

    def awaited(self, corrected: Corrected) -> bool:
        """Say whether more was told of than a state has: somebody is correcting just now, or died over it."""
        return (told(self._data_dir) or 0) > len(corrected.entries)

    def of(self, edition: str) -> Corrected | None:
        """Give the corrections that an edition shows, None where the archive has no such state."""
        state = edition.partition(_SIGN)[2]
        return self._log.at(state) if state else NOTHING
