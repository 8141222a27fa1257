import base64
import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.cursor import Cursor, decode, encode, verify
from search.engines.engine import Key
from search.request import ParameterError, SearchRequest
from search.searcher import Searcher

REQUEST = SearchRequest(q="harris")
SECRET = b"of this archive"
CURSOR = Cursor(key=Key(score=1.25, day=738_000, id="00ff"), side="after", generation="000001-0a0b0c0d")


def refused(cursor: str, request: SearchRequest = REQUEST) -> ParameterError:
    with pytest.raises(ParameterError) as caught:
        verify(decode(cursor), request, SECRET)
    assert caught.value.parameter == "cursor"
    return caught.value


@given(st.floats(allow_nan=False), st.integers(0, 4_000_000), st.text(), st.sampled_from(["after", "before", "until"]))
def test_a_cursor_reads_back(score: float, day: int, identity: str, side: str) -> None:
    key = Key(score=score, day=day, id=identity)
    cursor = dataclasses.replace(CURSOR, key=key, side=side)  # type: ignore[arg-type]
    assert dataclasses.replace(decode(encode(cursor, REQUEST, SECRET)), question="", sealed=None) == cursor


def test_a_cursor_is_safe_in_an_address() -> None:
    assert encode(CURSOR, REQUEST, SECRET).replace("-", "").replace("_", "").isalnum()


def test_the_size_of_the_page_may_change_but_not_the_question() -> None:
    text = encode(CURSOR, REQUEST, SECRET)
    verify(decode(text), dataclasses.replace(REQUEST, size=50, facets=(), cursor=text), SECRET)
    for other in (SearchRequest(q="biden"), dataclasses.replace(REQUEST, sort="newest")):
        assert "another search" in str(refused(text, other))


@given(st.text())
def test_what_is_no_cursor_is_refused(text: str) -> None:
    refused(text)


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=8))
def test_forged_contents_are_refused(content: object) -> None:
    refused(base64.urlsafe_b64encode(json.dumps(content).encode()).decode())


@given(st.integers(0, 200), st.integers(1, 255))
def test_a_cursor_with_any_byte_changed_is_refused(place: int, change: int) -> None:
    text = encode(CURSOR, REQUEST, SECRET)
    data = bytearray(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    data[place % len(data)] ^= change
    refused(base64.urlsafe_b64encode(data).decode().rstrip("="))


def test_a_cursor_of_another_archive_is_refused() -> None:
    refused(encode(CURSOR, REQUEST, b"of another"))


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("query", ["", "the", "harris OR white", "-mason"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_walking_pages_gives_one_big_page_there_and_back(searcher: Searcher, query: str, sort: str, size: int) -> None:
    big = SearchRequest(q=query, sort=sort, size=100)  # type: ignore[arg-type]
    request = dataclasses.replace(big, size=size)
    whole = [(hit.tagged.article.id, hit.score) for hit in searcher.ask(big).hits]
    answer = searcher.ask(request)
    pages = [answer]
    while answer.next:
        answer = searcher.ask(dataclasses.replace(request, cursor=answer.next))
        pages.append(answer)
    assert [(hit.tagged.article.id, hit.score) for page in pages for hit in page.hits] == whole
    assert [page.first for page in pages] == list(range(1, max(len(whole), 1) + 1, size))
    for earlier in reversed(pages[:-1]):
        assert answer.previous is not None
        answer = searcher.ask(dataclasses.replace(request, cursor=answer.previous))
        assert [hit.tagged.article.id for hit in answer.hits] == [hit.tagged.article.id for hit in earlier.hits]
        assert answer.first == earlier.first
    assert answer.previous is None


def test_a_page_past_the_end_is_empty_and_leads_back(searcher: Searcher) -> None:
    request = SearchRequest(q="harris", size=2)
    last = searcher.ask(SearchRequest(q="harris", size=100))
    end = Cursor(
        key=Key(score=last.hits[-1].score, day=0, id=last.hits[-1].tagged.article.id),
        side="after",
        generation=last.generation,
    )
    answer = searcher.ask(dataclasses.replace(request, cursor=encode(end, request, last.secret)))
    assert (answer.hits, answer.next, answer.total, answer.first) == ((), None, 3, 4)
    assert answer.previous is not None
    back = searcher.ask(dataclasses.replace(request, cursor=answer.previous))
    assert [hit.tagged.article.id for hit in back.hits] == [hit.tagged.article.id for hit in last.hits[-2:]]
