"""The words of which dates are made, and what they count."""

import re

_MONTH_NAMES = "january february march april may june july august september october november december"
_WEEKDAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday"
_NUMBER_NAMES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_ORDINAL_NAMES = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
)
_DECADE_NAMES = "twenties thirties forties fifties sixties seventies eighties nineties"

MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES.split(), 1)}
MONTHS |= {name[:3]: number for name, number in tuple(MONTHS.items())} | {"sept": 9}
WEEKDAYS = {name: number for number, name in enumerate(_WEEKDAY_NAMES.split())}
WEEKDAYS |= {name[:3]: number for name, number in tuple(WEEKDAYS.items())} | {"tues": 1, "thur": 3, "thurs": 3}
# A season has the value of its first month, in the northern hemisphere, where nearly all of the English press is.
SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}
NUMBERS = {name: number for number, name in enumerate(_NUMBER_NAMES.split())}
NUMBERS |= {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100}
VAGUE_NUMBERS = frozenset(("several", "few", "couple", "many"))
ORDINALS = {name: number for number, name in enumerate(_ORDINAL_NAMES.split(), 1)}
DECADES = {name: 20 + 10 * number for number, name in enumerate(_DECADE_NAMES.split())}

# Fragments of regular expressions. Months and weekdays keep their capital: "may", "march" and "sun" are words.
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|Jun(?:e|\.)?|Jul(?:y|\.)?|Aug(?:ust|\.)?"
    r"|Sep(?:tember|t\.?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
    r"|JAN(?:UARY|\.)?|FEB(?:RUARY|\.)?|MAR(?:CH|\.)?|APR(?:IL|\.)?|MAY|JUNE?\.?|JULY?\.?|AUG(?:UST|\.)?"
    r"|SEP(?:TEMBER|T\.?|\.)?|OCT(?:OBER|\.)?|NOV(?:EMBER|\.)?|DEC(?:EMBER|\.)?)(?![A-Za-z])"
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)(?:day|DAY)(?![A-Za-z])"
SHORT_WEEKDAY = (
    r"(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\.?(?=,?\s+(?:\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d\w]|[.,:/]\d)"
YEAR = r"(?:1[5-9]|20)\d\d(?![\d\w]|,\d\d\d)"

_LETTERS = re.compile(r"[a-z]+")


def month_number(name: str) -> int:
    """Give 1-12 for a month's name or abbreviation in any case."""
    found = _LETTERS.match(name.lower())
    assert found is not None, name
    return MONTHS[found.group()]


def weekday_number(name: str) -> int:
    """Give 0 (Monday) to 6 for a weekday's name or abbreviation in any case."""
    found = _LETTERS.match(name.lower())
    assert found is not None, name
    return WEEKDAYS[found.group()]


def small_number(text: str) -> int | None:
    """Give the number that digits or a word up to a hundred stand for; None for "several" and the like."""
    word = text.lower().strip()
    return int(word) if word.isdecimal() else NUMBERS.get(word)


def unit_name(text: str) -> str:
    """Give the singular of a unit: "weeks" → "week", "centuries" → "century"."""
    word = text.lower()
    return "century" if word.startswith("centur") else word.removesuffix("s")
