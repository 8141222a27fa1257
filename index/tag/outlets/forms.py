"""Unknown outlets recognised by the form of their names: "the Springfield Gazette", "Radio Mogadishu", "KARE-TV"."""

import re
from collections.abc import Iterator

from index.tag.lexicon import word_list
from index.tag.outlets.context import is_spoken_of, says_something
from index.tag.outlets.described import described_names
from index.tag.outlets.place import Place, capitals_before, formed, is_people
from index.tag.tokens import FieldTokens

# Words that make a name a paper's after "the", and words that do so only where the sentence treats it as an outlet.
_SURE_WORDS = "Gazette Tribune Herald Examiner Enquirer Inquirer Chronicle Telegraph Courier Times Daily"
_SURE = frozenset(_SURE_WORDS.split())
_LIKELY_WORDS = (
    "Post Journal Observer Dispatch Sentinel Guardian Bulletin Register Ledger Star Sun Standard Mirror Mail Express "
    "Record Leader Press News Today Week Weekly Magazine Monitor Citizen Advocate Independent Reporter "
    "Advertiser Argus Echo Mercury Globe Television TV Radio Broadcasting Wire Crusader Defender Freeman Recorder "
    "Statesman Intelligencer Courant Shimbun Ilbo Zeitung Sanomat Tidende"
)
_LIKELY = frozenset(_LIKELY_WORDS.split())
_TITLED = frozenset(
    ("Report", "Review", "Voice", "Signal", "Eagle", "Reflector", "Banner", "Beacon", "Pilot", "Clarion")
)
"""Words that make a name a paper's only after "The" with a capital, where the sentence cites it."""
_NO_TITLE_NAMES = (
    "Minority Leader,Majority Leader,Opposition Leader,Party Leader,House Leader,Senate Leader,Group Leader,"
    "Supreme Leader,Penguin Press,Official Gazette,Government Gazette,Federal Gazette,Radio Science"
)
_NO_TITLES = frozenset(_NO_TITLE_NAMES.split(","))
_PAIR_NAMES = (
    "News Agency,Press Agency,News Service,News Network,Press Service,Public Radio,Public Media,Daily News,Free Press,"
    "Broadcasting Corporation,Morning News,Evening News,National Radio,State Television,Evening Standard,Sunday Times"
)
_PAIRS = frozenset(_PAIR_NAMES.split(","))
_BEFORE_TITLES = frozenset(("to", "told", "by", "in", "with", "for", "tells"))
"""Words after which "The" with a capital belongs to a name: "according to The Johnstonian News"."""
_SECONDS = frozenset(pair.split()[1] for pair in _PAIRS)
_PERIODS = frozenset(("Daily", "Sunday", "Evening", "Morning", "Weekly"))
"""Words that begin a paper's name where the sentence treats it as one: "the Daily Wobble said"."""
_NO_PAPERS_WORDS = (
    "show shows news newsletter newsletters opinion action mass service services worship school schools prayer "
    "report programme program live line politics treasury "
    "briefing edition editions digest star shift rush group angelus night morning afternoon evening league"
)
_NO_PAPERS = frozenset(_NO_PAPERS_WORDS.split())
_BROADCAST = frozenset(("TV", "Television", "Radio", "Press", "News", "Network", "Broadcasting"))
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}")
_NO_CALL_SIGNS = frozenset(("WHO", "WTO", "WWII", "KKK", "WMD", "WASP", "WNBA", "KGB", "WWI", "WWF", "WWE", "WIFI"))
_FREQUENCY = re.compile(r"(?:8[7-9]|9\d|10[0-8])(?:\.\d)?|(?:[5-9]\d\d|1[0-7]\d\d)")
_BANDS = frozenset(("TV", "FM", "AM", "DT", "LP"))
_NO_PLACE_WORDS = "city shack frequency hall corporation flyer liberty caroline hour show orchestra symphony days times"
_NO_PLACES = frozenset(_NO_PLACE_WORDS.split())


