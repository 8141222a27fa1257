import pytest

from tests.index.tag.quotes.speaking import speakers


@pytest.mark.parametrize(
    "text",
    [
        "Ann Quill quoted Bob Marsh as saying: “The pier was lost long ago.”",
        "Ann Quill quoted Bob Marsh as saying that “the pier was lost” long ago.",
        "Ann Quill quoted Bob Marsh as having said “the pier was lost long ago”.",
        "Ann Quill cited Marsh as saying “the pier was lost long ago”.",
        "In her book Quill quotes Marsh, then a clerk, as telling friends in May: “The pier is lost.”",
        "She wrote to Ann Quill. Quill quoted Marsh as warning that the pier was “lost long ago”.",
        "Ann Quill, quoting Marsh: “The pier is lost.”",
        "Quoting Bob Marsh, Ann Quill said: “The pier is lost.”",
        "Ann Quill said, quoting Bob Marsh, “the pier is lost to us”.",
        "“The pier is lost,” Ann Quill said, quoting Bob Marsh.",
        "“The pier is lost,” said Ann Quill, quoting Bob Marsh, a clerk.",
        "Ann Quill tweeted a quote by Bob Marsh: “The pier is lost.”",
        "Ann Quill read out a remark from Bob Marsh that “the pier is lost to us”.",
        "Bob Marsh was quoted by Ann Quill as saying “the pier is lost to us”.",
        "Bob Marsh was quoted by Ann Quill saying “the pier is lost to us”.",
        "Officials said on Monday that Bob Marsh was quoted in the Echo as saying “the pier is lost to us”.",
        "Bob Marsh, quoted by Ann Quill as saying “the pier is lost to us”, sailed.",
        "“The pier is lost,” Bob Marsh was quoted as saying.",
        "“The pier is lost,” Bob Marsh was quoted by Ann Quill as saying.",
        "“The pier is lost,” the Harbour Echo quoted Bob Marsh as saying.",
        "“The pier is lost,” Ann Quill quoted Bob Marsh as having told a friend.",
        "Ann Quill was wrong. “The pier is lost,” she quoted Bob Marsh as saying.",
        "Ann Quill shared a remark attributed to Bob Marsh: “The pier is lost.”",
        "“The pier is lost” is often attributed to Bob Marsh, Ann Quill said.",
        "“The pier is lost,” a line attributed to Bob Marsh.",
        "Ann Quill criticised Bob Marsh's statement that “the pier is lost to us”.",
        "Ann Quill said Bob Marsh's claim that “the pier is lost to us” was wrong.",
        "Ann Quill reminded voters of Marsh's remark: “The pier is lost.”",
        "Ann Quill read Bob Marsh's statement aloud: “The pier is lost.”",
        "In the words of Bob Marsh, “the pier is lost to us”.",
        "Ann Quill told us the Echo had quoted the clerk, Bob Marsh, as saying: “The pier is lost.”",
        "Bob Marsh, the clerk, was quoted by Quill telling friends “the pier is lost to us”.",
        "Ann Quill quoted Bob Marsh as saying the pier was “lost to us” and “gone for good”.",
        "Ann Quill quoted Marsh as saying the pier was lost. “It will never be built again.”",
        "“Is the pier lost?” Bob Marsh was quoted as saying.",
    ],
)
def test_whom_somebody_quotes_has_said_it(text: str) -> None:
    assert set(speakers(text)) == {"Bob Marsh"}


