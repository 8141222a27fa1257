"""Names as parts of addresses: readable, stable, and never of two people at once.

A slug is a name's words, folded as everywhere (index/words.py) and joined by hyphens. Names that fold alike share it:
then the slug alone means the one that is written just so but for capitals (*Hillary Clinton*, not *Hillary
(Clinton)*), or none of them, and each is told by a fingerprint of its own letters after a tilde. A fingerprint may be
given always, so that an address that was ever right stays so.
"""

import hashlib

from index.words import words
from search.request import SearchRequest
from search.searcher import Searcher

FINGERPRINT = 6
"""Hexadecimal digits that tell apart names that fold alike, of which there are a handful at most."""


def slug(name: str) -> str:
    """Give a name's slug without its fingerprint; empty for a name without any word."""
    return "-".join(word.form for word in words(name))


def fingerprinted(name: str) -> str:
    """Give a name's slug with its fingerprint."""
    return f"{slug(name)}~{hashlib.sha256(name.encode()).hexdigest()[:FINGERPRINT]}"


def address(searcher: Searcher, fields: tuple[str, ...], name: str) -> str:
    """Give the slug of a value of some facets: the plain one where no other value shares it."""
    plain = slug(name)
    return plain if plain and _chief(namesakes(searcher, fields, plain), plain) == name else fingerprinted(name)


def namesakes(searcher: Searcher, fields: tuple[str, ...], plain: str) -> tuple[str, ...]:
    """Give the values of some facets, in alphabetical order, whose slug is this one."""
    called = {name for field in fields for name in searcher.called(field, plain.replace("-", " "))}
    return tuple(sorted(name for name in called if slug(name) == plain))


def meant(searcher: Searcher, fields: tuple[str, ...], given: str) -> tuple[str, ...]:
    """Give the values of some facets that a slug means: one, several that share it, or none.

    A name as it is written (*Barack Obama*) means what its slug does; one that is shown as another by now means that.
    """
    plain, tilde, _ = given.partition("~")
    if not tilde:
        plain = slug(plain)
        found = namesakes(searcher, fields, plain) or _once_called(searcher, fields, plain)
        chief = _chief(found, plain)
        return (chief,) if chief else found
    if plain:
        candidates = namesakes(searcher, fields, plain)
    else:
        candidates = tuple(one.value for field in fields for one in searcher.values(SearchRequest(), field)[1].values)
    found = tuple(dict.fromkeys(name for name in candidates if fingerprinted(name) == given))
    return found or _once_called(searcher, fields, plain)


def _once_called(searcher: Searcher, fields: tuple[str, ...], plain: str) -> tuple[str, ...]:
    """Give the values of some facets that a slug means under which nothing is shown any more."""
    return tuple(dict.fromkeys(name for field in fields for name in searcher.aliases(field, plain.replace("-", " "))))


def _chief(names: tuple[str, ...], plain: str) -> str | None:
    """Give the name that a slug alone means."""
    if len(names) == 1:
        return names[0]
    written = [name for name in names if name.lower().replace(" ", "-") == plain]
    titled = [name for name in written if name.istitle()]
    return next((one[0] for one in (written, titled) if len(one) == 1), None)
