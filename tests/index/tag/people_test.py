"""Sentences of our own, with the spans that a model would mark: [people]; what resolution makes of them."""

import pytest

from index.tag.people import find_people
from index.tag.tokens import Span, analyse
from index.types import Article, Mention, PublicationDate


def resolve(marked: str, *, title: str = "", year: str | None = None) -> list[Mention]:
    plain = {"title": title.replace("[", "").replace("]", ""), "text": marked.replace("[", "").replace("]", "")}
    published = PublicationDate(value=year, precision="year", origin="metadata") if year else None
    article = Article(id="0", source="test", title=plain["title"], text=plain["text"], published=published)
    document = analyse(article)
    spans = []
    for tokens, with_marks in zip(document.fields, (title, marked), strict=True):
        offset, start = 0, -1
        for character in with_marks:
            if character == "[":
                start = offset
            elif character == "]":
                first, last = tokens.index_at(start), tokens.index_at(offset - 1) + 1
                spans.append(Span(kind="person", tokens=tokens, first=first, last=last))
            else:
                offset += 1
    return find_people(document, spans)


def values(marked: str, *, title: str = "", year: str | None = None) -> list[str]:
    return [mention.value for mention in resolve(marked, title=title, year=year)]


def people(marked: str, *, title: str = "", year: str | None = None) -> set[str]:
    return set(values(marked, title=title, year=year))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[Lena Marsh] won. [Marsh] smiled. “I knew,” said [Lena].", "Lena Marsh"),
        ("[Marsh] won. Friends of [Lena Marsh] cheered.", "Lena Marsh"),
        ("[Sen. Lena Marsh] won. [Marsh]’s rival lost.", "Lena Marsh"),
        ("[House Speaker Lena Marsh] won.", "Lena Marsh"),
        ("[Robert Quill] left. [Bob Quill] came back. [Bob] stayed.", "Robert Quill"),
        ("[Ann B. Quill] left. [Ann Quill] came back. [A. Quill] stayed.", "Ann B. Quill"),
        ("[Jun-ho Park] left. Mr. [Park] came back.", "Jun-ho Park"),
        ("[Kim Dae-so] left. [Kim] came back.", "Kim Dae-so"),
        ("[Kim Dae-so] left. [Kim Dae So] came back.", "Kim Dae-so"),
        (
            "[Ursula van der Berg] left. [Van der Berg] came back, [van der Berg] said. [Berg] slept.",
            "Ursula van der Berg",
        ),
        ("[Omar al-Hadid] left. [Al-Hadid] came back. [Hadid] stayed. [al-Hadid] slept.", "Omar al-Hadid"),
        ("[José Peña] left. [Pena] came back. [Jose Pena] stayed.", "José Peña"),
        ("[Ana Ruiz Torres] left. [Ruiz] came back. [Ana Ruiz] stayed.", "Ana Ruiz Torres"),
        ("[Mia Costa-Lopes] left. [Costa-Lopes] came back. [MCL] stayed.", "Mia Costa-Lopes"),
        ("[Ken Ofori]-Atta left.", "Ken Ofori-Atta"),
        ("The [Lena Marsh-style] hat. [Lena Marsh]-backed plans.", "Lena Marsh"),
        ("[John Hall], Jr. left. [Hall] came back.", "John Hall, Jr."),
        ("D. [Wayne Hall] left.", "D. Wayne Hall"),
        ("[Sultan Al Hadid] left. [Al Hadid] came back.", "Sultan Al Hadid"),
        ("[Defence Minister Omar Hadid] left.", "Omar Hadid"),
        ("[Sean O'Dowd] left. [O’Dowd] came back.", "Sean O'Dowd"),
        ("[Harry Bloom Jr.] left. [Bloom] came back.", "Harry Bloom Jr."),
        ("[Pete Butterwig] left. [Buterwig] came back.", "Pete Butterwig"),
        ("Then [[Tom] Hall] left. [Hall] came back. [Tom Hall] stayed.", "Tom Hall"),
    ],
)
def test_all_forms_of_a_name_are_one_person(text: str, name: str) -> None:
    text = text.replace("[[Tom] Hall]", "[Tom Hall]")
    assert people(text) == {name}


