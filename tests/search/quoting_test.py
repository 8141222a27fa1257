"""Quotations are found by what is said and by whom, listed newest first, and marked where they are said."""

from collections.abc import Iterator

import pytest

from index.pipeline.indexing import build_index
from index.read.options import read_options
from index.settings import Settings
from search.aliases import known_names
from search.cursor import ExpiredCursorError
from search.engines.memory import MemoryEngine
from search.query.parser import parse
from search.quoting import QuotePage
from search.request import ParameterError, SearchRequest
from search.searcher import Searcher

ARTICLES = (
    (
        "2021-03-01",
        "Ann Quill, the mayor of Harbour, spoke of the river on Monday.\n\n"
        "“The river is dying,” Ann Quill said. “We shall clean it.”\n\n"
        "Bob Marsh, her rival, disagreed about the river. “She will clean nothing in this town,” Bob Marsh said.",
    ),
    (
        "2021-03-02",
        "Bob Marsh told reporters about the budget of the town: “The river is clean, and the budget is not.”",
    ),
    ("2021-03-03", "Nobody spoke on Wednesday. The river was high, and people stayed at home."),
    ("2021-03-04", "A witness saw it all from the bridge: “The river came over the wall in the night.”"),
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    directory = tmp_path_factory.mktemp("quoting")
    lines = [f'{{"id": "{n}", "date": "{date}", "text": {_json(text)}}}' for n, (date, text) in enumerate(ARTICLES)]
    (directory / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    settings = Settings(data_dir=directory / "data", jobs=1)
    build_index([str(directory / "articles.jsonl")], settings=settings, options=read_options(settings))
    found = Searcher(settings.data_dir, settings)
    yield found
    found.close()


def _json(text: str) -> str:
    return '"' + text.replace("\n", "\\n") + '"'


def days(searcher: Searcher, query: str) -> set[str]:
    hits = searcher.ask(SearchRequest(q=query)).hits
    return {hit.shown.article.published.value for hit in hits if hit.shown.article.published}


def words(page: QuotePage) -> list[str]:
    return [" / ".join(hit.article.text[start:end] for start, end in hit.quote.spans) for hit in page.hits]


def test_what_is_said_is_found_within_quotations_only(searcher: Searcher) -> None:
    assert days(searcher, "river") == {"2021-03-01", "2021-03-02", "2021-03-03", "2021-03-04"}
    assert days(searcher, "said:river") == {"2021-03-01", "2021-03-02", "2021-03-04"}
    assert days(searcher, 'said:"river on Monday"') == set()
    assert days(searcher, "said:budget -by:quill") == {"2021-03-02"}


def test_no_phrase_is_found_across_what_interrupts_a_quotation(searcher: Searcher) -> None:
    assert days(searcher, "said:dying said:clean") == {"2021-03-01"}
    assert days(searcher, 'said:"dying we"') == set()
    assert days(searcher, "said:dying NEAR/40 said:clean") == set()


def test_said_and_by_side_by_side_mean_one_quotation(searcher: Searcher) -> None:
    assert days(searcher, "said:clean by:marsh") == {"2021-03-01", "2021-03-02"}
    assert days(searcher, "said:dying by:marsh") == set()
    assert days(searcher, "said:(dying OR nothing) by:marsh") == {"2021-03-01"}
    assert days(searcher, "(said:dying by:quill) (said:nothing by:marsh)") == {"2021-03-01"}
    assert days(searcher, "said:clean by:quill by:marsh") == {"2021-03-01"}
    assert days(searcher, 'by:"(none)"') == {"2021-03-04"}


def test_a_question_of_quotations_is_read_in_plain_words(searcher: Searcher) -> None:
    answer = searcher.ask(SearchRequest(q='said:"is dying" by:"ann quill"'))
    assert answer.reading == "articles that quote Ann Quill saying *is dying* as a phrase"
    [unknown] = searcher.ask(SearchRequest(q="by:nobody")).notices
    assert (unknown.code, unknown.message) == ("unknown-name", "Nobody called “nobody” is quoted.")


def test_marks_stand_in_the_quotations_that_match_and_at_their_speaker(searcher: Searcher) -> None:
    [first] = [text for day, text in ARTICLES if day == "2021-03-01"]
    tagged = searcher.article(searcher.ask(SearchRequest(q="said:dying")).hits[0].shown.article.id)
    assert tagged is not None
    _, marks = searcher.marks(tagged, "said:river")
    assert marks == ((first.index("river is dying"), first.index("river is dying") + 5),)
    _, marks = searcher.marks(tagged, "said:clean by:marsh")
    assert [first[start:end] for start, end in marks] == ["clean", "Bob Marsh"]


def test_pages_of_quotations_are_newest_first_and_lose_none(searcher: Searcher) -> None:
    whole = searcher.quotes(SearchRequest())
    assert words(whole) == [
        "The river came over the wall in the night.",
        "The river is clean, and the budget is not.",
        "The river is dying, / We shall clean it.",
        "She will clean nothing in this town,",
    ]
    assert (whole.articles, whole.next, whole.previous) == (3, None, None)
    pages = [searcher.quotes(SearchRequest(size=1))]
    while cursor := pages[-1].next:
        pages.append(searcher.quotes(SearchRequest(size=1, cursor=cursor)))
    assert [one for page in pages for one in words(page)] == words(whole)
    assert [len(page.hits) for page in pages] == [1, 1, 2]
    back = searcher.quotes(SearchRequest(size=1, cursor=pages[-1].previous))
    assert words(back) == words(pages[1])


def test_pages_of_quotations_give_those_that_are_asked_for(searcher: Searcher) -> None:
    by = searcher.quotes(SearchRequest(), by=("marsh",))
    assert [hit.quote.speaker for hit in by.hits] == ["Bob Marsh", "Bob Marsh"]
    assert [(one.value, one.count, one.selected) for one in by.speakers.values] == [
        ("Bob Marsh", 2, True),
        ("Ann Quill", 1, False),
    ]
    said = searcher.quotes(SearchRequest(q="said:clean"), by=("Ann Quill",))
    assert words(said) == ["The river is dying, / We shall clean it."]
    [hit] = said.hits
    assert [hit.article.text[start:end] for start, end in hit.words] == ["clean"]
    assert searcher.quotes(SearchRequest(q="bridge")).hits[0].quote.speaker is None


def test_a_cursor_of_other_quotations_is_refused(searcher: Searcher) -> None:
    cursor = searcher.quotes(SearchRequest(size=1)).next
    with pytest.raises(ParameterError) as caught:
        searcher.quotes(SearchRequest(size=1, cursor=cursor), by=("Bob Marsh",))
    assert not isinstance(caught.value, ExpiredCursorError)


def test_speakers_complete_what_is_typed_behind_by(searcher: Searcher) -> None:
    assert [one.text for one in searcher.suggest("river by:mar")] == ['river by:"Bob Marsh"']


def test_what_would_read_too_many_places_is_looked_for_in_whole_texts(searcher: Searcher) -> None:
    limited = Searcher(searcher.data_dir, Settings(max_query_places=1))
    answer = limited.ask(SearchRequest(q='said:"river wall" by:marsh'))
    assert [notice.code for notice in answer.notices] == ["too-costly"]
    assert answer.reading == (
        "articles that contain *river* in the text and *wall* in the text and quote a person whose name has *marsh*"
    )
    limited.close()


def test_an_index_without_quotations_says_so_and_searches_whole_texts() -> None:
    engine = MemoryEngine((), Settings())
    engine.quotations = False
    tree, notices = known_names(parse('said:"vital partner" by:psaki', Settings()).tree, engine)
    assert str(tree) == "text:vital text:partner person:psaki"
    assert notices[0].code == "no-quotations"


@pytest.mark.parametrize(("asked", "name"), [({"size": 101}, "size"), ({"facet_size": 1_001}, "facet_size")])
def test_more_than_may_be_asked_for_is_refused_as_a_search_refuses_it(
    searcher: Searcher, asked: dict[str, int], name: str
) -> None:
    for ask in (searcher.quotes, searcher.ask):
        with pytest.raises(ParameterError) as caught:
            ask(SearchRequest(**asked))  # type: ignore[arg-type]  # numbers
        assert caught.value.parameter == name
