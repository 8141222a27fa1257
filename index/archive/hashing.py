"""Content hashes: how an article is known to be unchanged."""

import dataclasses
import hashlib
import json

from index.types import Article

_BYTES = 16


def content_hash(article: Article, *, tagger: str) -> bytes:
    """Give 16 bytes that change with what the article says, and with the `tagger`: its name and version.

    The article is as it goes to the tagger, so that a better reader changes its hash too. Where it was found
    (`source`) is no part of it: the same page in another file is unchanged.
    """
    values = dataclasses.asdict(article)
    del values["source"]
    text = json.dumps([tagger, values], sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode("ascii"), digest_size=_BYTES).digest()