def test_a_headline_in_capitals_names_the_same_person() -> None:
    assert people("[Lena Marsh] won.", title="[LENA MARSH] WINS AS [MARSH] PREDICTED") == {"Lena Marsh"}


def test_a_name_only_in_capitals_is_written_as_names_are() -> None:
    assert people("[LENA MCBRIDE] WINS") == {"Lena McBride"}


def test_an_editor_s_insertion_is_part_of_the_name() -> None:
    article = Article(id="0", source="test", title="", text="Then Tina [Marsh] met [Tom] Hall.")
    document = analyse(article)
    spans = [Span(kind="person", tokens=document.text, first=i, last=i + 1) for i in (1, 3, 9)]
    mentions = find_people(document, spans)
    assert [(m.value, m.surface) for m in mentions] == [("Tina Marsh", "Tina [Marsh]"), ("Tom Hall", "[Tom] Hall")]


@pytest.mark.parametrize(
    "text", ["[James] “Jim” [Hall III] left.", "[James “Jim]” [Hall III] left.", "[James “Jim” Hall III] left."]
)
def test_a_nickname_in_quotes_does_not_cut_a_name(text: str) -> None:
    assert people(text) == {"James “Jim” Hall III"}


def test_the_plain_name_is_preferred_to_one_with_a_nickname() -> None:
    assert people("[Robert (Bob) Quill] left. [Robert Quill] came back. [Bob] slept.") == {"Robert Quill"}


def test_couples_share_the_surname() -> None:
    assert values("[Otto] and [Lena Marsh] won.") == ["Otto Marsh", "Lena Marsh"]
    assert values("[Anna], [Peter] and [Lena Marsh] won.") == ["Anna Marsh", "Peter Marsh", "Lena Marsh"]


def test_a_surname_before_and_is_no_given_name() -> None:
    assert values("[Marsh] and [Tom Hall] won.") == ["Marsh", "Tom Hall"]


def test_two_people_of_one_surname_stay_two() -> None:
    assert people("[Lena Marsh] met [Otto Marsh]. [Otto] smiled.") == {"Lena Marsh", "Otto Marsh"}


def test_a_shared_surname_means_who_was_named_last() -> None:
    assert values("[Lena Marsh] spoke. [Marsh] sat. [Otto Marsh] spoke. [Marsh] sat.")[1::2] == [
        "Lena Marsh",
        "Otto Marsh",
    ]


def test_different_given_names_are_different_people() -> None:
    assert people("[John Marsh] and [Jack Hall] met [Jill Marsh] and [Frank Hall].") == {
        "John Marsh",
        "Jack Hall",
        "Jill Marsh",
        "Frank Hall",
    }


def test_a_well_known_father_and_his_junior_are_two() -> None:
    assert people("[Donald Trump Jr.] called [Donald Trump]. [Trump] answered.") == {"Donald Trump Jr.", "Donald Trump"}


@pytest.mark.parametrize(
    ("text", "year", "name"),
    [
        ("[Biden] spoke.", "2021", "Joe Biden"),
        ("[Biden] spoke.", "1975", "Biden"),
        ("[Biden] spoke.", None, "Joe Biden"),
        ("President [Bush] spoke.", "2004", "George W. Bush"),
        ("President [Bush] spoke.", "1990", "George H.W. Bush"),
        ("President [Bush] spoke.", None, "Bush"),
        ("Secretary [Clinton] spoke.", "2010", "Hillary Clinton"),
        ("President [Clinton] spoke.", "1996", "Bill Clinton"),
    ],
)
def test_who_is_well_known_gets_the_full_name(text: str, year: str | None, name: str) -> None:
    assert people(text, year=year) == {name}


