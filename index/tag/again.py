"""A second look at an article: names that it gave in full once are found wherever they stand."""

from collections.abc import Iterator, Sequence

from index.tag.kinds import kind_of
from index.tag.lexicon import word_list
from index.tag.tokens import Document, FieldTokens, Span
from index.tag.wordtable import shipped_words

_LONGEST = 5
_USUALLY_CAPITAL = 7


def look_again(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Add the places where a person's full name, or the last word of one, stands without a span; in order.

    `spans` are all the model's. A single word is only taken where no capital touches it on either side, and only if it
    is usually written with a capital.
    """
    full = {
        tuple(span.tokens.strings[span.first : span.last])
        for span in spans
        if span.kind == "person" and 1 < span.last - span.first <= _LONGEST
    }
    surnames = {strings[-1] for strings in full if _is_surname(strings[-1])}
    if not full:
        return list(spans)
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for strings in sorted(full, key=lambda strings: (-len(strings), strings)):
        by_first.setdefault(strings[0], []).append(strings)
    found = list(spans)
    for tokens in document.fields:
        taken = {index for span in spans if span.tokens is tokens for index in range(span.first, span.last)}
        found += _missing(tokens, taken, by_first, surnames)
    return sorted(found, key=lambda span: (span.tokens.field != "title", span.first))


def _is_surname(string: str) -> bool:
    """Tell whether the last word of a name, standing alone, can hardly be anything else."""
    kind = kind_of(string)
    return (
        len(string) > 2
        and kind.capital
        and kind.sort in "CF"
        and not string.isupper()
        and kind.lower not in word_list("places")
        and shipped_words().case.get(kind.lower, 9) >= _USUALLY_CAPITAL
    )


def _missing(
    tokens: FieldTokens, taken: set[int], by_first: dict[str, list[tuple[str, ...]]], surnames: set[str]
) -> Iterator[Span]:
    strings = tokens.strings
    for index, string in enumerate(strings):
        if index in taken or (string not in by_first and string not in surnames):
            continue
        length = next(
            (len(name) for name in by_first.get(string, ()) if strings[index : index + len(name)] == name),
            1 if string in surnames and _stands_alone(tokens, index) else 0,
        )
        if length and taken.isdisjoint(range(index, index + length)):
            taken.update(range(index, index + length))
            yield Span(kind="person", tokens=tokens, first=index, last=index + length)


def _stands_alone(tokens: FieldTokens, index: int) -> bool:
    """Tell whether no capital touches a token, but for a title before it and the first word of the sentence."""
    sentence = tokens.sentences[index]
    if index + 1 < len(tokens) and tokens.sentences[index + 1] == sentence:
        after = tokens.strings[index + 1]
        if after[0].isupper() or after[0].isdigit() or after in ("-", "&"):
            return False
    if index > 0 and tokens.sentences[index - 1] == sentence:
        before = kind_of(tokens.strings[index - 1])
        opening = index - 1 == tokens.bounds[sentence]
        return not before.capital or before.sort == "T" or (opening and before.sort == "C") or before.lower == "and"
    return True
