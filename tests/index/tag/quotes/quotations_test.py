import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tag.quotes.quotations import find_quotes
from index.types import Mention, Quote

PEOPLE = {"Ann Quill": ("Ann Quill", "Quill", "ANN QUILL"), "Bob Marsh": ("Bob Marsh", "Marsh", "BOB MARSH")}

_PIECES = """Ann Quill|Marsh|he|She|said|told CNN|added|calling it|according to|,|.|:|"|“|”|‘|’|'|We won|the senator|
|and|who|a spokesman for|ANN QUILL:|—|(|)|\n\n"""
pieces = st.sampled_from(_PIECES.split("|"))


def people(text: str) -> list[Mention]:
    """Mention the two people wherever they stand, the longest form first."""
    found: list[Mention] = []
    for value, surfaces in PEOPLE.items():
        for surface in surfaces:
            at = text.find(surface)
            while at >= 0:
                end = at + len(surface)
                if not any(one.start < end and at < one.end for one in found):
                    found.append(
                        Mention(
                            kind="person", value=value, surface=surface, field="text", start=at, end=end, via="test"
                        )
                    )
                at = text.find(surface, end)
    return sorted(found, key=lambda one: one.start)


def said(text: str) -> list[tuple[str | None, list[str]]]:
    quotes = find_quotes(text, people(text))
    return [(one.speaker, [text[start:end] for start, end in one.spans]) for one in quotes]


def only(text: str) -> Quote:
    [one] = find_quotes(text, people(text))
    return one


@pytest.mark.parametrize(
    "text",
    [
        '"We won," said Ann Quill.',
        '"We won," said Mayor Ann Quill, a teacher.',
        '"We won," Ann Quill said.',
        '"We won," Ann Quill, the senator from Ohio, told CNN.',
        '"We won", Quill added.',
        '"Did we win?" Quill asked.',
        'Ann Quill said: "We won."',
        'Ann Quill (D-Ohio) said that it was "a great day".',
        'In a statement, Quill called it "a great day".',
        'Marsh listened while Ann Quill said it was "a great day".',
        'Quill signed the law on Monday, calling it "a great day".',
        'According to Ann Quill, it was "a great day".',
        'It was "a great day", according to Ann Quill.',
        'Ann Quill: "We won."',
        "“We won it all.” — Mayor Ann Quill, on Harbour Radio",
        '"We won," said the party\'s leader, Ann Quill.',
        '"We won," said Marsh\'s lawyer Ann Quill.',
        'Marsh thanked Quill, who said it was "a great day".',
        'Quill left early. "We won," she said.',
        '"We won," said Ann Quill of Harbour College.',
        'Ann Quill of Harbour College said: "We won."',
    ],
)
def test_the_sentence_tells_who_speaks(text: str) -> None:
    assert only(text).speaker == "Ann Quill"


@pytest.mark.parametrize(
    "text",
    [
        '"We won," said a spokesman for Ann Quill.',
        '"We won," a spokesman for Ann Quill said.',
        '"We won," said a Quill aide.',
        '"We won," said Ann Quill and Bob Marsh.',
        '"We won," Ann Quill and Bob Marsh said.',
        '"We won," they said, and Ann Quill left.',
        'Ann Quill was called "a great fool of a woman".',
        'Ann Quill met Bob Marsh. "We won again," he said.',
        '"We won it all." Ann Quill left at noon.',
        'The claims of Ann Quill were "wholly without any merit at all".',
        'A close associate of former Harbour boss Ann Quill has told a court that the charges are "false".',
        'The son of ex-Harbour oil chief Ann Quill told CNN it was "a great day".',
        '"We won," said a lawyer for the former Harbour boss Ann Quill.',
        'The night saw Ann Quill stressing the cost and Bob Marsh a great return of "boots on the ground again" there.',
        'Ann Quill expressed support for a group which claims that "nobody has won it".',
        'Team Quill says that it was "a great day".',
        'Quill supporters are likely to say that they "strongly favor the town".',
        'Ann Quill cites codes that forbid a town "to win it all or to lose".',
        "The former Ann Quill chief of staff left and she tweeted an apology: “We won.”",
        'Ann Quill rejected the notion that the town was "a great loser".',
        'Ann Quill lamented that the papers often refer to her win as "a great day".',
        'Ann Quill observed from a boat as the ship spewed out "a massive stream of flames".',
        'Ann Quill told us that she was left in the dark, receiving the following message from Harbour: "You lost."',
        'Ann Quill said that it was late. A spokesman for Harbour said that it had won. "We won it," she added.',
    ],
)
def test_nobody_speaks_where_the_text_does_not_clearly_tell(text: str) -> None:
    assert [speaker for speaker, _ in said(text)] == [None]


