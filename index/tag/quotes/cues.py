"""Where a sentence says who said what it quotes: before the quotation, after it, or in the sentence before.

The order of trust: a verb right before it, a verb right after it, a verb further before it, `according to`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.tag.quotes.frames import Item
from index.tag.quotes.function_words import CARRIERS, CARRIES, DETERMINERS, MESSAGES, REJECTS
from index.tag.quotes.relaying import relayed_after, relayed_before
from index.tag.quotes.subjects import Subject, after_verb, may_open_clause, opening
from index.tag.quotes.telling import is_shown, is_untold, speaker_before
from index.tag.quotes.verbs import speech_verbs

_REACH_AFTER, _REACH_STRICT = 32, 5
_REACH_BEFORE, _REACH_OF_CALL = 60, 14
_SHORT, _REACH_OF_SHORT = 24, 24
"""A phrase of so few letters is told by a verb within so many items only: what stands farther off is set apart."""
_LONGEST_SENTENCE = 200
"""Items of a sentence that are read; a hostile one shall not cost a square."""
_PAUSES = frozenset([",", "—", "–", "-", "--"])
_ENDS_CLAUSE = frozenset(",?!…—–-")
_AFTER_SIGNED = frozenset([",", "(", ")", "]", "on", "in", "at"])
_LONGEST_TITLE = 6
_LONGEST_TAG = 6
"""Items of a short clause after a quotation that is who said it by its place alone: `…?” Ms Quill pressed.`"""
_ASKS = frozenset(",?!")
_ONLY_WITH_CLAUSE = frozenset(["observed", "observes", "remembered", "remembers", "noted", "notes"])
"""Verbs of seeing and keeping in mind, which tell of speech only where what is said follows: observed that it was …"""
_ONLY_WITH_OF = frozenset(["speak", "speaks", "spoke", "speaking"])
"""Verbs whose object is a language: speaks “Conservative” to us."""
_CLAUSE_BEGINS = frozenset(["that", ",", ":", "how"])
_MESSAGES = MESSAGES | {"tweet", "answer", "reply", "response", "line", "words", "quotation", "quote"}
_AGAIN = frozenset(["again", "back", "on", "him", "her", "them"])
_LIGHT = frozenset([",", ":", "that", "—", "–", "-", "--"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Who is told to have said something, by which words (`start` to `end` of the text), by which rule."""

    subject: Subject
    start: int
    end: int
    via: str


def find_cue(items: Sequence[Item], quote: int) -> Cue | None:
    """Find who said the quotation at an index of the items; None where its own sentence does not tell."""
    first = _sentence_start(items, quote)
    if is_shown(items, quote, first):
        return _cue(items, quote - 1, Subject(who="other", item=items[quote - 1]), "verb before")
    relayed = _relayed(items, quote, first)
    if relayed is not None:
        return relayed
    near = _right_before(items, quote, first)
    if near is not None:
        return near
    after = _after(items, quote)
    if after is not None and after.via != "according to":
        return after
    before = _before(items, quote, first)
    if before is not None and (before.subject.who != "other" or after is None):
        return before
    return after or before


def _relayed(items: Sequence[Item], quote: int, first: int) -> Cue | None:
    """Read `the paper quoted Ann Quill as saying “…`, `…,” he said, quoting Ann Quill`."""
    before = relayed_before(items, quote, first)
    if before is not None:
        return _cue(items, before[1], before[0], "verb before")
    after = relayed_after(items, quote)
    return None if after is None else _cue(items, after[1], after[0], "verb after")


def reporting(items: Sequence[Item], end: int) -> Cue | None:
    """Find who speaks in the sentence that ends at the item `end`, to whom what is quoted after it then belongs."""
    first = _sentence_start(items, end)
    finite = speech_verbs().finite
    relayed = relayed_before(items, end, first)
    if relayed is not None:
        return _cue(items, relayed[1], relayed[0], "verb before")
    for at in range(end - 1, max(first, end - _REACH_BEFORE) - 1, -1):
        if items[at].kind == "word" and items[at].word in finite:
            cue = _cue(items, at, speaker_before(items, at, first), "verb before")
            if cue is not None and not is_untold(cue.subject, items[at]):
                return cue
    return None


def _sentence_start(items: Sequence[Item], at: int) -> int:
    least = max(0, at - _LONGEST_SENTENCE)
    while at > least and items[at - 1].kind != "end" and items[at - 1].word != ";":
        at -= 1
    return at


