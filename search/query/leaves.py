"""From a word or a phrase as typed to a leaf of the tree, noting what had to be mended."""

import re

from index.words import IN_WORD, words
from index.words import Word as FoundWord
from search.language import _, gettext
from search.query.dates import date_range
from search.query.foreign import AND_NOT, foreign_near
from search.query.lexer import NEAR, OPERATORS, WORDS_ONLY, Token
from search.query.notes import Notes, said
from search.query.signs import plain
from search.query.tree import Exact, Fuzzy, Node, Phrase, TextField, Value, ValueField, Wildcard, Word

MIN_PREFIX = 2
"""Letters before the first `*`."""

MIN_FUZZY = 3
"""Letters of a word that may differ by one: with fewer, everything is alike."""

_TEXT_FIELDS: dict[str, TextField] = {"": "", "title": "title", "text": "text", "said": "said"}
_VALUE_FIELDS: dict[str, ValueField] = {
    "person": "person",
    "outlet": "outlet",
    "publisher": "publisher",
    "by": "speaker",
}
_BOOST = re.compile(r"(?<=.)\^\d*(?:\.\d+)?$")
_FUZZY = re.compile(r"(.+)~(\d*(?:\.\d+)?)")
_SAFE = re.compile(rf"[#@]?[^\W_](?:[{IN_WORD}]|['’.,&/_-](?=\w))*")
_PATTERN = re.compile(r"[*?~]")
_QUOTED_PATTERN = re.compile(r"(?<=\w)~\d?(?!\d)|\*|\?(?=\w)")
_POSSESSIVE = re.compile(r"['’ʼ′][sS]?$")
_TRAILING = re.compile(rf"[^{IN_WORD}*~^]+$")


def leaf(token: Token, field: str, notes: Notes) -> Node | None:
    """Give the leaf of a word, phrase or exact token under a field ("" for none); None where nothing is left of it."""
    if field in _VALUE_FIELDS:
        return _value(token, field, notes)
    if field not in _TEXT_FIELDS:
        return date_range(token.raw or token.text, field, (token.start, token.end), notes)
    if token.kind == "word":
        return _word(token, _TEXT_FIELDS[field], notes)
    text, span = token.text, (token.start, token.end)
    if sign := _QUOTED_PATTERN.search(text):
        message = _("%(found)s means nothing in quotes or behind “=”.", found=said(sign.group()))
        notes.add("wildcard-in-quotes", message, *span, advice=gettext(WORDS_ONLY))
        text = " ".join(_QUOTED_PATTERN.sub(" ", text).split())
    found = list(words(text))
    if not found:
        return _nothing(token, notes)
    if token.kind == "exact" and field == "said":
        message = _("“=” was ignored: in “said:” neither case nor accents matter.")
        notes.add("exact-quotation", message, *span)
    elif token.kind == "exact":
        return Exact(text=_cut(text, found), field=_TEXT_FIELDS[field], span=span)
    if token.distance and len(found) == 1:
        notes.add("distance-of-one", _("A distance means nothing with a single word."), *span)
    distance = token.distance if len(found) > 1 else 0
    return Phrase(text=text, distance=distance, field=_TEXT_FIELDS[field], span=span)


def _word(token: Token, field: TextField, notes: Notes) -> Node | None:
    text, span = _TRAILING.sub("", token.text), (token.start, token.end)
    if boost := _BOOST.search(text):
        notes.add("boost", _("%(found)s is no operator here and was ignored.", found=said(boost.group())), *span)
        text = _TRAILING.sub("", text[: boost.start()])
    if fuzzy := _FUZZY.fullmatch(text):
        return _fuzzy(fuzzy[1], fuzzy[2], field, token, notes)
    if "*" in text or "?" in text:
        return _wildcard(text, field, token, notes)
    return _plain(text, field, token, notes)


def _plain(text: str, field: TextField, token: Token, notes: Notes) -> Node | None:
    text = _searchable(text)
    if not text:
        return _nothing(token, notes)
    return Word(text=text, field=field, span=(token.start, token.end))


