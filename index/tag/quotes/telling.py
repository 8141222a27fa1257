"""Whether a clause tells that its subject spoke: not where it denies, wishes or supposes it, or tells of others' words.

`speaker_before` is to be asked for whoever may be given words; `before_verb` only tells whom a clause is about.
"""

import bisect
from collections.abc import Sequence

from index.tag.quotes import function_words as words
from index.tag.quotes.frames import Item
from index.tag.quotes.subjects import Subject, after_verb, before_verb, is_within_verb
from index.tag.quotes.verbs import speech_verbs

_REACH_OF_CLAUSE, _REACH_OF_PASSIVE, _REACH_OF_AGENT = 24, 4, 6
_REACH_OF_DENIED, _REACH_OF_CARRIER, _REACH_OF_OBJECT, _REACH_OF_FRONTED, _REACH_OF_FAKE = 3, 6, 10, 8, 10


def speaker_before(items: Sequence[Item], verb: int, first: int, quote: int | None = None) -> Subject | None:
    """Find who the verb at an index says has spoken, to its left, or to its right where it is passive (asked by …).

    `quote` is the quotation that the verb stands before, if it does. The subject is an `other` where the words are
    not told to be anybody's; None where the verb tells nothing, and one farther off may.
    """
    word = items[verb].word
    begin = begin_of_verb(items, verb, first)
    within = frozenset(one.word for one in items[begin:verb])
    nobody = Subject(who="other", item=items[verb])
    verbs = speech_verbs()
    if word in verbs.finite and word not in verbs.participles:
        agent = _agent(items, verb, passive=bool(within & words.BE))
        if agent is not None:
            return agent
        if within & words.BE:
            return nobody if quote is not None and quote - verb <= _REACH_OF_PASSIVE else None
    if quote is not None and (is_named(items, verb, quote) or _is_of_others(items, verb, begin, first)):
        return nobody
    found = before_verb(items, verb, first)
    if found is None:
        near = quote is not None and word in verbs.bases - words.WITHOUT_OBJECT and quote - verb <= _REACH_OF_DENIED
        due = word not in verbs.call and bool(within & words.MODALS) and items[begin - 1].kind == "person"
        return nobody if near and (due or _is_denied(within | _words(items, begin - 1, begin))) else None
    return found if _is_told(items, verb, begin, first, found) else nobody


def is_untold(subject: Subject, verb: Item) -> bool:
    """Tell whether a clause takes back that anybody spoke, as `speaker_before` says it."""
    return subject.item is verb


def is_named(items: Sequence[Item], verb: int, quote: int) -> bool:
    """Tell whether something is only called by what is quoted: `a plan dubbed “…”`, `Quill, called “…” by rivals`."""
    if items[verb].word not in words.NAMES or quote - verb > 2:
        return False
    if quote - verb == 2 and items[verb + 1].word not in ("a", "an", "the"):
        return False
    before = items[verb - 1] if verb else None
    if before is None or before.kind in ("mark", "end", "quote"):
        return True
    if before.kind != "word" or before.capital or before.word in words.PRONOUNS or is_within_verb(before.word):
        return before.word in words.BE
    fronted = words.FRONTED.intersection(_words(items, verb - _REACH_OF_FRONTED, verb))
    return quote - verb == 1 and not fronted and before.word not in words.OTHER_SUBJECTS


def is_shown(items: Sequence[Item], quote: int, first: int) -> bool:
    """Tell whether the words before a quotation say that it is written or chanted: `signs that read`, `chants of`."""
    at = quote - 1
    while at >= first and quote - at <= _REACH_OF_CARRIER and items[at].word in words.OF_CARRIED:
        at -= 1
    if at < first or items[at].kind != "word":
        return False
    if items[at].word in ("instead", "rather") and items[at + 1].word in ("of", "than"):
        return True
    carried = frozenset(one.word for one in items[at + 1 : quote])
    if items[at].word in words.CARRIES:
        return True
    if items[at].word in words.CARRIERS:
        return bool(carried & words.WITH)
    return items[at].word in words.VOICES and "of" in carried


def is_set_apart(items: Sequence[Item], quote: int) -> bool:
    """Tell whether the words before a quotation say that it is a name or a term: `so-called “…”`, `the term “…”`."""
    at = quote - 1
    if at > 0 and items[at].word in ("a", "an", "the"):
        at -= 1
    if at < 0 or items[at].kind != "word":
        return False
    if items[at].word in words.SETS_APART or (items[at].word == "as" and at and items[at - 1].word == "known"):
        return True
    if items[at].word in words.TERMS and at == quote - 1:
        return at > 0 and items[at - 1].word in words.DETERMINERS
    return any(is_named(items, verb, quote) for verb in range(max(0, quote - 2), quote))


def _start_of(item: Item) -> int:
    return item.start


def begin_of_verb(items: Sequence[Item], verb: int, first: int) -> int:
    """Give the first of the auxiliaries and adverbs before a verb."""
    at = verb
    while at > first and items[at - 1].kind == "word" and is_within_verb(items[at - 1].word):
        at -= 1
    return at


def _words(items: Sequence[Item], begin: int, end: int) -> frozenset[str]:
    return frozenset(one.word for one in items[max(0, begin) : end] if one.kind == "word")


