"""Who does what a verb says: the nearest noun among the items beside it, through titles, appositions and asides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.tag.lexicon import word_list
from index.tag.quotes import function_words as words
from index.tag.quotes.frames import Item
from index.tag.quotes.verbs import speech_verbs

Who = Literal["person", "pronoun", "office", "other"]

_TITLES = word_list("titles") | word_list("honorifics") | words.TITLE_WORDS
_FOLLOWERS = (word_list("organisers") | words.OF_SOMEBODY | {"chief", "backer", "surrogate"}) - {
    "white",
    "test",
    "rally",
}
_PARTY = re.compile(r"[drli]-[\w.]+|\d\d")
_ASIDE_MARKS = frozenset([",", "—", "–", "--", "-"])
_ENDS_PHRASE = (words.SUBORDINATE - {"and"}) | {"who", "that", "during", "in", "on", "with"}
_NOBODY = frozenset(["neither", "nobody", "no", "not"])
_LONGEST_NAME_PHRASE = 16
_MOST_ASIDES = 4
_LONGEST_TITLE = 8
"""Words between whom somebody is of and the name: a close associate of the former Harbour oil boss Ann Quill."""
_REACH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Who it is: a `person`, a `pronoun`, an `office` (`the president`: `item` is its noun), or any `other`."""

    who: Who
    item: Item


def before_verb(items: Sequence[Item], verb: int, first: int) -> Subject | None:
    """Find the subject of the verb at an index to its left, not before the item `first`; None where it is no verb.

    A participle (`saying`) and an infinitive have that of the clause which they hang on.
    """
    word = items[verb].word
    verbs = speech_verbs()
    at = verb - 1
    passive = infinitive = False
    while at >= first and items[at].kind == "word" and is_within_verb(items[at].word):
        passive |= items[at].word in words.BE
        infinitive |= items[at].word == "to" and at == verb - 1
        at -= 1
    if word in verbs.participles:
        return _of_participle(items, verb, at, first)
    if word in verbs.bases and word not in verbs.finite and not infinitive:
        plural = at >= first and items[at].kind == "word" and items[at].word.endswith("s") and not items[at].capital
        return Subject(who="other", item=items[at]) if plural and not passive else None
    if passive or at < first:
        return None
    if (
        word in words.NOUNS_TOO
        and items[at].kind == "word"
        and items[at].word not in (*words.PRONOUNS, "who", "which", "that")
    ):
        return None
    if infinitive and at + 2 == verb:
        return _of_clause(items, at + 1, first)
    return noun_before(items, at, first)


def is_within_verb(word: str) -> bool:
    """Tell whether a word may stand between a subject and its verb: an auxiliary, an adverb."""
    return word in words.WITHIN_VERBS or (
        word.endswith("ly") and word not in ("family", "ally", "july", "assembly", "daily")
    )


def _of_participle(items: Sequence[Item], verb: int, at: int, first: int) -> Subject | None:
    if at < first:
        return None
    item = items[at]
    if item.kind == "person":
        return _person(items, at, first) or Subject(who="person", item=item)
    if item.kind == "mark" and item.word == ",":
        return _of_clause(items, at, first)
    if item.word in words.MESSAGES:
        clause = max((here for here in range(first, at) if items[here].word in words.SUBORDINATE), default=first)
        return _of_clause(items, at, clause)
    if item.word in ("by", "and", "as", "while", "in", "before", "after"):
        return _of_clause(items, at, first)
    return noun_before(items, at, first) if item.word in words.PRONOUNS else None


def _of_clause(items: Sequence[Item], end: int, first: int) -> Subject | None:
    """Find the subject of the nearest verb of speech before an index, else what opens the sentence."""
    finite = speech_verbs().finite
    for at in range(end - 1, max(first, end - _REACH) - 1, -1):
        if items[at].kind == "word" and items[at].word in finite:
            found = before_verb(items, at, first)
            if found is None and at > first and items[at - 1].kind in ("quote", "mark"):
                found = after_verb(items, at + 1)
            if found is not None and not _is_subordinate(items, found, end, first):
                return found
    return opening(items, first, end)


