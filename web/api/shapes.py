"""From the plain answers of search to the API's types (web/api/types.py)."""

from collections.abc import Iterator

from index.types import Article, Mention, PublicationDate, Quote, Tagged
from search import answer as answers
from search.engines.engine import Shown, shown
from search.facet_pages import FacetPage
from search.harvest import Harvest, Harvested
from search.request import SearchRequest, to_params
from search.variants import Variant
from web.api import name_types, types
from web.links import API_SEARCH, article_url, changed, search_url, spans, togglings, with_query
from web.marking import marked_html
from web.peaks import Peak
from web.wording import file_name

NOT_FILTERS = {"q", "sort", "group", "size", "cursor", "facets", "facet_size"}

DEFAULT_FIELDS = ("id", "title", "published", "publisher", "byline", "url", "people", "outlets", "score")
"""The fields that an export has where none are named: texts are long, and the archive's own business."""

FIELDS = (*DEFAULT_FIELDS, "story", "copies", "language", "text")
"""The fields that an export can have."""


def search_answer(answer: answers.Answer, diagnosis: answers.Diagnosis | None = None) -> types.SearchAnswer:
    """Give a whole answer, with why it is empty where that was found out."""
    asked = answer.request
    facets = {facet.field: _facet(facet, asked) for facet in answer.facets}
    return types.SearchAnswer(
        query=query(asked, answer.reading, answer.notices),
        total=answer.total,
        articles=answer.articles,
        stories=answer.total if asked.group == "story" else None,
        took_ms=round(answer.took * 1000, 3),
        generation=answer.generation,
        first=answer.first,
        results=tuple(result(hit) for hit in answer.hits),
        facets=types.Facets(**facets, date=_timeline(answer.timeline, asked) if answer.timeline else None),
        next=page_url(asked, answer.next),
        previous=page_url(asked, answer.previous),
        diagnosis=_diagnosis(diagnosis) if diagnosis else None,
    )


def query(asked: SearchRequest, reading: str, notices: tuple[answers.Notice, ...]) -> types.Query:
    """Give what was asked and how it was understood."""
    filters: dict[str, tuple[str, ...]] = {}
    for name, value in to_params(asked):
        if name not in NOT_FILTERS:
            filters[name] = (*filters.get(name, ()), value)
    return types.Query(q=asked.q, filters=filters, reading=reading, notices=tuple(_notice(one) for one in notices))


def result(hit: answers.Hit) -> types.Result:
    """Give one hit with its snippets; the title is one where it matched, as its marks are offsets in it."""
    found = hit.shown
    article = found.article
    title = (answers.Snippet(field="title", text=article.title, marks=hit.title_marks),) if hit.title_marks else ()
    return types.Result(
        id=article.id,
        url=article.url,
        title=article.title,
        published=_published(article.published),
        publisher=article.publisher,
        byline=article.byline,
        people=_names(found.people),
        outlets=_names(found.outlets),
        links=_links(article.id),
        score=round(hit.score, 6),
        snippets=tuple(_snippet(one) for one in (*title, *hit.snippets)),
        copies=_copies(hit.copies) if hit.copies else None,
        copies_total=hit.copies.total if hit.copies else None,
    )


def whole_article(tagged: Tagged, copies: answers.Copies) -> types.Article:
    """Give one article whole, with its text, every mention and its near copies."""
    article, names = tagged.article, shown(tagged)
    return types.Article(
        id=article.id,
        url=article.url,
        title=article.title,
        published=_published(article.published),
        publisher=article.publisher,
        byline=article.byline,
        people=_names(names.people),
        outlets=_names(names.outlets),
        links=_links(article.id),
        source=file_name(article.source),
        language=article.language,
        text=article.text,
        mentions=tuple(_mention(mention) for mention in tagged.mentions),
        quotes=tuple(_quote(quote, article.text) for quote in tagged.quotes),
        copies=_copies(copies),
        copies_total=copies.total,
    )


def headline(article: Article) -> types.Headline:
    """Give an article as a line says it."""
    return types.Headline(
        id=article.id,
        title=article.title,
        publisher=article.publisher,
        published=_published(article.published),
        links=_links(article.id),
    )


def peak(found: Peak) -> name_types.Peak:
    """Give a peak of a timeline with its headlines."""
    return name_types.Peak(
        start=found.start,
        end=found.end,
        articles=found.count,
        share=round(found.share, 3),
        headlines=tuple(headline(one) for one in found.articles),
        url=search_url(found.request, base=API_SEARCH),
    )


def variant(found: Variant) -> name_types.Variant:
    """Give a name with why it is another's."""
    return name_types.Variant(
        name=found.name,
        articles=found.articles,
        reason=found.reason,
        confidence=found.confidence,
        correction=found.number,
        article=found.article,
    )


