import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from index.tag.default import DefaultTagger
from index.types import Article, Mention, PublicationDate

TAGGER = DefaultTagger()
WORDS = """President Biden|Kamala Harris|Harris’s|told|CNN|The New York Times|AP|said|.|,|\n\n|Moon Jae-in|the Clintons
|Trump Tower|By|/Getty Images|(|)|“|”|O’Brien|Jr.|al-|-|Sen.|J.|v.|Associated Press|on Nov. 5|last week|é|\u200b
|SHOUTED NAMES|'s|[|]|Fox News"""
PIECES = st.lists(st.sampled_from(WORDS.split("|")) | st.text(max_size=8), max_size=30).map(" ".join)


def article(title: str, text: str) -> Article:
    published = PublicationDate(value="2021-12-03", precision="day", origin="metadata")
    return Article(id="0", source="test", title=title, text=text, published=published)


@settings(deadline=None, max_examples=150)
@given(PIECES, PIECES)
def test_whatever_the_text_mentions_hold_their_promises(title: str, text: str) -> None:
    found = article(title, text)
    (mentions,) = TAGGER.tag([found])
    for mention in mentions:
        assert mention.surface == getattr(found, mention.field)[mention.start : mention.end] != ""
        assert mention.via
        assert mention.kind == "date" or mention.value.strip()
    places = [(mention.field != "title", mention.start) for mention in mentions]
    assert places == sorted(places)
    named = [mention for mention in mentions if mention.kind != "date"]
    for one, other in itertools.pairwise(named):
        assert one.field != other.field or one.end <= other.start


def test_the_tagger_is_a_stream() -> None:
    def endless():  # type: ignore[no-untyped-def]
        while True:
            yield article("", "Kamala Harris spoke.")

    stream = TAGGER.tag(endless())
    assert names(next(stream)) == names(next(stream)) == ["Kamala Harris"]


def test_the_same_article_gets_the_same_mentions_whatever_came_before() -> None:
    first = article("Harris Speaks", "Vice President Kamala Harris told CNN on Sunday that she would run.")
    other = article("", "Harris Teeter shops closed. Kamala Lopez spoke.")
    alone, *_ = TAGGER.tag([first])
    _, again = TAGGER.tag([other, first])
    assert alone == again == next(DefaultTagger().tag([first]))


def test_the_version_names_rules_tables_and_model() -> None:
    assert TAGGER.version == DefaultTagger().version
    assert len(TAGGER.version.split("-")) == 4


def names(mentions: tuple[Mention, ...]) -> list[str]:
    return [mention.value for mention in mentions if mention.kind == "person"]


def test_a_name_with_an_outlet_s_form_is_no_person() -> None:
    text = "Última Hora and La Nación reported on Tuesday that the minister would resign, said Lena Marsh."
    people = {mention.value for mention in TAGGER.mentions(Article(id="0", source="test", title="", text=text))}
    assert "Lena Marsh" in people
    assert not any(
        mention.kind == "person" and "Hora" in mention.surface
        for mention in TAGGER.mentions(Article(id="0", source="test", title="", text=text))
    )
