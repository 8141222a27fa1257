"""Whom `newsmorgue search` asks: an archive on this machine, or a server that has one."""

import json
import os
import urllib.error
import urllib.parse
import urllib.request
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
from web.api.shapes import search_answer
from web.api.types import Result, SearchAnswer
from web.links import API_SEARCH, search_url
from web.wording import opening

TIMEOUT = 60
"""Seconds that a server may take; its own limit for a query is far less."""


class Source(Protocol):
    """What answers searches in the API's types."""

    def ask(self, asked: SearchRequest) -> SearchAnswer:
        """Answer a search; raises what the command shows."""
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
        answer: SearchAnswer = loads(SearchAnswer, self._get(search_url(asked, base=API_SEARCH)))
        return answer

    def place(self, result: Result) -> str:
        """Give the address of an article, or of its page on the server."""
        return result.url or self._root + result.links.page

    def heading(self, result: Result) -> str:
        """Give the beginning of the first snippet."""
        return opening(result.snippets[0].text if result.snippets else "")

    @property
    def _root(self) -> str:
        return self.url.rstrip("/")

    def _get(self, path: str) -> Any:
        if urllib.parse.urlsplit(self.url).scheme not in {"http", "https"}:
            raise UsageError("is no address of a server", where=self.url, remedy="Give it like http://127.0.0.1:8000")
        agent = {"User-Agent": f"newsmorgue/{VERSION}", "Accept": "application/json"}
        request = urllib.request.Request(self._root + path, headers=agent)  # noqa: S310  http or https, as seen above
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise self._problem(error) from error
        except (OSError, ValueError) as error:
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
