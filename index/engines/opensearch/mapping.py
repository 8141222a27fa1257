"""The form of an index: the rows of the field table (index/schema.py), and what else is asked of an article.

Words are cut, folded and stemmed by index/words.py before they are sent, and joined by blanks: the cluster's analyser
parts them there again, and does nothing else. So words are the same in every engine, and in queries.
"""

from typing import Any

from index.engines.values import NAME_GAP
from index.schema import FIELDS
from index.words import ANALYSIS

FORM = f"opensearch/2+words/{ANALYSIS}"

WRITTEN = {"title": "title_written", "text": "text_written"}
"""Fields of words just as they are written, for clauses of exact words."""

FORMS = "forms"
"""A keyword field: the distinct words of title, text and names, to list what patterns stand for; searched are these."""

KEYS = {name: f"{name}_keys" for name in ("person", "outlet", "publisher", "speaker")}
"""Keyword fields: for each value of a facet, each of its words with it, and all of them with it; `key_of`."""

COUNTS = {field: f"{field}_count" for field in KEYS}
"""Numbers: how many values of a facet an article has, to tell that all of them are hidden by an authority."""

SPAN = "span"
"""A number: the first day and the last that a date may mean, as `first << 32 | last`."""

QUOTES = "quotes"
"""The quotations of an article that have words, each a document of its own within the article's (`nested`)."""

SAID, SAID_STEMS = f"{QUOTES}.said", f"{QUOTES}.said_stems"
"""The words of a quotation, with as many places between its stretches as between names; and the stems of these."""

SPEAKER = f"{QUOTES}.speaker"
"""A keyword field: whose a quotation is, as the tagger wrote it."""

OWN = f"{QUOTES}.own"
"""A keyword field: whose it is, with the article, for names that are shown otherwise in single articles; `own_key`."""

MOST_QUOTES = 10_000
"""Quotations of one article that are searched at most, its first: a cluster takes no more documents within one."""

OLDEST = "oldest"
"""A number: the first day, or UNDATED_LAST, to sort the oldest first and the undated last."""

UNDATED_LAST = 2**31 - 1

BETWEEN = "\u001f"
"""Stands between a word and a value in a key; no word has it."""

MAX_VALUE_BYTES = 8_000
"""Longer values of facets are cut: Lucene takes no term of more than 32,766 bytes, and a key has two of them."""

_REMEMBERED = "1h"
"""How long it is known that an article was taken out, longer than a write is sent again: what another machine, long cut
off, sends so late must not bring it back."""

ARTICLES_A_SHARD = 2_500_000
"""About 25 GB: shards of 10 to 50 GB recover in minutes, and each is one thread's work in a search."""

MOST_SHARDS = 128

K1 = 4.0
"""As in search/ranking.py: how soon more of the same word stops counting."""

B = 0.75


def key_of(words: str, value: str) -> str:
    """Give the key by which a word, or behind `=` all words, of a value lead to the value."""
    return f"{words}{BETWEEN}{value}"


def own_key(article_id: str, speaker: str) -> str:
    """Give the key of a speaker in one article."""
    return key_of(article_id, speaker)


def shards_for(articles: int) -> int:
    """Give how many shards so many articles are spread over."""
    return min(MOST_SHARDS, max(1, -(-articles // ARTICLES_A_SHARD)))


def index_body(*, shards: int, replicas: int, meta: dict[str, Any]) -> dict[str, Any]:
    """Give the settings and the mapping of a new index.

    A field of weight w saturates at K1 / w, which is what BM25F does to a term that stands in that field alone: see
    docs/decisions/0012-opensearch.md. Nothing becomes visible before the writer says so. Of what is sent, only the
    packed article and its story are kept to be given back.
    """
    weights = {field.name: field.weight for field in FIELDS if field.weight}
    similarity = {name: {"type": "BM25", "k1": K1 / weight, "b": B} for name, weight in weights.items()}
    return {
        "settings": {
            "index": {
                "number_of_shards": shards,
                "auto_expand_replicas": f"0-{replicas}",
                "refresh_interval": "-1",
                "translog": {"durability": "request"},
                "gc_deletes": _REMEMBERED,
                "similarity": similarity,
            }
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"includes": ["article", "story"]},
            "_meta": meta,
            "properties": _properties(),
        },
    }


def _properties() -> dict[str, Any]:
    kinds: dict[str, Any] = {
        "identity": {"type": "keyword"},
        "keyword": {"type": "keyword"},
        "date": {"type": "integer"},
        "stored": {"type": "binary"},
    }
    properties: dict[str, Any] = {}
    for field in FIELDS:
        if field.kind in {"words", "stems"}:
            placed = {"index_options": "positions", "position_increment_gap": NAME_GAP}
            properties[field.name] = {
                "type": "text",
                "analyzer": "whitespace",
                "similarity": field.name,
                **(placed if field.kind == "words" else {"index_options": "freqs"}),
            }
        else:
            properties[field.name] = kinds[field.kind]
    for name in WRITTEN.values():
        properties[name] = {"type": "text", "analyzer": "whitespace", "similarity": "boolean"}
    properties |= {name: {"type": "keyword"} for name in KEYS.values()}
    properties[FORMS] = {"type": "keyword", "index": False}
    properties |= {name: {"type": "integer"} for name in COUNTS.values()}
    return properties | {SPAN: {"type": "long"}, OLDEST: {"type": "integer"}, QUOTES: _quotation()}


def _quotation() -> dict[str, Any]:
    words = {"type": "text", "analyzer": "whitespace", "similarity": "boolean", "norms": False}
    properties = {
        SAID: words | {"index_options": "positions", "position_increment_gap": NAME_GAP},
        SAID_STEMS: words | {"index_options": "docs"},
        SPEAKER: {"type": "keyword", "doc_values": False},
        OWN: {"type": "keyword", "doc_values": False},
    }
    return {
        "type": "nested",
        "dynamic": "strict",
        "properties": {name.removeprefix(f"{QUOTES}."): field for name, field in properties.items()},
    }
