"""Whether the words around an ambiguous name ("Time", "the Post", "Fox") show that an outlet is meant."""

import enum
import re

from index.tag.lexicon import word_list
from index.tag.outlets.otherwise import FUNCTION, OPENERS, OWNERS, PAPERS, TOLD, is_part_of_a_name, writes
from index.tag.outlets.place import Place


class Evidence(enum.IntEnum):
    """What the words around a name say: part of something else, nothing, a hint, or an outlet."""

    AGAINST = -1
    NONE = 0
    WEAK = 1
    STRONG = 2


_PRESS_WORDS = (
    "magazine newspaper newspapers paper daily tabloid weekly broadsheet reporter reporters correspondent "
    "correspondents columnist columnists editor editors journalist journalists anchor anchors host hosts contributor "
    "contributors commentator pundit analyst analysis editorial editorials op-ed op-eds newsroom reported reports "
    "reporting wrote writes published publishes website headline headlines article articles interview interviewer "
    "story cover blogger bureau podcast photographer photojournalist tv network channel affiliate airs aired broadcast "
    "staffer cohost co-host personality exclusive poll survey masthead newsletter subscribers readers freelancer "
    "newscast television staff colleague colleagues profile investigation explainer obituary chyron executives segment "
    "presenter presenters radio"
)
_PRESS = frozenset(_PRESS_WORDS.split())
_MODIFIER_WORDS = (
    "first previously also later white political chief senior national opinion news further recently prime-time "
    "primetime media legal military contributing"
)
_MODIFIERS = frozenset(_MODIFIER_WORDS.split())
_SAYING_WORDS = (
    "noted notes found finds revealed explained explains argues argued observes observed agrees claimed claims asked "
    "asks suggests obtained reveals quoted cited learned ran broke said says adds describes described estimates put"
)
_SAYING = frozenset(_SAYING_WORDS.split())
_WITH = frozenset(("by", "with", "in", "from", "for", "at", "to", "on"))
_SOURCE_WORDS = (
    "reported obtained published quoted cited interviewed interview interviews reviewed article articles story stories "
    "report reports piece op-ed column columns columnist editorial essay wrote writes writing written appeared "
    "reporter reporters correspondent editor editors publisher contributor journalist host anchor commentator "
    "photographer printed profile quote feature broke investigation analysis poll polling conducted coverage headline "
    "headlines journalists provided statement confirmed leaked survey commentary compiled surveyed ad analyst remarks"
)
_SOURCES = frozenset(_SOURCE_WORDS.split())
_EDITION_WORDS = "cover editor host publisher issue pages edition readers editor-in-chief founder editors"
_EDITIONS = frozenset(_EDITION_WORDS.split())
_JOURNALIST_WORDS = (
    "reporter reporters correspondent correspondents columnist columnists editor editors journalist journalists anchor "
    "anchors host hosts contributor contributors commentator pundit analyst editorial op-ed newsroom blogger staffer "
    "bureau photographer publisher newsletter website report reporting cohost co-host interview article"
)
_JOURNALISTS = frozenset(_JOURNALIST_WORDS.split())
_ON_AIR_WORDS = (
    "said says speaking spoke speak appearing appeared appearance interview interviews interviewed live aired heard "
    "broadcast show programme program told announced audience"
)
_ON_AIR = frozenset(_ON_AIR_WORDS.split())
"""What is done "on" or "over" a station."""
_STATIONS = frozenset(("radio", "broadcaster"))
# "BRIDGETOWN, Barbados, CMC –", "KINGSTON, Jamaica (CMC) —": an agency between the place and the dash.
_DATELINE_BEFORE = re.compile(
    r"(?:^|\n)\s*[A-Z][A-Z.’' -]{2,30}(?:,\s[A-Z][\w.’' ]{1,30})?"
    r"(?:,\s[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,\s\d{4})?)?(?:,\s?|\s\()$"
)
_DATELINE_AFTER = re.compile(r"\)?\s?(?:--|[-–—])\s")
_LONGEST_DATELINE = 90
_SITES = frozenset(("website", "site", "outlet", "publication", "blog", "network", "giant"))
_SITE_WORDS = "news media tech fact-checking conservative liberal right-wing far-right left-wing"
_OF_SITES = frozenset(_SITE_WORDS.split())
_KINDS = frozenset(("magazine", "newspaper", "tabloid", "broadcaster", "agency", "daily", "weekly", "journal"))
_OWNED = _JOURNALISTS | frozenset(("headline", "headlines", "editorials", "newsroom", "readers", "coverage", "website"))
_CLOSERS = frozenset(("", *".,;:!?)]”\"’'—–", "and", "or", "that", "in", "on", "last", "earlier", "this"))
_LANDS = frozenset(("America", "New York", "World"))
_PEOPLES = frozenset(
    ("hindu", "texan", "californian", "virginian", "scotsman", "englishman", "irishman", "yorkshireman")
)
"""Words for somebody of a place or a faith that papers bear too and the list of peoples does not hold."""
_PERIODS = frozenset(("Daily", "Sunday", "Saturday", "Evening", "Morning", "Weekly"))
"""First words that make a paper's name of one that ends in a paper's word: "Sunday Telegraph"."""
_THINGS = frozenset(("Sun", "Star", "Globe", "Mirror", "Age", "Record", "World", "Mercury"))
"""Papers' names that are first of all something else: only the words around "the Sun" make it a paper."""
_EXPLAINED = re.compile(
    r",\s(?:a|an|the|one of)\s(?:[\w’'-]+\s){0,4}(?:newspapers?|magazine|publication|news (?:web)?site|website"
    r"|news agency|broadcaster|news outlet|media outlet|tabloid|daily|blog|TV (?:station|channel)"
    r"|television (?:station|channel)|radio station)\b(?!\s(?:editor|reporter|columnist|publisher|owner|writer))"
)
_SIGNED = re.compile(r"(^|[—–”\"]\s*|)(?:[A-Z][\w.’'-]*\s(?:and\s)?){1,5}[A-Z][\w.’'-]*,\s*(?:[Tt]he\s)?$")
_LONGEST_SIGNATURE = 70
_LONGEST_INTRODUCTION = 20