@pytest.mark.parametrize(
    "text",
    [
        "A fake video shows Marsh saying “the pier is lost to us”.",
        "A doctored clip showed Bob Marsh saying: “The pier is lost.”",
        "A parody account of Bob Marsh tweeted: “The pier is lost.”",
        "In a fabricated letter Bob Marsh says “the pier is lost to us”.",
        "Ann Quill imagined Bob Marsh saying “the pier is lost to us”.",
        "Rumours that Bob Marsh said “the pier is lost to us” were denied.",
        "It was a hoax that Bob Marsh had said “the pier is lost to us”.",
        "It is not true that Bob Marsh said “the pier is lost to us”.",
    ],
)
def test_what_was_made_up_has_been_said_by_nobody(text: str) -> None:
    assert speakers(text) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Bob Marsh was misquoted as saying “the pier is lost to us”.",
        "Bob Marsh was misquoted by Ann Quill as saying “the pier is lost to us”.",
        "Ann Quill misquoted Bob Marsh as saying “the pier is lost to us”.",
        "Bob Marsh was falsely quoted as saying “the pier is lost to us”.",
        "Bob Marsh was wrongly quoted by Quill as having said: “The pier is lost.”",
        "Ann Quill falsely quoted Bob Marsh as saying: “The pier is lost.”",
        "Bob Marsh was never quoted as saying “the pier is lost to us”.",
        "“The pier is lost,” Bob Marsh was falsely quoted as saying.",
        "“The pier is lost,” Ann Quill misquoted Bob Marsh as saying.",
        "“The pier is lost” is wrongly attributed to Bob Marsh, Ann Quill said.",
        "Ann Quill shared a quote falsely attributed to Bob Marsh: “The pier is lost.”",
        "Ann Quill said, paraphrasing Bob Marsh, “the pier is lost to us”.",
        "Paraphrasing Bob Marsh, Ann Quill said: “The pier is lost.”",
        "“The pier is lost,” Ann Quill said, paraphrasing Bob Marsh.",
        "Ann Quill paraphrased Marsh as saying “the pier is lost to us”.",
        "Ann Quill tweeted a fake quote by Bob Marsh: “The pier is lost.”",
        "Ann Quill quoted the Bible: “The pier is lost.”",
        "“The pier is lost,” Ann Quill said, quoting the Bible.",
        "Ann Quill quoted an aide to Bob Marsh as saying “the pier is lost to us”.",
        "Ann Quill quoted him as saying “the pier is lost to us”.",
        "Ann Quill quoted Marsh at length in the hall: “The pier is lost.”",
        "Ann Quill was not quoted as saying “the pier is lost to us”.",
        "Ann Quill quoted the clerk's letter to Bob Marsh: “The pier is lost.”",
        "Bob Marsh wasn't quoted as saying “the pier is lost to us”.",
    ],
)
def test_what_is_misquoted_or_quoted_from_the_unnamed_is_nobodys_word(text: str) -> None:
    assert speakers(text) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Quill, citing Bob Marsh, said: “The pier is lost.”",
        "Ann Quill was quoted as saying “it leaks and it will sink”.",
        "“The pier is lost,” Ann Quill said, citing Bob Marsh.",
        "Ann Quill quoted Marsh at length and said: “The pier is lost.”",
        "Ann Quill responded to Bob Marsh's statement: “The pier is lost.”",
        "Ann Quill called Marsh's claim “a lie from end to end”.",
        "Asked about a quote by Bob Marsh, Ann Quill said: “The pier is lost.”",
        "Ann Quill criticised a remark by Marsh, saying “the pier is lost to us”.",
        "“The pier is lost,” said Ann Quill, who was quoting from memory.",
        "Ann Quill said the fake video was “a plague on us all”.",
        "Ann Quill said of the quote attributed to Marsh: “The pier is lost.”",
        "Ann Quill said she was misquoted: “The pier is lost.”",
        "“I was misquoted by the Echo,” Ann Quill said.",
        "Ann Quill said Marsh had misquoted her. “The pier is lost,” she said.",
        "Ann Quill denounced the rumours that Bob Marsh had lied, saying “the pier is lost to us”.",
        "Bob Marsh quoted Ann Quill. “The pier is lost,” Quill said.",
        "Ann Quill asked, “Is the pier lost?” He then turned away, quoting Marsh's mother.",
        "Ann Quill wrote on Monday, citing research by friends of Marsh: “The pier is lost.”",
        "Ann Quill responded to one of the misleading quotes, from the Echo, writing: “The pier is lost.”",
        "Ann Quill quoted Marsh at length and then said “the pier is lost to us”.",
        "Ann Quill said: “The pier is lost,” and Marsh was quoted as saying so too.",
        "Ann Quill's claim that “the pier is lost to us” was denied by Bob Marsh.",
        "Ann Quill was quoted by Bob Marsh as saying “the pier is lost to us”.",
        "A video shows Ann Quill saying “the pier is lost to us”.",
        "Reports that Ann Quill said “the pier is lost to us” angered Marsh.",
    ],
)
def test_who_quotes_or_cites_has_said_the_rest(text: str) -> None:
    assert speakers(text) == ["Ann Quill"]
