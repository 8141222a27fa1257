"""Which words of an index a pattern or a misspelt word stands for."""

from collections import Counter
from collections.abc import Callable, Iterable

from index.settings import Settings
from search.engines.arrays.forms import forms_of
from search.engines.arrays.source import Source
from search.engines.engine import Cut
from search.language import _, number
from search.query.patterns import alike, pattern_of
from search.query.tree import Fuzzy, Node, Wildcard, leaves
from search.ranking import word_fields


class Expansions:
    """The words that the patterns of one query stand for: each for `share` at most (`expansion_share`)."""

    def __init__(self, source: Source, share: int, cut: Callable[[Cut], None]) -> None:
        self._source = source
        self._share = share
        self._note = cut
        self._known: dict[Wildcard | Fuzzy, list[str]] = {}

    def of(self, node: Wildcard | Fuzzy) -> list[str]:
        """Give the commonest words that a pattern stands for; a misspelt word's begin with itself."""
        if node not in self._known:
            fields = word_fields(node.field)
            found = dict.fromkeys(form for field in fields for form in self._found(node, field))
            forms = list(found) if len(found) <= self._share else self._commonest(node, found, list(fields))
            self._known[node] = forms if isinstance(node, Wildcard) else [_word(node), *forms]
        return self._known[node]

    def whole_prefix(self, node: Wildcard) -> str | None:
        """Give what all words of a pattern begin with where that says it all, and none of them is cut."""
        _, prefix = pattern_of(node.pattern)
        if not prefix or node.pattern.count("*") + node.pattern.count("?") != 1 or not node.pattern.endswith("*"):
            return None
        counts = [len(self._source.forms(field, prefix).forms) for field in word_fields(node.field)]
        return prefix if sum(counts) <= self._share else None

    def _found(self, node: Wildcard | Fuzzy, field: str) -> list[str]:
        if isinstance(node, Fuzzy):
            return self._neighbours(node, field)
        pattern, prefix = pattern_of(node.pattern)
        return [form for form in self._source.forms(field, prefix).forms if pattern.fullmatch(form) is not None]

    def _neighbours(self, node: Fuzzy, field: str) -> list[str]:
        """Give the words one letter away: but for a swap in the middle, one half of them is as it was typed."""
        wanted = _word(node)
        middle = len(wanted) // 2
        found = _changed_behind(wanted, middle, self._source.forms(field, wanted[:middle]).forms)
        found += _changed_before(wanted, middle, self._source.endings(field, wanted[middle:]).forms)
        swapped = _swapped(wanted, middle - 1)
        if middle and swapped != wanted and self._source.frequency(field, swapped):
            found.append(swapped)
        return [form for form in dict.fromkeys(found) if form != wanted and alike(form, wanted)]

    def _commonest(self, node: Wildcard | Fuzzy, found: dict[str, None], fields: list[str]) -> list[str]:
        counts: Counter[str] = Counter()
        for field in fields:
            for form, count in self._counted(node, field, found):
                counts[form] += count
        message = _(
            "“%(node)s” stands for %(found)s words; only the %(share)s commonest were searched.",
            node=node,
            found=number(len(found)),
            share=number(self._share),
        )
        self._note(Cut(code="expansions-cut", message=message, span=node.span))
        return sorted(found, key=lambda form: (-counts[form], form))[: self._share]

    def _counted(self, node: Wildcard | Fuzzy, field: str, found: dict[str, None]) -> Iterable[tuple[str, int]]:
        """Count the articles that have each word: of a pattern in one go, since they stand beside each other."""
        if isinstance(node, Fuzzy):
            return ((form, self._source.frequency(field, form)) for form in found)
        forms, counts = self._source.forms(field, pattern_of(node.pattern)[1])
        return ((form, count) for form, count in zip(forms, counts.tolist(), strict=True) if form in found)


def expansion_share(tree: Node, settings: Settings) -> int:
    """Give how many words each wildcard and misspelt word of a query may stand for: an equal part of the limit."""
    return max(1, settings.max_expansions // max(1, sum(isinstance(leaf, Wildcard | Fuzzy) for leaf in leaves(tree))))


def _word(node: Fuzzy) -> str:
    return forms_of(node.text)[0]


def _swapped(word: str, at: int) -> str:
    return word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]


def _changed_behind(wanted: str, start: int, forms: list[str]) -> list[str]:
    """Give those of some forms, which begin as `wanted` does, that may differ from it by a letter at `start` or behind.

    At each place the forms that go on as `wanted` does are looked at once; soon there are few.
    """
    found: list[str] = []
    for at in range(start, len(wanted) + 1):
        rest, swapped = wanted[at + 1 :], _swapped(wanted, at)
        found += [form for form in forms if form.endswith(rest)]
        found += [form for form in forms if form == swapped]
        beginning = wanted[: at + 1]
        forms = [form for form in forms if form.startswith(beginning)]
    return found


def _changed_before(wanted: str, end: int, forms: list[str]) -> list[str]:
    """Give those of some forms, which end as `wanted` does, that may differ from it by a letter before `end`."""
    found: list[str] = []
    for at in range(end - 1, -1, -1):
        rest, swapped = wanted[:at], _swapped(wanted, at - 1) if at else wanted
        found += [form for form in forms if form.startswith(rest)]
        found += [form for form in forms if form == swapped]
        ending = wanted[at:]
        forms = [form for form in forms if form.endswith(ending)]
    return found
