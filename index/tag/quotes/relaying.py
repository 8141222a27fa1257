"""Whose words somebody passes on: `Ann Quill quoted Bob Marsh as saying “…”` gives what Marsh said, and Quill nothing.

Who is misquoted, paraphrased or falsely quoted has not said the words either: they are nobody's.
"""

from collections.abc import Sequence

from index.tag.quotes import function_words as words
from index.tag.quotes.frames import Item
from index.tag.quotes.subjects import Subject, after_verb, noun_before
from index.tag.quotes.telling import begin_of_verb
from index.tag.quotes.verbs import speech_verbs

_REACH_BEFORE, _REACH_AFTER, _REACH_OF_NOUN, _REACH_OF_DETERMINER = 40, 24, 10, 4
_BETWEEN = frozenset([",", ":", "that", "—", "–", "-", "--", "aloud", "out"])
_ANOTHER_CLAUSE = words.CLAUSE_ENDS | {"who", "which", "if"}
_STOPS = frozenset(["end", "quote"])
_PAUSES = frozenset(",?!—–-")

Relayed = tuple[Subject, int]
"""Whose the words are, an `other` where they are nobody's; and the item that tells so."""


def relayed_before(items: Sequence[Item], quote: int, first: int) -> Relayed | None:
    """Find whose words the sentence before a quotation says that somebody passes on; None where it does not.

    `quoted Ann Quill as saying “…`, `Ann Quill was quoted as saying “…`, `quoting Ann Quill: “…`, `Quoting Ann Quill,
    he said: “…`, `a remark attributed to Ann Quill: “…`, `tweeted a quote by Ann Quill: “…`, `Ann Quill's claim
    that “…`.
    """
    for at in range(quote - 1, max(first, quote - _REACH_BEFORE) - 1, -1):
        if items[at].kind != "word":
            continue
        word = items[at].word
        if word in words.SAYINGS and quote - at <= _REACH_OF_NOUN:
            found = _by_noun(items, at, quote, first)
            if found is not None:
                return found
        noun = at > first and items[at - 1].word in words.DETERMINERS | words.FAKED
        if word in words.RELAYS and not noun and (items[at + 1].kind != "mark" or at + 2 == quote):
            return _by_verb(items, at, quote, first)
        if word == "attributed" and items[at + 1].word == "to":
            return _by_attribution(items, at, quote, first)
    return None


def relayed_after(items: Sequence[Item], quote: int) -> Relayed | None:
    """Find whose words the clause after a quotation says that somebody passes on; None where it does not.

    `…,” Ann Quill was quoted as saying`, `…,” the paper quoted Ann Quill as saying`, `…,” he said, quoting Ann Quill`,
    `…” is attributed to Ann Quill`.
    """
    begin = quote + 1
    strict = begin < len(items) and items[begin].kind == "end" and items[quote].word in ("?", "!")
    begin += strict
    while begin < len(items) and items[begin].word in _PAUSES:
        begin += 1
    if begin >= len(items) or items[begin].word in _ANOTHER_CLAUSE:
        return None
    paused = begin > quote + 1 or items[quote].word in _PAUSES
    end = begin
    while end < min(len(items), begin + _REACH_AFTER) and items[end].kind not in _STOPS and items[end].word != ";":
        end += 1
    spoken = False
    for at in range(begin, end):
        word = items[at].word if items[at].kind == "word" else ""
        if word == "attributed" and items[at + 1 : at + 2] and items[at + 1].word == "to" and not spoken:
            return _of_object(items, at, at + 2)
        if word in words.RELAYS and paused:
            if word in words.QUOTES and word.endswith("ing"):
                told = items[at - 1].word == "," or items[at - 1].kind == "person" or _is_speech(items[at - 1].word)
                return _of_object(items, at, at + 1) if told and at > begin and at + 1 < end and not strict else None
            ends_so = end == len(items) or items[end].kind == "end"
            return None if spoken or not ends_so else _clause(items, at, end, begin)
        spoken = spoken or word in speech_verbs().say
    return None


def _clause(items: Sequence[Item], verb: int, end: int, begin: int) -> Relayed | None:
    """Read a clause that only tells who is quoted: `Ann Quill was quoted as saying`, `it quoted Quill as saying`."""
    if _is_passive(items, verb, begin):
        return _of_subject(items, verb, begin)
    return _of_object(items, verb, verb + 1) if any(one.word == "as" for one in items[verb + 1 : end]) else None


def _by_verb(items: Sequence[Item], verb: int, quote: int, first: int) -> Relayed | None:
    """Read a verb of quoting before a quotation, if nothing between says that another speaks."""
    between = items[verb + 1 : quote]
    says = next((verb + 1 + at for at, one in enumerate(between) if one.word == "as"), None)
    passive = _is_passive(items, verb, first)
    others = any(
        one.kind == "word" and one.word in speech_verbs().finite and items[verb + at].word != "having"
        for at, one in enumerate(between)
    )
    if others:
        opens = verb == first and says is None and items[verb].word in words.QUOTES
        return _of_object(items, verb, verb + 1) if opens and items[verb].word.endswith("ing") else None
    telling = says is not None or any(one.word in speech_verbs().participles for one in between)
    if passive:
        agent = any(one.word == "by" for one in between)
        return _of_subject(items, verb, first) if telling or (agent and items[quote - 1].word in _BETWEEN) else None
    if says is not None or _is_of_object(items, verb, quote, telling=telling):
        return _of_object(items, verb, verb + 1)
    away = items[verb].word in words.QUOTES and (items[verb + 1].kind != "quote" or verb + 1 == quote)
    return (Subject(who="other", item=items[verb]), verb) if away else None


