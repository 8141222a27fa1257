"""Whether the words around an ambiguous name ("Time", "the Post", "Fox") show that an outlet is meant."""

import enum
import re

from index.tag.lexicon import word_list
from index.tag.outlets.place import Place


class Evidence(enum.IntEnum):
    """What the words around a name say: part of something else, nothing, a hint, or an outlet."""

    AGAINST = -1
    NONE = 0
    WEAK = 1
    STRONG = 2


_PAPER_WORDS = (
    "Times Post Journal Herald Tribune Globe Gazette Guardian Telegraph Examiner Monitor Chronicle Inquirer Enquirer "
    "Observer Courier Dispatch Sentinel Register Mirror Mail Express Argus Bulletin Ledger Mercury Advertiser Bee Trib "
    "Statesman Oregonian Tennessean Coloradoan Missourian Courant Picayune Blade Sun Economist Intercept Federalist "
    "Blaze Beast Verge Reporter Spectator Crimson Democrat-Gazette Times-Picayune Post-Dispatch Plain"
)
PAPERS = frozenset(_PAPER_WORDS.split())
"""Last words of papers' names: with a capital after "the" they are names already."""

_PRESS_WORDS = (
    "magazine newspaper newspapers paper daily tabloid weekly broadsheet reporter reporters correspondent "
    "correspondents columnist columnists editor editors journalist journalists anchor anchors host hosts contributor "
    "contributors commentator pundit analyst analysis editorial editorials op-ed op-eds newsroom reported reports "
    "reporting wrote writes published publishes website headline headlines article articles interview interviewer "
    "story cover blogger bureau podcast photographer photojournalist tv network channel affiliate airs aired broadcast "
    "staffer cohost co-host personality exclusive poll survey masthead newsletter subscribers readers freelancer "
    "newscast staff colleague colleagues profile investigation explainer obituary chyron executives host's segment"
)
_PRESS = frozenset(_PRESS_WORDS.split())
_MODIFIERS = frozenset(("first", "previously", "also", "later", "white", "political", "chief", "senior", "national", "opinion", "news", "further", "recently", "prime-time", "primetime", "media", "legal", "military", "contributing"))
_SAYING_WORDS = (
    "noted notes found finds revealed explained explains argues argued observes observed agrees claimed claims asked "
    "asks suggests obtained reveals quoted cited learned ran broke said says adds describes described estimates put"
)
_SAYING = frozenset(_SAYING_WORDS.split())
_TOLD = frozenset(("told", "tells", "via", "reports", "per"))
_WITH_WORDS = frozenset(("by", "with", "in", "from", "for", "at", "to", "on"))
_SOURCE_WORDS = (
    "reported obtained published quoted cited interviewed interview interviews reviewed article articles story stories "
    "report reports piece op-ed column columns columnist editorial essay wrote writes writing written appeared reporter "
    "reporters correspondent editor editors publisher contributor journalist host anchor commentator photographer "
    "printed profile quote feature broke investigation analysis poll polling conducted coverage headline headlines "
    "journalists provided statement confirmed leaked survey commentary compiled surveyed ad analyst statement remarks"
)
_SOURCES = frozenset(_SOURCE_WORDS.split())
_EDITIONS = frozenset(("cover", "editor", "host", "publisher", "issue", "pages", "edition", "readers", "editor-in-chief", "founder", "editors"))
_OPENERS = frozenset(("", "“", '"', "‘", "'", "(", ":", "—", "–", "-", "[", "*", "•", ".", "?", "!", "|", "”", "…"))
_CLOSERS = frozenset(("", ".", ",", ";", ":", "!", "?", ")", "]", "”", '"', "’", "'", "—", "–", "and", "or", "that", "in", "on", "last", "earlier", "this"))
_FUNCTION_WORDS = (
    "the in on at as by for from with when while but and if a an according to via like this that even former per after "
    "before since both not or what then now also last earlier meanwhile however of read watch today yesterday monday "
    "tuesday wednesday thursday friday saturday sunday tonight because although though its his her their our most "
    "did does is was has have are were had should why how who where only recently british american"
)
_FUNCTION = frozenset(_FUNCTION_WORDS.split())
_EXPLAINED = re.compile(
    r",\s(?:a|an|the|one of)\s(?:[\w’'-]+\s){0,4}(?:newspapers?|magazine|publication|news (?:web)?site|website|news agency"
    r"|broadcaster|news outlet|media outlet|tabloid|daily|blog|TV (?:station|channel)|television (?:station|channel)"
    r"|radio station)\b(?!\s(?:editor|reporter|columnist|publisher|owner|executive|writer))"
)
_SIGNED = re.compile(r"(^|[—–”\"]\s*|)(?:[A-Z][\w.’'-]*\s(?:and\s)?){1,5}[A-Z][\w.’'-]*,\s*(?:[Tt]he\s)?$")
_LONGEST_SIGNATURE = 70
_INITIAL = re.compile(r"[A-Z]\.|[B-HJ-Z]")
_SITES = frozenset(("website", "site", "outlet", "publication", "blog", "network", "giant", "agency"))
_NEWSY = frozenset(("news", "media", "tech", "fact-checking", "conservative", "liberal", "right-wing", "far-right", "left-wing"))
_JOURNALIST_WORDS = (
    "reporter reporters correspondent correspondents columnist columnists editor editors journalist journalists anchor "
    "anchors host hosts contributor contributors commentator pundit analyst editorial op-ed newsroom blogger staffer "
    "bureau photographer owner publisher newsletter website report reporting parent cohost co-host interview article "
    "executive former"
)
_JOURNALISTS = frozenset(_JOURNALIST_WORDS.split())
OWNERS = frozenset(("our", "your", "my"))
"""Words after which a name is a product of the publisher ("our Daily Dispatch"), not another outlet."""


