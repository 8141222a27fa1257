"""Editions of a generation: the same files, with names shown as the archive's authority says at the time.

An edition is named after its generation and the state of the log of corrections: `000007-3f9a1c2e+12.9ab3f0`. Cursors,
entity tags and kept answers go by editions; the files are open once.
"""

import os
import threading
from collections.abc import Sequence
from pathlib import Path

from index.archive.places import place_of
from index.authority.authority import Authority
from index.authority.identities import read
from index.authority.log import entries_of, read_log, signal, state_of
from index.authority.types import Entry
from index.settings import Settings
from index.store.generations import Generation, pin, verify
from search.engines.engine import Engine
from search.engines.registry import open_engine
from search.vocabulary import Vocabulary

_SIGN = "+"


def generation_of(edition: str) -> str:
    """Give the name of the generation of an edition."""
    return edition.partition(_SIGN)[0]


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

    def edition(self, entries: Sequence[Entry]) -> tuple[str, Engine, Authority]:
        """Give the name of the edition after some corrections, its engine, and the authority that this shows."""
        state = state_of(entries)
        name = f"{self.generation.name}{_SIGN}{state}" if state else self.generation.name
        authority = Authority(self.identities, entries)
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
        """Give the words, as many as the setting says; who asks while another makes them waits for these."""
        with self._making:
            if self._vocabulary is None:
                self._vocabulary = Vocabulary(self.engine.forms(""), self._words)
            return self._vocabulary


def corrections(data_dir: Path, settings: Settings) -> Sequence[Entry]:
    """Give the corrections of an archive; where it is a file and none was ever made, it need not be there."""
    place = place_of(settings, data_dir=data_dir)
    return read_log(data_dir, place) if signal(data_dir) or not isinstance(place, Path) else ()


def corrections_of(data_dir: Path, settings: Settings, edition: str) -> Sequence[Entry] | None:
    """Give the corrections that an edition shows, None where the archive has no such state."""
    state = edition.partition(_SIGN)[2]
    return entries_of(corrections(data_dir, settings), state) if state else ()
