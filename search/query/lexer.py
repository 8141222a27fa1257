"""Cut a query into tokens: one pass from left to right, whatever it holds."""

import re
from dataclasses import dataclass
from typing import Literal

from index.words import IN_WORD
from search.language import N_, _, gettext
from search.query.dates import extent
from search.query.foreign import AND_NOT, FIELDS, field_advice, foreign_near, known_field
from search.query.notes import Notes, said
from search.query.signs import STRAIGHT, note_quotes, note_signs, plain
from search.query.tree import MAX_DISTANCE

Kind = Literal["word", "phrase", "exact", "field", "open", "close", "and", "or", "not", "near"]

DEFAULT_DISTANCE = 10
"""What NEAR without a number means."""

WORDS_ONLY = N_('Wildcards stand in single words without quotes, immigra*; a phrase with gaps is "vice harris"~3.')

OPERATORS: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token and its place in the query.

    `text` of a word begins with something searchable or a wildcard; `raw` is all that stood there. `distance` is that
    of a NEAR or behind a phrase.
    """

    kind: Kind
    text: str
    start: int
    end: int
    raw: str = ""
    distance: int = 0


_BLANK = re.compile(r"\s+")
_CHUNK = re.compile(r'(?:(?!&&|\|\|)[^\s"()])+')
_SYMBOL = re.compile(r"&&|\|\||[()]")
_SIGNS = re.compile(r"[-!+=]++(?=[^\s)])")
_DISTANCE = re.compile(r"\s*~[ \t]?(\d{1,9})(?!\w|\.\d)")
_BEHIND = re.compile(r'(?P<tilde>~[^\s()"]*)|(?P<boost>\^[\d.]*)|(?P<star>\*+)')
_JUNK = re.compile(r'(?:(?!&&|\|\||[#@]\w)[^\w\s"()*?]|_)*')
_NAME = re.compile(r"(_?[^\W\d_]\w*+(?:[.-]\w++)*+)(:|=|\(|[<>]=?)")
_EXACT_FIELD = re.compile(r'([^\W\d_]\w*+):=*+(\w|"(?=[^"]*"))')
_BOUND = re.compile(r"(since|from|until|to):(\d{4}(?:-\d{1,2}){0,2})(?=[\s)]|$)", re.IGNORECASE)
_FUNCTION = re.compile(r"(?:ATLEAST\d*|(?:ALL|NO)?CAPS|SINGULAR|PLURAL)(?=\()", re.IGNORECASE)
_BUT_NOT = re.compile(r"BUT(?=\s+NOT[\s(])")
_LONE_TILDE = re.compile(r"~\s?\d*(?:\.\d+)?(?=[\s)]|$)|~")
NEAR = re.compile(r"NEAR(?:/(\d{1,9}|[^\s()\"]*))?")
_LAST = re.compile(rf"[^{IN_WORD}*~^]+$")
_SYMBOLS: dict[str, Kind] = {"&&": "and", "||": "or", "(": "open", ")": "close"}


def lex(query: str, notes: Notes) -> list[Token]:
    """Give the tokens of a query; what is ignored here is noted."""
    return _Lexer(query, notes).tokens()


class _Lexer:
    def __init__(self, query: str, notes: Notes) -> None:
        self._typed = query
        self._text = plain(query)
        self._notes = notes
        self._at = 0
        self._tokens: list[Token] = []

    def tokens(self) -> list[Token]:
        text = self._text
        last_quote = text.rfind(STRAIGHT)
        while self._at < len(text):
            start = self._at
            if blank := _BLANK.match(text, start):
                self._at = blank.end()
            elif symbol := _SYMBOL.match(text, start):
                self._operator(_SYMBOLS[symbol.group()], symbol.group(), symbol.end())
                if symbol.group() == ")":
                    self._behind("group")
            elif text[start] == STRAIGHT:
                self._quoted(start, closed=start < last_quote)
            elif signs := _SIGNS.match(text, start):
                self._signed(signs.group(), signs.end())
            else:
                self._chunk(start)
        return self._tokens

    def _add(self, kind: Kind, text: str, end: int, *, raw: str = "", distance: int = 0, start: int = -1) -> None:
        start = self._at if start < 0 else start
        self._tokens.append(Token(kind=kind, text=text, raw=raw, start=start, end=end, distance=distance))
        self._at = end

    def _operator(self, kind: Kind, text: str, end: int, *, distance: int = 0) -> None:
        note_signs(self._typed, self._at, end, self._notes)
        self._add(kind, text, end, distance=distance)

    def _after_field(self) -> str:
        """Give the field that stands right before, "" where none does."""
        return self._tokens[-1].text if self._tokens and self._tokens[-1].kind == "field" else ""

    def _quoted(self, start: int, *, closed: bool) -> None:
        if not closed:
            message = _("This quotation mark has no partner and was ignored; the words are searched one by one.")
            self._notes.add("lone-quote", message, start, start + 1)
            self._at = start + 1
            return
        close = self._text.index(STRAIGHT, start + 1)
        note_quotes(self._typed, start, close, self._notes)
        end, distance = close + 1, 0
        if found := _DISTANCE.match(self._text, end):
            end, distance = found.end(), self._bounded(int(found[1]), found.start(), found.end())
        raw = self._text[start + 1 : close]
        self._add("phrase", " ".join(raw.split()), end, raw=raw, distance=distance)
        self._behind("phrase")

    def _behind(self, what: Literal["phrase", "exact", "group"]) -> None:
        """Pass and note what stands at the end of a phrase or group without meaning anything there."""
        if what != "phrase" and (distance := _DISTANCE.match(self._text, self._at)):
            self._misplaced(distance.group().strip(), distance.end())
        while found := _BEHIND.match(self._text, self._at):
            sign, place = found.group(), (self._at, found.end())
            if found["boost"]:
                self._notes.add("boost", _("%(sign)s is no operator here and was ignored.", sign=said(sign)), *place)
            elif found["star"]:
                message = _("%(sign)s means nothing behind quotes or parentheses.", sign=said(sign))
                self._notes.add("wildcard-in-quotes", message, *place, advice=gettext(WORDS_ONLY))
            elif what == "phrase":
                advice = _('A distance is a number: "vaccine mandate"~5.')
                self._notes.add(
                    "bad-distance",
                    _("%(sign)s is no distance and was ignored.", sign=said(sign)),
                    *place,
                    advice=advice,
                )
            else:
                self._misplaced(sign, found.end())
            self._at = found.end()

    def _misplaced(self, sign: str, end: int) -> None:
        advice = _('A distance stands behind a phrase, "vaccine mandate"~5, or in an operator, NEAR/5.')
        message = _("%(sign)s means nothing here and was ignored.", sign=said(sign))
        self._notes.add("misplaced-distance", message, self._at, end, advice=advice)
        self._at = end

    def _signed(self, signs: str, end: int) -> None:
        for start, sign in enumerate(signs, self._at):
            self._at = start
            if sign in "-!":
                self._operator("not", sign, start + 1)
            elif sign == "+":
                self._notes.add("plus", _("“+” changes nothing: all words are required anyway."), start, start + 1)
                self._at += 1
            elif start + 1 < end or not self._exact(start):
                self._notes.add("nothing-searchable", _("“=” stands before no word and was ignored."), start, start + 1)
                self._at = start + 1

    def _exact(self, start: int) -> bool:
        """Read what stands behind a `=`, in the writing as typed; say whether anything does."""
        begin = start + 1
        if not self._after_field() and (named := _EXACT_FIELD.match(self._text, begin)):
            field = known_field(named[1].lower(), ":", named[2])
            if field:
                message = _(
                    "%(text)s was read as “%(field)s:=”.",
                    text=said(self._text[start : named.end(1)] + ":"),
                    field=field,
                )
                self._notes.add("exact-before-field", message, start, named.start(2))
                self._add("field", field, named.start(2), start=start)
                return self._exact(named.start(2) - 1)
        if self._text[begin] == STRAIGHT and (close := self._text.find(STRAIGHT, begin + 1)) > 0:
            note_signs(self._typed, start, begin, self._notes)
            note_quotes(self._typed, begin, close, self._notes)
            raw = self._typed[begin + 1 : close]
            self._add("exact", " ".join(raw.split()), close + 1, raw=raw, start=start)
            self._behind("exact")
            return True
        chunk = _CHUNK.match(self._text, begin)
        if not chunk or not chunk.group()[0].isalnum():
            return False
        note_signs(self._typed, start, begin, self._notes)
        end = begin + len(re.split(r"[~^]", chunk.group(), maxsplit=1)[0])
        self._add("exact", self._typed[begin:end], end, raw=self._typed[begin:end], start=start)
        self._behind("exact")
        return True

    def _chunk(self, start: int) -> None:
        if self._after_field() in {"date", "before", "after"} and (end := extent(self._text, start)) > start:
            self._add("word", self._text[start:end], end, raw=self._text[start:end])
            return
        if not self._after_field() and (near := foreign_near(self._text, start)):
            typed, distance = said(self._typed[start : near.end]), self._bounded(near.distance, start, near.end)
            message = _(
                "%(typed)s was read as NEAR/%(distance)s: at most so many words between, in either order.",
                typed=typed,
                distance=distance,
            )
            self._notes.add("foreign-operator", message, start, near.end)
            self._add("near", f"NEAR/{distance}", near.end, distance=distance)
            return
        junk = _JUNK.match(self._text, start)
        begin = junk.end() if junk else start
        if self._tilde(start, begin):
            return
        if self._bound(begin):
            return
        if (name := _NAME.match(self._text, begin)) and self._named(name[1], name[2], name.start(), name.end()):
            return
        self._word(start, begin)

    def _bound(self, begin: int) -> bool:
        """Read a bound of dates as other systems write it, `since:2021`; say whether one stood there."""
        found = None if self._after_field() else _BOUND.match(self._text, begin)
        if not found:
            return False
        range_ = f"{found[2]}.." if found[1].lower() in {"since", "from"} else f"..{found[2]}"
        message = _(
            "%(found)s was read as “date:%(range_)s”: this date is included.", found=said(found.group()), range_=range_
        )
        self._notes.add("foreign-field", message, begin, found.end())
        self._add("field", "date", found.start(2), start=begin)
        self._add("word", range_, found.end(), raw=range_)
        return True

    def _tilde(self, start: int, begin: int) -> bool:
        """Pass a distance that stands behind nothing; say whether one did."""
        found = self._text.find("~", start, begin)
        if found < 0 or begin == len(self._text) or self._text[begin].isspace():
            return False
        match = _LONE_TILDE.match(self._text, found)
        end = match.end() if match else begin
        message = _("%(text)s stands behind no word or phrase and was ignored.", text=said(self._text[start:end]))
        self._notes.add("lone-tilde", message, start, end)
        self._at = end
        return True

    def _word(self, start: int, begin: int) -> None:
        chunk = _CHUNK.match(self._text, begin)
        if not chunk:
            raw = self._text[start:begin] or self._text[start]
            self._unsearchable(raw, start)
            return
        text, end = chunk.group(), chunk.end()
        core = _LAST.sub("", text)
        if self._after_field():
            self._add("word", text, end, raw=self._text[start:end])
        elif core in OPERATORS:
            self._operator(OPERATORS[core], core, end)
        elif core in AND_NOT:
            self._notes.add(
                "foreign-operator", _("%(core)s was read as NOT.", core=said(core)), begin, begin + len(core)
            )
            self._operator("not", core, end)
        elif near := NEAR.fullmatch(core):
            self._operator("near", core, end, distance=self._distance(near[1], start, end))
        elif (found := _FUNCTION.match(self._text, begin)) or (found := _BUT_NOT.match(self._text, begin)):
            message = _("%(found)s is no operator here and was ignored.", found=said(found.group()))
            advice = _("A word as it is written is =USA.") if "CAPS" in text.upper() else ""
            self._notes.add("foreign-operator", message, start, found.end(), advice=advice)
            self._at = found.end()
        else:
            for at in range(begin, end):
                if self._text[at] in "*~":
                    note_signs(self._typed, at, at + 1, self._notes)
            self._add("word", text, end, raw=self._text[start:end])

    def _unsearchable(self, raw: str, start: int) -> None:
        advice = {
            "|": _("To join by or, write OR."),
            "-": _("To exclude a word, put “-” right before it."),
            "—": _("To exclude a word, put “-” right before it."),
        }.get(raw, "")
        message = _("%(raw)s has no letters or digits and was ignored.", raw=said(raw))
        self._notes.add("nothing-searchable", message, start, start + len(raw), advice=advice)
        self._at = start + len(raw)

    def _named(self, name: str, sign: str, start: int, end: int) -> bool:
        """Read a name with a sign behind it, if it names a field; note a name with a colon that does not."""
        colon = sign == ":"
        field = known_field(name.lower(), sign[0], self._text[end : end + 3])
        if field is None:
            if colon and self._text[end : end + 2] != "//":
                self._unknown(name, start, end)
            return False
        end = end if colon or sign == "=" else end - len(sign)
        if not colon or name.lower() not in FIELDS:
            message = _(
                "%(name)s was read as “%(field)s:%(value)s”.",
                name=said(name + sign),
                field=field,
                value="" if sign == "=" else sign.strip(":"),
            )
            advice = _("It holds for the next word, phrase or parentheses.")
            self._notes.add("foreign-field", message, start, end, advice=advice)
        elif end == len(self._text) or self._text[end].isspace():
            message = _("“%(field)s:” was applied to what follows the blank.", field=field)
            self._notes.add("blank-after-field", message, start, end)
        note_signs(self._typed, end - 1, end, self._notes)
        self._add("field", field, end, start=start)
        return True

    def _unknown(self, name: str, start: int, end: int) -> None:
        chunk = _CHUNK.match(self._text, end)
        if chunk and any(sign.isalnum() for sign in chunk.group()):
            message = _(
                "There is no field “%(name)s”; %(text)s was searched as words in a row.",
                name=name,
                text=said(self._text[start : chunk.end()]),
            )
        else:
            message = _("There is no field “%(name)s”; it was searched as a word.", name=name)
        self._notes.add("unknown-field", message, start, end, advice=field_advice(name.lower()))

    def _distance(self, written: str | None, start: int, end: int) -> int:
        if written is None:
            return DEFAULT_DISTANCE
        if written.isascii() and written.isdigit():
            return self._bounded(int(written), start, end)
        message = _(
            "%(written)s is no distance; NEAR/%(default_distance)s was used.",
            written=said(written),
            default_distance=DEFAULT_DISTANCE,
        )
        self._notes.add("near-distance", message, start, end)
        return DEFAULT_DISTANCE

    def _bounded(self, distance: int, start: int, end: int) -> int:
        if distance > MAX_DISTANCE:
            self._notes.add(
                "distance-cut",
                _("The widest distance is %(max_distance)s; that was used.", max_distance=MAX_DISTANCE),
                start,
                end,
            )
        return min(distance, MAX_DISTANCE)
