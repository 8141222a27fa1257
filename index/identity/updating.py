"""Bring what is known of an archive's names up to its articles."""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.archive.archive import Archive
from index.archive.casts import Casts
from index.archive.database import CHUNK
from index.authority.identities import decode, encode
from index.authority.types import Identities
from index.errors import CorruptError
from index.identity.casts import Cast, cast_of, pack_cast, unpack_cast
from index.identity.columns import Columns
from index.identity.computing import identities
from index.identity.extending import extended

_STATE, _COLUMNS, _IDENTITIES = "state", "columns", "identities"

_FEW_ARTICLES = 2_000
"""So few are computed whole each time: it takes a second."""

_GROWTH = 0.05
"""A larger archive is computed whole when this part of it is new since the last time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """Up to which `revision` all is known, and how many articles came or went since the whole was `computed`."""

    revision: int = 0
    since: int = 0
    version: int = 0


VERSION = 7
"""To be raised whenever names are judged otherwise, so that the next run computes all anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was found out of an archive's names: `names`, as the file of a generation, and what the archive is to keep.

    That is what was `computed`, by its name, and by number the `casts` of articles that had none.
    """

    names: bytes
    computed: Sequence[tuple[str, bytes]] = ()
    casts: Mapping[int, bytes] = field(default_factory=dict)


def identify(archive: Archive) -> Told:
    """Tell whom the names of an archive mean, with what changed since the last time, and keep that in the archive."""
    told = tell(archive)
    keep(archive, told)
    return told


def tell(archive: Archive) -> Told:
    """Tell whom the names of an archive mean, with what changed since the last time; the archive is only read.

    Takes time and memory in proportion to what changed, mostly, and to the whole archive each time that it has grown
    by a twentieth: some 15 s and 230 MB for 12,000 articles.
    """
    casts = Casts(archive.database)
    revision = archive.revision
    state, columns, known = _kept(casts)
    if state.revision == revision and known is not None:
        return Told(names=encode(known))
    changed = list(casts.changed(since=state.revision if columns else 0))
    columns = columns or Columns()
    alive = [(number, article) for number, article, there in changed if there]
    before = len(columns.articles)
    made: dict[int, bytes] = {}
    columns = columns.changed({article for _, article, _ in changed}, _fresh(archive, casts, alive, made))
    since = state.since + len(changed)
    total = len(columns.articles)
    if known is None or total <= _FEW_ARTICLES or since > _GROWTH * total or before == 0:
        known, since = identities(columns), 0
    else:
        known = extended(columns, known, first=total - len(alive))
    state = _State(revision=revision, since=since, version=VERSION)
    names = encode(known)
    computed = {
        _STATE: json.dumps([state.revision, state.since, state.version]).encode(),
        _COLUMNS: columns.encode(),
        _IDENTITIES: names,
    }
    return Told(names=names, computed=tuple(computed.items()), casts=made)


def keep(archive: Archive, told: Told) -> None:
    """Keep in an archive what was told of it."""
    casts = Casts(archive.database)
    if told.casts:
        casts.put(told.casts.items())
    if told.computed:
        casts.keep(told.computed)


def identities_of(archive: Archive) -> Identities:
    """Give what was computed of an archive the last time; nothing where nothing was."""
    return _kept(Casts(archive.database))[2] or Identities()


def _kept(casts: Casts) -> tuple[_State, Columns | None, Identities | None]:
    data = casts.computed(_STATE)
    state = _State(**dict(zip(("revision", "since", "version"), json.loads(data), strict=True))) if data else _State()
    if state.version != VERSION:
        return _State(), None, None
    columns, known = casts.computed(_COLUMNS), casts.computed(_IDENTITIES)
    try:
        found = Columns.decode(columns) if columns else None
        return state, found, decode(known, where=_IDENTITIES) if known and found else None
    except (CorruptError, zlib.error, ValueError):
        return _State(), None, None


def _fresh(
    archive: Archive, casts: Casts, alive: Sequence[tuple[int, str]], made: dict[int, bytes]
) -> Iterator[tuple[str, Cast]]:
    """Yield the casts of changed articles, some at a time; one that is missing is `made` from the article."""
    for start in range(0, len(alive), CHUNK):
        ids = dict(alive[start : start + CHUNK])
        found = {number: cast for number, data in casts.of(ids).items() if (cast := unpack_cast(data)) is not None}
        for number, packed in casts.packed(number for number in ids if number not in found):
            found[number] = cast_of(archive.unpacked(packed))
            made[number] = pack_cast(found[number])
        yield from ((article, found[number]) for number, article in ids.items() if number in found)
