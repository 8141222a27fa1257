"""Plain text: the forms in which people keep articles."""

import pytest

from index.read.bylines import read_byline
from index.read.lead import read_lead
from index.read.options import ReadOptions
from index.read.reading import read
from index.types import Article

SENTENCE = "The council of Harbourside met on Monday and spoke for hours about the ferry."


def read_one(tmp_path, text, name="article.txt"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    (article,) = read([str(path)], ReadOptions())
    assert isinstance(article, Article), article
    return article


def test_a_headline_on_the_first_line_is_the_title(tmp_path):
    article = read_one(tmp_path, f"Ferry Talks Drag On as Winter Nears\n\n{SENTENCE}\n\nNothing was decided.\n")
    assert article.title == "Ferry Talks Drag On as Winter Nears"
    assert article.text == f"{SENTENCE}\n\nNothing was decided."


def test_a_first_sentence_is_text(tmp_path):
    article = read_one(tmp_path, f"{SENTENCE}\n\nNothing was decided.\n")
    assert article.title == ""
    assert article.text.startswith(SENTENCE)


def test_a_leading_date_and_headline_are_taken_apart(tmp_path):
    article = read_one(tmp_path, f" date 2021-12-03 Ferry faces an uphill winter.\n\n{SENTENCE}\n")
    assert article.title == "Ferry faces an uphill winter."
    assert (article.published.value, article.published.origin) == ("2021-12-03", "text")
    assert article.text == SENTENCE


def test_sharing_buttons_before_the_date_do_not_hide_it(tmp_path):
    article = read_one(tmp_path, f"Facebook Twitter date 2021-12-03 Ferry faces an uphill winter.\n\n{SENTENCE}\n")
    assert article.published.value == "2021-12-03"
    assert article.title.startswith("Ferry")


def test_byline_and_date_lines_are_read_and_leave_the_text(tmp_path):
    article = read_one(
        tmp_path, f"Ferry talks drag on\n\nBy Ada Brook and Tom Quay | March 5, 2019 9:30 a.m. GMT\n\n{SENTENCE}\n"
    )
    assert article.byline == "Ada Brook and Tom Quay"
    assert article.published.value == "2019-03-05T09:30+00:00"
    assert article.text == SENTENCE


def test_lines_of_keys_and_values_are_read(tmp_path):
    article = read_one(
        tmp_path,
        "Title: Ferry talks drag on\nAuthor: Ada Brook\nDate: 5 March 2019\nSource: The Quayside Courier\n"
        f"URL: https://quayside.example/a\n\n{SENTENCE}\n",
    )
    assert (article.title, article.byline, article.publisher) == (
        "Ferry talks drag on",
        "Ada Brook",
        "The Quayside Courier",
    )
    assert article.url == "https://quayside.example/a"
    assert article.published.value == "2019-03-05"
    assert article.text == SENTENCE


def test_a_date_of_an_update_is_not_certain():
    lead = read_lead(["Ferry talks drag on", "Updated March 5, 2019", SENTENCE])
    assert lead.published.value == "2019-03-05"
    assert not lead.published.certain


@pytest.mark.parametrize(
    "dateline",
    ["HARBOURSIDE, March 5, 1953 (AP) — ", "HARBOURSIDE – 5 March 1953: ", "HARBOURSIDE, Mass., March 5, 1953 - "],
)
def test_a_full_dateline_dates_the_article_and_stays(tmp_path, dateline):
    article = read_one(tmp_path, dateline + SENTENCE)
    assert article.published.value == "1953-03-05"
    assert article.text == dateline + SENTENCE


def test_a_date_inside_the_text_dates_nothing(tmp_path):
    article = read_one(tmp_path, "The ferry was launched on March 5, 1953, before a crowd.\n\nIt sank in 1960.\n")
    assert article.published is None


def test_the_day_in_a_file_name_is_uncertain_evidence(tmp_path):
    article = read_one(tmp_path, SENTENCE, name="2021-12-03-ferry.txt")
    assert (article.published.value, article.published.origin) == ("2021-12-03", "filename")
    assert not article.published.certain


def test_single_line_breaks_part_paragraphs(tmp_path):
    article = read_one(tmp_path, f"{SENTENCE} \n{SENTENCE} \nAnd so it ended.")
    assert article.text == f"{SENTENCE}\n\n{SENTENCE}\n\nAnd so it ended."


def test_lines_broken_at_a_margin_are_joined(tmp_path):
    text = (
        "Ferry Talks Drag On\n\n"
        "The council of Harbourside met on Monday in the old town hall and\n"
        "spoke for many hours about the ferry, which has not run since the\n"
        "storm of last November took its pier away and left the islanders\n"
        "with nothing but a borrowed boat.\n\n"
        "Nothing was decided.\n"
    )
    article = read_one(tmp_path, text)
    assert article.title == "Ferry Talks Drag On"
    assert "hall and spoke" in article.text
    assert article.text.count("\n\n") == 1


def test_encodings_of_short_texts_come_out_right(tmp_path):
    text = "Café Opens\n\nThe “president” said it’s fine — naïve façade, said Zoë.\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"):
        article = read_one(tmp_path, text.encode(encoding))
        assert article.text == "The “president” said it’s fine — naïve façade, said Zoë.", encoding