def _fuzzy(text: str, distance: str, field: TextField, token: Token, notes: Notes) -> Node | None:
    span = (token.start, token.end)
    if "*" in text or "?" in text:
        notes.add("fuzzy", _("“~” means nothing beside “*” or “?”; it was ignored."), *span)
        return _wildcard(text, field, token, notes)
    found = list(words(text))
    if len(found) != 1 or len(found[0].form) < MIN_FUZZY:
        notes.add(
            "fuzzy",
            _("“~” needs one word of %(min_fuzzy)s letters or more; it was ignored.", min_fuzzy=MIN_FUZZY),
            *span,
        )
        return _plain(text, field, token, notes)
    if distance == "0":
        return _plain(text, field, token, notes)
    if distance not in {"", "1"}:
        notes.add("fuzzy-distance", _("Words may differ by one letter only; “~1” was used."), *span)
    return Fuzzy(text=text[found[0].start : found[0].end], field=field, span=span)


def _wildcard(text: str, field: TextField, token: Token, notes: Notes) -> Node | None:
    span = (token.start, token.end)
    if text[0] in "*?":
        advice = _("A word cannot begin with “*” or “?”.")
        notes.add("wildcard-start", _("%(text)s was ignored.", text=said(text)), *span, advice=advice)
        return None
    text = _TRAILING.sub("", _POSSESSIVE.sub("", text))
    if "*" not in text and "?" not in text:
        return _plain(text, field, token, notes)
    letters = text.replace("*", "").replace("?", "")
    found = list(words(letters))
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(letters)):
        message = _("“*” and “?” work in single words only; in %(text)s they were ignored.", text=said(text))
        notes.add("wildcard-compound", message, *span)
        return _plain(letters, field, token, notes)
    if "*" in text and len(text.partition("*")[0].replace("?", "")) < MIN_PREFIX:
        advice = _("“*” needs %(min_prefix)s letters or more before it.", min_prefix=MIN_PREFIX)
        notes.add("short-prefix", _("%(text)s was ignored.", text=said(text)), *span, advice=advice)
        return None
    return Wildcard(pattern=re.sub(r"\*+", "*", text), field=field, span=span)


def _value(token: Token, field: str, notes: Notes) -> Node | None:
    span = (token.start, token.end)
    signs = token.end - token.start - len(token.raw)
    whole = token.kind == "phrase" or (token.kind == "exact" and signs > len("="))  # the quotes behind it
    text = plain(token.text) if whole else _searchable(token.text)
    if not any(True for _ in words(text)):
        return _nothing(token, notes)
    if token.kind == "exact":
        message = _("“=” was ignored: in “%(field)s:” neither case nor accents matter.", field=field)
        notes.add("exact-name", message, *span)
    if token.kind == "word" and (sign := _PATTERN.search(token.text.rstrip("?"))):
        notes.add(
            "wildcard-in-name",
            _("“%(sign)s” is ignored in %(field)s: a part of a name is enough.", sign=sign[0], field=field),
            *span,
        )
        text = _searchable(_PATTERN.split(token.text)[0]) or text
    if token.distance:
        notes.add("distance-of-name", _("A distance means nothing in %(field)s.", field=field), *span)
    return Value(field=_VALUE_FIELDS[field], text=text, whole=whole, span=span)


def _searchable(text: str) -> str:
    """Give what is searchable of a chunk in a form that reads back to itself, and never as an operator."""
    found = list(words(text))
    if not found:
        return ""
    cut = _cut(text, found)
    pieces = [text[word.start : word.end] for word in found]
    if not _SAFE.fullmatch(cut):
        cut = "/".join(pieces)
    if cut in OPERATORS or cut in AND_NOT or NEAR.fullmatch(cut):
        cut = cut.lower()
    return "-".join(pieces) if foreign_near(cut, 0) else cut


def _cut(text: str, found: list[FoundWord]) -> str:
    """Cut what stands before the first word, but for the sign of a hashtag or handle, and after the last."""
    start = found[0].start
    return text[start - (start > 0 and text[start - 1] in "#@") : found[-1].end]


def _nothing(token: Token, notes: Notes) -> Node | None:
    typed = said(token.text)
    message = (
        _("%(typed)s has no letters or digits and was ignored.", typed=typed)
        if token.text
        else _("These quotes hold nothing.")
    )
    notes.add("nothing-searchable", message, token.start, token.end)
    return None
