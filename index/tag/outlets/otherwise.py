"""Whether a name is part of another one or a word in another sense: "Capitol Hill", "the Guardian angel"."""

import re

from index.tag.lexicon import word_list
from index.tag.outlets.place import Place
from index.tag.wordtable import shipped_words

OWNERS = frozenset(("our", "your", "my"))
"""Words after which a name is a product of the publisher ("our Daily Dispatch"), not another outlet."""
_PAPER_WORDS = (
    "Times Post Journal Herald Tribune Globe Gazette Guardian Telegraph Examiner Monitor Chronicle Inquirer Enquirer "
    "Observer Courier Dispatch Sentinel Register Mirror Mail Express Argus Bulletin Ledger Mercury Advertiser Bee Trib "
    "Statesman Oregonian Tennessean Coloradoan Missourian Courant Picayune Blade Sun Economist Intercept Federalist "
    "Blaze Beast Verge Reporter Spectator Crimson"
)
PAPERS = frozenset(_PAPER_WORDS.split())
"""Last words of papers' names: with a capital after "the" they are names already."""
TOLD = frozenset(("told", "tells", "via", "reports", "per"))
"""Words right before a source."""
OPENERS = frozenset(("", *"“\"‘'(:—–-[*•.?!|”…"))
"""What stands before the first word of a sentence or a quotation."""
_COMPOUNDS = {
    "guardian": frozenset(("angel", "angels", "council", "ad", "spirit")),
    "post": frozenset(("office", "offices", "box", "code")),
    "mirror": frozenset(("image", "images")),
    "sun": frozenset(("god", "king", "belt", "valley", "cream")),
    "star": frozenset(("wars", "trek", "witness")),
    "observer": frozenset(("status", "mission")),
    "mail": frozenset(("order",)),
    "fox": frozenset(("hunting", "hunt", "hunts", "hunters", "cubs", "fur")),
    "telegraph": frozenset(("pole", "poles")),
}
"""What stands after a paper's word where the two are one word for something else."""
_SHINES_WORDS = (
    "rose rises rise set sets setting rising shone shines shining sank sinks beat beats blazed dipped burned"
)
_SHINES = frozenset(_SHINES_WORDS.split())
_DOES = {
    "sun": _SHINES,
    "star": _SHINES | frozenset(("twinkled", "twinkles", "exploded", "collapsed")),
    "mercury": frozenset(("rose", "rises", "rising", "fell", "falls", "hit", "hits", "dropped", "climbed", "dipped")),
    "globe": frozenset(("turns", "turned", "spins", "warms", "warmed")),
    "mirror": frozenset(("shattered", "cracked", "hangs", "hung")),
}
"""What the thing does for which a paper is named, and no paper."""
_FUNCTION_WORDS = (
    "the in on at as by for from with when while but and if a an according to via like this that even former per after "
    "before since both not or what then now also last earlier meanwhile however of read watch today yesterday monday "
    "tuesday wednesday thursday friday saturday sunday tonight because although though its his her their our most "
    "did does is was has have are were had should why how who where only recently british american"
)
FUNCTION = frozenset(_FUNCTION_WORDS.split())
"""Words that may have a capital before a name and are no part of it."""
_TITLED_PRESS = frozenset(
    ("magazine", "newspaper", "editor", "correspondent", "reporter", "columnist", "contributor", "website", "editorial")
)
"""Words of the press that may stand after a name with a capital and not belong to it."""
_SUFFIXES = frozenset(("like", "style", "owned", "led", "backed", "commissioned", "sponsored", "affiliated"))
_PREFIXES = frozenset(("ex", "non", "then", "via"))
_LINKS = frozenset(("de", "del", "della", "di", "do", "da", "du", "des", "y"))
_HAPPENINGS = frozenset(
    ("theatre", "theater", "nomination", "nominations", "nominee", "winner", "winners", "award", "awards", "operation")
)
_BEFORE_THE = FUNCTION | TOLD
_COMMON_WORD = 5
"""Tenths of its places in which a word of titles has a capital, at most."""
_INITIAL = re.compile(r"[A-Z]\.|[B-HJ-Z]")