def _is_subordinate(items: Sequence[Item], subject: Subject, end: int, first: int) -> bool:
    """Tell whether a subject is that of a clause which opens the sentence: `After Ann Quill asked, Bob Marsh`."""
    if items[first].kind != "word" or items[first].word not in words.SUBORDINATE:
        return False
    comma = next((at for at in range(first, end) if items[at].word == ","), end)
    return comma < end and subject.item.start < items[comma].start


def opening(items: Sequence[Item], first: int, end: int) -> Subject | None:
    """Find who opens a sentence, after a phrase with a comma (`In a statement, Ann Quill`)."""
    at = first
    while at < end and items[at].kind == "mark" and items[at].word in "()—–":
        at += 1
    if at < end and items[at].kind == "word" and (items[at].word in words.NO_CLAUSE or items[at].word.endswith("ing")):
        comma = next((here for here in range(at, min(end, at + _REACH)) if items[here].word == ","), end)
        at = comma + 1 if items[at].word not in ("and", "but") else at + 1
    if at < end and items[at].word in words.PRONOUNS:
        return Subject(who="pronoun", item=items[at])
    begin = at
    while at < end and at - begin < _LONGEST_NAME_PHRASE and items[at].kind == "word" and _may_precede(items[at]):
        at += 1
    if at < end and items[at].kind == "person":
        following = items[at + 1] if at + 1 < len(items) else None
        if following is not None and (following.word in ("'s", "and", "'") or is_modifier(items, at)):
            return None
        return Subject(who="person", item=items[at])
    if begin + 2 < end and items[begin].word == "the" and items[begin + 1].kind == items[begin + 2].kind == "word":
        two = items[begin + 1].word not in words.OFFICES and items[begin + 2].word in words.OFFICES
        return Subject(who="other" if two else "office", item=items[begin + 1 + two])
    return None


def of_sentence(items: Sequence[Item], first: int, end: int) -> Subject | None:
    """Find whom a sentence is about: who first speaks in it, else who opens it."""
    finite = speech_verbs().finite
    other = None
    for at in range(first, end):
        if items[at].kind == "word" and items[at].word in finite:
            found = before_verb(items, at, first)
            if found is None and at > first and items[at - 1].kind in ("quote", "mark"):
                found = after_verb(items, at + 1)
            if found is not None and found.who != "other":
                return found
            other = other or found
    return opening(items, first, end) or other


def _may_precede(item: Item) -> bool:
    """Tell whether a word may stand in a title before a name: Labour MP, then-candidate, the White House aide."""
    return (item.capital or item.word in _TITLES or item.word == "the") and item.word not in words.NO_CLAUSE - {"of"}


def noun_before(items: Sequence[Item], at: int, first: int) -> Subject | None:
    """Read the noun that ends at an index."""
    while at >= first and items[at].word in (")", "]"):
        at = next((here for here in range(at, first - 1, -1) if items[here].word in ("(", "[")), first) - 1
    if at < first:
        return None
    item = items[at]
    if item.kind == "person":
        return _person(items, at, first)
    if item.kind == "mark":
        return _through_asides(items, at, first) if item.word in _ASIDE_MARKS else None
    return _word_before(items, at, first) if item.kind == "word" else None


def _word_before(items: Sequence[Item], at: int, first: int) -> Subject | None:
    """Read the noun phrase or the pronoun that ends with a word."""
    item = items[at]
    if item.word in words.NO_SUBJECT_END:
        return None
    if item.word in words.PRONOUNS:
        return Subject(who="pronoun", item=item)
    if _PARTY.fullmatch(item.word) and at > first and items[at - 1].word == ",":
        return noun_before(items, at - 2, first)
    if item.word in ("who", "which"):
        comma = at > first and items[at - 1].word == ","
        return noun_before(items, at - 1 - comma, first) or Subject(who="other", item=item)
    if item.word in ("and", "but"):
        return _of_clause(items, at, first) or Subject(who="other", item=item)
    alone = at - 1 >= first and items[at - 1].word == "the"
    named = _before_open_aside(items, at, first) or _from_somewhere(items, at, first)
    return named or Subject(who="office" if alone else "other", item=item)