def evidence(place: Place) -> Evidence:
    """Weigh the words around a name."""
    if _is_part_of_a_name(place):
        return Evidence.AGAINST
    if place.tokens.field == "title":
        # Every word of a headline may have a capital: only what stands before a name tells.
        return Evidence.STRONG if _left_says(place) else Evidence.NONE
    if is_spoken_of(place):
        return Evidence.STRONG
    first, last = place.tokens.strings[place.first], place.tokens.strings[place.last - 1]
    mid_sentence = place.token(-1) not in _OPENERS
    if last in PAPERS and ((first == "The" and mid_sentence) or place.token(-1) == "the"):
        return Evidence.STRONG
    if first == "The" and place.last - place.first > 1:
        if _says_something(place):
            return Evidence.STRONG
        return Evidence.WEAK if mid_sentence else Evidence.NONE
    shouted = place.surface.isupper() and len(place.surface) > 3
    return Evidence.WEAK if shouted and _neighbours_are_lower(place) else Evidence.NONE


def is_spoken_of(place: Place) -> bool:
    """Tell whether the words beside a name are those that go with outlets."""
    return _left_says(place) or _right_says(place) or _is_attribution(place) or _is_explained(place)


def names_somebody(place: Place) -> bool:
    """See a given name, an initial or a title before a single word: "Michael Bloomberg", "Mr. Forbes"."""
    before = place.token(-1)
    lower = before.lower()
    return before[:1].isupper() and (lower in word_list("first") or lower in word_list("titles") or bool(_INITIAL.fullmatch(before)))


def _left_says(place: Place) -> bool:
    """See "told Time", "according to Time", "an interview with Time", "an article in Time", "Time and Newsweek"."""
    step = 2 if place.token(-1).lower() in ("the", "a") else 1
    word, before = place.token(-step).lower(), place.token(-step - 1).lower()
    if word in _TOLD or (word == "to" and before == "according"):
        return word != "reports" or place.token(1) in _CLOSERS
    if word in _WITH_WORDS and (before in _SOURCES or place.token(-step - 2).lower() in _SOURCES):
        return not (word in ("in", "on", "at", "from", "to") and step == 2)
    if word == "of":
        return before in _EDITIONS
    if word in _SITES:
        return before in _NEWSY or place.token(-step - 2).lower() in _NEWSY
    return word in ("magazine", "newspaper", "tabloid", "broadcaster")