@pytest.mark.parametrize(
    "text",
    [
        'The so-called "smart" meters failed.',
        "Her novel “The Long Winter” sold well.",
        'Ann "Annie" Quill left.',
        'Quill appeared on "Face the Harbour".',
        "It's the '90s.",
        "",
    ],
)
def test_names_and_single_words_in_marks_are_no_quotations(text: str) -> None:
    assert not said(text)


def test_an_interrupted_quotation_is_one() -> None:
    assert said('"We shall," Ann Quill said, "never go back." It rained.') == [
        ("Ann Quill", ["We shall,", "never go back."])
    ]


def test_the_sentence_after_a_quotation_belongs_to_it() -> None:
    assert said('"We won," said Ann Quill. "We did."') == [("Ann Quill", ["We won,", "We did."])]


def test_a_pronoun_does_not_reach_over_somebody_without_a_name() -> None:
    text = 'Bob Marsh met her. "We won," said a Harbour official, who left. "We won again," he added.'
    assert said(text) == [(None, ["We won,"]), (None, ["We won again,"])]


def test_a_question_with_its_own_speaker_is_not_the_answer_before_it() -> None:
    text = '"Not that I know of," Ann Quill replied. "Did you ever know it?" Mr Marsh pressed.'
    assert said(text.replace("Mr Marsh", "Marsh")) == [
        ("Ann Quill", ["Not that I know of,"]),
        ("Bob Marsh", ["Did you ever know it?"]),
    ]


def test_a_paragraph_with_its_own_speaker_is_not_the_one_left_open_before_it() -> None:
    text = 'Ann Quill said: "We won.\n\n"We lost," said Bob Marsh.'
    assert said(text)[-1] == ("Bob Marsh", ["We lost,"])


def test_who_is_a_firm_in_the_text_says_nothing() -> None:
    text = 'Shares in Quill fell after the builder saw its sales drop. Quill said its year was "challenging".'
    assert said(text + " Quill reported its worst year.") == [(None, ["challenging"])]
    assert said(text.replace("Shares in Quill", "Ms Quill")) == [("Ann Quill", ["challenging"])]


def test_a_quotation_over_paragraphs_is_one() -> None:
    assert said("Ann Quill said: “One here.\n\n“Two here.\n\n“Three here.”") == [
        ("Ann Quill", ["One here.", "Two here.", "Three here."])
    ]


def test_a_quotation_that_is_told_at_its_end_has_the_speaker_throughout() -> None:
    assert said("“One here.\n\n“Two here,” said Ann Quill.") == [("Ann Quill", ["One here.", "Two here,"])]


def test_a_quotation_says_where_the_text_tells_its_speaker_and_how() -> None:
    text = 'Quill left. "We won," she said.'
    one = only(text)
    assert one.speaker_start is not None
    assert text[one.speaker_start : one.speaker_end] == "she"
    assert (one.cue, one.via) == ("said", "verb after, pronoun")


def test_an_office_is_whom_alone_the_text_calls_so() -> None:
    assert said('Mayor Ann Quill met Bob Marsh. "We won," the mayor said.')[0][0] == "Ann Quill"
    assert said('Mayor Ann Quill met Mayor Bob Marsh. "We won," the mayor said.')[0][0] is None


def test_a_transcript_gives_each_turn_to_its_speaker() -> None:
    text = "ANN QUILL: Good day.\n\nBOB MARSH: Is it?\n\nIt rains.\n\nANN QUILL: It does."
    assert said(text) == [
        ("Ann Quill", ["Good day."]),
        ("Bob Marsh", ["Is it?", "It rains."]),
        ("Ann Quill", ["It does."]),
    ]


def test_a_list_of_people_is_no_transcript() -> None:
    assert not said("ANN QUILL: a teacher from Ohio.\n\nBOB MARSH: a fisherman.\n\nNOTE: nothing.")


@given(st.lists(pieces, max_size=30).map(" ".join))
def test_spans_are_in_order_within_the_text_and_speakers_are_its_people(text: str) -> None:
    quotes = find_quotes(text, people(text))
    spans = sorted(span for one in quotes for span in one.spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    for one in quotes:
        assert list(one.spans) == sorted(one.spans)
        assert (one.speaker is None) == (one.speaker_start is None) == (one.speaker_end is None)
        assert one.speaker is None or one.speaker in {mention.value for mention in people(text)}


@pytest.mark.parametrize(
    "piece",
    ['"a b c" ', '"We won," he said. ', "' ", '"', "“a. ", "He, who, said, ", '"a", ', "A: ", "said ", '. "'],
    ids=repr,
)
def test_hostile_texts_are_read_to_their_end(piece: str) -> None:
    text = "Ann Quill left. " + piece * 5_000
    assert all(one.end <= len(text) for one in find_quotes(text, people(text)))
