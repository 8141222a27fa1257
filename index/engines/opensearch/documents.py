"""One article as what is sent to a cluster."""

import base64
import bisect
import itertools
import unicodedata
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
from index.engines.values import values_of
from index.packing import pack
from index.types import Tagged
from index.words import MAX_FORM, Columns, columns, joined, stem, words


def document_of(tagged: Tagged) -> dict[str, Any]:
    """Give the fields of an article; see index/engines/opensearch/mapping.py for what each is."""
    values = values_of(tagged)
    title, text = columns(values.title), columns(values.text)
    names = [[word.form for word in words(name)] for name in values.names]
    facets = {
        "person": _plain(values.person),
        "outlet": _plain(values.outlet),
        "publisher": [plain_value(values.publisher)] if values.publisher else [],
        "speaker": _plain(values.speaker),
    }
    document: dict[str, Any] = {
        "id": values.id,
        "title": " ".join(title.forms),
        "text": " ".join(text.forms),
        "names": [" ".join(forms) for forms in names if forms],
        "title_stems": _stems(title),
        "text_stems": _stems(text),
        WRITTEN["title"]: " ".join(_written(values.title, title)),
        WRITTEN["text"]: " ".join(_written(values.text, text)),
        FORMS: sorted({*title.forms, *text.forms, *(form for forms in names for form in forms)}),
        **facets,
        **{KEYS[field]: list(_keys(own)) for field, own in facets.items()},
        **{COUNTS[field]: len(own) for field, own in facets.items()},
        "date": values.date,
        "date_last": values.date_last,
        SPAN: values.date << 32 | values.date_last,
        OLDEST: UNDATED_LAST if values.date == UNDATED else values.date,
        "article": base64.b64encode(pack(tagged)).decode("ascii"),
    }
    if values.story:
        document["story"] = values.story
    if quotes := list(itertools.islice(_quotes(tagged, text), MOST_QUOTES)):
        document[QUOTES] = quotes
    return document


def written(text: str) -> Iterator[str]:
    """Give the words of a text as they are written, composed; of overlong ones the beginning, as of their forms."""
    return _written(text, columns(text))


def folded(name: str) -> str:
    """Give all words of a name, as names are compared; one without any words is itself."""
    return " ".join(word.form for word in words(name)) or name


def plain_value(value: str) -> str:
    """Give a facet's value as an index can hold it: valid UTF-8, and not endless."""
    data = value.encode("utf-8", "replace")
    return data[:MAX_VALUE_BYTES].decode("utf-8", "ignore")


def _plain(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(plain_value(one) for one in values))


def _keys(values: list[str]) -> Iterator[str]:
    for value in values:
        own = {word.form for word in words(value)} | {word.form for word in joined(value)}
        yield key_of("=" + folded(value), value)
        for form in sorted(own):
            yield key_of(form, value)


def _quotes(tagged: Tagged, text: Columns) -> Iterator[dict[str, Any]]:
    """Give the quotations that have words: those that begin in their spans, each span's apart."""
    for quote in tagged.quotes:
        spans = (
            (bisect.bisect_left(text.starts, start), bisect.bisect_left(text.starts, end)) for start, end in quote.spans
        )
        stretches = [text.forms[first:last] for first, last in spans if first < last]
        if stretches:
            found: dict[str, Any] = {
                SAID: [" ".join(forms) for forms in stretches],
                SAID_STEMS: " ".join(dict.fromkeys(stem(form) for forms in stretches for form in forms)),
            }
            if quote.speaker:
                speaker = plain_value(quote.speaker)
                found |= {SPEAKER: speaker, OWN: own_key(tagged.article.id, speaker)}
            yield {name.removeprefix(f"{QUOTES}."): value for name, value in found.items()}


def _written(text: str, cut: Columns) -> Iterator[str]:
    normal = unicodedata.is_normalized("NFC", text)
    for start, end in zip(cut.starts, cut.ends, strict=True):
        word = text[start:end]
        yield (word if normal else unicodedata.normalize("NFC", word))[:MAX_FORM]


def _stems(cut: Columns) -> str:
    """Give the stems of a text's words and compounds; no positions are kept of them, so that their order is free."""
    return " ".join([*map(stem, cut.forms), *(stem(word.form) for word in cut.joined)])