def unknown_names(tokens: FieldTokens, taken: bytearray) -> Iterator[Place]:
    """Find names that have an outlet's form and are in no table; `taken` marks the tokens that are used already."""
    for index, string in enumerate(tokens.strings):
        if taken[index]:
            continue
        place = None
        if string in _SURE or string in _LIKELY or string in _SECONDS or string in _TITLED:
            place = _titled(tokens, index, taken) or (_radio(tokens, index, taken) if string == "Radio" else None)
        if place is None and string in _PERIODS:
            place = _periodical(tokens, index, taken)
        elif string[0].isdigit():
            place = _frequency(tokens, index, taken) if _FREQUENCY.fullmatch(string) else None
        elif string[0] in "KW" and _CALL_SIGN.fullmatch(string) and string not in _NO_CALL_SIGNS:
            place = _station(tokens, index)
        if place is not None:
            taken[place.first : place.last] = b"\1" * (place.last - place.first)
            yield place
    yield from described_names(tokens, taken)


def _titled(tokens: FieldTokens, index: int, taken: bytearray) -> Place | None:
    """Read capitals that end in a paper's or an agency's word: "Yemen Post", "Kuwait News Agency"."""
    strings = tokens.strings
    first = capitals_before(tokens, index, taken)
    pair = index > 0 and f"{strings[index - 1]} {strings[index]}" in _PAIRS
    if index - first < 1 + pair or f"{strings[index - 1]} {strings[index]}" in _NO_TITLES:
        return None
    before = strings[first:index]
    place = formed(tokens, first, index + 1)
    titled = place.token(-1) == "The" and place.token(-2) in _BEFORE_TITLES
    if before == ("New",) or (strings[index] in _BROADCAST and not titled and all(is_people(w) for w in before)):
        return None
    if place.token(1)[:1].isupper() and tokens.ends[index] + 1 == tokens.starts[index + 1]:
        return None
    if place.token(1) == "of" and place.token(2)[:1].isupper():
        return None  # "The New England Journal of Medicine"
    if not (titled or pair or strings[index] in _SURE or strings[index] in _LIKELY):
        return None
    sure = pair or titled or (strings[index] in _SURE and place.token(-1) in ("the", "The"))
    return place if sure or is_spoken_of(place) else None


def _periodical(tokens: FieldTokens, index: int, taken: bytearray) -> Place | None:
    """Read "the Daily Wobble", "The Sunday Bugle": one capital after the word, where it is treated as an outlet."""
    if index + 1 >= len(tokens.strings) or taken[index + 1] or tokens.ends[index] + 1 != tokens.starts[index + 1]:
        return None
    place = formed(tokens, index, index + 2)
    following = tokens.strings[index + 1]
    if not following.istitle() or following.lower() in _NO_PAPERS or place.token(1)[:1].isupper():
        return None
    if place.token(-1) not in ("the", "The") and place.token(-1) not in ("told", "tells"):
        return None
    return place if is_spoken_of(place) or says_something(place) else None


def _radio(tokens: FieldTokens, index: int, taken: bytearray) -> Place | None:
    """Read "Radio Mogadishu": the word first, then a place."""
    place = formed(tokens, index, index + 1)
    following = place.token(1)
    if not following.istitle() or taken[index + 1] or place.token(2)[:1].isupper():
        return None
    if following.lower() in _NO_PLACES or following.lower() in word_list("first"):
        return None
    if place.token(-1)[:1].isupper() and place.token(-1) not in ("The", "On", "In"):
        return None
    return formed(tokens, index, index + 2)


def _frequency(tokens: FieldTokens, index: int, taken: bytearray) -> Place | None:
    """Read a station called by its frequency: "NewsTalk 990 AM", "told Mix 104.9"."""
    first = capitals_before(tokens, index, taken)
    banded = index + 1 < len(tokens.strings) and tokens.strings[index + 1] in _BANDS
    if first == index or tokens.ends[index - 1] + 1 != tokens.starts[index]:
        return None
    place = formed(tokens, first, index + 1 + banded)
    return place if banded or ("." in tokens.strings[index] and is_spoken_of(place)) else None


def _station(tokens: FieldTokens, index: int) -> Place | None:
    """Read American call signs: "KARE-TV", and "WBUR" where the words beside it say that it is a station."""
    place = formed(tokens, index, index + 1)
    if place.token(1) == "-" and place.token(2) in _BANDS:
        return formed(tokens, index, index + 3)
    told = place.token(-1) in ("affiliate", "station", "told") or place.token(1) in ("reported", "radio", "reporter")
    return place if told and len(tokens.strings[index]) == 4 else None