def is_part_of_a_name(place: Place) -> bool:
    """See a name in which this one is a part: "Capitol Hill", "Fox River", "the Journal of Social Forces"."""
    return _says_otherwise(place) or _continues_a_name(place) or _goes_on(place)


def is_compound(place: Place) -> bool:
    """See "the Guardian angel", "the Guardian Council", "the Post Office": with the next word another thing."""
    following = _COMPOUNDS.get(place.tokens.strings[place.last - 1].lower())
    return following is not None and place.token(1).lower() in following


def names_somebody(place: Place) -> bool:
    """See a given name, an initial or a title before a single word: "Michael Bloomberg", "Mr. Forbes"."""
    before = place.token(-1)
    if not before[:1].isupper():
        return False
    lower = before.lower()
    return lower in word_list("first") or lower in word_list("titles") or bool(_INITIAL.fullmatch(before))


def writes(place: Place) -> bool:
    """See "wrote Tablet's Armin Rose"."""
    return place.token(-1) in ("wrote", "writes", "reports", "reported", "tweeted")


def _says_otherwise(place: Place) -> bool:
    """See words that go with another sense: "Sky+", "Post your question", "the Globe theatre", "Norte de Santander"."""
    after = place.token(1)
    if (
        is_compound(place)
        or _acts(place)
        or place.surface.lower() in FUNCTION
        or after in ("&", "®", "+")
        or names_somebody(place)
    ):
        return True
    if after == "-" and place.token(2) not in _SUFFIXES:
        return True
    if after == "of" and place.tokens.strings[place.last - 1] in PAPERS and _names_a_field(place):
        return True
    return after in OWNERS or after in _HAPPENINGS or (after in _LINKS and place.token(2)[:1].isupper())


def _acts(place: Place) -> bool:
    """See "The Sun rose", of the star: for a name of one word with its article, and not "the Sun set out"."""
    word = place.tokens.strings[place.last - 1].lower()
    alone = place.last - place.first == 1 + (place.tokens.strings[place.first] == "The")
    return alone and place.token(1) in _DOES.get(word, ()) and place.token(2) != "out"


def _continues_a_name(place: Place) -> bool:
    """See a capital before the name: "Capitol Hill", "Face the Nation", "Post-Journal"; and "anti-Federalist"."""
    before, earlier = place.token(-1), place.token(-2)
    if before == "-" and earlier.isalpha() and earlier not in _PREFIXES:
        return True
    if (
        before in ("the", "-", "&")
        and earlier[:1].isupper()
        and (before != "the" or earlier.lower() not in _BEFORE_THE)
    ):
        return True
    if before == "the" and earlier == "of" and _is_a_title(place):
        return True
    return place.tokens.field == "text" and before[:1].isupper() and before.lower() not in FUNCTION


def _is_a_title(place: Place) -> bool:
    """See "Tears of the Sun": the capital before "of the" is a common word's, not somebody's and not the sentence's."""
    word, before = place.token(-3), place.token(-4)
    return word.istitle() and before not in OPENERS and shipped_words().case.get(word.lower(), 9) < _COMMON_WORD


def _goes_on(place: Place) -> bool:
    """See a capital after the name: "Fox River", "Time's Up", "The National Bureau of Economic Research"."""
    after, following = place.token(1), place.token(2)
    if after in ("'s", "’s"):
        if any(outlet.kind == "broadcaster" for outlet in place.candidates):
            return False  # "Fox's Life, Liberty and Levin": a programme of its own
        return following[:1].isupper() and following.lower() not in word_list("first") and not writes(place)
    if after[:1].isupper() and after not in ("Editor", "Host") and following == "of":
        return True
    if place.tokens.field == "title":
        return after.lower() in word_list("heads") or after in ("President", "Chairman", "Chair", "Presidential")
    return after[:1].isupper() and not _may_follow(after.lower())


def _names_a_field(place: Place) -> bool:
    following = place.token(3) if place.token(2) == "the" else place.token(2)
    return following[:1].isupper()


def _may_follow(word: str) -> bool:
    """Tell what may follow an outlet's name with a capital: a journalist's name or post, a day or a month."""
    if word in _TITLED_PRESS or word in ("on", "chief", "white", "washington"):
        return True
    return word in word_list("first") or word in word_list("months") or word.endswith("day")
