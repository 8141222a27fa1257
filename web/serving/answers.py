"""Bytes kept under keys for all processes of a server, the oldest overwritten by the newest.

Memory without a file (an anonymous mapping) that is made before the processes part: what one has answered, all can give
again. It is a ring that is written round and round, and before it a table of places by the fingerprints of keys.

    end      uint64: the bytes ever written to the ring; what begins at `n` lies at `n % size`, unless overwritten
    table    sets of WAYS places: 16 bytes fingerprint, uint64 begin, uint32 bytes
    ring     records: uint32 CRC-32 of the rest, 16 bytes fingerprint, the bytes kept

Writers hold a lock; readers hold none. What a reader gets while a writer overwrites it, or a process left half written
when it was killed, fails its checksum, and is as if it were not there.
"""

import hashlib
import mmap
import secrets
import struct
import zlib

from web.serving.locking import SharedLock

SHARE = 16
"""Nothing takes more than this part of the ring, so that a few large answers do not drive out all others."""

_WAYS = 8
_LEAST = 1_024
"""There is a place for each so many bytes of the ring: records take more, so that a place is free for most."""

_END = struct.Struct("<Q")
_PLACE = struct.Struct("<16sQI")
_CHECK = struct.Struct("<I")
_FINGERPRINT = 16
_HEAD = _CHECK.size + _FINGERPRINT


class Answers:
    """Keeps about the last `most` bytes that were put; safe for threads, and over processes that part later.

    What is still asked for when three quarters of the ring were written after it is put anew, so that it stays.
    """

    def __init__(self, *, most: int) -> None:
        self.most = most
        self._sets = max(1, most // _LEAST // _WAYS)
        self._ring = _END.size + self._sets * _WAYS * _PLACE.size
        self._memory = mmap.mmap(-1, self._ring + most)
        self._secret = secrets.token_bytes(_FINGERPRINT)
        self._lock = SharedLock()

    def get(self, key: str) -> bytes | None:
        """Give what was put under a key last, None where that is gone."""
        fingerprint = self._fingerprint(key)
        for place in self._places(fingerprint):
            known, begin, size = _PLACE.unpack_from(self._memory, place)
            if known != fingerprint:
                continue
            age = self._end() - begin
            if not size <= age <= self.most:
                return None
            at = self._ring + begin % self.most
            record = self._memory[at : at + size]
            if len(record) < _HEAD or _CHECK.unpack_from(record) != (zlib.crc32(record[_CHECK.size :]),):
                return None
            if record[_CHECK.size : _HEAD] != fingerprint:
                return None
            if age > self.most * 3 // 4:
                self._write(fingerprint, record)
            return record[_HEAD:]
        return None

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key, unless they are too many."""
        fingerprint = self._fingerprint(key)
        rest = fingerprint + data
        if _CHECK.size + len(rest) <= self.most // SHARE:
            self._write(fingerprint, _CHECK.pack(zlib.crc32(rest)) + rest)

    def _write(self, fingerprint: bytes, record: bytes) -> None:
        with self._lock.held():
            begin = self._end()
            left = self.most - begin % self.most
            if left < len(record):  # a record lies in one piece
                begin += left
            _END.pack_into(self._memory, 0, begin + len(record))
            at = self._ring + begin % self.most
            self._memory[at : at + len(record)] = record
            _PLACE.pack_into(self._memory, self._place(fingerprint), fingerprint, begin, len(record))

    def _place(self, fingerprint: bytes) -> int:
        """Give the place of a fingerprint: its own, or that of what was written longest ago."""
        oldest, least = 0, -1
        for place in self._places(fingerprint):
            known, begin, size = _PLACE.unpack_from(self._memory, place)
            if known == fingerprint:
                return place
            if not oldest or (begin if size else -1) < least:
                oldest, least = place, begin if size else -1
        return oldest

    def _places(self, fingerprint: bytes) -> range:
        first = _END.size + int.from_bytes(fingerprint[:8], "little") % self._sets * _WAYS * _PLACE.size
        return range(first, first + _WAYS * _PLACE.size, _PLACE.size)

    def _end(self) -> int:
        end: int = _END.unpack_from(self._memory)[0]
        return end

    def _fingerprint(self, key: str) -> bytes:
        """Give what a key is known by; keyed, so that nobody makes up two that are taken for one."""
        coded = key.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(coded, digest_size=_FINGERPRINT, key=self._secret).digest()
