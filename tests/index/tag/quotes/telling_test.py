import pytest

from tests.index.tag.quotes.speaking import speakers


@pytest.mark.parametrize(
    "text",
    [
        "Marsh was asked by Ann Quill: “Who paid for the boat?”",
        "Marsh was asked, “Who paid for the boat?”",
        "Marsh was told on Friday by Ann Quill: “Leave the boat.”",
        "Bob Marsh, who had been warned by Quill that it was “a leaking boat”, sailed.",
        "Bob Marsh, described by Ann Quill as “a leaking boat”, sailed.",
        "The plan was denounced by Ann Quill as “a leaking boat”.",
        "Marsh was asked once more at the market on Friday: “Who paid for all this?”",
        "Marsh was told: “Leave the boat now.”",
        "Marsh had been accused of “stealing a boat”.",
    ],
)
def test_who_is_asked_or_told_says_nothing(text: str) -> None:
    assert speakers(text) == ["Ann Quill" if "by " in text else None]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Quill said by phone that it was “a leaking boat”.",
        "Ann Quill responded by calling it “a leaking boat”.",
        "Asked by Bob Marsh about the pier, Ann Quill said: “It leaks.”",
        "Ann Quill was blunt: “It leaks and it will sink.”",
        "Ann Quill was quoted as saying “it leaks and it will sink”.",
        "Said Ann Quill: “It leaks and it will sink.”",
        "Ann Quill on the boat: “It leaks and it will sink.”",
    ],
)
def test_what_is_not_passive_has_its_speaker(text: str) -> None:
    assert speakers(text) == ["Ann Quill"]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Quill stood in a hall full of signs that read: “Save the pier and the boats”.",
        "Ann Quill got a letter reading: “Save the pier and the boats.”",
        "Ann Quill said she had seen a banner that read “Save the pier and the boats”.",
        "Ann Quill told us of a man in a T-shirt with the words “Save the pier and the boats”.",
        "Ann Quill, in a cap that said “save the pier and the boats”, waved.",
        "Ann Quill told us of placards saying “save the pier and the boats”.",
        "Ann Quill spoke under a mural emblazoned with “save the pier and the boats”.",
        "Ann Quill heard a voice say: “Save the pier and the boats.”",
    ],
)
def test_what_is_written_on_things_is_nobodys_word(text: str) -> None:
    assert speakers(text) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Quill issued a statement saying “the pier will be saved”.",
        "Ann Quill wrote in a letter: “The pier will be saved.”",
        "Ann Quill said the banner was “a great shame for all”.",
        "Ann Quill, reading from a letter of thanks, said: “The pier is saved.”",
    ],
)
def test_what_somebody_writes_or_says_of_things_is_that_persons_word(text: str) -> None:
    assert speakers(text) == ["Ann Quill"]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Quill wrote “How to Mend a Pier in Ten Days”.",
        "In her memoir, “A Life Among the Herring Boats”, Ann Quill says nothing of it.",
        "Ann Quill held up a book entitled “The Last Herring”.",
        "Ann Quill hailed the so-called “golden anchor”.",
        "Ann Quill said the so-called “golden anchor” was fair.",
        "Ann Quill unveiled a plan dubbed “golden anchor”.",
        "Ann Quill, nicknamed “the Golden Anchor”, left.",
        "Ann Quill, called “the anchor” by her rivals, left.",
        "Ann Quill said that she hates the term “golden anchor”.",
        "Ann Quill said the rule, known as “the anchor”, was fair.",
    ],
)
def test_titles_and_terms_that_are_set_apart_are_no_quotations(text: str) -> None:
    assert not speakers(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ann Quill dubbed the plan “a golden anchor”.",
        "Ann Quill called it “a golden anchor”.",
        "Marsh left over what Ann Quill called “a golden anchor”.",
        "Ann Quill wrote “this is the end of it”.",
        "Ann Quill wrote: “Save The Pier And The Boats”.",
    ],
)
def test_what_somebody_calls_a_thing_is_a_quotation(text: str) -> None:
    assert speakers(text) == ["Ann Quill"]


