"""What the words around a name say of it: a firm, a storm, a work, a place in a list; or somebody after all."""

import re
from collections.abc import Iterable, Sequence

from index.tag.kinds import kind_of
from index.tag.lexicon import word_list
from index.tag.names import parse_name
from index.tag.tokens import FieldTokens, Span
from index.tag.wellknown import well_known

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
_LIST_WITHIN = 200
_YEAR = re.compile(r"\s\((?:19|20)\d\d\)")
_POSSESSIVES = frozenset(["'s", "’s"])
_ENDING_IN_S = frozenset(["'", "’"])


def doubtful_surfaces(spans: Sequence[Span]) -> frozenset[str]:
    """List the surfaces that the article somewhere makes a thing, or that mostly mean one, and nowhere somebody."""
    said = {
        span.surface
        for span in spans
        if _is_made_a_thing(span) or _is_brand(span) or _is_place(span) or _is_acronym(span)
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
    text, tokens = span.tokens.text, span.tokens
    if span.last - span.first > 1 and (_PRODUCTS.match(text, span.end) or _follows_maker(span, others)):
        return True
    if _is_half_of_a_firm(tokens, span) or _opens_a_place(span) or _is_bracketed(span, others) or _is_liner(span):
        return True
    if _YEAR.match(text, span.end):
        return True
    return bool(_LISTS.search(text, max(0, span.start - _LIST_WITHIN), span.start))


def _is_half_of_a_firm(tokens: FieldTokens, span: Span) -> bool:
    """Tell Quill & Marsh, and Marsh and Spencer where the names list knows them as one."""
    if span.last - span.first > 1:
        return False
    strings = tokens.strings
    left = strings[max(0, span.first - 2) : span.first]
    right = strings[span.last : span.last + 2]
    pairs = [(left[0], left[1], span.surface)] if len(left) == 2 else []
    pairs += [(span.surface, right[0], right[1])] if len(right) == 2 else []
    for one, joint, other in pairs:
        known = f"{one}_{other}".lower() in word_list("namesakes")
        if joint in ("&", "and") and known:
            return True
    return False


def _is_bracketed(span: Span, others: Iterable[Span]) -> bool:
    """Tell a single word in brackets after a name: the club or the town of somebody."""
    strings = span.tokens.strings
    inside = span.first > 1 and strings[span.first - 1] == "(" and strings[span.last : span.last + 1] == (")",)
    return inside and any(other.tokens is span.tokens and other.last == span.first - 1 for other in others)


def _is_liner(span: Span) -> bool:
    """Tell the Queen Mary, a ship, from Queen Mary."""
    strings = span.tokens.strings
    return span.first > 1 and strings[span.first - 1] == "Queen" and strings[span.first - 2].lower() == "the"


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
