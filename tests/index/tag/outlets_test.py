import pytest

from index.tag.outlets.find import find_outlets
from index.tag.outlets.table import Outlet, OutletTable, default_table, name_key, read_table
from index.tag.tokens import Span, analyse
from index.types import Article

TABLE = OutletTable(
    [
        Outlet(
            name="The New York Times",
            aliases=("NYT",),
            ambiguous=("Times", "The Times"),
            domains=("nytimes.com",),
            country="US",
        ),
        Outlet(name="The Times", ambiguous=("Times", "The Times"), domains=("thetimes.co.uk",), country="GB"),
        Outlet(name="The Washington Post", ambiguous=("Post", "The Post"), country="US"),
        Outlet(name="CNN", domains=("cnn.com",), country="US"),
        Outlet(name="NBC News", aliases=("NBC",), country="US"),
        Outlet(name="ABC News", aliases=("ABC",), country="US"),
        Outlet(name="Australian Broadcasting Corporation", aliases=("ABC",), country="AU"),
        Outlet(name="USA Today", country="US"),
        Outlet(name="Reuters", country="GB"),
        Outlet(name="Agence France-Presse", aliases=("AFP",), country="FR"),
        Outlet(name="Fox News", ambiguous=("Fox",), country="US"),
        Outlet(name="Time", aliases=("Time magazine",), ambiguous=("Time", "TIME"), country="US", kind="magazine"),
        Outlet(name="People", aliases=("People magazine",), ambiguous=("People",), country="US", kind="magazine"),
        Outlet(name="The Hill", ambiguous=("The Hill", "Hill"), country="US"),
        Outlet(name="Bloomberg", country="US"),
        Outlet(name="Slate", ambiguous=("Slate",), country="US"),
        Outlet(name="St. Louis Post-Dispatch", country="US"),
        Outlet(name="The Daily Caller", country="US"),
        Outlet(name="Daily Caller News Foundation", country="US"),
        Outlet(name="The Herald (Glasgow)", ambiguous=("The Herald", "Herald"), country="GB"),
        Outlet(name="WHO-TV", ambiguous=("WHO",), country="US"),
    ]
)


def mentions(text, *, title="", publisher=None, url=None, spans=()):
    document = analyse(Article(id="0", source="", title=title, text=text, publisher=publisher, url=url))
    candidates = [Span(kind=kind, tokens=document.text, first=first, last=last) for kind, first, last in spans]
    return find_outlets(document, candidates, table=TABLE)


def values(text, **parts):
    return [mention.value for mention in mentions(text, **parts)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He told CNN that it rained.", "CNN"),
        ("The New York Times reported it.", "The New York Times"),
        ("As New York Times reporters found, it rained.", "The New York Times"),
        ("THE NEW YORK TIMES REPORTED IT.", "The New York Times"),
        ("It stood on nytimes.com for a day.", "The New York Times"),
        ("NBC’s Lester Holt asked her.", "NBC News"),
        ("The St. Louis Post Dispatch has it.", "St. Louis Post-Dispatch"),
        ("Content by The Daily Caller News Foundation is free.", "Daily Caller News Foundation"),
        ("According to a USA Today-Suffolk University poll, it rains.", "USA Today"),
    ],
)
def test_a_name_that_always_means_an_outlet_is_found_in_all_its_forms(text, value):
    assert values(text) == [value]


def test_a_poll_of_two_outlets_names_both():
    found = mentions("An ABC News/Washington Post poll found rain.")
    assert [(m.value, m.role) for m in found] == [("ABC News", "cited"), ("The Washington Post", "cited")]


@pytest.mark.parametrize(
    "text",
    [
        "She told Time that it rained.",
        "In an interview with Time, she spoke of rain.",
        "Time magazine has rain on its cover.",
        "It rained, Time reported.",
        "It was Time’s Maria Lopez who asked.",
        "“It rained.” [Time]",
        "“It rained and rained.” Maria Lopez, Time",
        "It was on CNN, Time and elsewhere.",
    ],
)
def test_an_ambiguous_name_is_an_outlet_where_the_words_around_it_say_so(text):
    assert "Time" in values(text)


