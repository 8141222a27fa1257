"""What the words around a name say of it: a firm, a storm, a work, a place in a list; or somebody after all."""

import re
from collections.abc import Iterable, Sequence

from index.tag.kinds import kind_of
from index.tag.lexicon import word_list
from index.tag.names import parse_name
from index.tag.tokens import FieldTokens, Span
from index.tag.wellknown import well_known
from index.tag.wordtable import shipped_words

_STORMS = frozenset(["hurricane", "typhoon", "cyclone", "storm"])
_THING_WORDS = (
    "law firm|company|fund manager|liner|steamship|steamer|ship|vessel|computer program|chatbot|chain|startup"
)
_CALLED = re.compile(
    rf",\s(?:an?|the)\s(?:[\w-]+\s){{0,3}}(?:{_THING_WORDS}|publisher)\s(?:in|that|which|based|written|built|made|of|behind)\b"
)
_CALLING = re.compile(
    r"\b(?:law firm|fund manager|ocean liner|liner|steamship|steamer|aircraft carrier|cruise ship|destroyer|frigate"
    r"|warship|submarine|ferry|yacht|chatbot)\s$"
)
_OWNED = re.compile(r"\s(?:co-?founders?|founders?|CEO|CFO|COO|CTO|shareholders|organisers?|organizers?|subsidiary)\b")
_ITS = re.compile(
    r"\s(?:says?|said|announced|reported|told [\w ]{1,20}|expects|plans|confirmed)\s(?:that\s)?its?(?:self)?\s"
)
_THEIRS = re.compile(
    r"(?:,?\s\(?(?:aged?\s)?\d\d\)?\b,?|,?\swho\b|\s(?:died|married|smiled|laughed|wept|resigned|retired|tweeted)\b"
    r"|\s(?:says?|said|added|told \w+|thinks?|thought|believes?|admitted|insisted)\s(?:that\s)?s?he\b)"
)
_PRODUCTS = re.compile(
    r"\s(?:shoes?|boots?|heels|sneakers|trainers|bags?|handbags?|purses?|dress|dresses|gowns?|jeans|suits?|jackets?|coats?"
    r"|watch|watches|perfumes?|fragrances?|cologne|sunglasses|underwear|lipstick|whiske?y|bourbon|vodka|skirts?|ties?)\b"
)
_LISTED = (
    "projects rivers lakes villages towns cities districts provinces regions states counties suburbs neighbourhoods "
    "neighborhoods islands countries nations stations ports airports companies firms brands retailers banks airlines "
    "carmakers makers manufacturers universities schools colleges hospitals hotels restaurants stores chains clubs "
    "teams bands films movies albums songs books novels games programmes programs shows websites sites apps platforms "
    "species languages tribes parties products dishes"
)
_LISTS = re.compile(
    rf"\b(?:{'|'.join(_LISTED.split())})\b,?\s?(?:including|such as|namely|:)\s"
    r"(?:the\s)?((?:[^\W\d_a-z][\w’'.&-]*(?:\s[^\W\d_a-z][\w’'.&-]*){0,3}(?:,\s(?:and\s)?|\s(?:and|or|&)\s))*)$"
)
_IN_SOMEBODY_WORDS = (
    "confidence faith trust belief believe believes believed interest interested disappointed invest invested hope "
    "hopes pride delight engaged involved role stake doubt doubts see sees saw seen found finds find"
)
_IN_SOMEBODY = frozenset(_IN_SOMEBODY_WORDS.split())
"""Words after which `in` leads to a person: confidence in Quill."""

_TITLED = re.compile(r"\.?\s[^\W\d_a-z][\w’'-]+\s[^\W\d_a-z]")
_LIST_WITHIN = 200
_CROWNS = frozenset(["King", "Queen", "Prince", "Princess", "Duke", "Empress", "Emperor"])
_AFTER_A_THING = "is was will has had sank left in at on to and or from for when as by near with"
_AFTER_THINGS = frozenset(_AFTER_A_THING.split())
_YEAR = re.compile(r"\s\((?:19|20)\d\d\)")
_POSSESSIVES = frozenset(["'s", "’s"])
_ENDING_IN_S = frozenset(["'", "’"])


