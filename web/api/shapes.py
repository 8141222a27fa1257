"""The JSON shapes of the API (SPEC section 9), made from the plain answers of search."""

from typing import Any

from index.types import Article, Mention, PublicationDate, Tagged
from search.answer import Answer, Diagnosis, Facet, Hit, Notice, Snippet, Timeline
from search.request import SearchRequest, to_params
from web.links import API_SEARCH, article_url, changed, search_url, toggled
from web.marking import marked_html
from web.wording import file_name

Json = dict[str, Any]
NOT_FILTERS = {"q", "sort", "size", "cursor", "facets", "facet_size"}


def answer_json(answer: Answer) -> Json:
    """Give a whole answer."""
    asked = answer.request
    facets: Json = {facet.field: _facet(facet, asked) for facet in answer.facets}
    if answer.timeline:
        facets["date"] = _timeline(answer.timeline, asked)
    return {
        "query": {
            "q": asked.q,
            "filters": _filters(asked),
            "reading": answer.reading,
            "notices": [_notice(notice) for notice in answer.notices],
        },
        "total": answer.total,
        "took_ms": round(answer.took * 1000, 3),
        "generation": answer.generation,
        "results": [hit_json(hit) for hit in answer.hits],
        "facets": facets,
        "next": page_url(asked, answer.next),
    }


def diagnosis_json(diagnosis: Diagnosis) -> Json:
    """Give why a search finds nothing, and searches near it with their counts."""
    return {
        "blame": [
            {
                **{"kind": one.kind, "text": one.text, "start": one.start, "end": one.end},
                **{"alone": one.alone, "without": one.without, "url": search_url(one.request, base=API_SEARCH)},
            }
            for one in diagnosis.blame
        ],
        "proposals": [
            {
                **{"kind": one.kind, "text": one.text, "total": one.total},
                "url": search_url(one.request, base=API_SEARCH),
            }
            for one in (*diagnosis.spelling, *diagnosis.nearest)
        ],
    }


def article_json(tagged: Tagged) -> Json:
    """Give one article whole, with its text and every mention."""
    article = tagged.article
    return {
        **_head(tagged),
        "source": file_name(article.source),
        "language": article.language,
        "text": article.text,
        "mentions": [_mention(mention) for mention in tagged.mentions],
    }


def _head(tagged: Tagged) -> Json:
    article = tagged.article
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "published": _published(article.published),
        "publisher": article.publisher,
        "byline": article.byline,
        "people": _names(tagged, "person", "named"),
        "outlets": _names(tagged, "outlet", "cited"),
        "links": _links(article),
    }


def hit_json(hit: Hit) -> Json:
    """Give one hit with its snippets."""
    return {
        **_head(hit.tagged),
        "score": round(hit.score, 6),
        "snippets": [_snippet(snippet) for snippet in (*_marked_title(hit), *hit.snippets)],
    }


def _marked_title(hit: Hit) -> tuple[Snippet, ...]:
    """Give the title as a snippet where it matched, as its marks are offsets in it."""
    title = hit.tagged.article.title
    return (Snippet(field="title", text=title, marks=hit.title_marks),) if hit.title_marks else ()


def _links(article: Article) -> Json:
    return {"page": article_url(article.id), "api": f"/api/v1{article_url(article.id)}"}


def _published(value: PublicationDate | None) -> Json | None:
    if value is None:
        return None
    return {"value": value.value, "precision": value.precision, "origin": value.origin, "certain": value.certain}


def _names(tagged: Tagged, kind: str, role: str) -> list[str]:
    return list(dict.fromkeys(one.value for one in tagged.mentions if one.kind == kind and one.role == role))


def _mention(mention: Mention) -> Json:
    return {
        "kind": mention.kind,
        "value": mention.value,
        "surface": mention.surface,
        "field": mention.field,
        "start": mention.start,
        "end": mention.end,
        "role": mention.role,
        "via": mention.via,
    }


def _snippet(snippet: Snippet) -> Json:
    return {
        "field": snippet.field,
        "text": snippet.text,
        "marks": [list(mark) for mark in snippet.marks],
        "html": str(marked_html(snippet.text, snippet.marks)),
    }


def _notice(notice: Notice) -> Json:
    return {"code": notice.code, "message": notice.message, "start": notice.start, "end": notice.end}


def _filters(asked: SearchRequest) -> dict[str, list[str]]:
    filters: dict[str, list[str]] = {}
    for name, value in to_params(asked):
        if name not in NOT_FILTERS:
            filters.setdefault(name, []).append(value)
    return filters


def _facet(facet: Facet, asked: SearchRequest) -> Json:
    return {
        "values": [
            {
                "value": one.value,
                "count": one.count,
                "selected": one.selected,
                "url": search_url(toggled(asked, facet.field, one.value), base=API_SEARCH),
            }
            for one in facet.values
        ],
        "distinct": facet.distinct,
        "none": facet.none,
    }


def _timeline(timeline: Timeline, asked: SearchRequest) -> Json:
    return {
        "interval": timeline.interval,
        "buckets": [
            {
                "start": bucket.start,
                "end": bucket.end,
                "count": bucket.count,
                "url": search_url(changed(asked, from_=bucket.start, to=bucket.end), base=API_SEARCH),
            }
            for bucket in timeline.buckets
        ],
        "undated": timeline.undated,
    }


def page_url(asked: SearchRequest, cursor: str | None) -> str | None:
    """Give the API's address of the page of a search at a cursor."""
    return search_url(changed(asked, cursor=cursor), base=API_SEARCH) if cursor else None
