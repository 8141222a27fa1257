"""Spans that look like a person and are none: families, laws, storms, things named after people, credits, bylines."""

import re

from index.tag.kinds import kind_of
from index.tag.lexicon import word_list
from index.tag.tokens import FieldTokens, Span

_NAMESAKES = "hurricane typhoon cyclone storm uss hms ss st. san santa fort mount camp lake saint ste. mt. ft."
_STORMS = frozenset(_NAMESAKES.split())
"""Before a name they make it the name of a storm, a ship or a place."""

_POST_NAMES = "minister president secretary commander governor director mayor senator commissioner ambassador chairman"
_POSTS = frozenset([*_POST_NAMES.split(), "general", "spokesman", "officer", "undersecretary"])
_PLACES = frozenset(line.replace("_", " ") for line in word_list("places") if "_" in line)
_PLACE_BEFORE = re.compile(
    r"\b(?:district|town|city|cities|village|province|municipality|port|island|region|suburb|township|neighbou?rhood|county|river|"
    r"department|parish|commune|canal|valley|lake|outskirts|archdiocese|diocese|university|college|battle) of\s$"
)
_MONEY = frozenset(
    ["Dh", "Dhs", "AED", "Rs", "Tk", "Sh", "Sh.", "Ksh", "KSh", "Tsh", "USh", "Dr", "Bt", "Rp", "RM", "Shs"]
)
_THROUGH = frozenset(["'s", "’s", "»", "”"])
_CASES = frozenset(["v", "v."])
_CREDITED = re.compile(
    r"(?:Getty|AP\b|AFP|Reuters|REUTERS|Shutterstock|iStock|EPA|Alamy|Rex\b|PA\b|CQ|Bloomberg|NurPhoto|Zuma|Xinhua|"
    r"Anadolu|File\b|TNS|UPI|Redux|Flickr|Abaca|Sipa|Pool|POOL|Polaris|"
    r"MediaPunch|Splash|ZUMA|Wikimedia|Associated Press|The |Photo|[\w ]+ via )"
)
_CREDIT_CHAIN = re.compile(r"(?:/[A-Z][\w. ]{1,20}){0,2}/(?:Getty|AFP|AP|Bloomberg|Reuters|EPA|Pool|Images|Sipa|TNS)\b")
_CREDIT_BEFORE = re.compile(
    r"(?:Photo(?:graph(?:er|s)?|s)?|Image|Picture|Video|Illustration|Credit|Caption|caption|Graphic)s?"
    r"(?: (?:by|courtesy of))?\s*[:/]?\s*$|(?:REUTERS|Reuters|AP Photo|AP|AFP|Getty Images|EPA)\s*/\s*$|©\s*$"
)
_BYLINE_BEFORE = re.compile(
    r"(?:^|\n)\s*(?:By|BY|by|Written by|Posted by|Story by|Reported by|Author:|Reporting by|Editing by)[ \t]+$"
    r"|(?:Reporting|Additional reporting|Editing|Compiled|Edited|Graphic|Writing|Research|assistance) by [^.\n]{0,120}$"
)
_STAFF = frozenset(
    ["Writer", "Staff", "Correspondent", "Editor", "Reuters", "AP", "AFP", "CNN", "BBC", "NPR", "Bloomberg"]
)
_AUTHOR = r"[A-ZÀ-Þ][\w.'’-]*(?:[ ](?:[a-z]{2,3}[ ])?[A-ZÀ-Þ][\w.'’-]*){1,3}"
_MORE_AUTHORS_BEFORE = re.compile(
    rf"(?:^|\n)\s*(?:By|BY|Written by|Story by|Reported by)[ \t]+{_AUTHOR}"
    rf"(?:,[ ]{_AUTHOR})*(?:,[ ]|,?[ ](?:and|AND|&)[ ])$"
)
_LONGEST_BYLINE = 200
_FIRST_LINE = re.compile(rf"\s*{_AUTHOR}(?:(?:,[ ]|,?[ ](?:and|&)[ ]){_AUTHOR})*,[ ]([A-ZÀ-Þ][\w .&'’-]{{2,40}})\n")
_BYLINE_AFTER = re.compile(r"[^.\n]{0,160}\bcontributed to this (?:report|story|article)")


