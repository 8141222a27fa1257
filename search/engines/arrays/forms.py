"""The words of what was typed, remembered: the same clauses are asked again and again."""

import functools
from typing import NamedTuple

from index.words import joined, stem, words


class Asked(NamedTuple):
    """What a word without quotes stands for: forms in a row, or one of its compounds, or one of the stems."""

    forms: tuple[str, ...]
    compounds: tuple[str, ...]
    stems: tuple[str, ...]


@functools.lru_cache(maxsize=10_000)
def forms_of(text: str) -> tuple[str, ...]:
    """Give a text's folded words."""
    return tuple(word.form for word in words(text))


@functools.lru_cache(maxsize=10_000)
def asked_of(text: str) -> Asked:
    """Give what a word without quotes stands for."""
    forms = forms_of(text)
    compounds = tuple(dict.fromkeys(word.form for word in joined(text)))
    return Asked(forms, compounds, tuple(sorted({stem(form) for form in (compounds if len(forms) > 1 else forms)})))
