"""The terms of a Whoosh segment with their document frequencies, read as arrays.

Whoosh's own iteration makes an object for each term and takes ten times as long. The file is an ordered hash table
(whoosh/filedb/filetables.py): records of key length, value length, key and value, one after the other in the order of
keys, and behind them an array of the records' positions. A key is the field's number and the term; a value begins with
a flag, the total weight and the document frequency (whoosh/codec/whoosh3.py, W3TermInfo).
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import W3TermsReader

from index.engines.whoosh_fields import to_bytes

_LENGTHS = 8
_FIELD_NUMBER = 2
_FREQUENCY = 5
_BEYOND = b"\xff"
"""Greater than every byte of UTF-8."""


def words_from(reader: Any, field: str, prefix: str) -> Iterator[tuple[str, int]]:
    """Give the terms of a segment's field that begin with a prefix, in order, and how many articles have each."""
    terms = getattr(reader, "_terms", None)
    wanted = to_bytes(prefix)
    return _read(terms, field, wanted) if isinstance(terms, W3TermsReader) else _walk(reader, field, wanted)


def _read(terms: Any, field: str, prefix: bytes) -> Iterator[tuple[str, int]]:
    table = terms._tindex
    low = table.closest_key_pos(terms._keycoder(field, prefix))
    if field not in terms._fieldmap or low is None:
        return
    high = table.closest_key_pos(terms._keycoder(field, prefix + _BEYOND))
    high = table.endofdata if high is None else high
    index = np.array(table.dbfile.get_array(table.indexbase, table.extras["indextype"], table.indexlen), dtype=np.int64)
    starts = index[np.searchsorted(index, low) : np.searchsorted(index, high)] - low
    data = bytes(table.dbfile.get(low, high - low))
    raw = np.frombuffer(data, dtype=np.uint8)
    begins = starts + _LENGTHS + _FIELD_NUMBER
    ends = starts + _LENGTHS + _numbers(raw, starts)
    counts = _numbers(raw, ends + _FREQUENCY)
    for begin, end, count in zip(begins.tolist(), ends.tolist(), counts.tolist(), strict=True):
        yield data[begin:end].decode("utf-8"), count


def _numbers(raw: Any, places: Any) -> Any:
    """Read big-endian 32-bit numbers at some places."""
    found = np.zeros(len(places), dtype=np.int64)
    for byte in range(4):
        found = found << 8 | raw[places + byte]
    return found


def _walk(reader: Any, field: str, prefix: bytes) -> Iterator[tuple[str, int]]:
    """Do the same the public way, for readers that keep their terms otherwise."""
    for (name, term), info in reader.iter_from(field, prefix):
        if name != field or not term.startswith(prefix):
            break
        yield term.decode("utf-8"), int(info.doc_frequency())
