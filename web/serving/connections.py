"""A connection as waitress has it, but for addresses in UTF-8, errors, what is kept open, and who does not read.

Waitress refuses an address with letters that are not escaped, answers what it cannot read by a text of its own, which
no log tells of, and closes a connection after each answer whose length it does not know, 304 among them.
"""

import re
import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError, crack_first_line
from waitress.task import WSGITask

ENVIRON_REFUSED = "newsmorgue.refused"
"""Where the environment of a request that could not be read says why: its status, and what is wrong."""

LEAST = 16 * 1024
"""Bytes of a waiting answer that a client has to take in the time that it is given."""

_TOLD = 1_000
"""Characters of the address of a request that could not be read that the log tells."""

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_CLOSE = b"\r\nConnection: close"


class Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress is not typed
    """A request as it comes; letters in its address may be there as the bytes of UTF-8, as curl sends them."""

    path = query = fragment = request_uri = ""
    command = "GET"
    url_scheme = "http"

    def received(self, data: bytes) -> int:
        """Take what has come; gives how many bytes of it belong to this request."""
        before = self.header_plus
        taken = int(super().received(data))
        if self.error and not self.headers_finished:  # too long: waitress reads nothing of it
            first, complete, _ = (before + data).partition(b"\r\n")
            if complete:
                self._look(first)
        return taken

    def parse_header(self, header_plus: bytes) -> None:
        """Read the request line and the headers; raises ParsingError where that cannot be."""
        first, end, rest = header_plus.partition(b"\r\n")
        first = _BEYOND_ASCII.sub(lambda found: b"%%%02X" % found[0][0], first)
        try:
            super().parse_header(first + end + rest)
        except ParsingError:
            self._look(first)
            raise
        except ValueError as error:  # a number of thousands of digits, brackets that hold no address
            self._look(first)
            raise ParsingError("Bad URI or number") from error
        if self.body_rcv is None:
            self.expect_continue = False  # waitress would wait for a body that does not come

    def _look(self, first: bytes) -> None:
        """Note what was asked for, as far as it can be told, for the log."""
        try:
            command, uri, _version = crack_first_line(first.rstrip())
        except ParsingError:
            return
        path, _, query = uri.decode("latin-1").partition("?")
        if path.startswith("/"):
            self.command, self.path, self.query = command.decode("latin-1"), path[:_TOLD], query[:_TOLD]


class Task(WSGITask):  # type: ignore[misc]
    """A request that is answered.

    A HEAD gets no body at all, where waitress ends one of unknown length by a chunk. A connection stays open after
    what needs no length (204, 304, chunks, a HEAD), unless the client or the answer closes it.
    """

    close_on_finish: bool

    def build_response_header(self) -> bytes:
        """Give the status line and the headers."""
        wanted = self.close_on_finish or self.request.headers.get("CONNECTION", "").lower() == "close"
        wanted = wanted or any(name.lower() == "connection" for name, _ in self.response_headers)
        head: bytes = super().build_response_header()
        if self.close_on_finish and not wanted and self.version == "1.1":
            self.close_on_finish = False
            head = head.replace(_CLOSE, b"", 1)
        return head

    def finish(self) -> None:
        """Send what is left to be sent."""
        if not self.wrote_header:
            self.write(b"")
        if self.request.command.upper() == "HEAD":
            self.chunked_response = False
        super().finish()


class Refusal(Task):
    """A request that could not be read: the application answers, so that it is answered and told of like any other."""

    def get_environment(self) -> dict[str, Any]:
        """Give the environment, which says why."""
        environ: dict[str, Any] = super().get_environment()
        error = self.request.error
        environ[ENVIRON_REFUSED] = (error.code, f"{error.reason}: {error.body}")
        return environ

    def execute(self) -> None:
        """Answer, and close the connection: where the next request would begin cannot be told."""
        self.set_close_on_finish()
        super().execute()


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection."""

    parser_class = Parser
    task_class = Task
    error_task_class = Refusal
    _mark = (0.0, 0)
    _taken = 0

    def expire(self, now: float, seconds: float) -> None:
        """Close the connection where its client has taken next to nothing for so long of an answer that waits for it.

        `now` is monotonic. Who makes the answer learns of it, and lets go of what that held.
        """
        since, taken = self._mark
        sending = not self.requests or self.total_outbufs_len >= self.adj.send_bytes  # less waits for more to send
        if not (sending and self.total_outbufs_len):
            self._mark = (0.0, 0)
        elif not since or self._taken - taken >= LEAST:
            self._mark = (now, self._taken)
        elif now - since > seconds:
            self.logger.info("a client that does not read is let go: %s", self.addr[0])
            self.handle_close()

    def send(self, data: bytes, do_close: bool = True) -> int:  # noqa: FBT001, FBT002  as waitress has it
        """Send what the client takes; gives how many bytes."""
        sent = int(super().send(data, do_close))
        self._taken += sent
        return sent


def expire(channels: dict[int, Channel], seconds: float) -> None:
    """Let go of the clients that do not read their answers."""
    now = time.monotonic()
    for channel in list(channels.values()):
        channel.expire(now, seconds)
