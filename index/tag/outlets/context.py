"""Whether the words around an ambiguous name ("Time", "the Post", "Fox") show that an outlet is meant."""

import re

from index.tag.outlets.place import Place

STRONG, WEAK, NONE, AGAINST = 2, 1, 0, -1

_PAPER_WORDS = (
    "Times Post Journal Herald Tribune Globe Gazette Guardian Telegraph Examiner Monitor Chronicle Inquirer Enquirer "
    "Observer Courier Beacon Dispatch Sentinel Register Mirror Mail Express Standard Argus Bulletin Ledger Mercury "
    "Advertiser Bee Trib Daily Statesman Oregonian Tennessean Coloradoan Missourian Courant Picayune Blade Sun Atlantic "
    "Economist Intercept Federalist Blaze Beast Verge Recorder Reporter Onion Spectator Crimson Spokesman News"
)
PAPERS = frozenset(_PAPER_WORDS.split())
"""Last words of papers' names: with a capital after "the" they are names already."""

_TOLD_WORDS = "told tells telling via per informed"
_TOLD = frozenset(_TOLD_WORDS.split())
_PRESS_WORDS = (
    "magazine Magazine newspaper newspapers paper daily tabloid weekly broadsheet reporter reporters correspondent correspondents columnist "
    "columnists editor editors journalist journalists anchor anchors host hosts contributor contributors commentator "
    "pundit analyst editorial editorials editorialist op-ed newsroom reported reports reporting wrote writes published "
    "publishes website headline headlines article articles interview interviewer story cover magazine's newspaper's "
    "blogger bureau podcast photographer photojournalist tv TV network channel affiliate airs aired broadcast staffer "
    "cohost co-host personality exclusive poll survey masthead newsletter subscribers readers freelancer newscast"
)
_PRESS = frozenset(_PRESS_WORDS.split())
_BY_WORDS = frozenset(("by", "with", "in", "from", "for", "of", "at", "to", "on"))
_BY_HEAD_WORDS = (
    "reported obtained published quoted cited interviewed interview interviews reviewed article articles story stories "
    "report reports piece op-ed column columns columnist editorial essay wrote writes writing written appeared reporter "
    "reporters correspondent editor editors publisher contributor journalist host anchor commentator photographer "
    "printed profile quote feature ad ads adverts broke investigation analysis poll conducted coverage cover issue "
    "pages edition readers headline headlines journalists provided emailed statement speaking spoke confirmed "
    "leaked survey appearance appearances appearing commentary surveyed revealed"
)
_BY_HEADS = frozenset(_BY_HEAD_WORDS.split())
_SAID = frozenset(("said", "says", "noted", "notes", "found", "finds", "revealed", "added", "claimed", "claims", "asked", "argues", "suggests", "obtained", "reveals", "quoted", "cited", "called", "learned", "ran", "adds", "broke"))
_OPENERS = frozenset(("", "“", '"', "‘", "'", "(", ":", "—", "–", "-", "[", "*", "•", ".", "?", "!", "|"))
_TITLES = frozenset(
    "Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. Sen. Rep. Gov. President Senator Mayor Secretary Judge Justice Sir Lord Lady Prof. Professor Capt. Gen. Sgt. Col.".split()
)
_NAME = re.compile(r"[A-Z][\w'’.-]*")


def evidence(place: Place) -> int:
    """Weigh the words around a name: STRONG says that it is an outlet, AGAINST that it is part of something else."""
    if _is_part_of_a_name(place):
        return AGAINST
    if _left_says(place) or _right_says(place):
        return STRONG
    last_word, article = place.tokens.strings[place.last - 1], place.tokens.strings[place.first]
    mid_sentence = place.token(-1) not in _OPENERS and place.tokens.field == "text"
    if last_word in PAPERS and (
        (article == "The" and mid_sentence) or (place.token(-1) == "the" and place.token(1) not in ("&", "and"))
    ):
        return STRONG
    if article == "The" and mid_sentence and place.last - place.first > 1:
        return WEAK
    if place.surface.isupper() and len(place.surface) > 3 and _neighbours_are_lower(place):
        return WEAK
    return NONE


def _left_says(place: Place) -> bool:
    """See "told Time", "according to Time", "an interview with Time", "an article in Time"."""
    offset = -2 if place.token(-1) in ("the", "The", "a") else -1
    word = place.token(offset).lower()
    before = place.token(offset - 1).lower()
    if word in _TOLD or (word == "to" and before == "according"):
        return True
    if word in _BY_WORDS and (before in _BY_HEADS or place.token(offset - 2).lower() in _BY_HEADS):
        return word != "of" or before in ("cover", "editor", "host", "publisher", "issue", "pages", "edition", "readers")
    return word in ("magazine", "newspaper", "tabloid", "network", "website", "broadcaster") and place.token(offset) == word


def _right_says(place: Place) -> bool:
    """See "Time magazine", "Time reported", "Time's John Smith", "Time reporter"."""
    word, following = place.token(1), place.token(2)
    if word in ("'s", "’s", "'", "’"):
        return following in _PRESS or (bool(_NAME.fullmatch(following)) and bool(_NAME.fullmatch(place.token(3))))
    if word in _PRESS:
        return True
    if word in ("first", "previously", "also", "later", "White", "political", "chief", "senior", "national") and (
        following in _PRESS or place.token(3) in _PRESS
    ):
        return True
    if word in (")", "]") and place.token(-1) in ("(", "["):
        return place.token(2) in ("-", "–", "—", "--") or place.tokens.field == "text"
    return word in _SAID and place.token(-1) not in _OPENERS


def _is_part_of_a_name(place: Place) -> bool:
    """See another capital beside it: "Capitol Hill", "Fox River", "Sun Life", "Michael J. Fox"."""
    before, after = place.token(-1), place.token(1)
    if after in ("&", "®"):
        return True
    if after == "-" and place.token(2)[:1].isupper():
        return True
    if before in _TITLES or (before == "-" and place.token(-2)[:1].isupper()):
        return True
    if place.tokens.field == "title":
        return False
    if before[:1].isupper() and before not in _SENTENCE_WORDS and place.token(-2) not in _OPENERS | {","}:
        return True
    if before[:1].isupper() and before not in _SENTENCE_WORDS and not place.safe:
        return True
    return after[:1].isupper() and after.lower() not in _PRESS and not _person_follows(place)


_SENTENCE_WORDS = frozenset(
    "The In On At As By For From With When While But And If A An According To Via Like This That Even Former Per After Before Since Both Not Or What Then Now Also Last Earlier Meanwhile However CEO Of Read Watch Today Yesterday Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)


def _person_follows(place: Place) -> bool:
    """See "Fox host Sean Hannity" and "Times’ Maggie Haberman" apart from "Fox River": two or more capitals follow."""
    return bool(_NAME.fullmatch(place.token(2))) and not place.token(2).isupper()


def _neighbours_are_lower(place: Place) -> bool:
    words = [word for word in (place.token(-1), place.token(1), place.token(2), place.token(-2)) if word.isalpha()]
    return len(words) > 1 and not any(word.isupper() for word in words)
