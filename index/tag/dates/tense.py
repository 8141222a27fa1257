"""Whether a sentence speaks of the past or of the future at the place where it names a date.

A date goes with the verb before it in its clause ("said Tuesday that he will" is past, "will meet Tuesday" future);
where there is none, with the first verb after it ("On Tuesday, voters will ..."). No parser: signal words and the
endings of verbs, which is what the resolution of a weekday needs and what the speed allows.
"""

import re

_REACH = 220
_SENTENCE_END = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?…][\"”’')]*\s+(?=[A-Z“\"‘'(])|\n")
_MONTHS = ("May", "March")
# The present of what is on a calendar looks ahead: "the talks resume on Monday"; what is a noun too needs a subject.
_CALENDAR_WORDS = (
    "goes resumes resume begin meets faces plays travels arrives departs kicks expires closes concludes convenes "
    "reconvenes airs premieres takes sits opens flies testifies"
)
_CALENDAR = frozenset(_CALENDAR_WORDS.split())
_CALENDAR_VERBS_WORDS = "go meet play travel vote head face close open start end leave fly return"
_CALENDAR_VERBS = frozenset(_CALENDAR_VERBS_WORDS.split())
# What somebody does on a day to come: "gives a speech Friday"; before an object only, for "the visits on Friday".
_ENGAGEMENTS = frozenset(("gives", "delivers", "hosts", "addresses", "attends", "visits", "holds", "celebrates"))
_OBJECTS = frozenset(("a", "an", "the", "his", "her", "its", "their", "another"))
# "Effective from Monday", "starting Sunday": right before the date.
_FROM_THEN_ON = frozenset(("effective", "beginning", "starting"))
_UP_TO_THE_DATE = frozenset(("from", "on", "as", "of", "this", "next"))
_PRONOUNS = frozenset(("they", "we", "you"))
_NO_PLURALS = frozenset(("this", "his", "its", "as", "was", "is", "has", "us", "yes", "plus", "less", "always", "does"))
# Words that look ahead only beside others: "set to", "set for", "plans to", "is due".
_AHEAD_WITH = {
    "set": frozenset(("to", "for")),
    "plans": frozenset(("to",)),
    "due": frozenset(("is", "are", "was", "were", "be")),
}
_INFINITIVE = ("to",)
_DUE_WORDS = (
    "start begin open close take meet be appear arrive end return leave play face go hold speak visit vote resume give "
    "make come sign fly finish attend launch expire run travel decide hear publish release announce stand step retire"
)
_DUE = frozenset(_DUE_WORDS.split())
"""What may be due: "due to start Monday" looks ahead, "delayed due to rain Monday" does not."""
_TOKEN = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_FUTURE_WORDS = (
    "will won't shall would could might may scheduled expected slated planned planning upcoming "
    "begins starts opens expects tomorrow soon"
)
_FUTURE = frozenset(_FUTURE_WORDS.split())
_PAST_WORDS = (
    "was were had did said told went came got gave took made left met won lost held began became saw knew found "
    "thought ran sent spent built fell fought led paid rose shot sold spoke stood struck taught threw wore wrote "
    "drew drove flew grew heard broke brought bought caught chose felt kept laid swore tore woke hid bit blew "
    "dealt fled sought shook sank slept stole swept swung understood withdrew overcame wasn't weren't hadn't "
    "didn't shut since has have hasn't haven't ended says"
)
_PAST = frozenset(_PAST_WORDS.split())
_NOT_VERBS_WORDS = (
    "united need speed indeed hundred bed red feed breed seed weed bleed deed exceed proceed succeed shed sacred "
    "naked alleged so-called armed unarmed limited supposed need embed sped kindred wicked"
)
_NOT_VERBS = frozenset(_NOT_VERBS_WORDS.split())


def direction(text: str, start: int, end: int) -> int:
    """Give -1 where the words around text[start:end] speak of the past, 1 of the future, 0 where they do not tell."""
    left = _left_clause(text, start)
    tokens = _words(left)
    opens = len(tokens) < 2
    for place in range(len(tokens) - 1, -1, -1):
        sign = _sign(tokens, place) or _is_an_engagement(tokens, place) or _takes_effect(tokens, place)
        if sign:
            return sign
    right = text[end : end + _REACH]
    stop = _SENTENCE_END.search(right)
    tokens = _words(right[: stop.start()] if stop else right)
    for place in range(len(tokens)):
        # "On Friday, she gives a speech", but "the ruling on Friday gives the firm a month".
        sign = _sign(tokens, place) or (opens and _is_an_engagement(tokens, place))
        if sign:
            return sign
    return 0


def _words(text: str) -> list[str]:
    # "May" is the month here: the auxiliary at the head of a sentence is rarer than it.
    return [token.lower() for token in _TOKEN.findall(text.replace("’", "'")) if token not in _MONTHS]


def _left_clause(text: str, start: int) -> str:
    left = text[max(0, start - _REACH) : start]
    cut = 0
    for stop in _SENTENCE_END.finditer(left):
        cut = stop.end()
    return left[cut:]


def _is_on_the_calendar(token: str, before: str) -> bool:
    """See "the talks resume on Monday", "they play on Sunday"; not "to resume" nor "the play"."""
    if token in _CALENDAR:
        return before not in _INFINITIVE
    plural = (
        len(before) > 2 and before.endswith("s") and not before.endswith(("'s", "ss")) and before not in _NO_PLURALS
    )
    subject = plural or before in _PRONOUNS
    return token in _CALENDAR_VERBS and subject


def _is_an_engagement(tokens: list[str], place: int) -> bool:
    return tokens[place] in _ENGAGEMENTS and place > 0 and not _OBJECTS.isdisjoint(tokens[place + 1 : place + 2])


def _takes_effect(tokens: list[str], place: int) -> bool:
    """See "effective from Monday", "the rules come into force on Monday", "the debate is on Monday"."""
    if tokens[place] in ("is", "are"):
        return _UP_TO_THE_DATE.issuperset(tokens[place + 1 :])
    if tokens[place] == "into" and tokens[place + 1 : place + 2] in (["effect"], ["force"]):
        return tokens[place - 1 : place] in (["come"], ["comes"], ["go"])
    return tokens[place] in _FROM_THEN_ON and _UP_TO_THE_DATE.issuperset(tokens[place + 1 :])


def _sign(tokens: list[str], place: int) -> int:
    token = tokens[place]
    if token in _FUTURE or token.endswith("'ll"):
        # "had planned", "was expected": the plan is past, but what was planned lies ahead of it.
        return 1
    if token in _AHEAD_WITH:
        beside = tokens[place - 1 : place] + tokens[place + 1 : place + 2]
        return 1 if _AHEAD_WITH[token] & set(beside) else 0
    if token in _INFINITIVE:
        # "is to meet", "to be held" lie ahead; any other infinitive leaves it to the verb that governs it.
        before, after = tokens[place - 1 : place], tokens[place + 1 : place + 2]
        due = before == ["due"] and not _DUE.isdisjoint(after)
        return 1 if due or before in (["is"], ["are"]) or after == ["be"] else 0
    if _is_on_the_calendar(token, tokens[place - 1] if place else ""):
        return 1
    if token in _PAST or (token.endswith("ed") and len(token) > 3 and token not in _NOT_VERBS):
        # "to be held", "will be announced": the auxiliary tells, not the participle.
        return 0 if "be" in tokens[max(0, place - 2) : place] else -1
    return 0