def _right_before(items: Sequence[Item], quote: int, first: int) -> Cue | None:
    """Read `Ann Quill said, “…`, `Ann Quill called it “…`, `Ann Quill: “…`."""
    at = quote - 1
    colon = False
    while at >= first and items[at].word in _LIGHT and items[at].kind in ("mark", "word"):
        colon |= items[at].word == ":"
        at -= 1
    if at < first:
        return None
    if colon and (sender := _sender(items, at, first)) is not None:
        return Cue(subject=sender, start=items[quote - 1].start, end=items[quote - 1].end, via="colon")
    if items[at].kind == "word" and _is_verb(items[at]) and items[at].word not in _ONLY_WITH_OF:
        return _cue(items, at, speaker_before(items, at, first, quote), "verb before")
    return _colon(items, quote, first) if colon else None


def _colon(items: Sequence[Item], quote: int, first: int) -> Cue | None:
    """Read `Ann Quill told us on Monday: “…`, `Said Ann Quill: “…`, else who alone opens it: `Quill was blunt: “…`."""
    found = _before(items, quote, first)
    if found is not None:
        return found
    if items[first].word in speech_verbs().say:
        return _cue(items, first, after_verb(items, first + 1), "verb after")
    subject = opening(items, first, quote)
    if subject is None or subject.who == "office" or any(map(_may_quote, items[first:quote])):
        return None
    if any(one.word == "and" and items[at + 1].capital for at, one in enumerate(items[first : quote - 1], first)):
        return None
    return Cue(subject=subject, start=items[quote - 1].start, end=items[quote - 1].end, via="colon")


def _may_quote(item: Item) -> bool:
    """Tell whether a word before a colon leaves it open whose words follow: asked of somebody, read by somebody."""
    said = item.word in speech_verbs().finite and item.word not in _ONLY_WITH_OF
    return item.kind == "word" and (said or item.word in CARRIERS or item.word in CARRIES)


def _sender(items: Sequence[Item], at: int, first: int) -> Subject | None:
    """Read whose the message is that a colon announces: `the following message from Harbour:`."""
    here = at
    while here > first and items[here].kind in ("word", "person") and items[here].capital:
        here -= 1
    if here == at or items[here].word != "from" or not _MESSAGES.intersection(one.word for one in items[first:here]):
        return None
    return Subject(who="person" if items[at].kind == "person" else "other", item=items[at])


def _before(items: Sequence[Item], quote: int, first: int) -> Cue | None:
    """Read the nearest verb of speech before the quotation in its sentence, or `according to Ann Quill,`."""
    reach = _REACH_OF_SHORT if items[quote].end - items[quote].start <= _SHORT else _REACH_BEFORE
    for at in range(quote - 1, max(first, quote - reach) - 1, -1):
        item = items[at]
        if item.kind != "word":
            continue
        if _is_verb(item):
            if item.word in speech_verbs().call and quote - at > _REACH_OF_CALL:
                continue
            if item.word in _ONLY_WITH_OF and items[at + 1].word not in ("of", "about"):
                continue
            if item.word in _ONLY_WITH_CLAUSE and items[at + 1].word not in _CLAUSE_BEGINS and quote - at > 1:
                continue
            cue = _cue(items, at, speaker_before(items, at, first, quote), "verb before")
            if cue is not None:
                anothers = _goes_on_with_another(items, at, quote)
                return replace(cue, subject=replace(cue.subject, who="other")) if anothers else cue
        elif item.word == "according" and at + 1 < quote and items[at + 1].word == "to":
            return _cue(items, at, after_verb(items, at + 2), "according to")
    return None


def _goes_on_with_another(items: Sequence[Item], verb: int, quote: int) -> bool:
    """Tell whether what is quoted is another's: `Bob stressing … and Ann Quill a …`, `rejected the notion that …`."""
    if items[verb].word in REJECTS:
        return any(one.word == "that" for one in items[verb + 2 : quote])
    return items[verb].word in speech_verbs().participles and any(
        items[at].kind == "person"
        and items[at - 1].word in ("and", "while", "but")
        and items[at - 2].kind != "person"
        and items[at + 1].word not in DETERMINERS - {"a", "an", "the", "his", "her"}
        for at in range(verb + 2, quote)
    )


