import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tag.dates import find_dates
from index.types import Article, PublicationDate

WEDNESDAY = PublicationDate(value="2017-07-19", precision="day", origin="metadata")

THURSDAY = PublicationDate(value="2017-07-20", precision="day", origin="metadata")


def dates(text, *, published=WEDNESDAY, title="", month_first=None):
    article = Article(id="0", source="", title=title, text=text, published=published)
    return [(mention.surface, mention.value) for mention in find_dates(article, month_first=month_first)]


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("It opened on March 3, 2017, in the rain.", "March 3, 2017", "2017-03-03"),
        ("It opened on 3rd of March, 2017.", "3rd of March, 2017", "2017-03-03"),
        ("It opened on Friday, Mar. 3, 2017.", "Friday, Mar. 3, 2017", "2017-03-03"),
        ("Friday 3 March 2017 was wet.", "Friday 3 March 2017", "2017-03-03"),
        ("BERLIN, NOVEMBER 9, 1989: the wall", "NOVEMBER 9, 1989", "1989-11-09"),
        ("The form says 2017-03-03 in a box.", "2017-03-03", "2017-03-03"),
        ("It opened in March 2017.", "March 2017", "2017-03"),
        ("Since mid-1987 it has been shut.", "1987", "1987"),
        ("He won the 2016 election.", "2016", "2016"),
        ("The house dates from 1812.", "1812", "1812"),
        ("She sang in the 1990s.", "1990s", "1990"),
        ("She sang in the ’90s.", "’90s", "1990"),
        ("She sang in the sixties.", "sixties", "1960"),
        ("A 19th-century bridge.", "19th-century", "1800"),
        ("The 2018-19 season is over.", "2018-19", "2018"),
        ("In the spring of 2016 they met.", "spring of 2016", "2016-03"),
        ("In the winter of 2016 they met.", "winter of 2016", "2016"),
        ("After 9/11 the rules changed.", "9/11", "2001-09-11"),
        ("The Sept. 11 attacks changed the rules.", "Sept. 11", "2001-09-11"),
    ],
)
def test_a_date_that_names_its_year_needs_no_publication_date(text, surface, value):
    assert dates(text, published=None) == [(surface, value)]


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("She resigned on Tuesday.", "Tuesday", "2017-07-18"),
        ("She resigned on Wednesday night.", "Wednesday night", "2017-07-19"),
        ("She resigned on Thursday.", "Thursday", "2017-07-13"),
        ("She will resign on Thursday.", "Thursday", "2017-07-20"),
        ("On Thursday, the court will hear the case.", "Thursday", "2017-07-20"),
        ("The hearing is to be held on Friday.", "Friday", "2017-07-21"),
        ("Police said Tuesday that they will search again.", "Tuesday", "2017-07-18"),
        ("She resigned last Friday.", "last Friday", "2017-07-14"),
        ("They will meet next Tuesday.", "next Tuesday", "2017-07-25"),
        ("He spoke on Tuesday of last week.", "Tuesday of last week", "2017-07-11"),
        ("Yesterday it rained.", "Yesterday", "2017-07-18"),
        ("It rained last night.", "last night", "2017-07-18"),
        ("It rains this morning.", "this morning", "2017-07-19"),
        ("It rained last week.", "last week", "2017-07-10"),
        ("It rained over the weekend.", "weekend", "2017-07-15"),
        ("They will play next weekend.", "next weekend", "2017-07-29"),
        ("It rained last month.", "last month", "2017-06"),
        ("It is to open next year.", "next year", "2018"),
        ("Earlier this month it rained.", "this month", "2017-07"),
        ("It rained two years ago.", "two years ago", "2015"),
        ("It rained three months ago.", "three months ago", "2017-04"),
        ("It rained 10 days ago.", "10 days ago", "2017-07-09"),
        ("It rained a few months ago.", "a few months ago", ""),
        ("In June it rained.", "June", "2017-06"),
        ("In November it rained.", "November", "2016-11"),
        ("Voters will decide in November.", "November", "2017-11"),
        ("She won on Nov. 8 by a hair.", "Nov. 8", "2016-11-08"),
        ("She won on Tuesday, Nov. 8, by a hair.", "Tuesday, Nov. 8", "2016-11-08"),
        ("The ceremony ran June 5-7 in the park.", "June 5-7", "2017-06-05"),
        ("The ceremony ran 5-7 June in the park.", "5-7 June", "2017-06-05"),
        ("It was dry last summer.", "last summer", "2016-06"),
        ("Over the past two years it was dry.", "past two years", "2015"),
        ("They must pay by the end of the year.", "end of the year", "2017-12-31"),
        ("She said she would run in May.", "May", "2017-05"),
    ],
)
def test_a_date_without_its_year_is_resolved_against_the_publication(text, surface, value):
    assert dates(text) == [(surface, value)]


