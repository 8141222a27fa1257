"""Write generations on a cluster.

A generation built anew gets an index of its own, written beside the one that is being read; one that continues another
changes that index, which shows nothing of it before it is refreshed, and whose readers hold a point in time of their
own. The alias moves when all is written. An index that no generation names any more is deleted by the next write.
"""

import contextlib
import datetime
import operator
import re
import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from index.engines.opensearch.bulk import Bulk
from index.engines.opensearch.claiming import Claim
from index.engines.opensearch.cluster import Cluster, RefusedError
from index.engines.opensearch.documents import document_of
from index.engines.opensearch.mapping import FORM, index_body, shards_for
from index.engines.opensearch.remote import FILE_NAME, Remote, others, owner_of, read_remote, write_remote
from index.engines.writer import Cost, Turn
from index.errors import CorruptError, StoreError, UnreachableError
from index.settings import Settings
from index.store.manifest import REPAIR
from index.types import Tagged

_MISSING = "index_not_found_exception"
_TOLD = "*.mappings._meta,*.mappings.properties.article.type"
_NAME_SECONDS = 10
_REFRESH_SECONDS = 600


class OpenSearchWriter:
    """Writes generations to the cluster of the setting `engine`; an `index.engines.writer.SharedWriter`."""

    form = FORM

    def __init__(self, settings: Settings, turn: Turn | None = None) -> None:
        self._settings = settings
        self._turn = turn
        self._cluster = Cluster(settings)
        self._prefix = self._cluster.address.prefix
        self._ours = re.compile(rf"{re.escape(self._prefix)}-\d{{14}}-[0-9a-f]{{6}}")

    def place(self) -> str:
        """Give the cluster's own name for itself with the prefix: its addresses may differ from machine to machine."""
        known = str(self._cluster.ask("GET", "/", seconds=_NAME_SECONDS).get("cluster_uuid", "_na_"))
        if known == "_na_":
            raise UnreachableError(
                "the cluster is not formed yet", where=str(self._cluster.address), remedy="Ask again in a moment"
            )
        return f"{known}/{self._prefix}"

    def in_turn(self, turn: Turn) -> Self:
        """Give a writer of the same index for one turn."""
        return type(self)(self._settings, turn)

    def held(self, directory: Path) -> str:
        """Give the name of a generation's index."""
        remote = read_remote(directory)
        if remote is None:
            raise CorruptError("the generation names no index", where=str(directory / FILE_NAME), remedy=REPAIR)
        return remote.index

    def write(self, directory: Path, *, removed: Iterable[str], added: Iterable[Tagged]) -> Cost:
        """Write the next state of the index; see `EngineWriter.write`.

        Killed at any time, it leaves the archive's truth to be sent again: nothing is doubled, for an article has one
        place by its id, and nothing is lost, for no generation is committed before the cluster has taken everything.
        Raises UnreachableError where the cluster does not take it, CorruptError where the last index is not there.
        """
        base = read_remote(directory)
        known = [*([base] if base else []), *others(directory)]
        found = self._indices()
        owner = self._owner(directory, known, found)
        self._refuse_strangers(found, owner)
        claim = None if self._turn else Claim(self._cluster, directory)
        least = self._turn.number if self._turn else time.time_ns() // 1_000_000
        number = max(least, claim.least if claim else 0, *(one.write + 1 for one in known), 0)
        if claim:
            claim.check(found, base, known)
        if base:
            if found.get(base.index) != owner:
                raise CorruptError(
                    f"the index {base.index} is not there", where=str(self._cluster.address), remedy=REPAIR
                )
            index = base.index
            if claim:
                claim.begin(index, number)
            self._change(index, removed, added, number)
            self._point(index, found, claim, number)
        else:
            index = self._anew(added, number, owner, found, claim)
        kept = self._turn.kept if self._turn else frozenset()
        self._delete(set(found) - {index, *(one.index for one in known)} - kept)
        write_remote(directory, Remote(index=index, write=number, owner=owner))
        return Cost()

    def count(self, directory: Path) -> int | None:
        """Count the articles of a generation's index, which may have lost parts; see `EngineWriter.count`."""
        remote = read_remote(directory)
        if remote is None:
            return 0
        try:
            return self._count(remote.index)
        except RefusedError as error:
            if error.kind == _MISSING:
                return 0
            raise

    def _count(self, index: str) -> int:
        return int(self._cluster.ask("GET", f"/{index}/_count")["count"])

    def _indices(self) -> dict[str, str]:
        """Give the indices of our prefix, and the owner of each; "" for one that a late write made again.

        Another machine may have deleted the index of a writer that had lost its turn and still sent something.
        """
        answer = self._cluster.ask("GET", f"/{self._prefix}-*/_mapping", params={"filter_path": _TOLD})
        return {
            name: str(one.get("mappings", {}).get("_meta", {}).get("owner", ""))
            for name, one in answer.items()
            if self._ours.fullmatch(name)  # not those of a longer prefix
        }

    def _owner(self, directory: Path, known: Sequence[Remote], found: dict[str, str]) -> str:
        """Give whose the indices are: the data directory's, or the archive's where several of these share it.

        What a data directory had by itself before goes on as the archive's under its own name.
        """
        if self._turn is None:
            return owner_of(directory, known)
        return next((one.owner for one in known if found.get(one.index) == one.owner), self._turn.owner)

    def _refuse_strangers(self, found: dict[str, str], owner: str) -> None:
        strange = sorted(name for name, one in found.items() if one not in {owner, ""})
        if strange:
            raise StoreError(
                f"the prefix {self._prefix} is taken: {strange[0]} is not of this archive",
                where=str(self._cluster.address),
                remedy="Give another prefix in the setting engine, or delete that index in the cluster. Machines share "
                "a prefix where they share the archive: one in PostgreSQL (docs/cluster.md)",
            )

    def _create(self, owner: str, articles: int) -> str:
        """Make an empty index, whose copies are all there before anything is written: so a node may be lost at once."""
        made = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d%H%M%S")
        name = f"{self._prefix}-{made}-{secrets.token_hex(3)}"  # as `_ours` reads it
        shards = self._settings.opensearch_shards or shards_for(articles)
        body = index_body(
            shards=shards, replicas=self._settings.opensearch_replicas, meta={"owner": owner, "form": FORM}
        )
        answer = self._cluster.ask(
            "PUT", f"/{name}", body, params={"wait_for_active_shards": "all", "timeout": "30s"}, seconds=90
        )
        if not answer.get("shards_acknowledged", True):
            with contextlib.suppress(StoreError):
                self._delete([name])
            raise UnreachableError(
                "a new index has not all its copies after 30 s",
                where=str(self._cluster.address),
                remedy="Are nodes missing, their disks full, is allocation switched off? _cluster/allocation/explain "
                "tells. Where one copy is enough, set opensearch_replicas to 0",
            )
        return name

    def _anew(
        self, added: Iterable[Tagged], number: int, owner: str, found: Mapping[str, str], claim: Claim | None
    ) -> str:
        """Write an index anew, and let the alias name it; what was begun and cannot be ended is deleted."""
        old = [name for name, one in found.items() if one == owner]
        if claim and old:
            claim.begin(claim.marked or old[0], number)  # refused, or blocked, before the work is done
        index = self._create(owner, operator.length_hint(added, 0))
        try:
            if claim and not old:
                self._claim(index, owner, claim, number)
            self._fill(index, added, number)
            self._point(index, found, claim, number)
        except BaseException:
            with contextlib.suppress(StoreError):  # where nobody knows, the next write deletes it
                if not old or not self._is_named(index):
                    self._delete([index])
            raise
        return index

    def _is_named(self, index: str) -> bool:
        """Tell whether the alias names an index: it was moved, though its answer was lost."""
        found = self._cluster.ask("GET", f"/{index}/_alias").get(index, {})
        return self._prefix in found.get("aliases", {})

    def _claim(self, index: str, owner: str, claim: Claim, number: int) -> None:
        """Take a prefix that nobody has, by its alias; raises StoreError where somebody else was first."""
        try:
            claim.begin(index, number, self._naming(index, claim))
        except StoreError:
            self._refuse_strangers(self._indices(), owner)
            raise

    def _fill(self, index: str, added: Iterable[Tagged], number: int) -> None:
        """Write an index anew."""
        ids = 0
        with Bulk(self._cluster, index, self._settings, version=number) as bulk:
            for tagged in added:
                bulk.put(tagged.article.id, document_of(tagged))
                ids += 1
        self._refresh(index)
        self._check(index, ids)

    def _check(self, index: str, articles: int) -> None:
        count = self._count(index)
        if count != articles:
            raise StoreError(
                f"the cluster has {count:,} articles of {articles:,} that it took",
                where=str(self._cluster.address),
                remedy="Is a part of it missing? Run the same again when the cluster is green",
            )

    def _change(self, index: str, removed: Iterable[str], added: Iterable[Tagged], number: int) -> None:
        """Bring an index up to date; what is replaced is never out of it."""
        kept = set()
        with Bulk(self._cluster, index, self._settings, version=number) as bulk:
            for tagged in added:
                bulk.put(tagged.article.id, document_of(tagged))
                kept.add(tagged.article.id)
            for one in removed:
                if one not in kept:
                    bulk.remove(one)
        self._refresh(index)

    def _refresh(self, index: str) -> None:
        """Let readers see what was written."""
        answer = self._cluster.ask("POST", f"/{index}/_refresh", seconds=_REFRESH_SECONDS)
        if answer.get("_shards", {}).get("successful", 0) == 0:
            raise StoreError(
                "no part of the index can be refreshed", where=str(self._cluster.address), remedy="Is the cluster red?"
            )

    def _point(self, index: str, found: Iterable[str], claim: Claim | None, number: int) -> None:
        """Let the alias name an index and no other."""
        actions: list[dict[str, Any]] = [
            {"remove": {"index": one, "alias": self._prefix, "must_exist": False}} for one in found if one != index
        ]
        actions += self._naming(index, claim)
        if claim:
            claim.end(index, number, actions)
        else:
            self._cluster.ask("POST", "/_aliases", {"actions": actions})

    def _naming(self, index: str, claim: Claim | None) -> list[dict[str, Any]]:
        """Let the alias name an index; who claims it alone, as the only one that may be written to by this name."""
        return [{"add": {"index": index, "alias": self._prefix, **({"is_write_index": True} if claim else {})}}]

    def _delete(self, names: Iterable[str]) -> None:
        for name in names:
            try:
                self._cluster.ask("DELETE", f"/{name}")
            except RefusedError as error:
                if error.kind != _MISSING:
                    raise
            except StoreError:
                return  # the next write tries again: no generation names it
