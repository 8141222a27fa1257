"""Of names that are shown otherwise than they are written, as many are counted on a cluster as are shown."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.opensearch.counting import Counting, asked_beside
from search.engines.opensearch.meanings import Meanings
from search.engines.opensearch.renaming import Renamed, moved_of

Articles = dict[str, dict[str, str | None]]
"""For each article its values, and what each is shown as there."""

ELSEWHERE = {"H. Clinton": "Clinton", "Hillary": "Clinton", "Nobody": None, "Bill": "William"}
"""Where nothing is known of an article; other values are shown as they are."""


def renamed_of(articles: Articles) -> Renamed:
    """Tell how the values of some articles are shown, as `Renaming` does."""
    behind: dict[str, list[str]] = {}
    for value, to in ELSEWHERE.items():
        if to:
            behind.setdefault(to, []).append(value)
    out: dict[str, set[str]] = {}
    within: dict[str, set[str]] = {}
    for article, values in articles.items():
        said = {ELSEWHERE.get(one, one) for one in values} - {None}
        seen = set(values.values()) - {None}
        for name in said - seen:
            out.setdefault(str(name), set()).add(article)
        for name in seen - said:
            within.setdefault(str(name), set()).add(article)
    return Renamed(shown=ELSEWHERE, behind={to: tuple(own) for to, own in behind.items()}, out=out, within=within)


class Cluster:
    """Stands for the meanings of one question over some articles: counts names, and remembers which were asked for."""

    def __init__(self, articles: Articles, wanted: tuple[str, ...] = ()) -> None:
        self._articles = articles
        self._wanted = wanted
        renamed = renamed_of(articles)
        self.renaming = SimpleNamespace(of=lambda _: renamed, moved=lambda _: moved_of(renamed))
        self.asked: list[str] = []

    def wanted(self, _: str) -> tuple[str, ...]:
        return self._wanted

    def want(self, _: str, names: list[str]) -> None:
        self._wanted = tuple(names)

    def shown(self, _: str, names: list[str]) -> dict[str, Any]:
        return {"names": names}

    def count(self, _: str, names: list[str], within: set[str]) -> dict[str, int]:
        self.asked += names
        return {name: sum(name in self._articles[one].values() for one in within) for name in names}


def found_by(asked: dict[str, Any], articles: Articles, matches: set[str]) -> dict[str, Any]:
    """Answer the aggregations of one facet as a cluster does."""
    raw = written(articles, matches)
    found: dict[str, Any] = {}
    if "moved" in asked:
        of = [one for one in asked["moved"]["terms"]["include"] if one in raw]
        found["moved"] = {"buckets": [{"key": one, "doc_count": raw[one]} for one in of]}
    if "beside" in asked:
        ids = set(asked["beside"]["filter"]["terms"]["id"]) & matches
        found["beside"] = {"ids": {"buckets": [{"key": one, "doc_count": 1} for one in ids]}}
    if "named" in asked:
        buckets = {
            key: {"doc_count": sum(bool({*said["names"]} & {*articles[one].values()}) for one in matches)}
            for key, said in asked["named"]["filters"]["filters"].items()
        }
        found["named"] = {"buckets": buckets, "meta": asked["named"]["meta"]}
    return found


def written(articles: Articles, matches: set[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in matches:
        for value in articles[one]:
            counts[value] = counts.get(value, 0) + 1
    return counts


def truth(articles: Articles, matches: set[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in matches:
        for name in {to for to in articles[one].values() if to}:
            counts[name] = counts.get(name, 0) + 1
    return counts


VALUES = [*ELSEWHERE, "Clinton", "William", "Smith", "Jones"]


@st.composite
def archives(draw: st.DrawFn) -> tuple[Articles, set[str]]:
    articles: Articles = {}
    for number in range(draw(st.integers(1, 8))):
        values = draw(st.sets(st.sampled_from(VALUES), max_size=4))
        usual = st.sampled_from([True, True, True, False])
        articles[f"a{number}"] = {
            one: ELSEWHERE.get(one, one) if draw(usual) else draw(st.sampled_from([None, "Clinton", "Smith", "New"]))
            for one in sorted(values)
        }
    return articles, draw(st.sets(st.sampled_from(sorted(articles))))


@given(archives(), st.integers(1, 4), st.sets(st.sampled_from(["Clinton", "William", "New"])))
def test_what_is_counted_is_what_is_shown(case: tuple[Articles, set[str]], size: int, known: set[str]) -> None:
    articles, matches = case
    meanings = Cluster(articles, tuple(sorted(known)))
    found = found_by(asked_beside(cast(Meanings, meanings), "person"), articles, matches)
    raw, right = written(articles, matches), truth(articles, matches)
    top = dict(sorted(raw.items(), key=lambda one: (-one[1], one[0]))[:size])
    for values, whole in ((raw, True), (top, False)):
        counting = Counting(cast(Meanings, meanings), "person", found, cast(Any, matches))
        shown = counting.shown(values, whole=whole, size=None if whole else size)
        assert counting.exact
        assert len(raw) + counting.more == len(right)
        assert all(right.get(name) == count for name, count in shown.items())
        if whole:
            assert shown == right
        else:
            least = min(top.values(), default=0)
            assert {one for one, count in right.items() if count > least} <= shown.keys()


def test_what_one_page_had_to_ask_for_comes_with_the_next() -> None:
    articles: Articles = {
        "a0": {"Clinton": "Clinton", "Hillary": "Clinton"},
        "a1": {"Hillary": "Clinton", "Smith": "Smith"},
    }
    meanings = Cluster(articles)
    for asked in (["Clinton"], []):
        meanings.asked = []
        found = found_by(asked_beside(cast(Meanings, meanings), "person"), articles, set(articles))
        counting = Counting(cast(Meanings, meanings), "person", found, cast(Any, set(articles)))
        assert counting.shown(written(articles, set(articles)), whole=True) == {"Clinton": 2, "Smith": 1}
        assert meanings.asked == asked


@pytest.mark.parametrize("more", [0, 1])
def test_more_names_shown_otherwise_than_can_be_asked_for_are_told(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    articles: Articles = {"a0": {"Hillary": "Clinton", "Smith": "Jones"}}
    meanings = Cluster(articles)
    most = len(moved_of(renamed_of(articles)).values) - more
    monkeypatch.setattr("search.engines.opensearch.counting._MOVED", most)
    found = found_by(asked_beside(cast(Meanings, meanings), "person"), articles, set(articles))
    counting = Counting(cast(Meanings, meanings), "person", found, cast(Any, set(articles)))
    counting.shown({"Hillary": 1}, whole=False, size=1)
    assert counting.exact is (not more)
