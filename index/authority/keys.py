"""How names are compared: as queries compare them, so that a newer tagger's capitals or accents make no difference."""

import functools

from index.words import words


@functools.lru_cache(maxsize=100_000)
def key_of(name: str) -> str:
    """Give a name's folded words, parted by one blank; a name without any word stands for itself."""
    return " ".join(word.form for word in words(name)) or name
