"""Why a name is another's, told without those whom users withhold: reasons name people beside, and other names."""

from collections.abc import Collection, Iterable

from index.authority.keys import key_of
from index.authority.types import Resolution
from index.words import words

UNTOLD = "By the words and the people beside the name"
"""The reason where all that could be told names somebody who is withheld."""

_PARTED = "; "
"""Between the clauses of a reason; one that names whom it may not is left out."""

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


class Unnamed:
    """The keys of names that reasons may not have: everywhere, and as (article id, key) in those of one article.

    Of `people` nor may the surname alone stand there, but in reasons about somebody else of that name.
    """

    def __init__(
        self, everywhere: Collection[str], single: Collection[tuple[str, str]], people: Iterable[str] = ()
    ) -> None:
        self._everywhere = frozenset(everywhere)
        self._single = frozenset(single)
        self._surnames = {_surname(key) for key in people}
        self._first = {key.partition(" ")[0] for key in self._everywhere}
        self._first |= {key.partition(" ")[0] for _, key in self._single}

    def told(self, found: Resolution) -> str:
        """Give what is left of a resolution's reason."""
        own = {*key_of(found.value).split(" "), *key_of(found.to or "").split(" ")}
        clauses = found.reason.split(_PARTED)
        kept = [one for one in clauses if not self._names(one, found.article or "", self._surnames - own)]
        if len(kept) == len(clauses):
            return found.reason
        text = _PARTED.join(kept) or UNTOLD
        return text[:1].upper() + text[1:]

    def _names(self, clause: str, article: str, surnames: set[str]) -> bool:
        forms = [word.form for word in words(clause)]
        if not surnames.isdisjoint(forms):
            return True
        for start, form in enumerate(forms):
            if form in self._first:
                spans = (" ".join(forms[start:end]) for end in range(start + 1, len(forms) + 1))
                if any(key in self._everywhere or (article, key) in self._single for key in spans):
                    return True
        return False


def _surname(key: str) -> str:
    forms = key.split(" ")
    return next((form for form in reversed(forms) if form not in _SUFFIXES), forms[-1])
