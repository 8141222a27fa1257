"""Unknown outlets recognised by the form of their names: "the Springfield Gazette", "Radio Mogadishu", "KARE-TV"."""

import re
from collections.abc import Iterator

from index.tag.lexicon import word_list
from index.tag.outlets.context import is_spoken_of
from index.tag.outlets.place import Place
from index.tag.tokens import FieldTokens

_SURE_WORDS = "Gazette Tribune Herald Examiner Enquirer Inquirer Chronicle Telegraph Courier Times"
_SURE = frozenset(_SURE_WORDS.split())
_LIKELY_WORDS = (
    "Post Journal Observer Dispatch Sentinel Guardian Bulletin Register Ledger Star Sun Standard Mirror Mail Express "
    "Record Leader Press News Today Week Weekly Magazine Monitor Citizen Advocate Independent Reporter Daily Advertiser "
    "Argus Echo Mercury Globe Television TV Radio Broadcasting Network Media Wire"
)
_LIKELY = frozenset(_LIKELY_WORDS.split())
_AGENCIES = frozenset(
    (("News", "Agency"), ("Press", "Agency"), ("News", "Service"), ("News", "Network"), ("Press", "Service"))
    + (("Public", "Radio"), ("Public", "Media"), ("Broadcasting", "Corporation"), ("Daily", "News"), ("Free", "Press"))
    + (("Morning", "News"), ("Evening", "News"), ("National", "Radio"), ("State", "Television"), ("State", "TV"))
    + (("Evening", "Standard"), ("Sunday", "Times"))
)
_APPOSED = re.compile(
    r"\b(?:newspaper|magazine|tabloid|news agency,?|broadcaster|news (?:web)?site|TV (?:channel|station)|"
    r"(?:television|radio) (?:station|channel)|news channel|(?:news|media) outlet)\s(?:the\s)?(?=[A-ZÀ-Þ])"
)
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}")
_NO_CALL_SIGNS = frozenset(("WHO", "WTO", "WWII", "KKK", "WMD", "WMDS", "WASP", "WNBA", "KGB", "WWI", "WWF", "WWE", "WIFI", "WSJ", "KFC", "WEF", "WFP", "KLM"))
_BAND = frozenset(("TV", "FM", "AM", "DT", "LP"))
_CAPITAL = re.compile(r"[A-ZÀ-ÞĀ-Ž](?:[\w'’.]*[\w.])?|(?:al|el)")
_NO_STATIONS = frozenset(("city", "shack", "frequency", "hall", "corporation", "flyer", "liberty", "caroline", "hour", "show"))
_NO_HEADS_WORDS = (
    "The A An In On At As By For From With When While But And If According To Via Former After Before Since Not Or "
    "What Then Now Also Last Meanwhile However Of Today Yesterday Our His Her Their My Your Its This That These "
    "Those Hard Modern Old Roman Medieval End Ancient Troubled New Good Bad Apple Samsung Google Cable Reality Smart Live Social Digital Mass "
    "State National Local Central Foreign International Mainstream Monday Tuesday Wednesday Thursday Friday Saturday Sunday Washington"
)
_NO_HEADS = frozenset(_NO_HEADS_WORDS.split())
_LONGEST = 4


def unknown_names(tokens: FieldTokens, taken: bytearray) -> Iterator[Place]:
    """Find names that have an outlet's form and are in no table; `taken` marks the tokens that are used already."""
    strings = tokens.strings
    for index, string in enumerate(strings):
        if taken[index]:
            continue
        place = None
        if string in _SURE or string in _LIKELY or string in ("Agency", "Service", "Corporation"):
            place = _titled(tokens, index, taken)
        elif string == "Radio":
            place = None
        elif string[0] in "KW" and _CALL_SIGN.fullmatch(string) and string not in _NO_CALL_SIGNS:
            place = _station(tokens, index)
        if place is not None:
            for used in range(place.first, place.last):
                taken[used] = 1
            yield place
    yield from _described(tokens, taken)
    yield from _apposed(tokens, taken)


def _titled(tokens: FieldTokens, index: int, taken: bytearray) -> Place | None:
    """Read the capitals that end in a paper's or an agency's word."""
    strings = tokens.strings
    if index + 1 < len(strings) and strings[index + 1][:1].isupper() and tokens.ends[index] + 1 == tokens.starts[index + 1]:
        return _radio(tokens, index, taken)
    first = _first_capital(tokens, index, taken)
    pair = (strings[index - 1], strings[index]) if index else ("", "")
    agency = pair in _AGENCIES
    if index - first < (2 if agency else 1) or strings[index] in ("Agency", "Service", "Corporation") and not agency:
        return _radio(tokens, index, taken)
    place = Place(tokens=tokens, first=first, last=index + 1, value=_text(tokens, first, index + 1), via="form of the name")
    if agency:
        return place
    spoken_of = is_spoken_of(place)
    if strings[index] in _SURE and (place.token(-1) in ("the", "The") or spoken_of):
        return place
    return place if spoken_of and strings[index] != "Media" else None