def evidence(place: Place) -> Evidence:
    """Weigh the words around a name."""
    if is_part_of_a_name(place):
        return Evidence.AGAINST
    if _is_a_place(place) or _lacks_its_article(place):
        called = place.token(1).lower() in _KINDS or place.token(-1).lower() in _KINDS
        return Evidence.STRONG if called else Evidence.AGAINST
    if place.tokens.field == "title":
        # Every word of a headline may have a capital: only what stands before a name tells.
        return Evidence.STRONG if _left_says(place) else Evidence.NONE
    return Evidence.STRONG if is_spoken_of(place) else _evidence_of_capitals(place)


def is_called(place: Place) -> bool:
    """See what nobody but an outlet is: "the magazine Stern", "Stern magazine", "the Post", "[Yahoo]"."""
    if place.token(1).lower() in _KINDS or place.token(-1).lower() in _KINDS or _is_in_brackets(place):
        return True
    return place.tokens.strings[place.last - 1] in PAPERS or place.token(-1) in ("the", "The")


def is_spoken_of(place: Place) -> bool:
    """Tell whether the words beside a name are those that go with outlets."""
    return (
        _left_says(place)
        or _right_says(place)
        or _is_in_brackets(place)
        or _is_on_air(place)
        or _ends_a_dateline(place)
        or _is_attribution(place)
        or _is_explained(place)
        or _introduces(place)
    )


def _is_a_place(place: Place) -> bool:
    """See a name that is a country's or a people's first of all: "America's workers", "the Australian police"."""
    first = place.tokens.strings[place.first]
    name = place.surface.removeprefix("The ")
    if name in _LANDS:
        return first != "The" and not (place.token(-1) in TOLD and place.token(1) in _CLOSERS)
    demonym = name.lower() in word_list("demonyms") or name.lower() in _PEOPLES
    following = place.token(1)
    return demonym and following[:1].isalpha() and not _goes_with(following)