def _after(items: Sequence[Item], quote: int) -> Cue | None:
    """Read `…,” said Ann Quill`, `…,” Ann Quill, the senator from Y, told CNN`, `…,” according to Ann Quill`."""
    at = quote + 1
    strict = at < len(items) and items[at].kind == "end"
    at += strict
    begin = at
    while at < len(items) and items[at].word in _PAUSES:
        at += 1
    paused = at > begin or items[quote].word in _ENDS_CLAUSE
    if at < len(items) and items[at].word == "as" and items[at - 1].word == ",":
        at += 1
    if at >= len(items):
        return None
    item = items[at]
    if at > begin and items[begin].word != "," and (signed := _signed(items, at)) is not None:
        return signed
    if item.kind == "word" and not strict:
        if item.word == "according" and at + 1 < len(items) and items[at + 1].word == "to":
            return _cue(items, at, after_verb(items, at + 2), "according to")
        if item.word in speech_verbs().say:
            return _cue(items, at, after_verb(items, at + 1), "verb after")
    if strict and items[quote].word == ".":
        return None
    reach = _REACH_AFTER if paused and not strict else _REACH_STRICT
    found = _clause_after(items, at, reach=reach) if may_open_clause(item) else None
    return found or (_tag(items, at) if items[quote].word in _ASKS else None)


def _tag(items: Sequence[Item], at: int) -> Cue | None:
    """Read the short clause that only says whose a quotation is, by whatever verb: `…?” Ms Quill pressed`."""
    end = next((here for here in range(at, min(len(items), at + _LONGEST_TAG)) if items[here].kind == "end"), at)
    person = next((here for here in range(at, end) if items[here].kind == "person"), end)
    titled = all(one.kind == "word" and (one.capital or one.word == "the") for one in items[at:person])
    if person + 1 >= end or not titled or items[person + 1].kind != "word":
        return None
    verb, rest = items[person + 1], items[person + 2 : end]
    if not verb.word.endswith("ed") or not all(one.word.endswith("ly") or one.word in _AGAIN for one in rest):
        return None
    subject = Subject(who="person", item=items[person])
    return Cue(subject=subject, start=verb.start, end=verb.end, via="verb after")


def _begins_another(items: Sequence[Item], at: int) -> bool:
    """Tell where another clause begins: `…,” he begins, before Ann Quill interrupts`."""
    return items[at - 1].word == "," and items[at].word in ("before", "after", "while", "when", "as", "and", "but")


def _signed(items: Sequence[Item], at: int) -> Cue | None:
    """Read a name that signs a quotation after a dash: `“…” — Sen. Ann Quill, on Harbour Radio`."""
    here = at
    while here < len(items) and items[here].kind == "word" and items[here].capital and here - at < _LONGEST_TITLE:
        here += 1
    if here == len(items) or items[here].kind != "person":
        return None
    if here + 1 < len(items) and items[here + 1].kind != "end" and items[here + 1].word not in _AFTER_SIGNED:
        return None
    subject = Subject(who="person", item=items[here])
    return Cue(subject=subject, start=items[at - 1].start, end=items[at - 1].end, via="signed")


def _clause_after(items: Sequence[Item], at: int, *, reach: int) -> Cue | None:
    """Read the clause that begins at an index; after a sentence that ended, only a person right before the verb."""
    say = speech_verbs().say
    for verb in range(at + 1, min(len(items), at + reach)):
        one = items[verb]
        if one.kind in ("end", "quote") or one.word in (";", ":") or _begins_another(items, verb):
            return None
        if one.kind == "word" and one.word in say:
            subject = speaker_before(items, verb, at)
            if subject is None:
                continue
            loose = items[at].word in ("a", "an") and all(x.word != "," for x in items[at:verb])
            strict = reach == _REACH_STRICT
            if strict and (subject.who != "person" or any(x.word == "," for x in items[at:verb])):
                return None
            if loose and subject.who == "person":
                return None
            return _cue(items, verb, subject, "verb after")
    return None


def _is_verb(item: Item) -> bool:
    verbs = speech_verbs()
    return item.word in verbs.finite or item.word in verbs.participles or item.word in verbs.bases


def _cue(items: Sequence[Item], at: int, subject: Subject | None, via: str) -> Cue | None:
    if subject is None:
        return None
    last = items[at + 1] if via == "according to" else items[at]
    return Cue(subject=subject, start=items[at].start, end=last.end, via=via)
