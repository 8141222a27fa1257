"""Names: under which the parts of an article are found in JSON objects and CSV columns."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from index.read.options import ReadOptions, Target
from index.types import Rejected

_NAMES: Final[Mapping[Target, str]] = {
    "title": "title headline articletitle maintitle head heading hed webtitle name subject",
    "text": """text body content maintext articletext articlebody fulltext bodytext articlecontent contenttext
        plaintext cleanedtext rawtext article story storytext contenthtml bodyhtml html transcript message""",
    "date": """date published publisheddate publishdate publicationdate datepublished datepublish publishedat
        publishedon pubdate pubtime pubtimestamp webpublicationdate firstpublished firstpublishedat
        firstpublicationdate dateandtime datetime timestamp dategmt posted postedat articledate storydate createdat
        created datecreated time day""",
    "publisher": """publisher outlet publication source sitename site newspaper publishername outletname sourcename
        publicationname mediaoutlet medianame media newssource newsoutlet provider journal sourcedomain domain
        hostname""",
    "url": "url link permalink articleurl canonicalurl weburl sourceurl storyurl originalurl articlelink href uri",
    "byline": """byline author authors writtenby creator dccreator writer writers reporter reporters journalist
        authorname""",
    "language": "language lang languagecode inlanguage articlelanguage",
    "id": "id articleid uuid guid docid documentid storyid newsid",
}
_LESSER_TEXTS: Final = (
    "description",
    "summary",
    "leadparagraph",
    "abstract",
    "lead",
    "snippet",
    "excerpt",
    "shortdescription",
)
"""Taken as text only where nothing else is."""
_SIGNS: Final = re.compile(r"[\W_]+")


@functools.lru_cache(maxsize=10_000)
def folded(name: str) -> str:
    """Fold a column's name: `Date_Publish`, `date-publish` and `datePublish` are one."""
    return _SIGNS.sub("", name.casefold())


@functools.lru_cache(maxsize=1_000)
def find_columns(names: tuple[str, ...], options: ReadOptions) -> Mapping[Target, tuple[str, ...]]:
    """Tell which of the names fill which part of an article, best first; those of `--map` come before all others."""
    by_fold = {folded(name): name for name in reversed(names)}
    found: dict[Target, tuple[str, ...]] = {}
    for target, usual in _NAMES.items():
        mapped = [name for wanted, column in options.columns if wanted == target for name in _named(column, by_fold)]
        known = usual.split() + (list(_LESSER_TEXTS) if target == "text" else [])
        columns = dict.fromkeys([*mapped, *(by_fold[fold] for fold in known if fold in by_fold)])
        if columns:
            found[target] = tuple(columns)
    return found


def count_known(names: Iterable[str], options: ReadOptions) -> int:
    """Count the parts of an article that the names would fill: how a header is told from data."""
    return len(find_columns(tuple(names), options))


def absent_columns(names: Iterable[str], source: str, options: ReadOptions) -> Iterator[Rejected]:
    """Say which columns of `--map` are none of the names."""
    known = {folded(name) for name in names}
    for target, column in options.columns:
        if folded(column) not in known:
            detail = f"there is no column {column!r} to map {target} to; the usual names were looked for instead"
            yield Rejected(source=source, reason="absent-column", detail=detail)


def _named(column: str, by_fold: Mapping[str, str]) -> list[str]:
    name = by_fold.get(folded(column))
    return [name] if name is not None else []
