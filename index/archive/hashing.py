"""Content hashes, by which an article is known to be unchanged, and checksums, by which its row is."""

import dataclasses
import hashlib
import json

from index.types import Article

_BYTES = 16
_CHECKSUM_BYTES = 8


def content_hash(article: Article, *, tagger: str) -> bytes:
    """Give 16 bytes that change with what the article says, and with the `tagger`: its name and version.

    The article is as it goes to the tagger, so that a better reader changes its hash too. Where it was found
    (`source`) is no part of it: the same page in another file is unchanged.
    """
    values = dataclasses.asdict(article)
    del values["source"]
    text = json.dumps([tagger, values], sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode("ascii"), digest_size=_BYTES).digest()


def text_number(article: Article) -> int:
    """Give a number of 64 bits that tells what an article says, in title and text, whoever says it and where."""
    said = f"{article.title}\0{article.text}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(said, digest_size=_CHECKSUM_BYTES).digest(), "big")


def row_checksum(*values: str | bytes | int | None) -> bytes:
    """Give 8 bytes that tell damage to a row of the archive: SQLite has no checksums of its own, PostgreSQL few."""
    digest = hashlib.blake2b(digest_size=_CHECKSUM_BYTES)
    for value in values:
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        digest.update(f"{type(value).__name__} {len(data)} ".encode())
        digest.update(data)
    return digest.digest()