def _right_says(place: Place) -> bool:
    """See "Time magazine", "Time reported", "Time's John Smith", "Time political reporter", "(Time) —"."""
    word, following = place.token(1), place.token(2)
    if word in ("'s", "’s", "'", "’"):
        return following in _JOURNALISTS or (following.lower() in word_list("first") and following[:1].isupper())
    if word.lower() in _PRESS:
        return True
    if word.lower() in _MODIFIERS and (following.lower() in _PRESS or place.token(3).lower() in _PRESS):
        return True
    if place.token(-1).lower() == "as" and word in _SAYING:
        return True
    return _is_in_brackets(place)


def _is_explained(place: Place) -> bool:
    """See "Pando, a tech publication"."""
    text, end = place.tokens.text, place.tokens.ends[place.last - 1]
    return text[end : end + 2] == ", " and _EXPLAINED.match(text, end) is not None


def _is_in_brackets(place: Place) -> bool:
    """See "(Slate) —" at the head of a story and "… in the House.” [Breitbart]" after a quotation."""
    text, start, end = place.tokens.text, place.tokens.starts[place.first], place.tokens.ends[place.last - 1]
    if text[start - 1 : start] not in ("(", "[") or text[end : end + 1] not in (")", "]"):
        return False
    quoted = text[: start - 1].rstrip()[-1:] in ("”", '"', ".") and not place.surface.isupper()
    return quoted or bool(re.match(r"\s?[-–—]", text[end + 1 : end + 3]))


def _says_something(place: Place) -> bool:
    """See "The Hill further explained", "The Times on Monday said"."""
    words = [place.token(offset) for offset in (1, 2, 3)]
    return words[0] in _SAYING or (words[0] in ("on", "also", "has", "further", "first") and bool(_SAYING & set(words[1:])))


def _is_attribution(place: Place) -> bool:
    """See "Jane Doe, Slate" at the end of a paragraph, as collections of quotations sign them."""
    tokens = place.tokens
    text, start, end = tokens.text, tokens.starts[place.first], tokens.ends[place.last - 1]
    if text[end : end + 1] not in ("", "\n") or place.token(-1) not in (",", "—", "–", "The", "the"):
        return False
    line = text[text.rfind("\n", 0, start) + 1 : start]
    signed = _SIGNED.search(line, max(0, len(line) - _LONGEST_SIGNATURE))
    return signed is not None and (signed[1] != "" or signed.start() == 0)


def _is_part_of_a_name(place: Place) -> bool:
    """See another capital beside it: "Capitol Hill", "Fox River", "Vice President", "Michael J. Fox"."""
    before, after = place.token(-1), place.token(1)
    if place.surface.lower() in _FUNCTION or after in ("&", "®") or (after == "-" and (place.token(2)[:1].isupper() or place.token(2)[:1].isdigit())):
        return True
    if before == "the" and place.token(-2)[:1].isupper() and place.token(-2).lower() not in _FUNCTION | _TOLD:
        return True
    if (before in ("-", "&") and place.token(-2)[:1].isupper()) or names_somebody(place):
        return True
    if after in ("'s", "’s") and place.token(2)[:1].isupper() and place.token(2).lower() not in word_list("first"):
        return True
    if place.tokens.field == "title":
        return after.lower() in word_list("heads") or after in ("President", "Chairman", "Chair", "Presidential")
    if before[:1].isupper() and before.lower() not in _FUNCTION:
        return True
    return after[:1].isupper() and not _may_follow(place, after.lower())


def _may_follow(place: Place, after: str) -> bool:
    """Tell what may follow an outlet's name with a capital: a journalist's name or post, a day or a month."""
    if after in _PRESS or after in ("on", "chief", "white", "washington"):
        return True
    return after in word_list("first") or after in word_list("months") or after.endswith("day")


def _neighbours_are_lower(place: Place) -> bool:
    words = [word for word in (place.token(-2), place.token(-1), place.token(1), place.token(2)) if word.isalpha()]
    return len(words) > 1 and not any(word.isupper() for word in words)