@pytest.mark.parametrize(
    "text",
    [
        "Time will tell. It was Time to go.",
        "The vast majority of people stayed on Capitol Hill.",
        "Vicente Fox swam in the Fox River.",
        "People said that it rained.",
        "The People’s Liberation Army marched.",
        "He is a Post-Impressionist.",
        "She watched Meet the Press, and read Twitter and YouTube.",
        "Face the Nation and Fox & Friends are programmes.",
        "The World Health Organization (WHO) said so; the WHO reported more.",
    ],
)
def test_the_same_words_elsewhere_are_no_outlet(text):
    assert values(text) == []


def test_a_short_name_is_the_outlet_that_the_article_names_in_full():
    found = mentions("The New York Times had it first. The Times also had a picture.", publisher="The Times")
    assert [m.value for m in found] == ["The New York Times"] * 2
    assert found[1].via == "short name of an outlet named in full"


def test_a_short_name_is_the_publisher_where_no_other_is_named():
    found = mentions("He told The Times that it rained.", publisher="The Times", url="https://thetimes.co.uk/a")
    assert [(m.value, m.role) for m in found] == [("The Times", "publisher")]


def test_namesakes_are_told_apart_by_the_publisher_s_country():
    assert values("The ABC reported it.", publisher="Australian Broadcasting Corporation") == [
        "Australian Broadcasting Corporation"
    ]
    assert values("He told ABC that it rained.", publisher="CNN") == ["ABC News"]


def test_namesakes_are_told_apart_by_the_country_of_the_other_outlets():
    assert values("CNN and NBC had it before; he told ABC later.") == ["CNN", "NBC News", "ABC News"]


def test_a_name_in_brackets_that_tells_namesakes_apart_is_not_shown():
    assert values("It rained, the Herald reported.") == ["The Herald"]


def test_somebody_of_an_outlet_s_name_is_a_person():
    text = "Michael Bloomberg ran. Bloomberg lost. He owns a company."
    assert values(text) == []
    assert values(text + " He told Bloomberg so.") == ["Bloomberg"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It was in the Springfield Gazette.", "Springfield Gazette"),
        ("He told Radio Mogadishu that it rained.", "Radio Mogadishu"),
        ("KARE-TV showed the rain.", "KARE-TV"),
        ("CNN affiliate WXYQ showed the rain.", "WXYQ"),
        ("The Ruritanian News Agency has more.", "Ruritanian News Agency"),
        ("An editor of the Strelsau Post resigned.", "Strelsau Post"),
        ("The Okaz newspaper wrote of rain.", "Okaz"),
        ("The newspaper Milenio reported rain.", "Milenio"),
        ("The state broadcaster RTVX showed rain.", "RTVX"),
    ],
)
def test_an_unknown_outlet_is_known_by_its_form(text, value):
    found = [mention for mention in mentions(text) if mention.value != "CNN"]
    assert [(m.value, m.via) for m in found] == [(value, "form of the name")]


@pytest.mark.parametrize(
    "text",
    [
        "The British newspaper wrote of rain.",
        "A Gold Star mother came in Modern Times.",
        "The Cook County Medical Examiner spoke.",
        "The Sunday newspaper is thick.",
        "Radio City and the Radio Orchestra are old.",
        "She broadcast for French TV.",
        "KGB men and the WNBA met.",
    ],
)
def test_what_only_resembles_an_outlet_s_form_is_none(text):
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "publisher", "role"),
    [
        ("(Jane Doe/Reuters)", None, "credit"),
        ("Photo by Jane Doe/AFP via Getty Images", None, "credit"),
        ("REUTERS/Jane Doe", None, "credit"),
        ("[Jane Doe/AFP]", None, "credit"),
        ("Photo: Jane Doe (AFP)", None, "credit"),
        ("He told Reuters that it rained.", None, "cited"),
        ("He told Reuters that it rained.", "Reuters", "publisher"),
    ],
)
def test_the_role_tells_sources_from_the_publisher_and_from_credits(text, publisher, role):
    assert mentions(text, publisher=publisher)[0].role == role


def test_two_outlets_with_a_slash_between_them_are_both_sources():
    assert [m.role for m in mentions("Speaking to CNN/Reuters, she said so.")] == ["cited", "cited"]


