"""Names, articles and random logs of corrections that the tests of this folder share."""

from hypothesis import strategies as st

from index.authority.authority import Authority
from index.authority.types import Correction, Entry

NAMES = ("Ann Lee", "ann lee", "Bob Ray", "Cy Fox", "Dé Roy", "De Roy", "Eve", "(…)")
ARTICLES = ("1111111111111111", "2222222222222222")


def log(*corrections: Correction) -> list[Entry]:
    return [Entry(number=n, time="2026-01-01T00:00:00+00:00", correction=one) for n, one in enumerate(corrections, 1)]


def shown(authority: Authority, article: str = "", kind: str = "person") -> dict[str, str | None]:
    return {name: authority.shown(article, kind, name) for name in NAMES}  # type: ignore[arg-type]


def merge(to: str, *names: str) -> Correction:
    return Correction(what="merge", names=names, to=to)


def rename(old: str, new: str) -> Correction:
    return Correction(what="rename", names=(old,), to=new)


def split(name: str, to: str, *articles: str) -> Correction:
    return Correction(what="split", names=(name,), to=to, articles=articles)


names = st.sampled_from(NAMES)
some = st.lists(names, min_size=1, max_size=3).map(tuple)
corrections = st.one_of(
    st.builds(Correction, what=st.sampled_from(["merge", "alias"]), names=some, to=names, raw=st.booleans()),
    st.builds(Correction, what=st.just("rename"), names=st.tuples(names), to=names),
    st.builds(Correction, what=st.sampled_from(["hide", "nobody"]), names=some, raw=st.booleans()),
    st.builds(Correction, what=st.just("apart"), names=some),
    st.builds(
        Correction,
        what=st.just("split"),
        names=st.tuples(names),
        to=st.one_of(st.just(""), names),
        articles=st.lists(st.sampled_from(ARTICLES), min_size=1).map(tuple),
        raw=st.booleans(),
    ),
)
logs = st.lists(corrections, max_size=12)
