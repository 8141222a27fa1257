"""Words that were read as words, but may have been meant otherwise: what to type in that case."""

import re
from itertools import pairwise, takewhile

from search.language import N_, _, gettext
from search.query.lexer import OPERATORS, Token
from search.query.notes import Notes, said
from search.query.tree import MAX_DISTANCE
from search.request import NONE

MAX_NAME = 5
"""Words behind a field that are taken for one name."""

_LOWER_OPERATORS = {"or", "and", "near"}
_BRACKETS = {"[", "{"}
_NAMES = {"person", "outlet", "publisher", "by"}
_TEXTS = {"", "title", "text", "said"}
_OPERAND = {"word", "phrase", "exact"}
_ENDS = _OPERAND | {"close"}
_BEGINS = _OPERAND | {"field", "open", "not"}

_QUESTION = re.compile(
    r"\W*(?:who|whom|whose|what|when|where|why|how|which|is|are|was|were|am|do|does|did|has|have|had|can|could|will|would"
    r"|shall|should|may|might|must)(?:n['’]t|['’]s)?\s",
    re.IGNORECASE,
)
_MARKED = re.compile(r"\w(\?+)[^\w*?]*$")
_CUT_SHORT = re.compile(r"[a-z]{2,}!+")
_SIGNS = re.compile(r"(?<=[^\W\d_])(?:\++|#)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\.\w+", re.IGNORECASE)
_PATTERN = re.compile(r"/.+/")
_DAY = r"\d{4}(?:[-/.]\d{1,2}){1,2}"
_DATE = re.compile(
    rf"{_DAY}|\d{{4}}(?:-\d{{1,2}}){{0,2}}\.\.(?:\d{{4}}(?:-\d{{1,2}}){{0,2}})?|\d{{1,2}}([/.])\d{{1,2}}\1\d{{4}}"
)
_DAYS = N_("Articles of a day or of some days are date:2021-11-05 and date:2021-11..2021-12.")
_OPENING = re.compile(r"[(\[]*(?:['‘`]{1,2}|‚)(?![\d'‘’`])\w")
_CLOSING = re.compile(r"\w[?!.,;:]*['’`´]{1,2}[)\].,;:?!]*$")
_WITHIN = re.compile(r"[NW](\d{1,2}) .*|WITHIN (\d{1,2})", re.DOTALL)
_IN_QUOTES = re.compile(r"\b(?:AND|OR|NOT|NEAR(?:/\d+)?)\b")


def hint(query: str, tokens: list[Token], notes: Notes) -> None:
    """Note words that look like operators, wildcards, dates or phrases of other systems and were searched as words."""
    question = bool(_QUESTION.match(query))
    scopes = [""]
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else None
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        field = before.text if before and before.kind == "field" else ""
        if token.kind == "open":
            _none(tokens[place - 1 : place + 3], notes)
            scopes.append(field or scopes[-1])
        elif token.kind == "close" and len(scopes) > 1:
            scopes.pop()
        elif token.kind == "word":
            if not field:
                _operator(token, before, after, notes)
            elif token.text in OPERATORS:
                message = _("“%(text)s” behind “%(field)s:” was searched as a word.", text=token.text, field=field)
                advice = _("Operators stand before a field: %(text)s %(field)s:biden.", text=token.text, field=field)
                notes.add("operator-as-value", message, token.start, token.end, advice=advice)
            if (field or scopes[-1]) in _TEXTS:
                _writing(token, notes)
                _mark(token, notes, question=question)
        if token.kind == "phrase":
            _quotes(token, before, after, notes)
        if token.kind == "field" and token.text in _NAMES:
            _name(token, tokens[place + 1 : place + 1 + MAX_NAME], notes)
    _single_quotes(tokens, notes)


def _none(tokens: list[Token], notes: Notes) -> None:
    """Note `person:(none)`, whose parentheses group a word: the value for nobody stands in quotes."""
    if [one.kind for one in tokens] != ["field", "open", "word", "close"] or tokens[0].text not in _NAMES:
        return
    if f"({tokens[2].text.lower()})" == NONE:
        field = tokens[0].text
        message = _("%(text)s was searched as a name.", text=said(tokens[2].text))
        advice = _('Articles without any %(field)s are %(field)s:"%(none)s".', field=field, none=NONE)
        notes.add("none-without-quotes", message, tokens[1].start, tokens[3].end, advice=advice)


def _operator(token: Token, before: Token | None, after: Token | None, notes: Notes) -> None:
    """Note a word where an operator could stand."""
    word = token.text.lower()
    joins = bool(before and before.kind in _ENDS and after and after.kind in _BEGINS)
    if token.text == "TO" and before and before.raw[:1] in _BRACKETS:
        message = _("There are no ranges of words here; these were searched as words.")
        notes.add("word-range", message, token.start, token.end)
    elif (word in _LOWER_OPERATORS and joins) or (word == "not" and after and after.kind in _BEGINS):
        message = _(
            "“%(text)s” was searched as a word; as an operator it is written %(upper)s.",
            text=token.text,
            upper=word.upper(),
        )
        notes.add("lower-case-operator", message, token.start, token.end)
    elif joins and word == "and/or":
        message = _("“%(text)s” was searched as words in a row.", text=token.text)
        notes.add("foreign-operator", message, token.start, token.end, advice=_("One of two, or both, is OR."))
    elif joins and after and (found := _WITHIN.fullmatch(f"{token.text} {after.text}")) and _near(found):
        distance = found[1] or found[2]
        message = _("%(value)s was searched as text.", value=said(found.group() if found[2] else token.text))
        advice = _("Words close together are biden NEAR/%(distance)s border.", distance=distance)
        notes.add("foreign-operator", message, token.start, token.end, advice=advice)
    elif token.text == "XOR" and joins:
        message = _("“XOR” was searched as a word.")
        advice = _("One of two, not both, is (a OR b) -(a b) here.")
        notes.add("foreign-operator", message, token.start, token.end, advice=advice)