def test_a_relative_named_in_full_does_not_take_the_name_of_who_is_well_known() -> None:
    assert people("[Trump] spoke. [Ivanka Trump] listened.", year="2019") == {"Donald Trump", "Ivanka Trump"}


@pytest.mark.parametrize(
    "text",
    [
        "They met at [Marsh] Tower.",
        "She studied at [Anna Marsh] University.",
        "The court cited [Marsh] v. [Hall].",
        "Hurricane [Lena] came.",
        "The [Marshes] and the [Halls] met; Hall won.",
        "The crowd. Lena Marsh/Getty Images".replace("Lena Marsh", "[Lena Marsh]"),
        "(Photo by [Lena Marsh]/AFP via Getty Images)",
        "(AP Photo/[Lena Marsh])",
        "The hall. [Lena Marsh]/Abaca/Bloomberg",
        "By [Lena Marsh]\n\nIt rained.",
        "It rained. [Lena Marsh] and [Tom Hall] contributed to this report.",
        "Unit [Lena 9] came.",
        "The [Interior Minister] and the [Crown Prince] came.",
        "They flew to [Costa Rica].",
    ],
)
def test_no_person_is_found_in(text: str) -> None:
    assert people(text) <= {"Marshes"}


def test_every_decision_says_why() -> None:
    mentions = resolve("[Lena Marsh] met [Biden]. [Marsh] smiled; [Lena] too, and [Zed].", year="2021")
    assert [mention.via for mention in mentions] == [
        "full name",
        "well-known name",
        "surname of a fuller name",
        "given name of a fuller name",
        "name as it stands",
    ]


def test_surfaces_are_the_text_between_the_offsets() -> None:
    text = "[Sen. Lena Marsh] met [Hall]."
    for mention in resolve(text):
        assert "Sen. Lena Marsh met Hall."[mention.start : mention.end] == mention.surface
    assert [mention.surface for mention in resolve(text)] == ["Lena Marsh", "Hall"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The singer Diana [Dell] left.", "Diana Dell"),
        ("Bishop T.D. [Dell] left.", "T.D. Dell"),
        ("Minister [Ali Al]-[Mudhar] left.", "Ali Al-Mudhar"),
        ("Sheikh [Sabri Al]-Khalil Al-Hadid left.", "Sabri Al-Khalil Al-Hadid"),
        ("[Will Marsh] run? [Marsh] is silent. [Marsh] waits.", "Marsh"),
    ],
)
def test_names_that_were_cut_short_or_too_long_are_mended(text: str, name: str) -> None:
    assert people(text) == {name}


def test_a_name_is_cut_from_the_fuller_one_glued_after_it() -> None:
    glued = "Said Gov. [Gavin Marsh Gavin Tom Marsh]California rivals split."
    assert values(glued) == ["Gavin Tom Marsh", "Gavin Tom Marsh"]


@pytest.mark.parametrize(
    "text",
    [
        "It opened at the [William C. Marsh] Correctional Facility.",
        "It opened at [Elizabeth Central Hospital] in May.",
        "Analysts at [Morgan Stanley] agree.",
        "Shoes by [Nike] sell.",
        "It is in the district of [Manuel Marsh], says a map.",
    ],
)
def test_things_named_after_people_are_refused(text: str) -> None:
    assert people(text) == set()


def test_a_brand_is_a_person_where_the_article_names_somebody_so_in_full() -> None:
    assert people("[Nikola Tesla] left. [Tesla] came back.") == {"Nikola Tesla"}


def test_a_name_ends_after_its_suffix() -> None:
    assert values("The cook [Michel Quill Jr. Abiola] came.") == ["Michel Quill Jr."]


def test_a_double_name_is_one_person_and_two_rivals_are_two() -> None:
    assert people("[Mark Quill]-[Francis] ran. [Quill]-[Francis] won.") == {"Mark Quill-Francis"}
    assert people("The [Lena Marsh]-[Quill] debate. [Quill] won.") == {"Lena Marsh", "Quill"}