@pytest.mark.parametrize(
    "text",
    [
        "Bob Marsh accused Ann Quill of saying “the poor can swim”.",
        "Bob Marsh accused Ann Quill of calling him “a thief”.",
        "Bob Marsh criticised Ann Quill for saying “the poor can swim”.",
        "Bob Marsh denied saying “the poor can swim”.",
        "Bob Marsh denied that he had ever said “the poor can swim”.",
        "Bob Marsh denied Ann Quill had said “the poor can swim”.",
        "Ann Quill never said “the poor can swim”.",
        "Ann Quill has never once said “the poor can swim”.",
        "Ann Quill has not said “the poor can swim”.",
        "Ann Quill hasn’t said “the poor can swim”.",
        "Ann Quill did not say “the poor can swim”.",
        "Ann Quill refused to say “the poor can swim”.",
        "Ann Quill declined to call it “a leaking boat”.",
        "Ann Quill stopped short of saying “the poor can swim”.",
        "Ann Quill left without saying “the poor can swim”.",
        "Neither Ann Quill nor Bob Marsh said “the poor can swim”.",
        "“The poor can swim,” neither Ann Quill nor Bob Marsh said.",
        "“The poor can swim,” said neither Ann Quill nor Bob Marsh.",
        "“The poor can swim,” Ann Quill never said.",
        "Not even Ann Quill said “the poor can swim”.",
        "It was not Ann Quill who said “the poor can swim”.",
        "Bob Marsh told Ann Quill not to say “the poor can swim”.",
        "Bob Marsh falsely claimed that Ann Quill said “the poor can swim”.",
        "Ann Quill said nothing about “the poor who can swim”.",
        "Ann Quill never said that she would go. “I am here for all of you.”",
    ],
)
def test_a_denial_makes_nobody_a_speaker(text: str) -> None:
    assert speakers(text) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "If Ann Quill says “the poor can swim”, do not believe her.",
        "Unless Ann Quill says “the poor can swim”, we stay.",
        "Marsh asked whether Ann Quill had said “the poor can swim”.",
        "Had Ann Quill said “the poor can swim”, we had gone.",
        "Has Ann Quill ever said “the poor can swim”?",
        "Marsh will wait until Ann Quill says “the poor can swim”.",
        "Ann Quill would have said “the poor can swim”.",
        "Ann Quill should have called it “a leaking boat”.",
        "Bob Marsh said that Ann Quill should say “the poor can swim”.",
        "Bob Marsh wants Ann Quill to say “the poor can swim”.",
        "Bob Marsh urged Ann Quill to say “the poor can swim”.",
        "Bob Marsh is waiting for Ann Quill to say “the poor can swim”.",
        "Bob Marsh wishes Ann Quill had said “the poor can swim”.",
        "Ann Quill wants to say “the poor can swim”.",
    ],
)
def test_what_is_only_supposed_or_wished_is_not_said(text: str) -> None:
    assert speakers(text) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Quill not only said “the poor can swim” but wept.",
        "Ann Quill denied the charge, saying “the poor can swim”.",
        "Ann Quill apologised for calling him “a leaking boat”.",
        "Ann Quill went on to say “the poor can swim”.",
        "Ann Quill took to the radio to say “the poor can swim”.",
        "Asked if she would go, Ann Quill said: “The poor can swim.”",
        "If elected, Ann Quill said, she would “teach the poor to swim”.",
        "Marsh laughed when Ann Quill said “the poor can swim”.",
        "Ann Quill never apologised, saying “the poor can swim”.",
        "Ann Quill said she could not comment, but that “the poor can swim”.",
        "That will hardly please Ann Quill, who said: “The poor can swim.”",
    ],
)
def test_what_is_said_beside_a_denial_or_a_condition_has_its_speaker(text: str) -> None:
    assert speakers(text) == ["Ann Quill"]


