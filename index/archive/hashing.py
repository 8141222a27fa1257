"""Content hashes: how an article is known to be unchanged."""

import dataclasses
import hashlib
import json

from index.types import Article

_BYTES = 16


def content_hash(article: Article, *, versions: str) -> bytes:
    """Give 16 bytes that change with what the article says or with what makes something of it.

    `article` is as read, before settling; `versions` names the versions of everything that comes between it and its
    mentions. Where the article was found (`source`) is no part of it: the same page in another file is unchanged.
    """
    values = dataclasses.asdict(article)
    del values["source"]
    text = json.dumps([versions, values], sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode("ascii"), digest_size=_BYTES).digest()
