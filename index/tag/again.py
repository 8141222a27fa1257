"""A second look at an article: names that it gave in full once are found wherever they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
    full |= {tail for strings in full for tail in _with_particles(strings)}
    names = _Names(full=full, firsts={strings[0] for strings in full}, surnames=surnames)
    found = list(spans)
    for tokens in document.fields:
        taken = {index for span in spans if span.tokens is tokens for index in range(span.first, span.last)}
        found += _missing(tokens, taken, names)
    return sorted(found, key=lambda span: (span.tokens.field != "title", span.first))


def _with_particles(strings: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the surname with its particles of a full name, also as it opens a sentence: de Quill, De Quill."""
    first = next((index for index, string in enumerate(strings) if string in word_list("particles")), 0)
    if first and strings[-1].istitle():
        yield strings[first:]
        yield (strings[first].capitalize(), *strings[first + 1 :])


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """Full names as tokens, the first token of each, and the last words that mean somebody standing alone."""

    full: set[tuple[str, ...]]
    firsts: set[str]
    surnames: set[str]

    def length_at(self, tokens: FieldTokens, index: int) -> int:
        """Count the tokens of the longest name that starts here; 0 where none does."""
        strings = tokens.strings
        if strings[index] in self.firsts:
            for length in range(_LONGEST, 1, -1):
                if (name := strings[index : index + length]) in self.full:
                    return len(name)
        return 1 if strings[index] in self.surnames and _stands_alone(tokens, index) else 0


def _missing(tokens: FieldTokens, taken: set[int], names: _Names) -> Iterator[Span]:
    for index in range(len(tokens)):
        length = 0 if index in taken else names.length_at(tokens, index)
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
