"""Cleaning: furniture and credits go, sentences stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.read.clean.article import clean_paragraphs, join_paragraphs
from index.read.clean.characters import one_line, tidy_characters
from index.read.clean.credits import strip_credits
from index.read.clean.furniture import is_furniture, strip_inline
from index.read.clean.paragraphs import split_paragraphs
from index.read.clean.titles import looks_like_title


def clean_text(text: str, *, title: str = "") -> str:
    """Clean a text by all the steps that an article's goes through."""
    return join_paragraphs(clean_paragraphs(split_paragraphs(tidy_characters(text)), title=title))


@pytest.mark.parametrize(
    "line",
    [
        "Facebook Twitter",
        "— Advertisement —",
        "ADVERTISEMENT",
        "Advertisement Continue reading the main story",
        "Story Continued Below",
        "More from Quayside News:",
        "Read more: The ferry that never came",
        "READ MORE: Sen. Marsh says no to the ferry",
        "Related: Ten piers to see",
        "The ferry that never came Read more",
        "( PHOTOS: Ten piers to see)",
        "Share this article",
        "Share Tweet Post Email",
        "Sign up for our newsletter to get the best of the coast",
        "Get the best of the coast delivered to your inbox",
        "Follow @quayside",
        "Follow us on Twitter",
        "This site uses cookies to make it better.",
        "Copyright © 2019 Quayside Media. All rights reserved.",
        "© 2019 Quayside Media",
        "6 years ago",
        "Slideshow (2 Images)",
        "* * *",
        "___",
    ],
)
def test_furniture_goes(line):
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "He followed her on Twitter for years before they met at a conference in Leeds.",
        "Copyright law was not written for machines.",
        "Advertisement revenue fell by a third.",
        "More from habit than from hope, she went to the pier.",
        "Read my lips: no new ferries. The governor has said it a hundred times.",
        "Related claims were thrown out by the court.",
        "She told Facebook and Twitter to take the pictures down.",
        "Why?",
        "What happened?",
        "WATCH: Here comes the ferry at last pic.quay.example/x — Quayside (@quayside) January 3, 2020",
        "Subscribers to the old ferry line got their money back.",
        "The Associated Press contributed to this report.",
    ],
)
def test_sentences_stay(line):
    assert not is_furniture(line)
    assert strip_inline(line) == line
    assert strip_credits(line) == line


@pytest.mark.parametrize(
    ("paragraph", "left"),
    [
        ("He met the islanders.Ada Brook/Getty Images At a time when", "He met the islanders. At a time when"),
        ("as they drift apart, he says.Tom Quay/AFP via Getty Images “We ", "as they drift apart, he says. “We"),
        ("the harbour.Yan Pier/Abaca/Bloomberg via Getty Images The port", "the harbour. The port"),
        ("said José O’Neill.Aïda van der Berg/AFP/Getty Images Then", "said José O’Neill. Then"),
        ("The pier on May 13, 2020. Nam Y. Brook/AP", "The pier on May 13, 2020."),
        ("The pier in Washington, D.C. Ada Brook/AP", "The pier in Washington, D.C."),
        ("The pier at dusk. (AP Photo/Ada Brook, File)", "The pier at dusk."),
        ("The pier (Photo: Ada Brook, Quay-Pool) at dusk.", "The pier at dusk."),
        ("The pier in 2018. REUTERS/Ada Brook/File Photo", "The pier in 2018."),
        ("The pier at dusk. Photograph: Ada Brook/AP", "The pier at dusk."),
        ("The pier at dusk. | Ada Brook/Getty Images Transport", "The pier at dusk. Transport"),
        ("Enlarge this image toggle caption Ada Brook/AP Ada Brook/AP", ""),
        ("Enlarge this image toggle caption Ada Brook/AP Ada Brook/AP The pier", "The pier"),
        ("Image copyright AFP Image caption The pier at dusk", "The pier at dusk"),
        ("Hide caption The pier. Previous Next Ada Brook /AFP/Getty Images", "The pier."),
        ("Ada Brook/Getty Images", ""),
        ("Photo: Ada Brook/AP", ""),
        ("Ada Brook/REUTERS Tom Quay on whether the ferry will run", "Tom Quay on whether the ferry will run"),
    ],
)
def test_photographers_do_not_survive_and_captions_do(paragraph, left):
    assert strip_credits(paragraph) == left


@pytest.mark.parametrize(
    "paragraph",
    [
        "he told Getty Images that it was fine",
        "In a Reuters/Ipsos poll, most wanted the ferry.",
        "Support grew, the latest Reuters/Ipsos poll says.",
        "KABUL (AP) — The ferry",
        "LONDON (Reuters) - The ferry",
        "according to a new ABC News/Bloomberg poll of islanders",
        "Fox News/AP VoteCast found that islanders vote",
        "a deal between Brook Films/Reuters was struck",
        "The and/or of it: AP/NORC polls.",
    ],
)
def test_agencies_in_sentences_stay(paragraph):
    assert strip_credits(paragraph) == paragraph


