import gettext
from dataclasses import replace

import pytest

from index.types import PublicationDate
from search import language
from web.language import iso_date, short_date
from web.wording import articles, coded, emphasised, opening, plural, published, span


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1969", "1969"),
        ("1969-07", "July 1969"),
        ("1969-07-21", "21 July 1969"),
        ("1969-07-21T02:56", "21 July 1969, 02:56"),
        ("1969-07-21T02:56+00:00", "21 July 1969, 02:56 UTC"),
    ],
)
def test_a_date_is_written_as_precisely_as_it_is_known(value: str, words: str) -> None:
    assert iso_date(value) == words


def test_an_undated_article_is_called_undated() -> None:
    assert published(None) == "undated"
    assert published(PublicationDate(value="1903-12", precision="month", origin="page")) == "December 1903"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("1903-12-17", "1903-12-17", "17 December 1903"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2023-12-01", "2023-12-31", "December 2023"),
        ("1989-01-01", "1989-12-31", "1989"),
        ("2024-02-01", "2024-02-28", "1 February 2024 – 28 February 2024"),
        ("1912-01-01", "1913-12-31", "1912–1913"),
        ("1989-11-01", "1990-01-31", "November 1989 – January 1990"),
    ],
)
def test_a_span_is_written_as_the_shortest_thing_it_is(start: str, end: str, words: str) -> None:
    assert span(start, end) == words


def test_a_count_takes_the_noun_that_fits() -> None:
    assert plural(1, "article", "articles") == "1 article"
    assert plural(12000, "article", "articles") == "12,000 articles"


def test_an_article_without_a_title_is_called_by_its_first_words() -> None:
    assert opening("Short first line.\n\nMore.") == "Short first line."
    assert opening("word " * 40) == "word " * 17 + "word…"
    assert opening("") == "Untitled"


def test_a_reading_is_escaped_before_its_words_are_emphasised() -> None:
    assert str(emphasised("articles that contain *<b>*")) == "articles that contain <em>&lt;b&gt;</em>"


def test_an_axis_writes_dates_shortly() -> None:
    assert [short_date(value) for value in ("2021-12-03", "2021-12", "2021")] == ["3 Dec", "Dec 2021", "2021"]


class Backwards(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return {"undated": "detadnu"}.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return "%(n)s Artikel"


def test_another_language_is_another_catalogue_and_table(monkeypatch: pytest.MonkeyPatch) -> None:
    german = replace(
        language.ENGLISH,
        tag="de",
        thousands=".",
        months=("Januar",) * 12,
        day="{day}. {month} {year}",
        sentences=Backwards(),
    )
    monkeypatch.setattr(language, "LANGUAGE", german)
    assert articles(12_000) == "12.000 Artikel"
    assert published(None) == "detadnu"
    assert iso_date("2021-01-03") == "3. Januar 2021"


def test_backticks_of_the_docs_are_code_and_nothing_else_is_markup() -> None:
    assert coded("follow `next` <b> to `a<b`") == "follow <code>next</code> &lt;b&gt; to <code>a&lt;b</code>"
    assert coded("one ` alone") == "one ` alone"