def _near(found: re.Match[str]) -> bool:
    return int(found[1] or found[2]) <= MAX_DISTANCE


def _writing(token: Token, notes: Notes) -> None:
    """Note signs in a word that others read as more than punctuation."""
    text, raw, span = token.text, token.raw, (token.start, token.end)
    if _DATE.fullmatch(text.rstrip(",.;:!?)")):
        message = _("%(text)s was searched as words of the text.", text=said(text))
        notes.add("bare-date", message, *span, advice=gettext(_DAYS))
    elif _PATTERN.fullmatch(raw) and not raw[1:-1].isdigit():
        message = _("%(raw)s was read without its slashes: there are no regular expressions.", raw=said(raw))
        notes.add("regular-expression", message, *span, advice=_("Any letters are “*”, one letter is “?”."))
    elif "|" in text:
        message = _("%(text)s was searched as words in a row.", text=said(text))
        notes.add("single-bar", message, *span, advice=_("To join by or, write OR."))
    elif _CUT_SHORT.fullmatch(text):
        message = _(
            "“!” was read as punctuation; words that begin with %(rstrip)s are %(rstrip2)s*.",
            rstrip=said(text.rstrip("!")),
            rstrip2=text.rstrip("!"),
        )
        notes.add("exclamation-mark", message, *span)
    elif found := _SIGNS.search(text):
        message = _(
            "%(found)s cannot be searched and was ignored in %(text)s.", found=said(found.group()), text=said(text)
        )
        notes.add(
            "sign-ignored", message, *span, advice=_("One letter of any kind is “?”.") if "#" in text[:-1] else ""
        )
    elif _ADDRESS.match(raw):
        message = _("%(raw)s was searched as words in a row: addresses of articles are not searched.", raw=said(raw))
        notes.add("address", message, *span, advice=_("Articles of one publisher are publisher:cnn."))
    elif raw.startswith("—"):
        advice = _("To exclude a word, put “-” right before it.")
        notes.add("dash", _("“—” was read as punctuation."), *span, advice=advice)


def _mark(token: Token, notes: Notes, *, question: bool) -> None:
    """Note question marks at the end of a word, which are no wildcards there, unless they end a question."""
    found = _MARKED.search(token.text)
    if not found or (question and len(found[1]) == 1):
        return
    message = _(
        "%(found)s at the end of %(text)s was read as punctuation.", found=said(found[1]), text=said(token.text)
    )
    advice = _("“?” is one letter within a word; for any ending write “*”.")
    notes.add("question-mark", message, token.start, token.end, advice=advice)


def _quotes(token: Token, before: Token | None, after: Token | None, notes: Notes) -> None:
    """Note quotes within quotes, and operators within them."""
    words = [one for one in (before, after) if one and one.kind == "word"]
    if any(one.end == token.start or one.start == token.end for one in words):
        message = _("The phrase %(text)s touches a word: quotes within quotes end the phrase.", text=said(token.text))
        notes.add("touching-quotes", message, token.start, token.end)
    found = _IN_QUOTES.search(token.text)
    if found and not token.text.isupper():
        message = _("“%(found)s” was searched as a word: it is no operator within quotes.", found=found.group())
        notes.add("operator-in-quotes", message, token.start, token.end)


def _name(field: Token, following: list[Token], notes: Notes) -> None:
    """Note a capitalised name of which the field takes the first word only: `person:Kamala Harris`."""
    name = list(takewhile(lambda one: one.kind == "word" and one.text[:1].isupper(), following))
    if len(name) < 2:
        return
    words = [one.text.rstrip(".,;:!?'’") for one in name]
    rest = said(" ".join(words[1:]))
    message = _(
        "“%(text)s:” holds for %(words)s only; %(rest)s was searched outside of it.",
        text=field.text,
        words=said(words[0]),
        rest=rest,
    )
    advice = _(
        'A name of several words stands in quotes: %(text)s:"%(names)s".', text=field.text, names=" ".join(words)
    )
    notes.add("name-without-quotes", message, name[0].start, name[-1].end, advice=advice)


def _single_quotes(tokens: list[Token], notes: Notes) -> None:
    """Note words in a row between single quotation marks, which are apostrophes here."""
    opening: Token | None = None
    for last, token in pairwise([None, *tokens]):
        if token is None or token.kind != "word":
            opening = None
        elif _OPENING.match(token.raw):
            opening = token
        elif opening and last and _CLOSING.search(token.raw):
            message = _("Single quotation marks make no phrase: the words were searched one by one.")
            notes.add(
                "single-quotes", message, opening.start, token.end, advice=_('Phrases are written "white house".')
            )
            opening = None
