"""Of those who write under one prefix, the cluster lets one go on at a time, whatever fails between."""

from pathlib import Path
from typing import Any, cast

import pytest

from index.engines.opensearch.address import read_address
from index.engines.opensearch.claiming import Claim, MovedError
from index.engines.opensearch.cluster import Cluster, RefusedError
from index.engines.opensearch.remote import Remote
from index.errors import CorruptError, UnreachableError

OLD, NEW = "news-20260101000000-aaaaaa", "news-20260102000000-bbbbbb"


class Aliases:
    """The aliases of a cluster, which change all at once or not at all."""

    def __init__(self) -> None:
        self.address = read_address("opensearch+http://cluster.example/news")
        self.names: dict[str, str] = {}
        self.silent = ""

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        if method == "GET":
            assert path == "/news-*/_alias"
            return {
                index: {"aliases": {one: {} for one, to in self.names.items() if to == index}} for index in (OLD, NEW)
            }
        assert (method, path) == ("POST", "/_aliases")
        assert body
        if self.silent == "before":
            raise UnreachableError("lost")
        names = dict(self.names)
        for [(what, one)] in (action.items() for action in body["actions"]):
            if what == "remove":
                if names.pop(one["alias"], "") != one["index"]:
                    raise RefusedError("missing", where="", status=404, kind="aliases_not_found_exception")
            else:
                names[one["alias"]] = one["index"]
        self.names = names
        if self.silent == "after":
            raise UnreachableError("lost")
        return {}


@pytest.fixture
def aliases() -> Aliases:
    return Aliases()


def claim(aliases: Aliases, root: Path) -> Claim:
    root.mkdir(exist_ok=True)
    return Claim(cast(Cluster, aliases), root / "000002-new.partial")


def written(number: int, index: str = OLD) -> Remote:
    return Remote(index=index, write=number, owner="me")


def test_the_mark_moves_with_each_write(aliases: Aliases, tmp_path: Path) -> None:
    for number, base in ((5, None), (6, written(5)), (7, written(6))):
        made = claim(aliases, tmp_path)
        made.check([OLD], base, [base] if base else [])
        made.begin(OLD, number)
        made.end(OLD, number, [])
        assert aliases.names == {f"news-at-{number}": OLD}
    made.end(NEW, 7, [])
    assert aliases.names == {"news-at-7": NEW}


@pytest.mark.parametrize("silent", ["before", "after"])
def test_who_does_not_hear_the_answer_goes_on_by_the_next_run(aliases: Aliases, tmp_path: Path, silent: str) -> None:
    claim(aliases, tmp_path).begin(OLD, 5)
    for number in (6, 7):
        aliases.silent = silent
        made = claim(aliases, tmp_path)
        made.check([OLD], written(5), [written(5)])
        with pytest.raises(UnreachableError):
            made.begin(OLD, number)
    aliases.silent = ""
    made = claim(aliases, tmp_path)
    made.check([OLD], written(5), [written(5)])
    assert made.least == 8
    made.begin(OLD, 8)
    assert aliases.names == {"news-at-8": OLD}


@pytest.mark.parametrize("base", [written(5), None])
def test_who_was_overtaken_is_refused(aliases: Aliases, tmp_path: Path, base: Remote | None) -> None:
    for root in ("one", "copy"):
        aliases.names.clear()
        claim(aliases, tmp_path / root).begin(OLD, 5)
    one, copy, late = (claim(aliases, tmp_path / root) for root in ("one", "copy", "copy"))
    late.check([OLD], base, [written(5)])
    one.check([OLD], written(5), [written(5)])
    one.begin(OLD, 6)
    with pytest.raises(MovedError, match="since this data directory did"):
        copy.check([OLD], base, [written(5)])
    with pytest.raises(MovedError):
        late.begin(OLD, 7)
    with pytest.raises(MovedError):
        claim(aliases, tmp_path / "copy").check([OLD], base, [written(5)])
    assert aliases.names == {"news-at-6": OLD}


def test_an_index_that_was_put_back_is_not_changed_but_built_again(aliases: Aliases, tmp_path: Path) -> None:
    aliases.names = {"news-at-5": OLD}
    with pytest.raises(CorruptError, match="earlier time"):
        claim(aliases, tmp_path).check([OLD], written(6), [written(6)])
    claim(aliases, tmp_path).check([OLD], None, [written(6)])


def test_marks_of_others_are_not_looked_at(aliases: Aliases, tmp_path: Path) -> None:
    aliases.names = {"news-at-9": NEW, "news-test-at-9": OLD, "news-at-x": OLD}
    made = claim(aliases, tmp_path)
    made.check([OLD], written(5), [written(5)])
    made.begin(OLD, 6)
    assert aliases.names["news-at-6"] == OLD