def test_money_is_no_person() -> None:
    assert people("It costs [Dh] 5,000 now.") == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The ambassador Mariam [Al Hadid] left.", "Mariam Al Hadid"),
        ("The editor Diana van den [Heuvel] left.", "Diana van den Heuvel"),
        ("The voter Diana [Marsh II] left.", "Diana Marsh II"),
    ],
)
def test_given_names_before_articles_particles_and_ranked_surnames_are_taken(text: str, name: str) -> None:
    assert people(text) == {name}


@pytest.mark.parametrize("text", ["They cross [Klong Marsh] often.", "The [Quill Pradesh] polls opened."])
def test_places_are_known_by_their_first_or_last_word_in_other_languages(text: str) -> None:
    assert people(text) == set()


def test_brackets_in_a_name_are_closed_or_left_out() -> None:
    assert people("For them [R Quill (Bellham]) ran.") == {"R Quill"}
    assert people("The coach [John (Quill]) spoke.") == {"John (Quill)"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Sen. [Marsh] said no. [Pia Marsh] sang. [Leo Marsh] slept. Sen. [Kim Marsh] left.",
            ["Kim Marsh", "Pia Marsh", "Leo Marsh", "Kim Marsh"],
        ),
        (
            "[Kim Marsh], the Republican governor of Ohio, left. [Leo Marsh] slept. Gov. [Marsh] woke.",
            ["Kim Marsh", "Leo Marsh", "Kim Marsh"],
        ),
        (
            "[Robert Quill] died, said his widow, [Ellen Quill]. Mr. [Quill] was 81. Ms. [Quill] is 79.",
            ["Robert Quill", "Ellen Quill", "Robert Quill", "Ellen Quill"],
        ),
        (
            "[Robert Ash-Quill] died. His widow, [Ellen Ash-Quill], wept. Mr. [Ash-Quill] was 81.",
            ["Robert Ash-Quill", "Ellen Ash-Quill", "Robert Ash-Quill"],
        ),
        ("[Ellen Quill] spoke in 2019. Mr. [Quill] did not.", ["Ellen Quill", "Quill"]),
    ],
)
def test_titles_tell_namesakes_apart(text: str, names: list[str]) -> None:
    assert values(text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('[Thomas] "[Tommy]" [Quill]-Marsh left.', 'Thomas "Tommy" Quill-Marsh'),
        ("[Hung-Wen] ([H. W.]) Tan left.", "Hung-Wen (H. W.) Tan"),
        ("[Justices Lena Marsh] left.", "Lena Marsh"),
        ("[Academician Oleg Marin] left.", "Oleg Marin"),
        ("[Sens. Lena Marsh] left.", "Lena Marsh"),
        ("[Johannes Kr. Olafsson] left. [Olafsson] came back.", "Johannes Kr. Olafsson"),
    ],
)
def test_nicknames_titles_and_initials_are_read_as_parts(text: str, name: str) -> None:
    assert people(text) == {name}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[Donald J. Trump] left. [Donald Trump Jr.] stayed.", ["Donald J. Trump", "Donald Trump Jr."]),
        (
            "[Tom Keane Sr.] left. [Tom Keane Jr.] stayed. [Keane Sr.] woke. [Keane Jr.] slept.",
            ["Tom Keane Sr.", "Tom Keane Jr.", "Tom Keane Sr.", "Tom Keane Jr."],
        ),
        (
            "[Tom Keane Sr.] left. [Tom Keane Jr.] stayed. [Tom Keane] woke.",
            ["Tom Keane Sr.", "Tom Keane Jr.", "Tom Keane"],
        ),
    ],
)
def test_a_stated_suffix_decides(text: str, names: list[str]) -> None:
    assert values(text) == names


def test_a_couple_is_told_apart_by_mr_and_mrs() -> None:
    text = "[Nancy] and [Paul Keane] left. Mr. [Keane] slept. Mrs. [Keane] woke."
    assert values(text) == ["Nancy Keane", "Paul Keane", "Paul Keane", "Nancy Keane"]


