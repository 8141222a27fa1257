import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.engines.whoosh_export import export_whoosh
from index.errors import UsageError
from index.types import Article, Mention, PublicationDate, Tagged

ALONE = """
import sys
assert not any("newsmorgue" in path or path.endswith("main") for path in sys.path), sys.path
from whoosh.index import open_dir
from whoosh.qparser import QueryParser
from whoosh.query import Term
with open_dir(sys.argv[1]).searcher() as searcher:
    def ids(query):
        return sorted(hit["id"] for hit in searcher.search(query, limit=None))
    parse = QueryParser("text", searcher.schema).parse
    assert searcher.doc_count() == 2, searcher.doc_count()
    assert ids(parse('"crossed the harbour"')) == ["a"]
    assert ids(parse("elysee")) == ["b"] == ids(parse("Élysée"))
    assert ids(Term("person", "Ada Reyes, Jr.")) == ["a", "b"]
    assert ids(parse("date:[20210101 to 20211231]")) == ["b"]
    [hit] = searcher.search(parse("ferry"))
    assert hit["title"] == "Ferry" and hit["person"] == ["Ada Reyes, Jr."] and hit["published"] == "2020-02-03"
    assert hit.highlights("text") == 'The <b class="match term0">ferry</b> crossed the harbour'
print(sorted(module for module in sys.modules if module.split(".")[0] in {"index", "search", "newsmorgue", "numpy"}))
"""


def tagged(article_id: str, title: str, text: str, *, date: str) -> Tagged:
    return Tagged(
        article=Article(
            id=article_id,
            source="test",
            title=title,
            text=text,
            publisher="The Paper",
            published=PublicationDate(value=date, precision="day", origin="page"),
        ),
        mentions=(
            Mention(kind="person", value="Ada Reyes, Jr.", surface="", field="text", start=0, end=0, via="test"),
        ),
    )


ARTICLES = (
    tagged("a", "Ferry", "The ferry crossed the harbour. \ud800", date="2020-02-03"),
    tagged("b", "Palace", "At the Élysée, nobody knew.", date="2021"),
)


def test_an_exported_index_is_read_by_whoosh_alone(tmp_path: Path) -> None:
    assert export_whoosh(ARTICLES, tmp_path / "out", memory=2**24) == 2
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ALONE, str(tmp_path / "out")],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "[]\n"


def test_an_export_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("kept", encoding="utf-8")
    with pytest.raises(UsageError, match="not empty"):
        export_whoosh(ARTICLES, tmp_path, memory=2**24)
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
