"""A gate before a cluster, as the security plug-in would be: TLS, users with passwords, and what each may ask for.

It passes on what a user may, to a node that has none of this, and remembers what was asked.
"""

import base64
import http.client
import re
import ssl
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

_PASSED = ("Content-Type", "Content-Encoding", "Accept", "Accept-Encoding")


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody whom the gate knows; `may` are patterns of requests (`POST /morgue/_count`), without parameters."""

    password: str
    may: Sequence[str]


@dataclass(slots=True, kw_only=True)
class Gate:
    """An open gate: where it is, the certificate that vouches for it, and what it was asked (user, request, status)."""

    port: int
    ca: Path
    asked: list[tuple[str, str, int]] = field(default_factory=list)


@contextmanager
def gate(node: str, directory: Path, users: Mapping[str, User], *, port: int = 0) -> Iterator[Gate]:
    """Open a gate on loopback before a node (HOST:PORT); its certificate is made in a directory, once."""
    ca, key = certificate(directory)
    made, closed = Gate(port=port, ca=ca), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _handle(self) -> None:
            if closed.is_set():  # which connections that are kept open do not see
                self.close_connection = True
                return
            content = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            name, password = _credentials(self.headers.get("Authorization", ""))
            request = f"{self.command} {urlsplit(self.path).path}"
            user = users.get(name)
            if user is None or user.password != password:
                status, body, kind = 401, b"Unauthorized", "text/plain"
            elif not any(re.fullmatch(pattern, request) for pattern in user.may):
                status, body, kind = 403, b'{"error": {"reason": "no permissions"}, "status": 403}', "application/json"
            else:
                status, body, kind = self._passed(content)
            made.asked.append((name, request, status))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _passed(self, content: bytes) -> tuple[int, bytes, str]:
            connection = http.client.HTTPConnection(node, timeout=60)
            try:
                headers = {name: self.headers[name] for name in _PASSED if name in self.headers}
                headers["Accept-Encoding"] = "identity"
                connection.request(self.command, self.path, content, headers)
                answer = connection.getresponse()
                return answer.status, answer.read(), answer.getheader("Content-Type", "application/json")
            finally:
                connection.close()

        do_GET = do_POST = do_PUT = do_DELETE = _handle  # noqa: N815  # the names that the library calls

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(ca, key)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield made
    finally:
        closed.set()
        server.shutdown()
        thread.join()
        server.server_close()


def certificate(directory: Path) -> tuple[Path, Path]:
    """Give a certificate for localhost that vouches for itself, and its key."""
    ca, key = directory / "ca.pem", directory / "key.pem"
    if not ca.exists():
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        command += ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
        subprocess.run([*command, "-keyout", str(key), "-out", str(ca)], check=True, capture_output=True)
    return ca, key


def _credentials(header: str) -> tuple[str, str]:
    kind, _, code = header.partition(" ")
    if kind != "Basic":
        return "", ""
    name, _, password = base64.b64decode(code).decode("utf-8").partition(":")
    return name, password