def test_a_well_known_given_name_takes_no_other_surname() -> None:
    assert values("[Ivanka] and [Jared Keane] left.", year="2018") == ["Ivanka Trump", "Jared Keane"]


def test_an_initial_is_no_short_form_of_a_surname() -> None:
    assert values("[B Keane] (capt), [Birkett].") == ["B Keane", "Birkett"]


@pytest.mark.parametrize(
    "text",
    [
        "Under [Lena]'s Law they must tell.",
        "She had [Leo Quill]'s disease.",
        "Shares of [Quill] & [Quill] fell.",
        "He lost to [OmegaGo] again.",
        "They met in [Quill], Miss., on Monday.",
        "The files of [Marsh Quill], a law firm in Panama, leaked. [Marsh Quill] is silent.",
        "They were on the steamship [Quilla].",
    ],
)
def test_things_that_bear_a_name_are_nobody(text: str) -> None:
    assert values(text) == []


def test_a_possessive_before_somebody_called_bill_names_a_person() -> None:
    assert values("[Leo Marsh]'s Bill Quill sketch was funny.") == ["Leo Marsh"]


def test_where_somebody_comes_from_is_nobody() -> None:
    assert values("[Lena Marsh] of [Quillno] won.") == ["Lena Marsh"]


@pytest.mark.parametrize(
    "text",
    [
        "Shares of [Marks] & [Spencer] fell. [Marks] and [Spencer] grew.",
        "He drank [Jack Daniel]'s.",
        "She wore [Leo Quill] shoes.",
        "“I knew it,” said [Quilloo] founder Ann Bell.",
        "[Quilloo] said it sold three books.",
        "They were aboard the aircraft carrier [Leo Quill].",
        "They built ten projects including [Quill Marsh], [Zell] and [Marsh Bay].",
        "She was on [Martha]'s Vineyard.",
        "Typhoon [Quilla] came. On Monday [Quilla] left.",
        "Shares of [Quill] & [Zell] fell. [Quill] and [Zell] grew.",
        "An [Omani] and two [Omanis] left.",
        "The falcon stood for [Horus], they say.",
        "The police in [Quillindi] said so again. [Quillindi] lies on the coast.",
        "They painted the Star of [David] on every door along that street.",
        "The [Quilltown VIP] tickets sold out.",
        "The [Parti Quill Negara] won a seat.",
        "Then [Barr]. Ann Quill spoke.",
        "She played in [Zellig] (2017) and [La Quilla] (2019).",
        "The firm fell, [QXZ] said.",
    ],
)
def test_what_the_words_around_make_a_thing_is_nobody(text: str) -> None:
    assert values(text) == []


def test_a_full_name_right_after_its_maker_is_a_work() -> None:
    assert values("[Lena Marsh]'s [Otto Quill] won a prize. The Tigers' [Ann Bell] scored.") == [
        "Lena Marsh",
        "Ann Bell",
    ]


def test_a_club_in_brackets_after_a_player_is_nobody() -> None:
    assert values("[Leo Quill] ([Marshtown]), [Tom Hall] ([Bellham]).") == ["Leo Quill", "Tom Hall"]