def _lacks_its_article(place: Place) -> bool:
    """See "Hill wrote to Pence", where "The Hill" keeps its article but in "a former Hill reporter"."""
    if place.token(-1) in ("the", "The") or place.tokens.strings[place.last - 1] in PAPERS or not place.candidates:
        return False
    if place.candidates[0].title != f"The {place.surface}" or place.tokens.field == "title":
        return False
    if _is_in_brackets(place) or _is_attribution(place):
        return False
    if _left_says(place):
        return place.token(1).isalpha() and place.token(1).islower() and not _may_end_a_phrase(place.token(1))
    words = [place.token(1)] if place.token(1).lower() not in _MODIFIERS else [place.token(2), place.token(3)]
    return _JOURNALISTS.isdisjoint(word.lower() for word in words)


def _may_end_a_phrase(word: str) -> bool:
    """Tell words before which a name is whole from nouns that it describes: "according to Hindu tradition"."""
    return _goes_with(word) or word in FUNCTION or word.endswith("ly")


def _goes_with(word: str) -> bool:
    lower = word.lower()
    return lower in _PRESS or lower in _SAYING or lower in _CLOSERS or lower in _MODIFIERS or lower in TOLD


def _evidence_of_capitals(place: Place) -> Evidence:
    """Weigh the capitals of the name itself: "The Hill" within a sentence, "the Post", "TIME"."""
    first, last = place.tokens.strings[place.first], place.tokens.strings[place.last - 1]
    mid_sentence = place.token(-1) not in OPENERS
    if first in _PERIODS and last in PAPERS and place.token(-1).lower() not in OWNERS:
        return Evidence.STRONG
    if last in _THINGS and place.last - place.first == 1 + (first == "The"):
        article = "The" in (first, place.token(-1)) or place.token(-1) == "the"
        return Evidence.STRONG if (article and says_something(place)) or _is_source(place) else Evidence.NONE
    if last in PAPERS and ((first == "The" and mid_sentence) or place.token(-1) == "the"):
        return Evidence.STRONG
    if first == "The" and place.last - place.first > 1:
        if says_something(place):
            return Evidence.STRONG
        return Evidence.WEAK if mid_sentence else Evidence.NONE
    shouted = place.surface.isupper() and len(place.surface) > 3
    return Evidence.WEAK if shouted and _neighbours_are_lower(place) else Evidence.NONE


def _is_source(place: Place) -> bool:
    """See "reported in the Sun", "an article on the Star's site", "told the Globe", "by the Mirror's Jane Doe"."""
    step = 2 if place.token(-1).lower() == "the" else 1
    word, earlier = place.token(-step).lower(), {place.token(-step - 1).lower(), place.token(-step - 2).lower()}
    return word in TOLD or (word in _WITH and not _SOURCES.isdisjoint(earlier)) or "poll" in earlier


def _introduces(place: Place) -> bool:
    """See a line that is the name and a colon, or "Esquire agrees:", over what the outlet writes."""
    text, start = place.tokens.text, place.start
    if text[start - 1 : start] not in ("", "\n"):
        return False
    line = text[place.end : place.end + _LONGEST_INTRODUCTION].partition("\n")[0]
    agrees = line.endswith(":") and place.token(1) in _SAYING and place.token(2) == ":"
    return line == ":" or agrees


def _left_says(place: Place) -> bool:
    """See "told Time", "according to Time", "an interview with Time", "an article in Time"."""
    step = 2 if place.token(-1).lower() == "the" else 1
    if step == 2 and place.surface.isupper():
        return False  # "according to the EPA": an authority takes the article, an agency does not
    word, before = place.token(-step).lower(), place.token(-step - 1).lower()
    if word in TOLD or (word == "to" and before == "according"):
        return word != "reports" or place.token(1) in _CLOSERS
    if word in _WITH and (before in _SOURCES or place.token(-step - 2).lower() in _SOURCES):
        return word in ("by", "with", "for") or step == 1
    if word in _SITES:
        return before in _OF_SITES or place.token(-step - 2).lower() in _OF_SITES
    if word == "," and place.token(1) == ",":
        return before in _KINDS  # "the state news agency, Mena, says"
    return (word == "of" and before in _EDITIONS) or word in _KINDS


