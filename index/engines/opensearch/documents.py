"""One article as what is sent to a cluster."""

import base64
import functools
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from index.days import UNDATED
from index.engines.opensearch.mapping import (
    COUNTS,
    FORMS,
    KEYS,
    MAX_VALUE_BYTES,
    MOST_QUOTES,
    OLDEST,
    OWN,
    QUOTES,
    SAID,
    SAID_STEMS,
    SPAN,
    SPEAKER,
    UNDATED_LAST,
    WRITTEN,
    key_of,
    own_key,
)
from index.engines.opensearch.wording import stretch, wording
from index.engines.values import values_of
from index.packing import pack
from index.types import Tagged
from index.words import joined, words

_KNOWN = 20_000
"""Values of facets whose keys are remembered, of some 2 kB each."""


def document_of(tagged: Tagged) -> dict[str, Any]:
    """Give the fields of an article; see index/engines/opensearch/mapping.py for what each is."""
    values = values_of(tagged)
    title, text = wording(values.title), wording(values.text)
    names = [wording(name) for name in values.names]
    facets = {
        "person": _plain(values.person),
        "outlet": _plain(values.outlet),
        "publisher": [plain_value(values.publisher)] if values.publisher else [],
        "speaker": _plain(values.speaker),
    }
    document: dict[str, Any] = {
        "id": values.id,
        "title": title.forms,
        "text": text.forms,
        "names": [name.forms for name in names if name.forms],
        "title_stems": title.stems,
        "text_stems": text.stems,
        WRITTEN["title"]: title.written,
        WRITTEN["text"]: text.written,
        FORMS: sorted(title.distinct.union(text.distinct, *(name.distinct for name in names))),
        **facets,
        **{KEYS[field]: [key for value in own for key in _keys(value)] for field, own in facets.items()},
        **{COUNTS[field]: len(own) for field, own in facets.items()},
        "date": values.date,
        "date_last": values.date_last,
        SPAN: values.date << 32 | values.date_last,
        OLDEST: UNDATED_LAST if values.date == UNDATED else values.date,
        "article": base64.b64encode(pack(tagged)).decode("ascii"),
    }
    if values.story:
        document["story"] = values.story
    if quotes := list(itertools.islice(_quotes(tagged), MOST_QUOTES)):
        document[QUOTES] = quotes
    return document


def folded(name: str) -> str:
    """Give all words of a name, as names are compared; one without any words is itself."""
    return " ".join(word.form for word in words(name)) or name


def plain_value(value: str) -> str:
    """Give a facet's value as an index can hold it: valid UTF-8, and not endless."""
    data = value.encode("utf-8", "replace")
    return data[:MAX_VALUE_BYTES].decode("utf-8", "ignore")


def _plain(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(plain_value(one) for one in values))


@functools.lru_cache(maxsize=_KNOWN)
def _keys(value: str) -> tuple[str, ...]:
    own = {word.form for word in words(value)} | {word.form for word in joined(value)}
    return (key_of("=" + folded(value), value), *(key_of(form, value) for form in sorted(own)))


def _quotes(tagged: Tagged) -> Iterator[dict[str, Any]]:
    """Give the quotations that have words: those that begin in their spans, each span's apart."""
    for quote in tagged.quotes:
        stretches = [stretch(tagged.article.text, start, end) for start, end in quote.spans]
        said = [forms for forms, _ in stretches if forms]
        if said:
            stems = dict.fromkeys(stem for _, own in stretches for stem in own)
            found: dict[str, Any] = {SAID: said, SAID_STEMS: " ".join(stems)}
            if quote.speaker:
                speaker = plain_value(quote.speaker)
                found |= {SPEAKER: speaker, OWN: own_key(tagged.article.id, speaker)}
            yield {name.removeprefix(f"{QUOTES}."): value for name, value in found.items()}