def test_points_that_repeat_the_text_go_and_others_stay():
    text = (
        "The ferry will not run this winter, the council said on Monday.\n\nWhat You Need To Know\n\n"
        "  • The ferry will not run this winter, the council said\n\n  • A bus will take its place from Friday\n\n"
        "Islanders were not asked."
    )
    assert clean_text(text).split("\n\n") == [
        "The ferry will not run this winter, the council said on Monday.",
        "A bus will take its place from Friday",
        "Islanders were not asked.",
    ]


def test_a_title_that_the_text_repeats_is_said_once():
    assert clean_text("Ferry Stays Away\n\nThe ferry stays away.", title="Ferry stays away") == "The ferry stays away."


def test_a_title_behind_a_caption_and_a_category_goes():
    text = "The pier at dusk. | Ada Brook/AP Photo Transport Council says no to ferry in winter\n\nIt was late."
    cleaned = clean_text(text, title="Council says no to ferry in winter")
    assert cleaned == "The pier at dusk.\n\nIt was late."


def test_a_text_that_is_only_its_title_is_kept():
    assert clean_text("Ferry stays away", title="Ferry stays away") == "Ferry stays away"


def test_profiles_run_into_a_sentence_go():
    text = "Sen. Tom Quay Thomas (Tom) QuayFerry talks drag on Quay says no to bridge MORE (I-Isles) said no."
    assert strip_inline(text) == "Sen. Tom Quay (I-Isles) said no."


def test_odd_characters_become_plain_ones():
    assert tidy_characters("a\xa0b\u202fc\u00add\ufeffe\0f\r\ng\rh\ud800i\x92s\x0bj") == "a b cdef\ng\nhi’s\nj"
    assert one_line("  a \n\t b ") == "a b"
    assert tidy_characters("e\u0301") == "é"


@pytest.mark.parametrize(
    "line",
    [
        "Ferry stays away",
        "Will the Ferry Ever Run Again?",
        "FERRY STAYS AWAY",
        "'There Is No Ferry.' Mayor Defiant",
        "Harbourside-St. Anne ferry stays away",
    ],
)
def test_headlines_look_like_titles(line):
    assert looks_like_title(line)


@pytest.mark.parametrize("line", ["The ferry stayed away on Monday.", "x" * 300, "He said this:", "One, two,"])
def test_sentences_do_not_look_like_titles(line):
    assert not looks_like_title(line)


@given(st.text(max_size=400), st.text(max_size=60))
def test_a_cleaned_text_is_paragraphs_without_odd_characters(text, title):
    cleaned = clean_text(text, title=title)
    cleaned.encode()  # would raise on a lone surrogate
    assert not any(ord(c) < 32 and c != "\n" for c in cleaned)
    for paragraph in cleaned.split("\n\n") if cleaned else []:
        assert paragraph
        assert "\n" not in paragraph
        assert paragraph == paragraph.strip(" ")


PARTS = """Ada Brook;/;Getty Images;AP;(;);Photo;Photo: ;. ;| ;toggle caption;REUTERS/; MORE;said;Image caption ;via;“
;Facebook ;What You Need To Know;\n;• ;date 2021-12-03 ;—"""


@given(st.lists(st.sampled_from(PARTS.split(";")), max_size=40).map(" ".join))
def test_cleaning_only_takes_away(text):
    words = clean_text(text).split()
    source = iter(text.replace("\n", " ").split())
    assert all(any(word in candidate for candidate in source) for word in words)


SENTENCE = "The council met on Monday and spoke about the ferry."
HEADING = "More from The Quayside Courier:"


def test_links_below_their_heading_go_with_it():
    text = f"{SENTENCE}\n{HEADING}\nFerry timetable to change for winter\n• Council puts off vote on the pier"
    assert clean_text(text) == SENTENCE
    assert clean_text(f"{text}\n\nShare this article") == SENTENCE


@pytest.mark.parametrize(
    "following",
    [
        ["What the islanders want", SENTENCE],
        ["and so the ferry stayed away for another winter"],
        [f"Line {number} of a list of winners" for number in range(40)],
    ],
)
def test_text_below_a_heading_of_links_stays(following):
    paragraphs = [SENTENCE, HEADING, *following]
    assert clean_text("\n\n".join(paragraphs)).split("\n\n") == [SENTENCE, *following]


@pytest.mark.parametrize("following", [SENTENCE, "“We have no ferry,” she said, “and no bridge”"])
def test_a_line_that_introduces_what_is_quoted_from_an_outlet_is_text(following):
    text = f"{SENTENCE}\n\n{HEADING}\n\n{following}"
    assert clean_text(text) == text
    assert clean_text(f"{HEADING}\n\n{following}") == following
    assert clean_text(f"{SENTENCE}\n\n{HEADING}\n\nFollow us on Twitter.") == SENTENCE


def test_of_links_before_text_the_last_stays_as_it_may_be_a_heading():
    text = f"{HEADING}\n\nFerry timetable to change\n\nWhat the islanders want\n\n{SENTENCE}"
    assert clean_text(text) == f"What the islanders want\n\n{SENTENCE}"