def test_a_model_s_candidate_settles_an_ambiguous_name():
    text = "Slate had it, and Hill had not."
    assert values(text) == []
    found = mentions(text, spans=[("outlet", 0, 1), ("person", 5, 6)])
    assert [(m.value, m.via) for m in found] == [("Slate", "model + table")]


@pytest.mark.parametrize("text", ["Twitter had it.", "Zaborona had it.", "Fox & Friends had it."])
def test_a_model_s_candidate_that_nothing_else_speaks_for_is_refused(text):
    assert values(text, spans=[("outlet", 0, 1)]) == []


def test_every_mention_is_what_stands_at_its_place_and_none_overlaps():
    text = "The Yemen Post, CNN’s site and the Post; (CNN) — Time magazine. The Post again, nytimes.com too."
    end = 0
    for mention in mentions(text):
        assert mention.surface == text[mention.start : mention.end]
        assert mention.start >= end
        end = mention.end


def test_titles_are_read_too():
    assert [(m.field, m.value) for m in mentions("", title="CNN Hires Somebody")] == [("title", "CNN")]


def test_outlets_are_found_by_name_and_host():
    assert TABLE.by_name("new york times").name == "The New York Times"
    assert TABLE.by_domain("edition.cnn.com").name == "CNN"
    assert TABLE.by_domain("com") is None
    assert TABLE.by_name("Nobody’s Gazette") is None


def test_a_host_of_several_outlets_is_nobody_s():
    shared = OutletTable([Outlet(name="A", domains=("one.org",)), Outlet(name="B", domains=("one.org",))])
    assert shared.by_domain("one.org") is None


def test_names_are_compared_without_case_article_and_punctuation():
    assert name_key("The Yahoo! News") == name_key("yahoo news")
    assert name_key("Barron’s") == name_key("BARRON'S")


def test_a_table_is_read_from_tab_separated_lines():
    table = read_table(
        ["name\taliases\tambiguous\tdomains\tcountry\tkind\n", "A Paper\tAP|A.P.\tPaper\ta.org\tGB\tnewspaper\n"]
    )
    expected = Outlet(
        name="A Paper", aliases=("AP", "A.P."), ambiguous=("Paper",), domains=("a.org",), country="GB", kind="newspaper"
    )
    assert [(o.name, o.aliases, o.ambiguous, o.domains, o.country, o.kind) for o in table.outlets] == [
        (expected.name, expected.aliases, expected.ambiguous, expected.domains, expected.country, expected.kind)
    ]


def test_the_shipped_table_knows_a_thousand_outlets_each_by_its_own_name():
    table = default_table()
    assert len(table.outlets) >= 1000
    assert all(table.by_name(outlet.name) is not None for outlet in table.outlets)
    assert len({outlet.name for outlet in table.outlets}) == len(table.outlets)
    assert table.by_name("AFP").name == "Agence France-Presse"


@pytest.mark.parametrize(
    "text",
    [
        "She wrote it up for the Times of the Royal Society.",
        "His Hill staff met at noon.",
        "The Bloomberg Digital Group hired her.",
        "The novel The New York Times was a flop.",
        "Readers are asked: Post your questions below.",
        "He saw the play at the Herald theatre.",
        "It was an anti-Post paper.",
    ],
)
def test_words_that_give_a_name_another_sense_make_it_no_outlet(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The former Hill reporter left.", "The Hill"),
        ("“It is over,” wrote Slate’s Maja Ortelius on Monday.", "Slate"),
        ("Speaker boasts about the vote [Slate]\nNext story", "Slate"),
        ("According to The Millbrook Report, it rained.", "Millbrook Report"),
        ("The private channel El-Hayet TV reported it.", "El-Hayet TV"),
    ],
)
def test_words_that_go_with_an_outlet_make_the_name_one(text: str, value: str) -> None:
    assert values(text) == [value]


def test_an_outlet_named_in_full_lends_its_last_word() -> None:
    table = OutletTable([Outlet(name="Capital Courier"), Outlet(name="The Courier", ambiguous=("The Courier",))])
    document = analyse(
        Article(id="0", source="", title="", text="The Capital Courier grieves. The Courier wrote about it.")
    )
    assert [mention.value for mention in find_outlets(document, table=table)] == ["Capital Courier"] * 2


