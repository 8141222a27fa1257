import pytest

from index.tag.outlets.table import Outlet, OutletTable
from index.tag.settle import settle, stated_date
from index.types import Article, PublicationDate

TABLE = OutletTable(
    [
        Outlet(name="CNN", domains=("cnn.com",), country="US"),
        Outlet(name="USA Today", domains=("usatoday.com",), country="US"),
        Outlet(name="The New York Times", domains=("nytimes.com",), country="US"),
        Outlet(name="NPR", domains=("npr.org",), country="US"),
        Outlet(name="The Star (Sheffield)", domains=("thestar.co.uk",), country="GB"),
    ]
)


def article(**parts):
    return Article(**{"id": "0", "source": "/in/one.txt", "title": "", "text": "Words.", **parts})


def settled(**parts):
    return settle(article(**parts), table=TABLE)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("CAIRO - 25 July 2022: The minister met the delegation.", "2022-07-25"),
        ("KABUL, Afghanistan, March 5, 2009 (Newswire) — The road was opened.", "2009-03-05"),
        ("Published March 3, 2017\n\nThe bridge fell.", "2017-03-03"),
        ("Friday, July 21, 2017\n\nThe team won.", "2017-07-21"),
        ("The bridge fell.\n\nPublished in Dawn, February 21st, 2019", "2019-02-21"),
        ("Posted at 10:00 on 3 March 2017\n\nThe bridge fell.", "2017-03-03"),
        ("Published by The Daily Bell on March 3, 2017.\n\nThe bridge fell.", "2017-03-03"),
        ("The team won.\n\nThis story was originally published on Feb. 11, 2020 and has been updated.", "2020-02-11"),
        ("The two presidents have today, Friday 22nd July 2022, opened the bypass.", "2022-07-22"),
    ],
)
def test_a_date_that_the_text_states_as_its_own_is_taken(text, value):
    published = settled(text=text).published
    assert published == PublicationDate(value=value, precision="day", origin="text")


@pytest.mark.parametrize(
    "text",
    [
        "The treaty was signed on March 3, 2017.",
        "Update (June 18, 2020): the post now has the comment of the police.",
        "Editors’ Note, June 5, 2020: after publication the essay was criticised.",
        "A senator at the Capitol, March 26, 2019. (Jane Doe/Newswire)\n\nThe Senate voted.",
        "CAIRO, July 19 (MENA) – The president met the minister.",
        "“It happened today, March 3, 2017,” she had written in her diary.",
        "On Jan. 1, 1863, the proclamation took effect.",
        "Published in London, February 21st, 1848, was the pamphlet.",
        "The essay follows below, as the paper printed it that spring, without the changes that it saw later.\n\n"
        "March 13, 2011\n\nIt has been two months.",
    ],
)
def test_dates_of_events_notes_and_captions_are_never_taken_for_the_publication(text):
    assert settled(text=text).published is None


def test_a_known_publication_date_stays():
    known = PublicationDate(value="2016", precision="year", origin="metadata")
    assert settled(text="CAIRO - 25 July 2022: Words.", published=known).published == known


@pytest.mark.parametrize(
    ("parts", "value", "precision"),
    [
        ({"url": "https://example.org/2017/07/01/a-story"}, "2017-07-01", "day"),
        ({"url": "https://example.org/world/2017/jul/01/a-story"}, "2017-07-01", "day"),
        ({"url": "https://example.org/2017/07/a-story"}, "2017-07", "month"),
        ({"source": "/in/2017-07-01-story.txt"}, "2017-07-01", "day"),
        ({"source": "/in/story_20170701.html"}, "2017-07-01", "day"),
    ],
)
def test_a_date_in_a_name_is_uncertain(parts, value, precision):
    published = settled(**parts).published
    assert published == PublicationDate(value=value, precision=precision, origin="filename", certain=False)


@pytest.mark.parametrize("source", ["/in/dump-2020-01-01.jsonl:17", "/in/20201399.txt", "/2020-01-01/story.txt"])
def test_the_date_of_a_dump_a_folder_or_an_impossible_day_is_not_an_article_s(source):
    assert settled(source=source).published is None


@pytest.mark.parametrize(
    ("stated", "url", "publisher"),
    [
        ("CNN (Web News)", None, "CNN"),
        ("USA TODAY", None, "USA Today"),
        ("New York Times - News", None, "The New York Times"),
        ("NPR Online News", None, "NPR"),
        ("Guest Writer", "https://www.nytimes.com/a", "The New York Times"),
        ("A. Columnist", "https://edition.cnn.com/a", "CNN"),
        (None, "https://www.thestar.co.uk/a", "The Star (Sheffield)"),
        ("  The  Valley   Bugle ", None, "The Valley Bugle"),
        (None, "https://unknown.example/a", None),
    ],
)
def test_the_publisher_is_the_outlet_of_the_address_else_of_the_name_else_as_stated(stated, url, publisher):
    assert settled(publisher=stated, url=url).publisher == publisher


def test_an_article_with_nothing_to_settle_is_given_back_itself():
    plain = article(text="Words.", publisher="CNN")
    assert settle(plain, table=TABLE) is plain


def test_a_sentence_that_dates_an_event_is_no_dateline() -> None:
    assert stated_date("Juneteenth marks the day - June 19, 1865 - when the last slaves were told.") is None
    found = stated_date("PORT-AU-PRINCE, Haiti — Jan. 13, 2010 — The ground shook.")
    assert found is not None
    assert found.value == "2010-01-13"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "Share: Twitter\n\nFacebook\n\nWhatsApp\n\nLinkedIn\n\nEmail\n\nLagos, June 23, 2020 — The police said.",
            "2020-06-23",
        ),
        (
            "The vote was lost.\n\nThis article first appeared on Harbour Pro at 5:05 p.m. on February 12, 2013.",
            "2013-02-12",
        ),
    ],
)
def test_a_date_is_found_below_buttons_and_after_where_it_first_appeared(text: str, day: str) -> None:
    found = stated_date(text)
    assert found is not None
    assert found.value == day