@pytest.mark.parametrize(
    "text",
    [
        "“Give us our boats,” chanted the crowd as Ann Quill said nothing.",
        "“Give us our boats,” shouted the crowd while Ann Quill waved.",
        "“Give us our boats,” yelled protesters outside Ann Quill Hall.",
        "“Give us our boats,” cried fishermen near Ann Quill.",
        "As Ann Quill spoke, the crowd chanted “give us our boats”.",
        "Ann Quill told a crowd chanting “give us our boats” to go.",
        "Ann Quill said there were cries of “give us our boats”.",
        "Ann Quill was met with chants of “give us our boats”.",
    ],
)
def test_what_a_crowd_chants_is_not_said_by_whom_it_faces(text: str) -> None:
    assert speakers(text) == [None]


def test_whoever_leads_a_chant_has_said_it() -> None:
    assert speakers("“Give us our boats,” chanted Ann Quill as the crowd waved.") == ["Ann Quill"]
    assert speakers("Ann Quill chanted “give us our boats” as Bob Marsh left.") == ["Ann Quill"]


@pytest.mark.parametrize(
    "text",
    [
        "Asked whether it was Ann Quill, the mayor, Bob Marsh declined to say, responding: “We had a very long talk.”",
        "After Ann Quill asked for calm, Bob Marsh refused, answering: “We had a talk.”",
        "Responding to Ann Quill, Bob Marsh said: “We had a talk.”",
        "“We had a talk,” Bob Marsh said in reply to Ann Quill.",
    ],
)
def test_a_reply_is_never_given_to_whom_it_is_made(text: str) -> None:
    assert speakers(text)[0] in (None, "Bob Marsh")


def test_who_replies_is_not_the_one_of_two_who_spoke_before() -> None:
    assert speakers("“Why me?” Finch asked Wren. “Because you stole,” she replied.") == ["Sorrel Finch", None]
    assert speakers("“We won,” Ann Quill said. “So they say,” she replied.") == ["Ann Quill", "Ann Quill"]


def test_nobody_is_both_he_and_she() -> None:
    text = "Sorrel Finch left. “We won,” she said.\n\nSorrel Finch came back. “We lost,” he said."
    assert speakers(text) == ["Sorrel Finch", None]


SPOUSES = {"Ann Quill": "Ann Quill", "Peter Quill": "Peter Quill", "Quill": "Peter Quill"}


@pytest.mark.parametrize(
    ("said", "speaker"),
    [
        ("“Enough,” Quill said.", None),
        ("Quill said: “Enough.”", None),
        ("“Enough,” Mr. Quill said.", "Peter Quill"),
        ("“Enough,” said Mrs Quill.", "Ann Quill"),
        ("Ms. Quill left. “Enough,” she said.", "Ann Quill"),
        ("“Enough,” Ann Quill said.", "Ann Quill"),
    ],
)
def test_a_surname_of_two_spouses_means_neither_without_a_title(said: str, speaker: str | None) -> None:
    assert speakers(f"Peter Quill and his wife, Ann Quill, came. {said}", SPOUSES) == [speaker]


def test_a_surname_means_who_was_so_called_before_the_other_was_named() -> None:
    text = "Peter Quill came. Quill left early. Then Ann Quill came. “Enough,” Quill said."
    assert speakers(text, SPOUSES) == ["Peter Quill"]


def test_a_surname_means_who_has_the_office_or_was_named_in_full_more_often() -> None:
    text = "Ann Quill came. “Enough,” President Quill said. “Enough,” Quill added."
    assert speakers(text, SPOUSES) == ["Peter Quill", "Peter Quill"]
    text = "Ann Quill met Peter Quill. Peter Quill left. “Enough,” Quill said."
    assert speakers(text, SPOUSES) == ["Peter Quill"]


def test_a_title_of_the_other_sex_means_nobody_where_only_one_bears_the_name() -> None:
    assert speakers("Peter Quill came. “Enough,” Mrs. Quill said.", SPOUSES) == [None]


def test_one_person_by_two_names_is_not_two() -> None:
    names = {"Robert Quill": "Robert Quill", "Bob Quill": "Bob Quill", "Quill": "Bob Quill"}
    assert speakers("Robert Quill met Bob Quill. “Enough,” Quill said.", names) == ["Bob Quill"]


def test_two_who_announce_words_together_have_not_each_said_them() -> None:
    assert speakers("Ann Quill, the mayor, and Major Bob Marsh put it this way: “Enough is enough for us.”") == [None]