def test_an_acronym_that_the_text_explains_otherwise_is_no_outlet() -> None:
    table = OutletTable([Outlet(name="Press Trust of India", aliases=("PTI",))])
    text = "The Pakistan Tehreek-e-Insaf (PTI) met. The PTI chairman spoke."
    assert find_outlets(analyse(Article(id="0", source="", title="", text=text)), table=table) == []


def test_an_arabic_article_is_the_same_in_all_its_spellings() -> None:
    table = OutletTable([Outlet(name="Al-Nahr", country="EG")])
    text = "The daily el-Nahr has it, and so has Al Nahr."
    found = find_outlets(analyse(Article(id="0", source="", title="", text=text)), table=table)
    assert [mention.value for mention in found] == ["Al-Nahr", "Al-Nahr"]


def test_hosts_of_any_ending_are_found() -> None:
    table = OutletTable([Outlet(name="Games Industry", domains=("gamesindustry.biz",))])
    text = "Editors of gamesindustry.biz agreed."
    found = find_outlets(analyse(Article(id="0", source="", title="", text=text)), table=table)
    assert [mention.surface for mention in found] == ["gamesindustry.biz"]


def test_a_station_may_be_called_by_its_frequency() -> None:
    assert values("She told Mix 104.9 that it rained, and so did NewsTalk 990 AM.") == ["Mix 104.9", "NewsTalk 990 AM"]
    assert values("In June 2020 about 990 people met, and at Mount Hira 104.9 degrees were reported.") == []


def test_a_short_name_of_many_papers_stays_as_it_stands() -> None:
    table = OutletTable(
        [
            Outlet(name="Alton Examiner", ambiguous=("Examiner", "The Examiner"), country="US"),
            Outlet(name="Brigton Examiner", ambiguous=("Examiner", "The Examiner"), country="GB"),
        ]
    )

    def named(text: str, publisher: str | None = None) -> list[str]:
        document = analyse(Article(id="0", source="", title="", text=text, publisher=publisher))
        return [mention.value for mention in find_outlets(document, table=table)]

    assert named("She told the Examiner so.") == ["The Examiner"]
    assert named("She told the Alton Examiner so. He told the Examiner too.") == ["Alton Examiner"] * 2
    assert named("She told the Examiner so.", publisher="Brigton Examiner") == ["Brigton Examiner"]


COUNTRYS = OutletTable(
    [
        Outlet(name="Channel 4", ambiguous=("Channel 4",), country="GB", kind="broadcaster"),
        Outlet(name="The Sun", ambiguous=("The Sun", "Sun"), country="GB"),
        Outlet(name="The Baltimore Sun", ambiguous=("The Sun", "Sun"), country="US"),
        Outlet(name="The Sunday Telegraph", ambiguous=("Sunday Telegraph", "The Sunday Telegraph"), country="GB"),
        Outlet(name="The Guardian", country="GB"),
        Outlet(name="The Hindu", ambiguous=("Hindu", "The Hindu"), country="IN"),
        Outlet(name="The Texan", ambiguous=("The Texan",), country="US"),
        Outlet(name="America", ambiguous=("America",), country="US"),
        Outlet(name="Tallahassee Democrat", ambiguous=("Democrat",), country="US"),
        Outlet(name="Marca", ambiguous=("Marca",), country="ES"),
        Outlet(name="Stern", ambiguous=("Stern",), country="DE"),
        Outlet(name="Esquire", ambiguous=("Esquire",), country="US"),
        Outlet(name="Fox News", ambiguous=("Fox",), country="US", kind="broadcaster"),
        Outlet(name="CNN", country="US"),
        Outlet(name="BBC", country="GB"),
        Outlet(name="Grantland", country="US"),
        Outlet(name="Associated Press", aliases=("AP",), country="US"),
    ]
)


def named(text, *, publisher=None, people=()):
    document = analyse(Article(id="0", source="", title="", text=text, publisher=publisher))
    spans = [Span(kind="person", tokens=document.text, first=first, last=last) for first, last in people]
    return [mention.value for mention in find_outlets(document, spans, table=COUNTRYS)]