@pytest.mark.parametrize(
    "text",
    ["[Tesla], 86, died in New York.", "[Tesla] said he was proud.", "The designer [Tesla] spoke."],
)
def test_a_brand_is_a_person_where_the_article_introduces_one(text: str) -> None:
    assert values(text) == ["Tesla"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He met [Argentine Leo Quill] there.", ["Leo Quill"]),
        ("A book by [Ann Marsh QC] won.", ["Ann Marsh"]),
        ("[Lee Hung]-yuan left.", ["Lee Hung-yuan"]),
        ("The presenter [Zoe Ball] left. [Zoe] laughed.", ["Zoe Ball", "Zoe Ball"]),
    ],
)
def test_names_keep_their_words_and_no_others(text: str, names: list[str]) -> None:
    assert values(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The singer Lady [Gaga] sang. [Gaga] left.", ["Lady Gaga", "Lady Gaga"]),
        ("[King Charles III] came. King [Charles] spoke. [Charles III] left.", ["Charles III"] * 3),
        ("King [Charles] and Queen [Camilla] came.", ["Charles III", "Queen Camilla"]),
        ("Prince [Harry] and [Meghan Marsh] came.", ["Prince Harry", "Meghan Marsh"]),
        ("Prince [Otto] and [Lena Marsh] came.", ["Otto", "Lena Marsh"]),
        ("The elder [Bush] praised the younger [Bush].", ["George H.W. Bush", "George W. Bush"]),
        (
            "[Tom Quill Sr.] and [Tom Quill Jr.] left. The younger [Quill] woke. The elder [Quill] slept.",
            ["Tom Quill Sr.", "Tom Quill Jr.", "Tom Quill Jr.", "Tom Quill Sr."],
        ),
        ("[Bush] said so in Dallas. [Jeb Bush], his brother, ran.", ["Bush", "Jeb Bush"]),
        ("[Quill] won. His wife, [Ann Quill], wept. [Quill] smiled.", ["Quill", "Ann Quill", "Ann Quill"]),
        ('I. Lewis "Scooter" [Libby] lied. [Libby] left.', ['I. Lewis "Scooter" Libby'] * 2),
        ("[Vlodymyr Zelensky] spoke. [Volodymyr Zelensky] left.", ["Volodymyr Zelensky"] * 2),
        ("[Aung San Suu Kyi] left. [Suu Kyi] woke.", ["Aung San Suu Kyi"] * 2),
        ("[Clinton]-[Trump] close, a poll says.", ["Hillary Clinton", "Donald Trump"]),
    ],
)
def test_titles_ages_and_relatives_tell_who_is_meant(text: str, names: list[str]) -> None:
    year = "2016" if "Clinton" in text else "2023"
    assert values(text, year=year) == names


def test_initials_of_nobody_are_nobody() -> None:
    assert values("[C. J.] said nothing.") == []


@pytest.mark.parametrize(
    "text",
    [
        "By [Jane Marsh] and [Paul Quill]\n\nThe council met.",
        "By [Jane Marsh], [Paul Quill] and [Tom Hall] | The Daily Bell\n\nThe council met.",
        "BY [JANE MARSH] AND [PAUL QUILL]\n\nThe council met.",
        "[Jane Marsh] and [Paul Quill], The Daily Bell\n\nThe council met.",
        "[Jane Marsh], Staff Writer\n\nThe council met.",
    ],
)
def test_all_authors_of_a_byline_are_nobody_the_article_is_about(text: str) -> None:
    assert values(text) == []


def test_a_sentence_that_begins_as_a_byline_names_people() -> None:
    assert values("A play by [Jane Marsh] and [Paul Quill] opened.") == ["Jane Marsh", "Paul Quill"]


@pytest.mark.parametrize(
    "text", ["The Queen [Mary] sailed.", "They sang on the Princess [Lena], a ferry.", "[Reuter] reported so."]
)
def test_a_ship_and_a_misspelt_agency_are_nobody(text: str) -> None:
    assert values(text) == []


def test_a_queen_and_what_is_about_her_name_a_person() -> None:
    assert values("Queen [Lena] left. The Queen [Lena] exhibition opened.") == ["Lena", "Lena"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maria Lopez", "Mario Lopez"),
        ("Andrea Costa", "Andrew Costa"),
        ("Paul Johnson", "Paul Johnston"),
        ("David Brook", "David Brooks"),
        ("Jon Snow", "John Snow"),
        ("Harry Smith", "Henry Smith"),
        ("Zabrina Quillot", "Zabrina Quillat"),
    ],
)
def test_two_whom_the_article_introduces_are_two(one: str, other: str) -> None:
    assert values(f"[{one}], a teacher, sued [{other}], a banker.") == [one, other]
    assert values(f"[{one}], a teacher, won. Then [{other}], a banker, left.") == [one, other]