@pytest.mark.parametrize(
    "text",
    [
        "May I come in? They march. He may go.",
        "Theresa May said no; April Ryan asked; August Wilson wrote.",
        "She wrote for the Sunday Times.",
        "Black Friday and Super Tuesday are names.",
        "The shop shuts every Sunday.",
        "He stayed for two years, and for three days after the vote.",
        "About 2000 people came, 1,984 of them by bus.",
        "It cost $2017 and weighs 1999 kg.",
        "Flight 1549 landed; see page 2012 and Section 1983.",
        "She lives at 2000 Pennsylvania Avenue.",
        "They won 3-2, then 12-10, and led 21-17.",
        "He is in his sixties.",
        "USA Today reported it.",
        "The last two years of his life were hard.",
        "Call 555-2017 now.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text):
    assert dates(text) == []


def test_two_years_joined_by_or_are_two_dates():
    assert dates("She may run in 2024 or 2028.") == [("2024", "2024"), ("2028", "2028")]


def test_the_next_day_is_counted_from_the_date_named_before():
    assert dates("He was shot on Aug. 5, 2016. The following day, he died.")[1] == ("following day", "2016-08-06")


@pytest.mark.parametrize(("month_first", "value"), [(True, "2017-03-04"), (False, "2017-04-03"), (None, "2017-03-04")])
def test_figures_are_read_as_the_country_writes_them(month_first, value):
    assert dates("Posted 3/4/2017 by us.", month_first=month_first) == [("3/4/2017", value)]


def test_figures_that_can_be_read_one_way_only_are_read_so():
    assert dates("Posted 31/1/2017 by us.", month_first=True) == [("31/1/2017", "2017-01-31")]


@pytest.mark.parametrize("text", ["It rained on Tuesday.", "It rained last month.", "It rained in June.", "On June 5."])
def test_without_a_publication_date_a_relative_date_stays_unresolved(text):
    assert [value for _, value in dates(text, published=None)] == [""]


def test_a_publication_known_to_the_year_resolves_years_only():
    known = PublicationDate(value="2017", precision="year", origin="metadata")
    assert dates("It rained last year, not on Tuesday.", published=known) == [("last year", "2016"), ("Tuesday", "")]


def test_titles_are_read_too():
    article = Article(id="0", source="", title="Fire in March 2012", text="", published=None)
    assert [(m.field, m.value) for m in find_dates(article)] == [("title", "2012-03")]


@given(st.text(alphabet="MayJuneSept. 0123456789,-/'’s thlasnexdyofwkro\n", max_size=80))
def test_every_mention_is_what_stands_at_its_place_and_none_overlaps(text):
    article = Article(id="0", source="", title="", text=text, published=WEDNESDAY)
    end = 0
    for mention in find_dates(article):
        assert mention.surface == text[mention.start : mention.end]
        assert mention.start >= end
        end = mention.end


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("He was killed on Christmas Day.", "Christmas Day", "2020-12-25"),
        ("They will decide after the Fourth of July.", "Fourth of July", "2021-07-04"),
        ("The shop has been shut since last Thanksgiving.", "last Thanksgiving", "2020-11-26"),
        ("Turnout rose on Election Day 2012, he said.", "Election Day 2012", "2012-11-06"),
        ("It was signed on New Year’s Eve and sent.", "New Year’s Eve", "2020-12-31"),
    ],
)
def test_a_holiday_is_the_one_nearest_to_publication(text: str, surface: str, value: str) -> None:
    published = PublicationDate(value="2021-03-10", precision="day", origin="metadata")
    found = find_dates(Article(id="a", source="a", title="", text=text, published=published))
    assert [(mention.surface, mention.value) for mention in found] == [(surface, value)]


@pytest.mark.parametrize(
    "text",
    [
        "She went to the Christmas market on foot.",
        "He cooked for a Thanksgiving dinner.",
        "It opened over Memorial Day weekend.",
        "The habit is as strong today as it was then.",
    ],
)
def test_a_holiday_that_describes_something_and_nowadays_are_no_dates(text: str) -> None:
    assert find_dates(Article(id="a", source="a", title="", text=text)) == []