def facet_page(page: FacetPage, contains: str) -> types.FacetPage:
    """Give a page of a facet's values."""
    asked, facet = page.request, page.facet
    shaped = _facet(facet, changed(asked, facet_size=None))
    path = f"/api/v1/facets/{facet.field}"
    pairs = [*to_params(changed(asked, cursor=page.next)), *([("contains", contains)] if contains else [])]
    return types.FacetPage(
        query=query(asked, page.reading, page.notices),
        field=facet.field,  # type: ignore[arg-type]  # the facets of names
        contains=contains,
        generation=page.generation,
        values=shaped.values,
        distinct=shaped.distinct,
        none=shaped.none,
        next=with_query(path, pairs) if page.next else None,
    )


def export_head(harvest: Harvest) -> types.ExportHead:
    """Give what an export is of."""
    return types.ExportHead(
        query=query(harvest.request, harvest.reading, harvest.notices),
        total=harvest.total,
        articles=harvest.articles,
        generation=harvest.generation,
        committed=harvest.committed,
    )


def row(hit: Harvested) -> types.Row:
    """Give a line of an export with all its fields."""
    return shown_row(hit.shown, hit.score, hit.copies)


def shown_row(found: Shown, score: float, copies: tuple[str, ...]) -> types.Row:
    """Give a hit as a line of an export."""
    article = found.article
    return types.Row(
        id=article.id,
        title=article.title,
        published=article.published.value if article.published else None,
        publisher=article.publisher,
        byline=article.byline,
        url=article.url,
        people=_names(found.people),
        outlets=_names(found.outlets),
        score=round(score, 6),
        story=found.story or None,
        copies=copies,
        language=article.language,
        text=article.text,
    )


def page_url(asked: SearchRequest, cursor: str | None) -> str | None:
    """Give the API's address of the page of a search at a cursor."""
    return search_url(changed(asked, cursor=cursor), base=API_SEARCH) if cursor else None


def _diagnosis(found: answers.Diagnosis) -> types.Diagnosis:
    return types.Diagnosis(blame=tuple(_blames(found)), proposals=tuple(_proposals(found)))


def _blames(found: answers.Diagnosis) -> Iterator[types.Blame]:
    for one in found.blame:
        yield types.Blame(
            kind=one.kind,
            text=one.text,
            start=one.start,
            end=one.end,
            alone=one.alone,
            without=one.without,
            url=search_url(one.request, base=API_SEARCH),
        )


def _proposals(found: answers.Diagnosis) -> Iterator[types.Proposal]:
    spelt = {one.request for one in found.spelling}
    for one in (*found.spelling, *(one for one in found.nearest if one.request not in spelt)):
        url = search_url(one.request, base=API_SEARCH)
        yield types.Proposal(kind=one.kind, text=one.text, total=one.total, url=url)


def _copies(found: answers.Copies) -> tuple[types.Copy, ...]:
    return tuple(
        types.Copy(
            id=one.id,
            title=one.title,
            publisher=one.publisher,
            published=_published(one.published),
            url=one.url,
            links=_links(one.id),
        )
        for one in found.articles
    )


def _links(identity: str) -> types.ArticleLinks:
    page = article_url(identity)
    return types.ArticleLinks(page=page, api=f"/api/v1{page}")


def _published(value: PublicationDate | None) -> types.Published | None:
    if value is None:
        return None
    return types.Published(value=value.value, precision=value.precision, origin=value.origin, certain=value.certain)


def _names(counts: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    return tuple(name for name, _ in counts)


def _quote(quote: Quote, text: str) -> types.Quote:
    return types.Quote(
        speaker=quote.speaker,
        words=tuple(text[start:end] for start, end in quote.spans),
        spans=quote.spans,
        speaker_start=quote.speaker_start,
        speaker_end=quote.speaker_end,
        cue=quote.cue,
        via=quote.via,
    )


def _mention(mention: Mention) -> types.Mention:
    return types.Mention(
        kind=mention.kind,
        value=mention.value,
        surface=mention.surface,
        field=mention.field,
        start=mention.start,
        end=mention.end,
        role=mention.role,
        via=mention.via,
    )


def _snippet(snippet: answers.Snippet) -> types.Snippet:
    return types.Snippet(
        field=snippet.field,  # type: ignore[arg-type]  # title or text
        text=snippet.text,
        marks=snippet.marks,
        html=marked_html(snippet.text, snippet.marks),
    )


def _notice(notice: answers.Notice) -> types.Notice:
    return types.Notice(code=notice.code, message=notice.message, start=notice.start, end=notice.end)


def _facet(facet: answers.Facet, asked: SearchRequest) -> types.Facet:
    url = togglings(asked, facet.field, base=API_SEARCH)
    return types.Facet(
        values=tuple(
            types.FacetValue(
                value=one.value,
                count=one.count,
                selected=one.selected,
                url=url(one.value),
            )
            for one in facet.values
        ),
        distinct=facet.distinct,
        none=facet.none,
    )


def _timeline(found: answers.Timeline, asked: SearchRequest) -> types.Timeline:
    url = spans(asked, base=API_SEARCH)
    return types.Timeline(
        interval=found.interval,  # type: ignore[arg-type]  # day, month or year
        buckets=tuple(
            types.Bucket(
                start=bucket.start,
                end=bucket.end,
                count=bucket.count,
                url=url(bucket.start, bucket.end),
            )
            for bucket in found.buckets
        ),
        undated=found.undated,
        coarse=found.coarse,
    )