def _radio(tokens: FieldTokens, index: int, taken: bytearray) -> Place | None:
    """Read "Radio Mogadishu": the word first, then a place."""
    strings = tokens.strings
    if strings[index] != "Radio" or index + 1 >= len(strings) or taken[index + 1]:
        return None
    following = strings[index + 1]
    if not following[:1].isupper() or following.isupper() or following.lower() in _NO_STATIONS or following.lower() in word_list("first"):
        return None
    if index and strings[index - 1][:1].isupper() and strings[index - 1].lower() not in ("the", "on", "in"):
        return None
    place = Place(tokens=tokens, first=index, last=index + 2, value=_text(tokens, index, index + 2), via="form of the name")
    return None if place.token(1)[:1].isupper() else place


def _station(tokens: FieldTokens, index: int) -> Place | None:
    """Read American call signs: "KARE-TV", "WBUR" where the words around it say that it is a station."""
    strings = tokens.strings
    if strings[index + 1 : index + 2] == ("-",) and strings[index + 2 : index + 3] and strings[index + 2] in _BAND:
        return Place(tokens=tokens, first=index, last=index + 3, value=_text(tokens, index, index + 3), via="form of the name")
    place = Place(tokens=tokens, first=index, last=index + 1, value=strings[index], via="form of the name")
    told = place.token(-1) in ("affiliate", "station", "told") or place.token(1) in ("reported", "radio", "reporter")
    return place if told and len(strings[index]) == 4 else None


def _described(tokens: FieldTokens, taken: bytearray) -> Iterator[Place]:
    """Read "the Okaz newspaper", "Fars news agency", "the newspaper Milenio", "state broadcaster CCTV"."""
    text = tokens.text
    for match in _DESCRIBED.finditer(text):
        index = tokens.index_at(match.start())
        first = _first_capital(tokens, index, taken) if index else 0
        if first < index and tokens.ends[index - 1] + 1 == match.start() and not taken[index - 1]:
            place = Place(tokens=tokens, first=first, last=index, value=_text(tokens, first, index), via="form of the name")
            if _is_a_name_of_its_own(place):
                yield place


_DESCRIBED = re.compile(
    r"\b(?:newspaper|magazine|tabloid|news agency|news site|news website|news channel|TV station|TV channel|"
    r"television station|television channel|radio station|news portal)\b"
)


_PEOPLES = ("an", "ese", "ish", "ch", "i")


def _apposed(tokens: FieldTokens, taken: bytearray) -> Iterator[Place]:
    """Read "the newspaper Milenio", "the state broadcaster CCTV", "the news site NKNews.org"."""
    for match in _APPOSED.finditer(tokens.text):
        first = tokens.index_at(match.end())
        last = first
        while last < len(tokens.strings) and last - first < _LONGEST and not taken[last]:
            string = tokens.strings[last]
            if not _CAPITAL.fullmatch(string) or (last > first and tokens.ends[last - 1] + 1 < tokens.starts[last]):
                break
            last += 1
        if first + 1 < last and tokens.strings[first] == "The":
            first += 1
        elif last == first or tokens.strings[first] == "The" or tokens.starts[first] != match.end():
            continue
        word = tokens.strings[first].lower()
        if word in word_list("first") or word in word_list("months") or word in word_list("demonyms") or word.endswith("day"):
            continue
        place = Place(tokens=tokens, first=first, last=last, value=_text(tokens, first, last), via="form of the name")
        if not taken[first]:
            yield place


def _is_a_name_of_its_own(place: Place) -> bool:
    """Tell "Okaz newspaper" from "British newspaper", "Chicago newspaper" and "Sunday newspaper"."""
    words = [word.lower() for word in place.tokens.strings[place.first : place.last]]
    if len(words) == 1:
        follows = place.token(-1) in ("the", "'s", "’s", "in", "by", "run", "official", "local", "state", "national")
        return follows and words[0] not in word_list("demonyms") and not words[0].endswith(_PEOPLES)
    return not all(word in word_list("demonyms") for word in words)


def _first_capital(tokens: FieldTokens, index: int, taken: bytearray) -> int:
    """Go back over the capitals that stand before `index` without punctuation between them."""
    first = index
    while first > 0 and index - first < _LONGEST and not taken[first - 1]:
        before = tokens.strings[first - 1]
        joined = tokens.ends[first - 1] + 1 >= tokens.starts[first] and "\n" not in tokens.text[tokens.ends[first - 1] : tokens.starts[first]]
        if not joined or tokens.sentences[first - 1] != tokens.sentences[first]:
            break
        if not _CAPITAL.fullmatch(before) or before in _NO_HEADS or before.endswith("."):
            break
        first -= 1
    return first


def _text(tokens: FieldTokens, first: int, last: int) -> str:
    return tokens.text[tokens.starts[first] : tokens.ends[last - 1]]