def _before_open_aside(items: Sequence[Item], at: int, first: int) -> Subject | None:
    """Find who opens the sentence where the aside after the name has one comma: `Ann Quill, a teacher said`."""
    comma = next((here for here in range(at, first, -1) if items[here].kind != "word"), first)
    if items[comma].word != "," or items[comma - 1].kind != "person" or items[comma + 1].word in ("who", "which"):
        return None
    found = opening(items, first, comma)
    return found if found is not None and found.item is items[comma - 1] else None


def _from_somewhere(items: Sequence[Item], at: int, first: int) -> Subject | None:
    """Find who stands at the head of a phrase like `Dr. Ann Quill of the Harbour School`."""
    begin = at
    while begin > first and items[begin - 1].kind in ("word", "person"):
        begin -= 1
    person = next((here for here in range(begin, at) if items[here].kind == "person"), at)
    if person + 1 >= at or items[person + 1].word not in ("of", "from", "at", "with"):
        return None
    return _person(items, person, begin) if all(map(_may_precede, items[begin:person])) else None


def _person(items: Sequence[Item], at: int, first: int) -> Subject | None:
    """Tell whether a person is the noun itself: no object (a spokesman for …), not one of two (… and …)."""
    before = at - 1
    while before >= first and items[before].kind == "word" and items[before].word in _TITLES:
        before -= 1
    if before >= first:
        word = items[before].word
        if before == at - 1 and word in words.GROUPS:
            return Subject(who="other", item=items[at])
        if word in words.OBJECT_OF and not (before == first or items[before - 1].word == ","):
            return Subject(who="other", item=items[at])
        if word == "and" and before - 1 >= first and (items[before - 1].kind == "person" or items[before - 1].capital):
            return Subject(who="other", item=items[at])
    return Subject(who="other" if _is_of(items, at, first) else "person", item=items[at])


def _is_of(items: Sequence[Item], at: int, first: int) -> bool:
    """Tell whether the phrase that a name ends is about somebody else: `an associate of former X boss Ann Quill`."""
    for here in range(at - 1, max(first, at - _LONGEST_TITLE), -1):
        if items[here].kind != "word" and items[here].word != "'s":
            return False
        if items[here].word in words.OBJECT_OF:
            return items[here - 1].word in words.OF_SOMEBODY
    return False


def _through_asides(items: Sequence[Item], comma: int, first: int) -> Subject | None:
    """Go left from a comma before the verb, over what stands between commas: `Ann Quill, the senator from Y, said`."""
    end = comma
    for number in range(_MOST_ASIDES):
        begin = end
        while begin > first and items[begin - 1].word not in _ASIDE_MARKS:
            begin -= 1
        if begin == end:
            return None
        found = _apposed_before(items, begin, end, first) if number == 0 else _beyond(items, begin, end, first)
        if found is not None or begin <= first:
            return found
        end = begin - 1
    return Subject(who="other", item=items[end])


def _apposed_before(items: Sequence[Item], begin: int, end: int, first: int) -> Subject | None:
    """Read an aside that is a name: `the chairwoman, Ann Quill, said`."""
    last = items[end - 1]
    titled = all(one.word in _TITLES or one.capital for one in items[begin : end - 1])
    return Subject(who="person", item=last) if last.kind == "person" and titled and begin > first else None


def _beyond(items: Sequence[Item], begin: int, end: int, first: int) -> Subject | None:
    """Read what stands before an aside; None where it is another aside."""
    last = items[end - 1]
    if last.kind == "person" and items[begin].word not in ("who", "which", "whose", "with", "where"):
        return _person(items, end - 1, begin)
    if last.word in words.PRONOUNS:
        return Subject(who="pronoun", item=last)
    return noun_before(items, end - 1, begin) or Subject(who="other", item=last) if begin == first else None