def test_two_well_formed_names_are_two_without_a_word_about_them() -> None:
    assert values("[Maria Quill] won. [Maria Quill] left. [Mario Quill] slept.") == ["Maria Quill"] * 2 + [
        "Mario Quill"
    ]


def test_a_short_form_of_a_name_is_no_alias_in_one_sentence_unless_it_is_said() -> None:
    assert people("[Bob Quill] met [Robert Quill].") == {"Bob Quill", "Robert Quill"}
    assert len(people("[Robert Quill], also known as [Bob Quill], left.")) == 1


@pytest.mark.parametrize(
    ("text", "vias"),
    [
        (
            "[Lena Buttermarsh] won. [Lena Buttermarsh] left. [Lena Butermarsh] slept.",
            ["near spelling of a fuller name"],
        ),
        ("[Robert Quill] won. [Robert Quill] left. [Bob Quill] slept.", ["short form of a given name"]),
        ("[Robert J. Quill] won. [Robert Quill] left.", []),
    ],
)
def test_the_reason_tells_a_slip_and_a_short_form_from_a_full_name(text: str, vias: list[str]) -> None:
    mentions = resolve(text)
    assert len({mention.value for mention in mentions}) == 1
    assert [mention.via for mention in mentions if mention.via != "full name"] == vias


def test_a_name_that_the_press_writes_is_no_slip_for_a_surname() -> None:
    assert values("[Paul Johnson] won. [Johnston] lost. [Johnston] left.") == ["Paul Johnson", "Johnston", "Johnston"]
    assert values("[Olena Zelenskyy] won. [Zelenskiy] said so. [Zelenskiy] left.") == ["Olena Zelenskyy"] * 3


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[Jimi Quill] sang. His father, [Al Quill], wept.", ["Jimi Quill", "Al Quill"]),
        ("[Casey Quill] left. [Ben Quill] and [Van Quill] came.", ["Casey Quill", "Ben Quill", "Van Quill"]),
        ("[Omar Al Quilla] left. [Al Quilla] came.", ["Omar Al Quilla"] * 2),
        ("[Ursula van de Quill] left. [Van de Quill] came.", ["Ursula van de Quill"] * 2),
    ],
)
def test_an_article_may_be_a_given_name(text: str, names: list[str]) -> None:
    assert values(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The doctor [Tan Quill Bo] spoke.", ["Tan Quill Bo"]),
        ("Rep. [Raja Quillamoor] spoke. Raja [Quillamoor] left.", ["Raja Quillamoor"] * 2),
        ("Prince [Quillder] hit. [Quillder] left.", ["Prince Quillder"] * 2),
        ("The Saudi Prince [Quillder] left.", ["Quillder"]),
        ("Prince [Quillder] came. The prince left.", ["Quillder"]),
        ("Raja [Quillamoor] met Raja [Zellamoor].", ["Quillamoor", "Zellamoor"]),
        ("Prince [Otto] left.", ["Otto"]),
        ("The Marine Amir [Quillati] woke. Amir [Quillati] left.", ["Amir Quillati"] * 2),
        ("They saw Dato' Sri [Najib Quill] there.", ["Najib Quill"]),
        ("[Datuk Seri Anwar Quill] and Tan Sri [Zell] spoke.", ["Anwar Quill", "Zell"]),
        (
            "[Asiwaju Bola Quill], [Mzee Quillatta] and [Tánaiste Anna Zell] met.",
            ["Bola Quill", "Quillatta", "Anna Zell"],
        ),
        (
            "[Opener Rohit Quill] fell, as did [Adv Dali Zell] and [Simon Marsh TD].",
            ["Rohit Quill", "Dali Zell", "Simon Marsh"],
        ),
    ],
)
def test_titles_of_many_countries_go_and_given_names_like_them_stay(text: str, names: list[str]) -> None:
    assert values(text) == names
