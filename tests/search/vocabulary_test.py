from pathlib import Path

import pytest
from whoosh.index import open_dir

from search.engines import whoosh_vocabulary
from search.engines.whoosh_vocabulary import words_from


class Hidden:
    """A reader that keeps its terms in a way of its own."""

    def __init__(self, reader: object) -> None:
        self.iter_from = reader.iter_from  # type: ignore[attr-defined]


@pytest.mark.parametrize("field", ["title", "text", "names", "text_stems", "person", "id", "nothing"])
@pytest.mark.parametrize("prefix", ["", "h", "ha", "harris", "zz", "1", "\U0010ffff"])
def test_terms_read_in_bulk_are_those_that_whoosh_gives(archive_dir: Path, field: str, prefix: str) -> None:
    [generation] = (archive_dir / "generations").iterdir()
    with open_dir(str(generation)).reader() as reader:
        if field != "nothing":
            assert list(words_from(reader, field, prefix)) == list(words_from(Hidden(reader), field, prefix))
        else:
            assert list(words_from(reader, field, prefix)) == []


def test_the_bulk_way_is_the_one_that_is_used(archive_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh_vocabulary, "_walk", None)
    [generation] = (archive_dir / "generations").iterdir()
    with open_dir(str(generation)).reader() as reader:
        assert dict(words_from(reader, "names", "har")) == {"harbour": 2, "harris": 3}