def test_a_paper_named_for_its_day_is_no_date() -> None:
    text = "She told the Mail on Sunday so, and he told the Sunday Times."
    assert find_dates(Article(id="0", source="", title="", text=text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The kingdom lasted until 1857.", ["1857"]),
        ("It has stood there since 1497.", ["1497"]),
        ("In 1066 the Normans came.", ["1066"]),
        ("The 1606 act of union and the 1832 Reform Act failed.", ["1606", "1832"]),
        ("The plan costs 1200 crowns; in 1200 homes it is cold.", []),
        ("Call 2010-2020 for details, or phone 0207 2010 2020 now.", ["2020"]),
        ("See pp. 1901-1950 and 42 USC 1983.", []),
        ("It has 1999 rooms and 2016 seats.", []),
        ("Years: 1996 2000 2004.", ["1996", "2000", "2004"]),
        ("Mina Lauri, 1950–2016, painted.", ["1950"]),
        ("It was the summer of '69 and the class of ’98.", ["1969", "1998"]),
        ("He is 6’10 and she ran 400m in 49.", []),
        ("Sales fell last quarter; this quarter they rose.", ["2017-04", "2017-07"]),
        ("They scored in the last quarter of the match.", []),
        ("She left a year and a half ago.", ["2016-01"]),
        ("It was built half a century ago.", ["1967"]),
        ("It will open in two weeks.", ["2017-08-03"]),
        ("It will be ready in five years’ time.", ["2022"]),
        ("It was the first loss in two years.", []),
        ("Prices will see their biggest fall in nine months.", []),
        ("It burned the day before yesterday; the day after tomorrow it opens.", ["2017-07-18", "2017-07-22"]),
        ("The prince was baptised on Easter Sunday.", []),
        ("In Tears of the Sun Willow plays a nurse.", []),
        ("She told the Today programme so.", []),
    ],
)
def test_the_forms_of_dates_have_these_values(text: str, expected: list[str]) -> None:
    assert [value for _, value in dates(text, published=THURSDAY)] == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The minister resigned on Friday.", "2017-07-14"),
        ("On Friday he spoke to reporters.", "2017-07-14"),
        ("Voters go to the polls on Friday.", "2017-07-21"),
        ("The talks resume on Monday.", "2017-07-24"),
        ("On Saturday they play at home.", "2017-07-22"),
        ("The play on Saturday was long.", "2017-07-15"),
        ("The committee voted on Monday to resume the talks.", "2017-07-17"),
        ("Speaking Sunday on the channel’s “Face the People”, she was calm.", "2017-07-16"),
    ],
)
def test_the_tense_tells_on_which_side_a_weekday_lies(text: str, value: str) -> None:
    assert [found for _, found in dates(text, published=THURSDAY)] == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The mayor gives a speech Friday.", ["2017-07-21"]),
        ("The mayor hosts the guests on Friday.", ["2017-07-21"]),
        ("The ruling on Friday gives the firm a month.", ["2017-07-14"]),
        ("The rules are effective from Monday.", ["2017-07-24"]),
        ("The rules come into force on Monday.", ["2017-07-24"]),
        ("Work, due to start Monday, was halted.", ["2017-07-24"]),
        ("Play was delayed due to rain Monday.", ["2017-07-17"]),
        ("Polls close on Sunday.", ["2017-07-23"]),
        ("The debate, the first of two, is on Thursday.", ["2017-07-20"]),
        ("The team flies out Tuesday.", ["2017-07-25"]),
        ("The fair is Friday -- July 21.", ["2017-07-21", "2017-07-21"]),
        ("The fair was on Friday (July 14).", ["2017-07-14", "2017-07-14"]),
        ("The fair is on July 21. Bring hats Friday.", ["2017-07-21", "2017-07-21"]),
    ],
)
def test_what_is_planned_and_a_date_nearby_tell_which_weekday_is_meant(text: str, values: list[str]) -> None:
    assert [value for _, value in dates(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "He told Ned Quill Tonight that he was tired.",
        "He told CBS This Morning that he was tired.",
        "They promised a better tomorrow.",
        "The paper has Today in Focus, which they like.",
    ],
)
def test_programmes_and_a_better_tomorrow_are_no_dates(text: str) -> None:
    assert dates(text) == []


def test_a_day_word_that_opens_a_sentence_is_a_date() -> None:
    assert dates("He met Quill. Tonight they eat.") == [("Tonight", "2017-07-19")]


def test_a_day_word_in_a_headline_of_capitals_is_a_date() -> None:
    title = "What Parents Should Know about School Tonight"
    assert dates("", title=title) == [("Tonight", "2017-07-19")]
