"""Lists of people by their surnames alone: line-ups, votes, substitutes; the entries that the sequence model missed."""

from collections.abc import Iterator, Sequence

from index.tag.kinds import kind_of
from index.tag.lexicon import word_list
from index.tag.tokens import FieldTokens, Span

_LIST_OF = 6
_DIVIDERS = frozenset([",", ";", "(", ")", ".", "and"])
_BEFORE = _DIVIDERS | {":"}
_SORTS = ("C", "F", "N", "H", "T")


def complete_lists(spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the single capitals between the people of a list of names: line-ups, votes, substitutes.

    A list is a sentence with many people of one word; a capital between two commas, with people on both sides
    of it or on the one where the list goes on, is one of them.
    """
    by_sentence: dict[tuple[str, int], list[Span]] = {}
    for span in spans:
        by_sentence.setdefault((span.tokens.field, span.tokens.sentences[span.first]), []).append(span)
    for found in by_sentence.values():
        singles = [span for span in found if span.kind == "person" and span.last - span.first == 1]
        if len(singles) < _LIST_OF or len(singles) * 2 < len(found):
            continue
        tokens, taken = found[0].tokens, {index for span in found for index in range(span.first, span.last)}
        sentence = tokens.sentences[found[0].first]
        for index in range(tokens.bounds[sentence], tokens.bounds[sentence + 1]):
            if index not in taken and _is_entry(tokens, index):
                yield Span(kind="person", tokens=tokens, first=index, last=index + 1)


def _is_entry(tokens: FieldTokens, index: int) -> bool:
    string = tokens.strings[index]
    kind = kind_of(string)
    if kind.shape not in ("Xx", "XxXx") or len(string) < 3 or kind.sort not in _SORTS:
        return False
    if kind.lower in word_list("places") or kind.lower in word_list("brands"):
        return False
    begins = index == tokens.bounds[tokens.sentences[index]] or tokens.strings[index - 1] in _BEFORE
    ends = index + 1 == tokens.bounds[tokens.sentences[index] + 1] or tokens.strings[index + 1] in _DIVIDERS
    return begins and ends
