"""What an address of the API is: parameters, answers, problems. Both routes and document are made of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flask import Response

from index.settings import Settings
from search.request import SearchRequest
from web.api.schemas import Schema

JSON = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter in a query string or, where it is `in_path`, in the path.

    `schema` may depend on the settings. A `repeated` one may be given several times. One `of_search` is read by
    search/request.py, any other by its schema.
    """

    name: str
    description: str
    schema: Callable[[Settings], Schema]
    in_path: bool = False
    required: bool = False
    repeated: bool = False
    of_search: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The parameters of a request, read: the question, and what else the address takes, by name."""

    asked: SearchRequest
    own: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What an address serves: a type of web/api/types.py, or a text where that is None.

    A body `of_lines` has one on each line, with those of its members that were wanted. `headers` are those beside the
    ones that all answers have.
    """

    media_type: str = JSON
    type: Any = None
    of_lines: bool = False
    status: int = 200
    description: str = "The answer"
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """An address and what may be done there: `path` has its parameters in braces, `name` is for code generators.

    `view` gets the parameters read, and those of the path by name.
    What is sent to a `method` other than GET is JSON of the type `takes` (web/api/types.py).
    What is not `conditional` has no entity tag, and is never a 304.
    `problems` are names of web/problems.py, beside those that any address may answer with.
    """

    path: str
    name: str
    summary: str
    view: Callable[..., Response]
    bodies: tuple[Body, ...]
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[str, ...] = ()
    conditional: bool = True
    method: Literal["GET", "POST"] = "GET"
    takes: Any = None

    @property
    def rule(self) -> str:
        """The path as Flask writes it."""
        return self.path.replace("{", "<").replace("}", ">")