def test_longer_texts_of_other_alphabets_come_out_right(tmp_path):
    text = "Паром снова не вышел в море. Жители острова ждут новостей от городского совета. " * 20
    assert read_one(tmp_path, text.encode("cp1251")).text == text.strip()


def test_a_stray_byte_does_not_change_the_encoding_of_the_rest(tmp_path):
    article = read_one(tmp_path, "“Grüße” aus Köln – schön".encode() + b" it\x92s")
    assert article.text == "“Grüße” aus Köln – schön it’s"


def test_stated_publisher_gives_way_to_the_callers(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE)
    (article,) = read([str(path)], ReadOptions(publisher="The Quayside Courier"))
    assert article.publisher == "The Quayside Courier"


def test_entities_are_decoded_and_what_only_looks_like_one_stays(tmp_path):
    article = read_one(
        tmp_path, "Leeds &amp; Bradford\n\nIt&#8217;s&nbsp;late for R&D; see /a?b=1&copy=2 &ferry; now.\n"
    )
    assert article.title == "Leeds & Bradford"
    assert article.text == "It’s late for R&D; see /a?b=1&copy=2 &ferry; now."


@pytest.mark.parametrize(
    "headline",
    [
        "Video: watch the moment the bridge fell",
        "Watch: Mayor falls off ferry",
        "More from the Leeds mayor on trams",
        "Photos: the pier in the storm",
        "Read: the letter that sank the ferry",
        "Quiz: how well do you know your pier?",
        "By the sea, a town waits",
        "By Christmas, the ferry will be back",
        "Gov. Marsh resigns",
        "Sen. Quay says no to ferry",
        "Islanders thank Rep. Brook for her ferry",
        "Quay vs. Marsh: who won?",
        "Mayor says: 'We're broke.'",
        "Mayor says: “We have no ferry!”",
    ],
)
def test_what_could_be_a_link_or_sentence_further_down_is_a_headline_on_top(tmp_path, headline):
    article = read_one(tmp_path, f"{headline}\n\nBy Ada Brook\n\n{SENTENCE}\n\nNothing was decided.\n")
    assert article.title == headline
    assert article.byline == "Ada Brook"
    assert article.text == f"{SENTENCE}\n\nNothing was decided."


@pytest.mark.parametrize(
    "line",
    [
        "More from Quayside News:",
        "Read more: The ferry that never came",
        "Related: Ten piers to see",
        "Ada Brook/Getty Images",
        "Photos: Ada Brook/AP",
        "Photo: Reuters",
    ],
)
def test_furniture_on_top_is_no_headline(tmp_path, line):
    article = read_one(tmp_path, f"{line}\n\nFerry Talks Drag On\n\n{SENTENCE}\n")
    assert (article.title, article.text) == ("Ferry Talks Drag On", SENTENCE)


def test_the_first_line_that_somebody_said_is_text(tmp_path):
    article = read_one(tmp_path, f"The mayor said: 'We're broke.'\n\n{SENTENCE}\n")
    assert article.title == ""


def test_a_caption_on_top_is_no_headline(tmp_path):
    article = read_one(tmp_path, f"The pier at dusk (Photo by Ada Brook/Getty Images)\n\n{SENTENCE}\n")
    assert article.title == ""
    assert article.text == f"The pier at dusk\n\n{SENTENCE}"


@pytest.mark.parametrize(
    "names",
    [
        "Ada Brook",
        "ADA BROOK",
        "Ada Brook and Tom van der Quay",
        "Ada Brook, political editor",
        "Ada Brook, Tom Quay and J. R. Marsh",
        "Ada Brook in Leeds",
        "Ada Brook for The Quayside Courier",
        "Quayside staff",
    ],
)
def test_bylines_are_read(names):
    assert read_byline(f"By {names}") == names


@pytest.mark.parametrize(
    "line",
    [
        "By the sea, a town waits",
        "By Monday, the ferry was gone",
        "By New Year, a ferry",
        "by bus",
        "By Land and by sea",
    ],
)
def test_sentences_are_no_bylines(line):
    assert read_byline(line) is None


def test_an_impossible_date_is_refused_and_the_headline_stays(tmp_path):
    article = read_one(tmp_path, f" date 9999-12-31 Ferry faces an uphill winter.\n\n{SENTENCE}\n")
    assert (article.title, article.text) == ("Ferry faces an uphill winter.", SENTENCE)
    assert article.published is None


def test_headline_and_text_on_the_line_of_the_date_are_taken_apart(tmp_path):
    article = read_one(tmp_path, f" date 2021-12-03 Gov. Marsh faces an uphill winter. {SENTENCE} Nothing was decided.")
    assert article.title == "Gov. Marsh faces an uphill winter."
    assert article.text == f"{SENTENCE} Nothing was decided."
    assert article.published.value == "2021-12-03"