def doubtful_surfaces(spans: Sequence[Span]) -> frozenset[str]:
    """List the surfaces that the article somewhere makes a thing, or that mostly mean one, and nowhere somebody."""
    said = {
        span.surface
        for span in spans
        if _is_made_a_thing(span)
        or _is_brand(span)
        or _is_place(span)
        or _is_acronym(span)
        or _is_people_or_god(span)
        or _is_located(span)
        or _is_shortened_title(span)
    }
    return frozenset(said - {span.surface for span in spans if span.surface in said and _is_introduced(span)})


def _is_made_a_thing(span: Span) -> bool:
    """Tell Typhoon Quilla, the law firm Marsh Quill, the liner Quilla, Quill founder Ann Marsh, “Quill said it ...”."""
    text = span.tokens.text
    before = text[max(0, span.start - 20) : span.start]
    return bool(
        _neighbour(span.tokens, span.first).lower() in _STORMS
        or _CALLED.match(text, span.end)
        or _CALLING.search(before)
        or (span.last - span.first == 1 and (_OWNED.match(text, span.end) or _ITS.match(text, span.end)))
    )


def _is_brand(span: Span) -> bool:
    """Tell a single word that means a firm or a brand, and names that the news know as things."""
    tokens = span.tokens
    if span.last - span.first == 1:
        return kind_of(span.surface).lower in word_list("brands")
    folded = span.surface.lower().replace("’", "'")
    possessive = tokens.strings[span.last : span.last + 1]
    names = (folded, folded + "s") if possessive and possessive[0] in _POSSESSIVES else (folded,)
    return any(name.replace(" ", "_") in word_list("namesakes") for name in names)


def _is_place(span: Span) -> bool:
    lower = kind_of(span.surface).lower
    return span.last - span.first == 1 and lower in word_list("places") and lower not in word_list("first")


def _is_people_or_god(span: Span) -> bool:
    """Tell Omani, Omanis and Horus, unless one is a given name too."""
    lower = kind_of(span.surface).lower
    if span.last - span.first > 1 or lower in word_list("first"):
        return False
    return (
        lower in word_list("peoples")
        or lower.removesuffix("s") in word_list("peoples")
        or lower in word_list("deities")
    )


def _is_located(span: Span) -> bool:
    """Tell a single word that the press hardly writes, where something happens: police in Lindi said."""
    tokens = span.tokens
    known = kind_of(span.surface).lower in shipped_words().case or well_known().knows(parse_name(span.surface))
    if known or span.last - span.first > 1 or tokens.style_at(span.first):
        return False
    before = tokens.strings[max(tokens.bounds[tokens.sentences[span.first]], span.first - 2) : span.first]
    after = tokens.strings[span.last : span.last + 1]
    located = before[-1:] == ("in",) and before[0].lower() not in _IN_SOMEBODY
    return located and after not in (("'s",), ("’s",), ("-",))


def _is_shortened_title(span: Span) -> bool:
    """Tell a title whose full stop was taken for a sentence's: `Barr.` before Ann Quill."""
    surface = span.surface
    if surface.lower() + "." not in word_list("honorifics"):
        return False
    text = span.tokens.text
    return all(_TITLED.match(text, found.end()) for found in re.finditer(rf"\b{re.escape(surface)}\b", text))


def _is_acronym(span: Span) -> bool:
    """Tell a few capitals among words that are not, and that nobody speaks (`TRUMP: ...`)."""
    tokens, surface = span.tokens, span.surface
    if span.last - span.first > 1 or not surface.isupper() or not 1 < len(surface) < 5 or not surface.isalpha():
        return False
    if well_known().knows(parse_name(surface)):
        return False
    return not tokens.style_at(span.first) and tokens.strings[span.last : span.last + 1] != (":",)


def _is_introduced(span: Span) -> bool:
    """Tell whether a place says that a name is somebody's: a title before it, an age or `who` after it, `said she`."""
    before = kind_of(_neighbour(span.tokens, span.first) or ".")
    return before.sort in ("T", "t") or bool(_THEIRS.match(span.tokens.text, span.end))


