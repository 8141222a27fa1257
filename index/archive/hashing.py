"""Content hashes, by which an article is known to be unchanged, and checksums, by which its row is."""

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


def row_checksum(article_id: str, content: bytes | None, packed: bytes | None) -> bytes | None:
    """Give 8 bytes that tell damage to an article's row in the archive, None for the row of a removed article."""
    if content is None or packed is None:
        return None
    digest = hashlib.blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=8)
    digest.update(content)
    digest.update(packed)
    return digest.digest()
