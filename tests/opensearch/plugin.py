"""A node with the security plug-in, for tests of the roles that docs/cluster.md gives: TLS, users, and their rights.

The plug-in comes from Maven Central beside the server, and a checksum pins it. The server is copied, since a plug-in
lies within it.
"""

import base64
import hashlib
import http.client
import json
import os
import shutil
import ssl
import subprocess
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.opensearch.gate import certificate
from tests.opensearch.nodes import VERSION, MissingError, Nodes, fetched, java_home, server

PLUGIN = f"{VERSION}.0"
SHA256 = "ae79a0cf1094446e357758904552717c52c2d9b30ec153271b52ec73497510df"
_ZIP = Path(f"org/opensearch/plugin/opensearch-security/{PLUGIN}/opensearch-security-{PLUGIN}.zip")
_DOCS = Path(__file__).parents[2] / "docs" / "cluster.md"

PASSWORD = "pass: wörd/@"
_HASH = "$2y$12$zp66gA91A1zd/QKXPkQISOhV1PjZQhA6rTQ1ae8wCtuLV/XmXpQLm"
"""Of the password, by the plug-in's hash.sh."""

USERS = ("morgue_writer", "morgue_reader")
MANAGER = "manager"

_SETTINGS = """
plugins.security.ssl.transport.pemcert_filepath: ca.pem
plugins.security.ssl.transport.pemkey_filepath: key.pem
plugins.security.ssl.transport.pemtrustedcas_filepath: ca.pem
plugins.security.ssl.transport.enforce_hostname_verification: false
plugins.security.ssl.http.enabled: true
plugins.security.ssl.http.pemcert_filepath: ca.pem
plugins.security.ssl.http.pemkey_filepath: key.pem
plugins.security.ssl.http.pemtrustedcas_filepath: ca.pem
plugins.security.nodes_dn: [CN=localhost]
plugins.security.authcz.admin_dn: [CN=nobody]
plugins.security.allow_default_init_securityindex: true
plugins.security.restapi.roles_enabled: [all_access]
"""


def roles(prefix: str) -> str:
    """Give the roles that docs/cluster.md gives for the prefix `morgue`, for another."""
    text = _DOCS.read_text("utf-8")
    block = text[text.index("    morgue_writer:\n") :].partition("\n\n")[0]
    return textwrap.dedent(block).replace('[morgue, "morgue-*"]', f'["{prefix}", "{prefix}-*"]')


def secured_server(root: Path) -> Path:
    """Give a copy of the server with the plug-in in it. Raises MissingError where that cannot be had."""
    packed = fetched(f"org.opensearch.plugin:opensearch-security:{PLUGIN}:zip", _ZIP)
    if hashlib.sha256(packed.read_bytes()).hexdigest() != SHA256:
        raise MissingError(f"{packed} is not the plug-in that was expected")
    home = root / "server"
    shutil.copytree(server(), home, ignore=shutil.ignore_patterns("logs"))
    (home / "logs").mkdir()
    command = [str(home / "bin" / "opensearch-plugin"), "install", "--batch", packed.as_uri()]
    environment = {"PATH": os.environ["PATH"], "OPENSEARCH_JAVA_HOME": str(java_home())}
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True, timeout=240)
    if done.returncode:
        raise MissingError(f"the plug-in cannot be installed: {done.stdout[-500:]}")
    return home


class Secured(Nodes):
    """One node with the plug-in, that knows the two users of docs/cluster.md and one who may do everything."""

    def __init__(self, root: Path, prefix: str) -> None:
        self._prefix = prefix
        self._certificates = root / "certificates"
        self._certificates.mkdir()
        self.ca, self._key = certificate(self._certificates)
        super().__init__(root, 1, "512m", home=secured_server(root))

    def get(self, path: str, *, port: int) -> dict[str, object]:
        """Ask as who may do everything."""
        context = ssl.create_default_context(cafile=str(self.ca))
        connection = http.client.HTTPSConnection("localhost", port, timeout=20, context=context)
        secret = base64.b64encode(f"{MANAGER}:{PASSWORD}".encode()).decode("ascii")
        try:
            connection.request("GET", path, headers={"Authorization": f"Basic {secret}"})
            found: dict[str, object] = json.loads(connection.getresponse().read())
            return found
        finally:
            connection.close()

    def _prepared(self, config: Path) -> None:
        shutil.copy(self.ca, config / "ca.pem")
        shutil.copy(self._key, config / "key.pem")
        with (config / "opensearch.yml").open("a") as file:
            file.write(_SETTINGS)
        own = config / "opensearch-security"
        shutil.copytree(self._home / "config" / "opensearch-security", own)
        users = [
            f'{name}:\n  hash: "{_HASH}"\n  backend_roles: ["{name}"]\n  opendistro_security_roles: ["{role}"]\n'
            for name, role in [*zip(USERS, USERS, strict=True), (MANAGER, "all_access")]
        ]
        _write(own / "internal_users.yml", "internalusers", "".join(users))
        _write(own / "roles.yml", "roles", roles(self._prefix))
        _write(own / "roles_mapping.yml", "rolesmapping", f'all_access:\n  users: ["{MANAGER}"]\n')


def _write(path: Path, kind: str, content: str) -> None:
    path.write_text(f'---\n_meta:\n  type: "{kind}"\n  config_version: 2\n{content}')


@contextmanager
def secured(prefix: str) -> Iterator[Secured]:
    """Hold a node with the plug-in. Raises MissingError."""
    with tempfile.TemporaryDirectory(prefix="newsmorgue-secured-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        node = Secured(Path(name), prefix)
        try:
            node.start(0)
            node.wait()
            yield node
        finally:
            node.stop()