def is_thing_here(span: Span, others: Iterable[Span]) -> bool:
    """Tell whether a name means a thing at this place: a product, an entry in a list of things, half of a firm.

    `others` are the spans of the same article, of which one right before makes it a work: Ann Quill's `Lena Marsh`.
    """
    text = span.tokens.text
    if span.last - span.first > 1 and (_PRODUCTS.match(text, span.end) or _follows_maker(span, others)):
        return True
    if (
        _is_half_of_a_firm(span, others)
        or _opens_a_place(span)
        or _is_bracketed(span, others)
        or _is_called_after_a_crown(span)
    ):
        return True
    if _YEAR.match(text, span.end):
        return True
    return bool(_LISTS.search(text, max(0, span.start - _LIST_WITHIN), span.start))


def _is_half_of_a_firm(span: Span, others: Iterable[Span]) -> bool:
    """Tell Quill & Marsh, and Quill and Marsh where the text has them joined by the sign, from two who are known."""
    tokens = span.tokens
    strings = tokens.strings
    if span.last - span.first > 1:
        return False
    for left, right in ((span.first - 2, span.first), (span.first, span.last + 1)):
        if left < 0 or right >= len(strings) or strings[left + 1] not in ("&", "and"):
            continue
        one, other = strings[left], strings[right]
        if not (one.istitle() and other.istitle()) or f"{one} & {other}" not in tokens.text:
            continue
        alone = right + 1 == len(strings) or not strings[right + 1][0].isupper()
        known = any(well_known().knows(parse_name(word)) for word in (one, other))
        return alone and not known and not any(_has_surname(person, span.surface) for person in others)
    return False


def _has_surname(person: Span, surname: str) -> bool:
    return person.last - person.first > 1 and person.tokens.strings[person.last - 1] == surname


def _is_bracketed(span: Span, others: Iterable[Span]) -> bool:
    """Tell a single word in brackets after a name: the club or the town of somebody."""
    strings = span.tokens.strings
    inside = span.first > 1 and strings[span.first - 1] == "(" and strings[span.last : span.last + 1] == (")",)
    return inside and any(other.tokens is span.tokens and other.last == span.first - 1 for other in others)


def _is_called_after_a_crown(span: Span) -> bool:
    """Tell the Queen Mary, a ship, a pub or a theatre, from Queen Mary and from the Queen Mary exhibition."""
    tokens = span.tokens
    strings = tokens.strings
    if span.first < 2 or strings[span.first - 1] not in _CROWNS or strings[span.first - 2].lower() != "the":
        return False
    after = strings[span.last] if span.last < len(tokens) else "."
    return not after[0].isalpha() or after in _AFTER_THINGS or after.endswith("ed")


def _follows_maker(span: Span, others: Iterable[Span]) -> bool:
    """Tell whether a full name stands right after another's possessive: a film, a play, a book."""
    strings = span.tokens.strings
    mark = strings[span.first - 1] if span.first > 1 else ""
    if mark not in _POSSESSIVES and not (mark in _ENDING_IN_S and strings[span.first - 2].endswith("s")):
        return False
    return any(
        other.tokens is span.tokens and other.last == span.first - 1 and other.last - other.first > 1
        for other in others
    )


def _opens_a_place(span: Span) -> bool:
    """Tell a given name alone before its possessive and a capital: Martha's Vineyard, Uncle Toby's Hardcourts."""
    tokens = span.tokens
    after = tokens.strings[span.last : span.last + 2]
    return (
        span.last - span.first == 1
        and tokens.field == "text"
        and kind_of(span.surface).sort == "F"
        and len(after) == 2
        and after[0] in _POSSESSIVES
        and kind_of(after[1]).sort in "CH"
        and kind_of(after[1]).shape == "Xx"
        and tokens.text.count(span.surface) == tokens.text.count(f"{span.surface}{after[0]} {after[1]}")
    )


def _neighbour(tokens: FieldTokens, first: int) -> str:
    """Give the token before a span, within its sentence; else nothing."""
    return tokens.strings[first - 1] if first > tokens.bounds[tokens.sentences[first]] else ""