_LAWS = frozenset(["Law", "Act", "Rule", "Theorem", "Principle", "disease", "Disease", "syndrome", "Syndrome"])
_POSSESSIVES = frozenset(["'s", "’s"])
_MIXED = re.compile(r"(?!Mac|Fitz)([A-Z][a-z]{3,})([A-Z][A-Za-z]*)")
_STATES = re.compile(
    r",\s(?:Miss|Tenn|Mich|Ala|Ariz|Ark|Calif|Colo|Conn|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Minn|Mo|Mont|Neb|Nev|Okla|Ore|Pa"
    r"|Tex|Va|Vt|Wash|Wis|Wyo)\.|,\s(?:Mississippi|Tennessee|Michigan|Alabama|Arkansas|Florida|Georgia|Illinois|Iowa"
    r"|Kentucky|Minnesota|Missouri|Nebraska|Ohio|Texas|Wyoming|California)\b"
)


def _is_law_or_firm(span: Span) -> bool:
    """Tell Megan's Law, Lou Gehrig's disease, Johnson & Johnson, AlphaGo, and Jackson, Miss."""
    tokens, surface = span.tokens, span.surface
    after = tokens.strings[span.last : span.last + 2]
    if len(after) == 2 and after[0] in _POSSESSIVES and after[1] in _LAWS:
        return after[1][0].islower() or tokens.field == "text"
    if span.last - span.first > 1:
        return False
    if after == ("&", surface) or (span.first > 1 and tokens.strings[span.first - 2 : span.first] == (surface, "&")):
        return True
    if mixed := _MIXED.fullmatch(surface):
        return kind_of(mixed[1]).sort != "F" and len(mixed[2]) < 4
    return bool(_STATES.match(tokens.text, span.end))


def refused(span: Span) -> bool:
    """Tell whether a person span names no person whom the article is about."""
    return (
        is_thing(span)
        or _is_law_or_firm(span)
        or _is_of_a_thing(span)
        or _is_post(span)
        or _is_family(span)
        or _is_credit(span)
        or _is_byline(span)
    )


def _is_of_a_thing(span: Span) -> bool:
    """Tell the Star of David and the Book of Daniel: a given name alone after a capital thing and `of`."""
    tokens, thing = span.tokens, span.first - 2
    if kind_of(span.surface).sort != "F" or span.last - span.first > 1 or tokens.style_at(span.first):
        return False
    if thing <= tokens.bounds[tokens.sentences[span.first]] or tokens.strings[thing + 1] != "of":
        return False
    known = word_list("organisers") | word_list("honorifics")
    return tokens.strings[thing].istitle() and kind_of(tokens.strings[thing]).lower not in known


def _is_post(span: Span) -> bool:
    """Tell a post without its holder: Interior Minister, Crown Prince."""
    strings = span.tokens.strings[span.first : span.last]
    return (strings[-1].lower() in _POSTS and kind_of(strings[0]).sort != "F") or strings == ("Crown", "Prince")


def is_thing(span: Span) -> bool:
    """Tell whether a person span is the name of a place, a thing or an organisation by its form and its neighbours."""
    tokens = span.tokens
    surface = span.surface
    if any(c.isdigit() for c in surface) or sum(map(str.isalpha, surface)) < 2 or _names_a_thing(span):
        return True
    if _PLACE_BEFORE.search(tokens.text[max(0, span.start - 20) : span.start]):
        return True
    before, after = _neighbour(tokens, span.first, -1), _neighbour(tokens, span.last, 1)
    if before in _CASES or after in _CASES or (surface in _MONEY and after[:1].isdigit()):
        return True
    if before[:1].isupper() and before.lower() in _STORMS:
        return True
    follower = kind_of(after) if after else None
    return _leads_to_a_thing(span) or bool(
        follower
        and follower.capital
        and tokens.field == "text"
        and follower.lower in word_list("heads")
        and follower.lower not in word_list("organisers")
        and not after.isupper()
    )


