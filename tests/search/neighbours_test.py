import dataclasses

import pytest

from search.neighbours import neighbours, place
from search.request import ParameterError, SearchRequest
from search.searcher import Searcher


@pytest.mark.parametrize("request_", [SearchRequest(q="the"), SearchRequest(sort="oldest"), SearchRequest()])
def test_walking_from_neighbour_to_neighbour_meets_every_hit(searcher: Searcher, request_: SearchRequest) -> None:
    answer = searcher.ask(dataclasses.replace(request_, size=50))
    expected = [hit.tagged.article.id for hit in answer.hits]
    assert len(expected) > 2
    walked, here, at = [expected[0]], expected[0], place(answer.hits[0], answer)
    while found := neighbours(searcher, dataclasses.replace(request_, cursor=at), here):
        assert (found.rank, found.total) == (len(walked), len(expected))
        before = found.previous.tagged.article.id if found.previous else None
        assert before == (walked[-2] if len(walked) > 1 else None)
        if not found.next or not found.next_place:
            break
        here, at = found.next.tagged.article.id, found.next_place
        walked.append(here)
    assert walked == expected


def test_an_article_that_is_not_at_the_place_has_no_neighbours(searcher: Searcher) -> None:
    answer = searcher.ask(SearchRequest(q="the"))
    request = SearchRequest(q="the", cursor=place(answer.hits[0], answer))
    assert neighbours(searcher, request, "0" * 16) is None


def test_a_place_in_another_search_is_refused(searcher: Searcher) -> None:
    answer = searcher.ask(SearchRequest(q="the"))
    with pytest.raises(ParameterError):
        neighbours(searcher, SearchRequest(q="house", cursor=place(answer.hits[0], answer)), "0" * 16)
