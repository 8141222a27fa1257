"""The word lists of the people tagger: titles, speech verbs, given names and the like (`data/lexicon.txt`)."""

import functools
from importlib import resources


@functools.cache
def word_list(name: str) -> frozenset[str]:
    """Give one list of `data/lexicon.txt` by its section's name; KeyError where there is no such section."""
    return _sections()[name]


@functools.cache
def _sections() -> dict[str, frozenset[str]]:
    sections: dict[str, list[str]] = {}
    words: list[str] = []
    for line in (resources.files("index.tag") / "data" / "lexicon.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            words = sections.setdefault(line.strip("[] "), [])
        elif not line.startswith("#"):
            words += line.split()
    return {name: frozenset(found) for name, found in sections.items()}
