"""A small archive of our own, indexed as a user's is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.settings import Settings
from index.types import Article, Mention, MentionKind, PublicationDate, Tagged
from search.searcher import Searcher
from tests.archives import commit_articles

SETTINGS = Settings()


def tagged(
    number: int,
    title: str,
    text: str,
    *,
    people: dict[str, str] | None = None,
    outlets: tuple[str, ...] = (),
    publisher: str | None = None,
    date: str | None = None,
) -> Tagged:
    """Make an article; `people` gives for each surface in its text the canonical name, `outlets` stand as they are."""
    mentions = [_mention("person", name, surface, text) for surface, name in (people or {}).items()]
    mentions += [_mention("outlet", name, name, text) for name in outlets]
    precision = {4: "year", 7: "month", 10: "day"}
    published = PublicationDate(value=date, precision=precision[len(date)], origin="page") if date else None  # type: ignore[arg-type]
    article = Article(
        id=f"{number:016x}", source=f"test:{number}", title=title, text=text, publisher=publisher, published=published
    )
    return Tagged(article=article, mentions=tuple(sorted(mentions, key=lambda mention: mention.start)))


def _mention(kind: MentionKind, value: str, surface: str, text: str) -> Mention:
    start, role = text.index(surface), "cited" if kind == "outlet" else "named"
    return Mention(
        kind=kind,
        value=value,
        surface=surface,
        field="text",
        start=start,
        end=start + len(surface),
        via="test",
        role=role,  # type: ignore[arg-type]
    )


ARCHIVE = (
    tagged(
        1,
        "Aide to the vice president leaves",
        "Ashley Etienne is leaving the White House, Vanity Fair reported. She advised Kamala Harris for a year.\n\n"
        "CNN had described tension between the vice president’s office and the West Wing. Harris’ staff denied it.",
        people={"Ashley Etienne": "Ashley Etienne", "Kamala Harris": "Kamala Harris"},
        outlets=("Vanity Fair", "CNN"),
        publisher="Harbour Post",
        date="2021-11-18",
    ),
    tagged(
        2,
        "Spokeswoman resigns",
        "Symone Sanders, who spoke for Harris, resigned on Wednesday. CNN and USA Today had reported on the VP's team.",
        people={"Symone Sanders": "Symone Sanders", "Harris": "Kamala Harris"},
        outlets=("CNN", "USA Today"),
        publisher="Harbour Post",
        date="2021-12-03",
    ),
    tagged(
        3,
        "Budget talks resume",
        "Senators resumed talks about the $1.2 trillion budget. "
        "García and O'Brien, of two parties, met at the White House.",
        people={"García": "José García", "O'Brien": "Tim O'Brien"},
        publisher="Valley Gazette",
        date="2021-12",
    ),
    tagged(
        4,
        "A house of white stone",
        "The mason built a house. It was white, and it stood by the COVID-19 ward. E-mail the mason for a visit.",
        publisher="Valley Gazette",
    ),
    tagged(
        5,
        "Harris tours the ports",
        "Kamala Harris toured the ports with Pete Buttigieg. USA Today counted 27.8 percent who approve of the tour.",
        people={"Kamala Harris": "Kamala Harris", "Pete Buttigieg": "Pete Buttigieg"},
        outlets=("USA Today",),
        date="2022-01-05",
    ),
)


@pytest.fixture(scope="session")
def archive_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data_dir = tmp_path_factory.mktemp("archive")
    commit_articles(data_dir, ARCHIVE)
    return data_dir


@pytest.fixture(scope="session")
def searcher(archive_dir: Path) -> Iterator[Searcher]:
    found = Searcher(archive_dir, SETTINGS)
    yield found
    found.close()


@pytest.fixture(name="build")
def _build() -> Callable[..., None]:
    return commit_articles
