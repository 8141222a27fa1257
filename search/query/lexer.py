"""Cut a query into tokens: one pass from left to right, whatever it holds."""

import re
from dataclasses import dataclass
from typing import Literal

from index.words import IN_WORD
from search.query.notes import Notes

Kind = Literal["word", "phrase", "exact", "field", "open", "close", "and", "or", "not", "near"]

FIELDS = ("title", "text", "person", "outlet", "publisher", "date", "before", "after")
"""The names that may stand before a colon."""

MAX_DISTANCE = 49
"""The widest proximity; smaller than the gap that the index leaves between two names (whoosh_fields.NAME_GAP)."""

DEFAULT_DISTANCE = 10
"""What NEAR without a number means."""

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


_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, "“”„‟«»〝〞「」『』"), '"')
_PLAIN |= {0x3000: " ", 0x2212: "-", 0x2013: "-"}
_BLANK = re.compile(r"\s+")
_CHUNK = re.compile(r'(?:(?!&&|\|\|)[^\s"()])+')
_SYMBOL = re.compile(r"&&|\|\||[()]")
_SIGN = re.compile(r"[-!+=](?=[^\s)])")
_DISTANCE = re.compile(r"\s*~[ \t]?(\d{1,9})")
_JUNK = re.compile(r'(?:(?!&&|\|\||[#@]\w)[^\w\s"()*?]|_)*')
_FIELD = re.compile(r"([A-Za-z]+):")
NEAR = re.compile(r"NEAR(?:/(\d{1,9}|[^\s()\"]*))?")
_LAST = re.compile(rf"[^{IN_WORD}*~^]+$")
_SYMBOLS: dict[str, Kind] = {"&&": "and", "||": "or", "(": "open", ")": "close"}


def lex(query: str, notes: Notes) -> list[Token]:
    """Give the tokens of a query; what is ignored here is noted."""
    return _Lexer(query, notes).tokens()


class _Lexer:
    def __init__(self, query: str, notes: Notes) -> None:
        self._text = query.translate(_PLAIN)
        self._notes = notes
        self._at = 0
        self._tokens: list[Token] = []

    def tokens(self) -> list[Token]:
        text = self._text
        last_quote = text.rfind('"')
        while self._at < len(text):
            start = self._at
            if blank := _BLANK.match(text, start):
                self._at = blank.end()
            elif symbol := _SYMBOL.match(text, start):
                self._add(_SYMBOLS[symbol.group()], symbol.group(), symbol.end())
            elif text[start] == '"':
                self._quoted(start, closed=start < last_quote)
            elif sign := _SIGN.match(text, start):
                self._signed(sign.group())
            else:
                self._chunk(start)
        return self._tokens

    def _add(self, kind: Kind, text: str, end: int, *, raw: str = "", distance: int = 0, start: int = -1) -> None:
        start = self._at if start < 0 else start
        self._tokens.append(Token(kind=kind, text=text, raw=raw, start=start, end=end, distance=distance))
        self._at = end

    def _quoted(self, start: int, *, closed: bool) -> None:
        if not closed:
            message = "This quotation mark has no partner and was ignored; the words are searched one by one."
            self._notes.add("lone-quote", message, start, start + 1)
            self._at = start + 1
            return
        close = self._text.index('"', start + 1)
        end, distance = close + 1, 0
        if found := _DISTANCE.match(self._text, end):
            end, distance = found.end(), self._bounded(int(found[1]), found.start(), found.end())
        raw = self._text[start + 1 : close]
        self._add("phrase", " ".join(raw.split()), end, raw=raw, distance=distance)

    def _signed(self, sign: str) -> None:
        start = self._at
        if sign in "-!":
            self._add("not", sign, start + 1)
        elif sign == "+":
            self._notes.add("plus", "“+” changes nothing: all words are required anyway.", start, start + 1)
            self._at += 1
        elif self._text[start + 1] == '"' and self._text.find('"', start + 2) > 0:
            self._at += 1
            close = self._text.index('"', self._at + 1)
            raw = self._text[self._at + 1 : close]
            self._add("exact", " ".join(raw.split()), close + 1, raw=raw, start=start)
        else:
            self._at += 1
            chunk = _CHUNK.match(self._text, self._at)
            if chunk and chunk.group()[0].isalnum():
                self._add("exact", chunk.group(), chunk.end(), raw=chunk.group(), start=start)
            else:
                self._notes.add("nothing-searchable", "“=” stands before no word and was ignored.", start, start + 1)

    def _chunk(self, start: int) -> None:
        junk = _JUNK.match(self._text, start)
        begin = junk.end() if junk else start
        if "~" in self._text[start:begin] and begin < len(self._text) and not self._text[begin].isspace():
            message = "“~” stands behind no word or phrase and was ignored."
            self._notes.add("lone-tilde", message, start, begin)
        if (field := _FIELD.match(self._text, begin)) and field[1].lower() in FIELDS:
            self._field(field[1].lower(), begin, field.end())
            return
        chunk = _CHUNK.match(self._text, begin)
        if not chunk:
            raw = self._text[start:begin] or self._text[start]
            message = f"“{raw}” has no letters or digits and was ignored."
            self._notes.add("nothing-searchable", message, start, start + len(raw))
            self._at = start + len(raw)
            return
        text, end = chunk.group(), chunk.end()
        core = _LAST.sub("", text)
        after_field = bool(self._tokens) and self._tokens[-1].kind == "field"
        if core in OPERATORS and not after_field:
            self._add(OPERATORS[core], core, end)
        elif (near := NEAR.fullmatch(core)) and not after_field:
            self._add("near", core, end, distance=self._distance(near[1], start, end))
        else:
            if field:
                self._unknown(field[1], begin, field.end())
            self._add("word", text, end, raw=self._text[start:end])

    def _field(self, name: str, start: int, stop: int) -> None:
        if stop == len(self._text) or self._text[stop].isspace():
            message = f"“{name}:” was applied to what follows the blank."
            self._notes.add("blank-after-field", message, start, stop)
        self._add("field", name, stop, start=start)

    def _unknown(self, name: str, start: int, stop: int) -> None:
        if name.lower() not in {"http", "https"} and self._text[stop : stop + 1].strip():
            message = f"There is no field “{name}”; it is searched as a word. Fields are: {', '.join(FIELDS)}."
            self._notes.add("unknown-field", message, start, stop)

    def _distance(self, written: str | None, start: int, end: int) -> int:
        if written is None:
            return DEFAULT_DISTANCE
        if written.isascii() and written.isdigit():
            return self._bounded(int(written), start, end)
        message = f"“{written}” is no distance; NEAR/{DEFAULT_DISTANCE} was used."
        self._notes.add("near-distance", message, start, end)
        return DEFAULT_DISTANCE

    def _bounded(self, distance: int, start: int, end: int) -> int:
        if distance > MAX_DISTANCE:
            self._notes.add("distance-cut", f"The widest distance is {MAX_DISTANCE}; that was used.", start, end)
        return min(distance, MAX_DISTANCE)