def _is_of_object(items: Sequence[Item], verb: int, quote: int, *, telling: bool) -> bool:
    """Tell whether the words are its object's without `as`: `quoting Ann Quill: “…`, `cited Ann Quill: “…`."""
    if items[verb].word in words.QUOTES:
        if items[verb + 1].kind == "quote":
            return False
        return telling or _reaches(items, verb + 1, quote)
    cited = after_verb(items, verb + 1)
    named = cited is not None and cited.who == "person" and items[quote - 1].word == ":"
    return named and (telling or _reaches(items, verb + 1, quote))


def _by_attribution(items: Sequence[Item], verb: int, quote: int, first: int) -> Relayed | None:
    """Read `a remark attributed to Ann Quill: “…`, not `attributed the defeat to “…`."""
    if not any(one.word in words.SAYINGS for one in items[max(first, verb - _REACH_OF_DETERMINER) : verb]):
        return None
    reaches = _reaches(items, verb + 2, quote) and _is_passed_on(items, verb, quote, first)
    return _of_object(items, verb, verb + 2) if reaches else None


def _by_noun(items: Sequence[Item], noun: int, quote: int, first: int) -> Relayed | None:
    """Read `a remark by Ann Quill: “…`, `Ann Quill's claim that “…`."""
    if items[noun + 1].word in ("by", "from") or (items[noun].word in words.TERMS and items[noun + 1].word == "of"):
        subject = after_verb(items, noun + 2)
        if subject is None or not _reaches(items, noun + 2, quote):
            return None
    else:
        owner = _owner(items, noun, first)
        if owner is None or not all(one.word in _BETWEEN for one in items[noun + 1 : quote]) or noun + 1 == quote:
            return None
        subject = Subject(who="person", item=items[owner])
    if not _is_passed_on(items, noun, quote, first):
        return None
    faked = words.FAKED.intersection(one.word for one in items[max(first, noun - 2) : noun])
    return Subject(who="other", item=items[noun]) if faked else subject, noun


def _owner(items: Sequence[Item], noun: int, first: int) -> int | None:
    """Give the person whose a noun is, an adjective or two between them: `Ann Quill's last remark`."""
    for at in range(noun - 1, max(first, noun - _REACH_OF_DETERMINER), -1):
        if items[at].word in ("'s", "'"):
            return at - 1 if items[at - 1].kind == "person" else None
        if items[at].kind != "word":
            return None
    return None


def _is_passed_on(items: Sequence[Item], noun: int, quote: int, first: int) -> bool:
    """Tell whether what follows are the words of which a noun tells: not `responded to a remark by Ann Quill: “…`."""
    if items[quote - 1].word == "that":
        return True
    before = [one.word for one in items[max(first, noun - _REACH_OF_NOUN) : noun] if one.kind == "word"]
    if words.PASSES_ON.intersection(before):
        return not words.OBJECT_OF.intersection(before) or bool(words.REMINDS.intersection(before))
    return "in" in before[-2:] and items[noun].word == "words"


def _reaches(items: Sequence[Item], at: int, quote: int) -> bool:
    """Tell whether only signs and such words stand between the noun that begins at an index and a quotation."""
    subject = after_verb(items, at)
    end = quote - 1
    while end > at and items[end].word in _BETWEEN:
        end -= 1
    return subject is not None and items[end] is subject.item


def _is_passive(items: Sequence[Item], verb: int, first: int) -> bool:
    """Tell whether who stands before a verb of quoting is the one quoted: `was quoted`, `Ann Quill, quoted by`."""
    if not items[verb].word.endswith(("ed", "edly")):
        return False
    begin = begin_of_verb(items, verb, first)
    if any(one.word in words.BE for one in items[begin:verb]):
        return True
    follows = items[verb + 1].word if verb + 1 < len(items) else ""
    return follows in ("by", "in", "as", "saying")


def _of_subject(items: Sequence[Item], verb: int, first: int) -> Relayed:
    begin = begin_of_verb(items, verb, first)
    apposed = begin > first + 1 and items[begin - 1].word == "," and items[begin - 2].kind == "person"
    subject = noun_before(items, begin - 1 - apposed, first) if begin > first else None
    return _unless_taken_back(items, verb, subject, first)


def _of_object(items: Sequence[Item], verb: int, at: int) -> Relayed:
    subject = after_verb(items, at)
    return _unless_taken_back(items, verb, subject, max(0, verb - _REACH_OF_DETERMINER))


def _unless_taken_back(items: Sequence[Item], verb: int, subject: Subject | None, first: int) -> Relayed:
    """Give the subject, or nobody where the words are told not to be what was said: misquoted, falsely quoted."""
    within = {one.word for one in items[begin_of_verb(items, verb, first) : verb]}
    untrue = bool(within & (words.FALSELY | words.DENIALS | words.MODALS)) or any(
        "n't" in one or "n’t" in one for one in within
    )
    if subject is None or untrue or items[verb].word in words.MISQUOTES:
        return Subject(who="other", item=items[verb]), verb
    return subject, verb


def _is_speech(word: str) -> bool:
    return word in speech_verbs().say