def _right_says(place: Place) -> bool:
    """See "Time magazine", "Time reported", "Time's John Smith", "Time political reporter", "as Time noted"."""
    word, following = place.token(1), place.token(2)
    if word in ("'s", "’s", "'", "’"):
        return (
            following in _OWNED
            or (following in _MODIFIERS and place.token(3) in _OWNED)
            or writes(place)
            or (following.lower() in word_list("first") and following[:1].isupper())
        )
    if word.lower() in _MODIFIERS and (following.lower() in _PRESS or place.token(3).lower() in _PRESS):
        return True
    return word.lower() in _PRESS or (place.token(-1).lower() == "as" and word in _SAYING)


def _is_explained(place: Place) -> bool:
    """See "Pando, a tech publication"."""
    text = place.tokens.text
    return text[place.end : place.end + 2] == ", " and _EXPLAINED.match(text, place.end) is not None


def _is_in_brackets(place: Place) -> bool:
    """See "(Slate) —" at the head of a story, "… in the House.” [Breitbart]" after a quotation, "[Yahoo]" last."""
    text, start, end = place.tokens.text, place.start, place.end
    if text[start - 1 : start] not in ("(", "[") or text[end : end + 1] not in (")", "]"):
        return False
    if text[start - 1] == "[" and text[start - 2 : start - 1] == " " and text[end + 1 : end + 2] in ("", "\n"):
        return True
    quoted = text[: start - 1].rstrip()[-1:] in ("”", '"', ".") and not place.surface.isupper()
    return quoted or text[end + 1 : end + 3].strip()[:1] in ("-", "–", "—")


def says_something(place: Place) -> bool:
    """See "The Hill further explained", "The Times on Monday said"."""
    words = [place.token(offset) for offset in (1, 2, 3)]
    adverb = words[0] in ("on", "also", "has", "further", "first")
    return words[0] in _SAYING or (adverb and bool(_SAYING & set(words[1:])))


def _is_on_air(place: Place) -> bool:
    """See "said on LBC", "an interview over the station": for names of stations only."""
    if place.token(-1) not in ("on", "over") or not any(outlet.kind in _STATIONS for outlet in place.candidates):
        return False
    return place.token(-2).lower() in _ON_AIR or place.token(-3).lower() in _ON_AIR


def _ends_a_dateline(place: Place) -> bool:
    """See an agency between the place and the dash at the head of a story."""
    text, start = place.tokens.text, place.start
    if not _DATELINE_AFTER.match(text, place.end) or not any(outlet.kind == "agency" for outlet in place.candidates):
        return False
    return _DATELINE_BEFORE.search(text[max(0, start - _LONGEST_DATELINE) : start]) is not None


def _is_attribution(place: Place) -> bool:
    """See "Jane Doe, Slate" at the end of a paragraph, as collections of quotations sign them."""
    text = place.tokens.text
    if text[place.end : place.end + 1] not in ("", "\n") or place.token(-1) not in (",", "—", "–", "The", "the"):
        return False
    line = text[text.rfind("\n", 0, place.start) + 1 : place.start]
    if line.rstrip(" —–").endswith(("”", '"')) and line.rstrip().endswith(("—", "–")):
        return True
    signed = _SIGNED.search(line, max(0, len(line) - _LONGEST_SIGNATURE))
    return signed is not None and (signed[1] != "" or signed.start() == 0)


def _neighbours_are_lower(place: Place) -> bool:
    words = [word for word in (place.token(-2), place.token(-1), place.token(1), place.token(2)) if word.isalpha()]
    return len(words) > 1 and not any(word.isupper() for word in words)
