"""What the words around a name say about its bearer: an office (`Sen.`), and whether a man or a woman is meant."""

import re
from enum import Enum

from index.tag.kinds import kind_of
from index.tag.tokens import Span


class Sex(Enum):
    """What an honorific or a word for a relative says."""

    FEMALE = "female"
    MALE = "male"


_OFFICE_WORDS = {
    "senator": "sen. sen sens. sens senator senators",
    "representative": "rep. rep reps. reps representative representatives congressman congresswoman",
    "governor": "gov. gov govs. govs governor governors",
    "mayor": "mayor mayors",
    "president": "president presidents pres. pres",
    "speaker": "speaker",
    "judge": "judge judges justice justices magistrate",
    "sheriff": "sheriff",
    "secretary": "secretary",
    "chancellor": "chancellor",
    "doctor": "dr. dr drs. doctor doctors",
    "professor": "prof. prof profs. professor professors",
    "bishop": "bishop archbishop bishops",
    "coach": "coach",
}
_OFFICES = {word: office for office, words in _OFFICE_WORDS.items() for word in words.split()}
_VICE = frozenset(["vice", "vice-president", "veep"])
_FEMALE_WORDS = (
    "mrs. mrs ms. ms miss mme madame lady dame queen princess duchess countess baroness empress sister widow wife "
    "mother daughter niece aunt granddaughter grandmother girlfriend ex-wife congresswoman councilwoman "
    "assemblywoman chairwoman spokeswoman actress"
)
_MALE_WORDS = (
    "mr. mr messrs. messrs sir lord king prince duke earl count baron emperor father brother widower husband son uncle "
    "nephew grandson grandfather boyfriend ex-husband"
)
_SEXES = {
    **dict.fromkeys(_FEMALE_WORDS.split(), Sex.FEMALE),
    **dict.fromkeys(_MALE_WORDS.split(), Sex.MALE),
}
_WOMEN_WORDS = (
    "abigail alice alison amanda amy andrea angela ann anna anne barbara betty brenda caroline carol catherine "
    "charlotte christina cindy claire clara cynthia deborah debra diana diane donna dorothy edith eleanor elena "
    "elizabeth ellen emily emma eva florence gloria grace hannah heather helen hillary irene ivanka jacqueline jane "
    "janet jennifer jenny jessica jill joan joanna joyce judith judy julia julie karen kate katherine kathleen "
    "kathryn katie kimberly lena kirsten laura lauren linda lisa lucy margaret maria marie martha mary melania "
    "melissa michelle monica nancy natalie nicole nina olivia pamela patricia paula priscilla rachel rebecca "
    "rosalynn rose ruth sally sandra sara sarah sharon sheila shirley sonia sophia sophie stephanie susan suzanne "
    "teresa theresa tiffany ursula vanessa vera veronica victoria virginia winnie wendy yvonne"
)
_MEN_WORDS = (
    "aaron adam alan albert alexander andrew anthony antonio arthur barack benjamin bernard bill bob brian bruce "
    "carlos charles chris christopher chuck clarence colin craig daniel david dennis donald douglas dwight edward eric "
    "eugene francis frank fred frederick gary george gerald gordon greg gregory harold harry henry howard hugh jack "
    "jacob james jason jeff jeffrey jeremy jerry jim jimmy joe john jonathan jose joseph joshua juan keith kenneth "
    "kevin larry lawrence louis luis mark martin matthew michael mike mitch mohammed nicholas patrick paul peter "
    "philip phillip ralph raymond richard rob robert roger ron ronald roy rudy samuel scott sean simon stephen steve "
    "steven stuart ted thomas tim timothy todd tom tommy tony victor vincent vladimir walter warren wayne william"
)
_GIVEN = {**dict.fromkeys(_WOMEN_WORDS.split(), Sex.FEMALE), **dict.fromkeys(_MEN_WORDS.split(), Sex.MALE)}
RELATIVES = (
    "brother sister wife husband son daughter father mother widow widower cousin nephew niece uncle aunt grandson "
    "granddaughter grandfather grandmother twin stepson stepdaughter half-brother half-sister"
)
"""Words for relatives, divided by blanks."""

_RELATIVE = rf"(?:[\w-]+\s){{0,2}}(?:{'|'.join(RELATIVES.split())})"
_WHOSE_BEFORE = re.compile(rf"\b(?:[Hh]is|[Hh]er|[Tt]heir|whose|[Mm]y|\w+['’]s)\s{_RELATIVE},?\s$")
_WHOSE_AFTER = re.compile(rf",\s(?:his|her|their)\s{_RELATIVE}\b")
_REACH = 3
_AFTER = 7


def is_relative(span: Span) -> bool:
    """Tell whether a name is said to be a relative's: `his brother Leo Quill`, `Ann Quill, his wife`."""
    text = span.tokens.text
    return bool(_WHOSE_BEFORE.search(text, max(0, span.start - 60), span.start) or _WHOSE_AFTER.match(text, span.end))


def sex_of_given(word: str) -> Sex | None:
    """Tell whose name a folded given name is; None for one that both bear, or that is not listed."""
    return _GIVEN.get(word)


def sex_before(span: Span) -> Sex | None:
    """Read Mr., Mrs. or a word for a relative right before a name: `Mr. Quill`, `his widow, Ann Quill`."""
    words = _words_before(span, _REACH)
    if words and words[-1] == ",":
        words = words[:-1]
        if len(words) < 2 or words[-2] not in ("his", "her", "their", "my", "whose"):
            return None
    return _SEXES.get(words[-1]) if words else None


def offices_before(span: Span) -> frozenset[str]:
    """Read the offices before a name: `Sen. Quill`, `former Gov. Ann Quill`; a vice president is no president."""
    words = _words_before(span, _REACH)
    found = frozenset(_OFFICES[word] for word in words[-1:] if word in _OFFICES)
    if words[-2:-1] and words[-2] in _VICE:
        return frozenset(["vice president"])
    return found


def offices_after(span: Span) -> frozenset[str]:
    """Read the office after a full name and a comma: `Ann Quill, the Republican governor of Ohio,`."""
    tokens = span.tokens
    end = tokens.bounds[tokens.sentences[span.first] + 1]
    strings = tokens.strings[span.last : min(end, span.last + _AFTER)]
    if strings[:1] != (",",):
        return frozenset()
    until = strings.index(",", 1) if "," in strings[1:] else len(strings)
    return frozenset(_OFFICES[string] for string in strings[1:until] if string in _OFFICES)


def _words_before(span: Span, number: int) -> tuple[str, ...]:
    begin = span.tokens.bounds[span.tokens.sentences[span.first]]
    strings = span.tokens.strings[max(span.first - number, begin) : span.first]
    return tuple(kind_of(string).lower for string in strings)
