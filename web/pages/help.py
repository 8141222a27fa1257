"""The help page: the query language with examples that find something in this archive."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.caching import conditional
from web.canonical import elsewhere
from web.examples import Example, Stock, examples, stock
from web.language import _
from web.state import searcher, state

pages = Blueprint("help", __name__)

Row = tuple[str, str]
Section = tuple[str, list[tuple[Example, str]]]


@pages.get("/help")
def show() -> ResponseReturnValue:
    """Explain the query language."""
    if there := elsewhere("/help", []):
        return there
    return conditional(searcher().generation(), lambda: render_template("help.html", sections=_sections()))


def _sections() -> list[Section]:
    return state().once("help", _make)


def _make() -> list[Section]:
    sections = []
    for heading, rows in _rows(stock()):
        counted = examples(query for query, _meaning in rows)
        shown = [(counted[query], meaning) for query, meaning in rows if query in counted]
        if shown:
            sections.append((heading, shown))
    return sections


def _rows(given: Stock) -> list[tuple[str, list[Row]]]:
    person, other = given.person or "", given.companion or ""
    last, other_last = person.split(" ")[-1].lower(), other.split(" ")[-1].lower()
    outlet, publisher, year = given.outlet or "", given.publisher or "", given.year or ""
    word = given.word or ""
    return [
        (
            _("Words"),
            [
                (word, _("the word in any of its forms: plural, past, and so on")),
                (f"{last} {word}", _("both words, anywhere in the article")),
                (f'"{person.lower()}"', _("these words themselves, in a row")),
                (f'"{word}"', _("this form of the word only")),
                (f"={last.capitalize()}", _("the word as written: capitals and accents count")),
                (f"{word[:5]}*", _("all words that begin so")),
                (f"{word[:2]}?{word[3:]}", _("any one letter where the question mark is")),
                (f"{last}~1", _("the word, and those that are one letter away")),
            ],
        ),
        (
            _("And, or, not"),
            [
                (f"{last} OR {other_last}", _("either, or both; operators are written in capitals")),
                (f"{last} -{other_last}", _("the first without the second")),
                (f"({last} OR {other_last}) {word}", _("one of the first two, and the third")),
            ],
        ),
        (
            _("Close together"),
            [
                (f'"{last} {other_last}"~10', _("in any order, with at most 10 other words between")),
                (f"{last} NEAR/5 {other_last}", _("at most 5 words apart")),
            ],
        ),
        (
            _("Who said what"),
            [
                (f'by:"{person}"', _("articles that quote this person")),
                (f"said:{word}", _("the word within quotations; phrases and the like go there too")),
                (f"said:{word} by:{last}", _("the person saying it: one and the same quotation")),
            ],
        ),
        (
            _("Who, where, when"),
            [
                (f'person:"{person}"', _("the person of this name, whatever words an article uses for them")),
                (f"person:{last}", _("anybody whose name has this word")),
                (f'outlet:"{outlet}"', _("articles that cite this outlet")),
                (f'publisher:"{publisher}"', _("articles that it published")),
                (f"title:{word}", _("with the word in the title")),
                (f"date:{year}", _("published in this year; 2021-11 is a month, 2021-11-05 a day")),
                (f"date:{year}..{year}-06 {last}", _("from the first to the last, either end may be left out")),
                (f"after:{year} {last}", _("published after the year ended; before: likewise")),
            ],
        ),
    ]