@pytest.mark.parametrize(
    "text",
    [
        "They lay in the Sun and looked at the Star.",
        "After making Tears of the Sun he rested.",
        "She was the Guardian angel of the town.",
        "Iran’s Guardian Council met.",
        "We were told America was not discovered so.",
        "According to Hindu tradition, the temple is old.",
        "The Texan has argued against it.",
        "According to the Democrat, the bill will pass.",
        "The AP (Advanced Placement) course is hard, said the AP teacher.",
        "Maria Stern spoke. As Stern notes, the committee meets.",
    ],
)
def test_a_paper_s_word_in_another_sense_is_no_outlet(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("An article published in the Sun says so.", "The Sun"),
        ("It stood in the Sunday Telegraph.", "The Sunday Telegraph"),
        ("Marca's headline says it all.", "Marca"),
        ("Maria Stern spoke to the magazine Stern.", "Stern"),
        ("Others did too.\nEsquire agrees:\nIt is so.", "Esquire"),
        ("He wrote it for Fox’s Life and Liberty, and told Fox so.", "Fox News"),
        ("The Daily Wobble said it was closing.", "Daily Wobble"),
        ("The Securities Daily has a report.", "Securities Daily"),
    ],
)
def test_a_paper_s_word_in_its_own_sense_is_one(text: str, value: str) -> None:
    assert set(named(text)) == {value}


def test_a_numbered_channel_is_the_one_of_the_publisher_s_country() -> None:
    text = "Channel 4’s share of the audience rose."
    assert named(text, publisher="BBC") == ["Channel 4"]
    assert named(text, publisher="CNN") == []


def test_a_town_s_sun_is_not_guessed() -> None:
    assert named("She told the Sun so.", publisher="CNN") == ["The Sun"]
    assert named("The Baltimore Sun had it; she told the Sun so.") == ["The Baltimore Sun"] * 2


def test_a_word_with_which_somebody_s_name_begins_is_no_outlet() -> None:
    assert named("Grantland Rice typed.") == ["Grantland"]
    assert named("Grantland Rice typed.", people=[(0, 2)]) == []


@pytest.mark.parametrize(
    "text",
    [
        "The Daily Show said no.",
        "She told the Daily Newsletter.",
        "She told Morning Report so.",
        "The New England Journal of Medicine wrote so.",
    ],
)
def test_what_only_begins_like_a_paper_is_none(text: str) -> None:
    assert named(text) == []


def in_the_shipped_table(text: str, *, as_candidate: str = "") -> list[str]:
    document = analyse(Article(id="0", source="", title="", text=text))
    words = document.text.strings
    spans = [
        Span(kind="outlet", tokens=document.text, first=first, last=first + 2)
        for first in range(len(words) - 1)
        if f"{words[first]} {words[first + 1]}" == as_candidate
    ]
    return [mention.value for mention in find_outlets(document, spans)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("“No,” he said on LBC: he would stay.", "LBC"),
        ("The LBC presenter asked him twice.", "LBC"),
        ("Appearing on Citizen TV, he said no.", "Citizen TV"),
        ("The senator was heard over dzBB radio.", "DZBB"),
        ("BRIDGETOWN, Barbados, CMC – The islands met.", "Caribbean News Agency"),
        ("KINGSTON, Jamaica (CMC) — The islands met.", "Caribbean News Agency"),
        ("He told Tempo that he would stay.", "Tempo"),
    ],
)
def test_stations_and_agencies_are_known_by_what_is_said_on_them_and_by_datelines(text: str, value: str) -> None:
    assert in_the_shipped_table(text) == [value]


@pytest.mark.parametrize("text", ["The Sun rose over the hills.", "The Sun sets late here.", "The Star shone."])
def test_what_shines_is_no_paper_even_where_a_model_takes_it_for_one(text: str) -> None:
    assert in_the_shipped_table(text, as_candidate=" ".join(text.split()[:2])) == []


@pytest.mark.parametrize(
    "text", ["His tempo was fast.", "Shares of CMC – the firm – fell.", "He put the cup on LBC 4."]
)
def test_a_name_without_such_words_stays_open(text: str) -> None:
    assert in_the_shipped_table(text) == []
