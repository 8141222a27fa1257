"""Whom `newsmorgue search` asks: an archive on this machine, or a server that has one."""

import http.client
import json
import os
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from index.errors import NewsmorgueError, NoIndexError, UsageError
from index.settings import Settings
from index.types import Article
from index.version import VERSION
from search.request import SearchRequest
from search.searcher import Searcher
from web.advice import wanted
from web.api.encoding import loads
from web.api.shapes import DEFAULT_FIELDS, export_head, row, search_answer
from web.api.types import ExportHead, Result, SearchAnswer
from web.links import API_SEARCH, changed, search_url
from web.wording import opening

TIMEOUT = 60
"""Seconds that a server may take; its own limit for a query is far less."""


API_EXPORT = "/api/v1/export.ndjson"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """All hits of a search, of one generation: what it is of, and its rows, each with `DEFAULT_FIELDS`."""

    head: ExportHead
    rows: Iterator[dict[str, Any]]


class Source(Protocol):
    """What answers searches in the API's types."""

    def ask(self, asked: SearchRequest) -> SearchAnswer:
        """Answer a search; raises what the command shows."""
        ...

    def harvest(self, asked: SearchRequest) -> AbstractContextManager[Listing]:
        """Give all hits of a search, as they come; its page and facets are no matter."""
        ...

    def place(self, result: Result) -> str:
        """Say where an article of the last answer is to be found."""
        ...

    def heading(self, result: Result) -> str:
        """Give what to call an article of the last answer that has no title."""
        ...


@dataclass(slots=True, kw_only=True)
class Local:
    """A data directory on this machine."""

    settings: Settings
    _articles: dict[str, Article] = field(default_factory=dict)

    def ask(self, asked: SearchRequest) -> SearchAnswer:
        """Answer a search."""
        searcher = Searcher(self.settings.data_dir, self.settings)
        answer = searcher.ask(asked)
        self._articles = {hit.article.id: hit.article for hit in answer.hits}
        return search_answer(answer, searcher.diagnose(answer.request) if wanted(answer) else None)

    @contextmanager
    def harvest(self, asked: SearchRequest) -> Iterator[Listing]:
        """Give all hits of a search."""
        with Searcher(self.settings.data_dir, self.settings).harvest(asked) as harvest:
            lines = (row(hit) for hit in harvest.hits)
            yield Listing(
                head=export_head(harvest),
                rows=({name: getattr(line, name) for name in DEFAULT_FIELDS} for line in lines),
            )

    def place(self, result: Result) -> str:
        """Give the address of an article, or the path of its file from here."""
        return result.url or os.path.relpath(self._articles[result.id].source)

    def heading(self, result: Result) -> str:
        """Give the first words of an article."""
        return opening(self._articles[result.id].text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """A server, by the address of its first page."""

    url: str

    def ask(self, asked: SearchRequest) -> SearchAnswer:
        """Answer a search; raises what the server says, NewsmorgueError where none answers."""
        with self._open(search_url(asked, base=API_SEARCH), "application/json") as response, self._told():
            answer: SearchAnswer = loads(SearchAnswer, json.load(response))
        return answer

    @contextmanager
    def harvest(self, asked: SearchRequest) -> Iterator[Listing]:
        """Give all hits of a search; raises NewsmorgueError where they end too early."""
        whole = changed(asked, size=None, facets=SearchRequest().facets, facet_size=None)
        path = search_url(whole, base=API_EXPORT)
        path += f"{'&' if '?' in path else '?'}about=include&fields={','.join(DEFAULT_FIELDS)}"
        with self._open(path, "application/x-ndjson") as response:
            with self._told():
                head: ExportHead = loads(ExportHead, json.loads(response.readline()))
            yield Listing(head=head, rows=self._rows(response, head.total))

    def place(self, result: Result) -> str:
        """Give the address of an article, or of its page on the server."""
        return result.url or self._root + result.links.page

    def heading(self, result: Result) -> str:
        """Give the beginning of the first snippet."""
        return opening(result.snippets[0].text if result.snippets else "")

    @property
    def _root(self) -> str:
        return self.url.rstrip("/")

    def _rows(self, response: http.client.HTTPResponse, total: int) -> Iterator[dict[str, Any]]:
        for seen in range(total):
            try:
                found = json.loads(response.readline() or "{}")
            except (OSError, ValueError, http.client.HTTPException):  # amid an article
                found = {}
            if not found:
                raise NewsmorgueError(
                    f"it sent {seen} of {total} articles", where=self._root, remedy="The connection broke; ask again"
                )
            yield {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}

    def _open(self, path: str, media_type: str) -> http.client.HTTPResponse:
        if urllib.parse.urlsplit(self.url).scheme not in {"http", "https"}:
            raise UsageError("is no address of a server", where=self.url, remedy="Give it like http://127.0.0.1:8000")
        agent = {"User-Agent": f"newsmorgue/{VERSION}", "Accept": media_type}
        request = urllib.request.Request(self._root + path, headers=agent)  # noqa: S310  http or https, as seen above
        with self._told():
            response: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=TIMEOUT)  # noqa: S310
        return response

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell what fails while the server is asked or its answer read."""
        try:
            yield
        except urllib.error.HTTPError as error:
            raise self._problem(error) from error
        except (OSError, ValueError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            raise NewsmorgueError(
                f"no answer: {reason}", where=self._root, remedy="Is `newsmorgue serve` running there?"
            ) from error

    def _problem(self, error: urllib.error.HTTPError) -> NewsmorgueError:
        """Give the error that the same question would have raised here."""
        try:
            problem = json.load(error)
            what, remedy = str(problem["detail"]).removesuffix("."), str(problem.get("remedy", ""))
        except (ValueError, KeyError, TypeError, AttributeError):
            return NewsmorgueError(f"it answers {error.code}", where=self._root, remedy="Is it a Newsmorgue?")
        if error.code == 503 and str(problem.get("type", "")).endswith("no-archive"):
            return NoIndexError(what, where=self._root)
        kind = UsageError if 400 <= error.code < 429 else NewsmorgueError
        return kind(what, where=self._root, remedy=remedy)
