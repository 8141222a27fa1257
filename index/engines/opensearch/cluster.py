"""The one place that talks to a cluster: requests go in, JSON comes out, and every failure is one of ours.

OpenSearch and Elasticsearch differ in the addresses of points in time, and in nothing else that is used here.
"""

import base64
import importlib
import json
import logging
import ssl
from collections.abc import Mapping
from typing import Any, Literal

from index.engines.opensearch.address import Address, read_address
from index.errors import SettingError, StoreError, UnreachableError
from index.settings import Settings

Json = dict[str, Any]

_BUSY = {429, 502, 503, 504}
_FORBIDDEN = {401, 403}
_TOO_MANY = 429
_BLOCK = "cluster_block_exception"


class RefusedError(StoreError):
    """The cluster answered a request with an error; `status` is HTTP's, `kind` the type that the cluster gives."""

    def __init__(self, what: str, *, where: str, status: int, kind: str) -> None:
        super().__init__(what, where=where, remedy="The cluster's log may say more")
        self.status = status
        self.kind = kind


class BlockedError(StoreError):
    """The cluster takes no writes until somebody mends it, so that to send the same again is of no use."""


def blocked(status: int, error: Mapping[str, Any], *, where: str) -> BlockedError | None:
    """Tell what an error says of a block, None where it says that of none, or of one that passes by itself.

    Those are an index's or all of the cluster's, set by somebody (403), or by the cluster where the disk of a node is
    full (429). One with 503 is that of a cluster that is starting, or without a manager just now.
    """
    if error.get("type") != _BLOCK or status not in {*_FORBIDDEN, _TOO_MANY}:
        return None
    full = status == _TOO_MANY
    return BlockedError(
        f"the cluster takes no writes: {_first_line(error.get('reason', ''))}",
        where=where,
        remedy="Free space on its disks, or add a node: it takes writes again by itself where it is below its high "
        "watermark"
        if full
        else "Lift the block (index.blocks.*, cluster.blocks.*), or ask whoever set it",
    )


class Cluster:
    """A cluster as the settings name it; safe for threads. Nothing is asked of it before the first request.

    Raises SettingError where the package opensearch-py is not installed, or the certificates cannot be read.
    """

    def __init__(self, settings: Settings) -> None:
        self.address: Address = read_address(settings.engine)
        try:
            library: Any = importlib.import_module("opensearchpy")
        except ImportError as error:
            raise SettingError(
                "an archive on a cluster needs the package opensearch-py",
                where="engine",
                remedy="Install it: pip install 'newsmorgue[opensearch]'",
            ) from error
        logging.getLogger("opensearch").addHandler(logging.NullHandler())
        logging.getLogger("opensearch").propagate = False  # what it would log is raised as an error below
        self._client = library.OpenSearch(
            hosts=[{"host": name, "port": port} for name, port in self.address.hosts],
            headers=_credentials(settings),
            http_compress=self.address.secure,  # where it is a network's, not this machine's
            **({"use_ssl": True, "ssl_context": _vouching(settings.opensearch_ca)} if self.address.secure else {}),
            timeout=settings.opensearch_seconds,
            max_retries=len(self.address.hosts),
            retry_on_status=(),
            pool_maxsize=16,
        )
        self._raised: Any = library.exceptions
        self._product: str | None = None

    def ask(
        self,
        method: Literal["GET", "POST", "PUT", "DELETE"],
        path: str,
        body: Json | bytes | None = None,
        *,
        params: Mapping[str, Any] | None = None,
        seconds: float | None = None,
    ) -> Json:
        """Send a request, to another host where one does not answer, and give the answer.

        Raises UnreachableError where no host answers within `seconds` (by default the setting), or the cluster is too
        busy, BlockedError where it takes no writes, and RefusedError where it answers with another error.
        """
        content = json.dumps(body).encode("ascii") if isinstance(body, dict) else body
        options = {**(params or {}), **({"request_timeout": seconds} if seconds else {})}
        try:
            found = self._client.transport.perform_request(method, path, params=options, body=content)
        except self._raised.SSLError as error:
            raise UnreachableError(
                f"the cluster is not surely the one that was meant: {_first_line(error.error)}",
                where=str(self.address),
                remedy="Give the certificates that vouch for it as opensearch_ca, and the host as they name it",
            ) from error
        except self._raised.ConnectionError as error:
            raise self._unreachable(f"the cluster does not answer: {_first_line(error.error)}") from error
        except self._raised.TransportError as error:
            raise self._refused(error.status_code, error.info, str(error.error)) from error
        except self._raised.OpenSearchException as error:
            raise self._unreachable(f"the cluster gave no answer that can be read: {error!r}") from error
        return found if isinstance(found, dict) else {}

    def elastic(self) -> bool:
        """Say whether it is Elasticsearch rather than OpenSearch, which always says what it is."""
        if self._product is None:
            try:
                version = self.ask("GET", "/").get("version", {})
            except RefusedError:
                version = {}
            self._product = str(version.get("distribution", "elasticsearch"))
        return self._product == "elasticsearch"

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _unreachable(self, what: str) -> UnreachableError:
        return UnreachableError(what, where=str(self.address), remedy="Is it running? Ask again in a moment")

    def _refused(self, status: Any, info: Any, kind: str) -> StoreError:
        reason = _reason(info) or kind
        cause = info.get("error") if isinstance(info, dict) else None
        block = blocked(status, cause, where=str(self.address)) if isinstance(cause, dict) else None
        if block:
            return block
        if status in _BUSY:
            return self._unreachable(f"the cluster cannot answer now ({status}): {reason}")
        if status in _FORBIDDEN:
            return StoreError(
                f"the cluster refuses us ({status}): {reason}",
                where=str(self.address),
                remedy="Check opensearch_user, its password and its rights; docs/cluster.md lists those it needs",
            )
        number = status if isinstance(status, int) else 500
        return RefusedError(f"the cluster refused: {reason}", where=str(self.address), status=number, kind=kind)


def _credentials(settings: Settings) -> dict[str, str]:
    """Give the header that says who asks: in UTF-8 (RFC 7617), where the library would take Latin letters only."""
    if not settings.opensearch_user:
        return {}
    pair = f"{settings.opensearch_user}:{settings.opensearch_password}"
    return {"authorization": f"Basic {base64.b64encode(pair.encode()).decode('ascii')}"}


def _vouching(path: str) -> ssl.SSLContext:
    """Give what checks certificates by those in a file, or by the system's."""
    try:
        return ssl.create_default_context(cafile=path or None)
    except (OSError, ValueError) as error:
        raise SettingError(
            f"{path!r} has no certificates that can be read: {error}",
            where="opensearch_ca",
            remedy="Give a PEM file of the certificates that vouch for the cluster's",
        ) from error


def _reason(info: Any) -> str:
    """Give the innermost reason of an error: those around it only say that something failed."""
    error = info.get("error") if isinstance(info, dict) else None
    if not isinstance(error, dict):
        return _first_line(error or "")
    cause: Any = error
    for one in error.get("root_cause") or error.get("failed_shards") or []:
        cause = one.get("reason") if isinstance(one.get("reason"), dict) else one
        break
    while isinstance(cause.get("caused_by"), dict):
        cause = cause["caused_by"]
    return f"{cause.get('type', '')}: {cause.get('reason', '')}"


def _first_line(text: object) -> str:
    return str(text).partition("\n")[0]