def after_verb(items: Sequence[Item], at: int) -> Subject | None:
    """Read the noun that begins at an index, after a verb that changed places with it: `said Ann Quill`."""
    if at >= len(items):
        return None
    item = items[at]
    if item.kind == "word" and item.word in words.PRONOUNS:
        return Subject(who="pronoun", item=item)
    if item.kind not in ("word", "person") or item.word in words.NO_CLAUSE:
        return None
    if item.word in _NOBODY:
        return Subject(who="other", item=item)
    object_since = -1
    for here in range(at, min(len(items), at + _LONGEST_NAME_PHRASE)):
        found = _in_phrase(items, at, here, object_since)
        if found is not None:
            return found
        if items[here].kind == "person":
            object_since = -1
        elif items[here].word in words.OBJECT_OF or items[here].word in words.BESIDE:
            object_since = here
    return Subject(who="other", item=item)


def _in_phrase(items: Sequence[Item], at: int, here: int, object_since: int) -> Subject | None:
    """Read an item of the noun phrase that begins at `at`; None where the phrase goes on after it."""
    one = items[here]
    following = items[here + 1].word if here + 1 < len(items) else ""
    if one.kind == "person":
        if following in ("'s", "'") or _is_noun(items, here + 1):
            return None
        owned = object_since >= 0 and (
            all(x.word in _TITLES | words.DETERMINERS for x in items[object_since + 1 : here])
            or _is_of(items, here, at)
        )
        joined = following == "and" and _is_name(items, here + 2)
        return Subject(who="other" if owned or joined else "person", item=one)
    if one.kind == "mark" and one.word == ",":
        return _apposed(items, at, here)
    ends = (one.kind != "word" and one.word != "'s") or one.word in _ENDS_PHRASE
    return _unnamed(items, at, here) if ends else None


def _is_noun(items: Sequence[Item], at: int) -> bool:
    """Tell whether what follows a name makes it a part of another noun: a Quill aide."""
    if at >= len(items) or items[at].kind != "word":
        return False
    word = items[at].word
    return not (word in words.AFTER_NAME or word.endswith(("ing", "ly")) or _is_speech(word))


def _is_speech(word: str) -> bool:
    verbs = speech_verbs()
    return word in verbs.finite or word in verbs.participles


def _is_name(items: Sequence[Item], at: int) -> bool:
    return at < len(items) and (items[at].kind == "person" or items[at].capital)


def _apposed(items: Sequence[Item], at: int, comma: int) -> Subject:
    """Read `the group's president, Ann Quill,`: a name after a noun and a comma, followed by no noun."""
    here = comma + 1
    while here < len(items) and items[here].kind == "word" and items[here].word in _TITLES:
        here += 1
    if here < len(items) and items[here].kind == "person":
        following = items[here + 1] if here + 1 < len(items) else None
        if following is None or following.kind == "end" or following.word in (",", "(", ";", ":"):
            return Subject(who="person", item=items[here])
        if following.word in words.AFTER_APPOSITION:
            return Subject(who="person", item=items[here])
    return _unnamed(items, at, comma)


def _unnamed(items: Sequence[Item], at: int, end: int) -> Subject:
    office = end - at == 2 and items[at].word == "the"
    return Subject(who="office" if office else "other", item=items[end - 1])


def is_modifier(items: Sequence[Item], person: int) -> bool:
    """Tell whether a name only says whose others are: `Quill supporters`, `the former Quill chief of staff`."""
    following = items[person + 1] if person + 1 < len(items) else None
    return following is not None and following.kind == "word" and following.word in _FOLLOWERS


def may_open_clause(item: Item) -> bool:
    """Tell whether an item may begin a clause of speech after a quotation: `…,” Ann Quill said`."""
    return item.kind == "person" or (item.kind == "word" and item.word not in words.NO_CLAUSE)