def _agent(items: Sequence[Item], verb: int, *, passive: bool) -> Subject | None:
    """Read who is told to have spoken after a passive verb: `was asked on Monday by Ann Quill`, `called by Quill`."""
    reach = _REACH_OF_AGENT if passive else 2
    for at in range(verb + 1, min(len(items) - 1, verb + reach)):
        if items[at].kind != "word" or items[at].word == "to":
            return None
        if items[at].word == "by":
            following = items[at + 1]
            means = following.word in words.MEANS or following.word.endswith("ing") or items[verb - 1].word == "as"
            return None if means else after_verb(items, at + 1) or Subject(who="other", item=following)
    return None


def _is_of_others(items: Sequence[Item], verb: int, begin: int, first: int) -> bool:
    """Tell whether a verb is of others than whoever speaks before it: `accused her of saying`, `a sign that says`."""
    if begin <= first or items[begin - 1].kind != "word":
        return False
    word, before = items[verb].word, items[begin - 1]
    governing = items[begin - 2] if begin - 1 > first else None
    noun = governing is None or governing.kind != "word"
    if word not in speech_verbs().participles:
        relative = word in speech_verbs().finite and before.word in ("that", "which")
        return relative and governing is not None and governing.word in words.CARRIERS
    if before.word in ("of", "for", "about", "against"):
        return noun or governing is None or not (_is_verb(governing.word) or governing.word == "way")
    if word in words.LOUD and not before.capital and before.word not in words.PRONOUNS | words.NO_CLAUSE:
        return True
    return before.word in ("without", "from") or before.word in words.DENIES | words.CARRIERS


def _is_verb(word: str) -> bool:
    verbs = speech_verbs()
    return word in verbs.finite or word in verbs.participles or word in verbs.bases


def _is_told(items: Sequence[Item], verb: int, begin: int, first: int, subject: Subject) -> bool:
    """Tell whether a clause says that its subject spoke, and does not only deny, wish or suppose it."""
    within = [one.word for one in items[begin:verb]]
    if _is_denied(within) and not ("not" in within and words.ONLY.intersection(_words(items, begin, verb + 2))):
        return False
    word = items[verb].word
    verbs = speech_verbs()
    if verb + 1 < len(items) and items[verb + 1].word in ("nothing", "little"):
        return False
    if "to" in within and word in verbs.bases and word not in verbs.finite:
        return not _is_wanted(items, begin, begin + within.index("to"), first)
    made_up = _is_made_up(items, subject, first)
    if made_up or word in verbs.participles:
        return not made_up
    if words.MODALS.intersection(within):
        return False
    return not _is_supposed(items, subject, begin, first, present=word.endswith("s"))


def _is_made_up(items: Sequence[Item], subject: Subject, first: int) -> bool:
    """Tell whether a clause tells of what never was: `a fake video shows Quill saying`, `imagined Quill saying`."""
    at = bisect.bisect_left(items, subject.item.start, key=_start_of)
    for here in range(at - 1, max(first, at - _REACH_OF_FAKE) - 1, -1):
        if items[here].kind in ("end", "quote", "mark"):
            return False
        if items[here].word in words.FAKED and words.FAKES.intersection(_words(items, here + 1, here + 3)):
            return True
        if items[here].word in words.IMAGINES and at - here <= _REACH_OF_DENIED:
            return True
        if items[here].word == "that" and here > first and items[here - 1].word in words.RUMOURS:
            return True
    return False


def _is_denied(within: Sequence[str] | frozenset[str]) -> bool:
    return any(word in words.DENIALS or word.endswith(("n't", "n’t")) for word in within)


def _is_wanted(items: Sequence[Item], begin: int, to: int, first: int) -> bool:
    """Tell whether an infinitive is only refused, wanted or asked for: `refused to say`, `wants Ann Quill to say`."""
    person = False
    for at in range(to - 1, max(first, to - _REACH_OF_OBJECT) - 1, -1):
        one = items[at]
        if one.kind in ("end", "quote", "mark") or one.word in words.SUBORDINATE:
            return False
        if one.kind == "word" and (one.word in words.WANTS or (person and one.word in ("for", *words.DIRECTS))):
            return True
        if one.kind == "word" and at < begin and one.word in speech_verbs().finite:
            return person and one.word in words.DIRECTS
        person |= one.kind == "person" or one.word in words.OBJECTS
    return False


def _is_supposed(items: Sequence[Item], subject: Subject, begin: int, first: int, *, present: bool) -> bool:
    """Tell whether what stands before a subject in its clause takes back that it spoke: `if`, `neither`, `denied`."""
    at = begin - 1
    while at >= first and items[at].start > subject.item.start:
        at -= 1
    if at - 2 >= first and items[at - 1].word == "not" and items[at - 2].word in words.BE:
        return True  # it was not Ann Quill who said
    relative = any(one.word in ("who", "which") for one in items[at + 1 : begin])
    takes_back = frozenset() if relative else words.SUPPOSES | words.DENIES
    if present:
        takes_back |= {"until", "till", "once"}
    for here in range(at - 1, max(first, at - _REACH_OF_CLAUSE) - 1, -1):
        one = items[here]
        if one.kind in ("end", "quote", "mark") or one.word in words.CLAUSE_ENDS:
            break
        if one.kind == "word" and one.word in words.INVERTED:
            return here == first or items[here - 1].kind in ("end", "quote", "mark")
        denied = at - here <= _REACH_OF_DENIED and not relative and _is_denied([one.word])
        if one.kind == "word" and (denied or one.word in takes_back):
            return True
    return False