def _names_a_thing(span: Span) -> bool:
    """Tell a name that is a place's or a thing's, and one that ends as a thing's does."""
    if span.last - span.first < 2:
        return False
    folded = span.surface.lower()
    first, last = kind_of(span.tokens.strings[span.first]), kind_of(span.tokens.strings[span.last - 1])
    return (
        folded in _PLACES
        or _ends_in_letters(span)
        or (last.capital and last.lower in word_list("surehead"))
        or (first.capital and first.lower in word_list("openers"))
    )


def _ends_in_letters(span: Span) -> bool:
    """Tell Townhall VIP, a name that an acronym ends, and whose first word is no given name."""
    strings = span.tokens.strings[span.first : span.last]
    last = strings[-1]
    if not (last.isalpha() and last.isupper() and 1 < len(last) < 6) or span.tokens.style_at(span.first):
        return False
    if _NUMERAL.fullmatch(last) or last.lower() in word_list("suffixes") or last in ("TD", "MLA"):
        return False
    return strings[0].istitle() and kind_of(strings[0]).sort not in "FI" and not any(map(str.isupper, strings[:-1]))


_NUMERAL = re.compile(r"[IVX]+")


def _leads_to_a_thing(span: Span) -> bool:
    """Tell whether capitals lead from a name to the word for a thing: William Holman Correctional Facility."""
    tokens = span.tokens
    if tokens.field == "title":
        return False
    for index in range(span.last, min(span.last + 4, len(tokens))):
        string = tokens.strings[index]
        if tokens.sentences[index] != tokens.sentences[span.first] or not (string[0].isupper() or string in _THROUGH):
            return False
        if string.lower() in word_list("surehead"):
            return not string.isupper()
    return False


def _neighbour(tokens: FieldTokens, edge: int, step: int) -> str:
    """Give the token before (`step` -1) or after (1) an edge of a span, within its sentence; else nothing."""
    index = edge - 1 if step < 0 else edge
    inside = edge if step < 0 else edge - 1
    if not 0 <= index < len(tokens) or tokens.sentences[index] != tokens.sentences[inside]:
        return ""
    return tokens.strings[index]


def _is_family(span: Span) -> bool:
    """Tell the Clintons and the Kennedys."""
    if span.last - span.first != 1 or _neighbour(span.tokens, span.first, -1).lower() != "the":
        return False
    surface = span.surface
    singular = surface[:-1]
    return surface.endswith("s") and len(surface) > 4 and not surface.endswith("ss") and singular in span.tokens.strings


def _is_credit(span: Span) -> bool:
    text = span.tokens.text
    after = text[span.end : span.end + 40].lstrip()
    if after[:1] == "/" and (_CREDITED.match(after[1:].lstrip()) or _CREDIT_CHAIN.match(after)):
        return True
    return bool(_CREDIT_BEFORE.search(text[max(0, span.start - 40) : span.start]))


def _is_byline(span: Span) -> bool:
    text = span.tokens.text
    if span.tokens.field == "title":
        return False
    line = _FIRST_LINE.match(text, 0, _LONGEST_BYLINE) if span.end < _LONGEST_BYLINE else None
    if line and span.end <= line.end(1):
        return any(word.lower() in word_list("outletwords") or word in _STAFF for word in line[1].split())
    return bool(
        _BYLINE_BEFORE.search(text[max(0, span.start - 160) : span.start])
        or _MORE_AUTHORS_BEFORE.search(text, max(0, span.start - 160), span.start)
        or (len(text) - span.end < 400 and _BYLINE_AFTER.match(text[span.end : span.end + 220]))
    )
