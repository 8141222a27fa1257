"""`newsmorgue tag`: people, outlets, dates and quotations as JSON, nothing kept."""

import json
from collections import Counter
from typing import Any

import click

from index.errors import NewsmorgueError, RejectedInputsError
from index.pipeline.tagging import tag_stream
from index.read.options import read_options
from index.settings import load_settings
from index.types import Mention, Quote, Rejected, Tagged
from newsmorgue.options import jobs, reading
from newsmorgue.printing import rejected_line
from web import wording

Json = dict[str, Any]


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@jobs()
@reading()
@click.option("--strict", is_flag=True, help="End with exit code 5 if anything was rejected.")
def tag(
    *, paths: tuple[str, ...], jobs: int | None, columns: tuple[str, ...], publisher: str | None, strict: bool
) -> None:
    """Tag the articles under each PATH (`-` is standard input) and print one JSON object an article."""
    settings = load_settings({"jobs": jobs})
    options = read_options(settings, maps=columns, publisher=publisher)
    refused = tagged = 0
    for outcome in tag_stream(paths, settings=settings, options=options):
        if isinstance(outcome, Rejected):
            refused += 1
            click.echo(rejected_line(outcome), err=True)
        else:
            tagged += 1
            click.echo(json.dumps(tagged_json(outcome), ensure_ascii=False))
    if refused and not tagged:
        raise NewsmorgueError("there was no article to tag", remedy="Every input was rejected, as told above")
    if strict and refused:
        raise RejectedInputsError(
            wording.plural(refused, "input was rejected", "inputs were rejected"), remedy="They are listed above"
        )


def tagged_json(tagged: Tagged) -> Json:
    """Give one article's names, dates and quotations, each place with the reason for it (docs/how-tagging-decides.md).

    Offsets count the code points of `title` or `text` as read; the source's own id stands for ours where there is one.
    """
    article = tagged.article
    return {
        "id": article.own_id or article.id,
        "source": article.source,
        "title": article.title,
        "published": article.published.value if article.published else None,
        "publisher": article.publisher,
        "people": [{"name": name, **_seen(found)} for (name, _), found in _grouped(tagged, "person")],
        "outlets": [{"name": name, **_seen(found), "role": role} for (name, role), found in _grouped(tagged, "outlet")],
        "dates": [
            {"surface": one.surface, "value": one.value, **_place(one)} for one in tagged.mentions if one.kind == "date"
        ],
        "quotes": [_said(quote, article.text) for quote in tagged.quotes],
    }


def _said(quote: Quote, text: str) -> Json:
    """Give who said what: the words of each span, and where the text tells the speaker."""
    place = None if quote.speaker_start is None else {"start": quote.speaker_start, "end": quote.speaker_end}
    return {
        "speaker": quote.speaker,
        "words": [text[start:end] for start, end in quote.spans],
        "spans": [list(span) for span in quote.spans],
        "told": place,
        "cue": quote.cue,
        "via": quote.via,
    }


def _grouped(tagged: Tagged, kind: str) -> list[tuple[tuple[str, str], list[Mention]]]:
    """Gather the mentions of each name in each role, in the order of their first mention."""
    groups: dict[tuple[str, str], list[Mention]] = {}
    for mention in tagged.mentions:
        if mention.kind == kind:
            groups.setdefault((mention.value, mention.role), []).append(mention)
    return list(groups.items())


def _seen(mentions: list[Mention]) -> Json:
    surfaces = Counter(mention.surface for mention in mentions)
    return {
        "surfaces": sorted(surfaces, key=lambda surface: (-len(surface), surface)),
        "count": len(mentions),
        "mentions": [{"surface": mention.surface, **_place(mention)} for mention in mentions],
    }


def _place(mention: Mention) -> Json:
    return {"field": mention.field, "start": mention.start, "end": mention.end, "via": mention.via}
