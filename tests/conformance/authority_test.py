"""Names are shown by every engine as the authority says of each article, on random archives, corrections, questions."""

import dataclasses
import random

from hypothesis import HealthCheck, Phase, given, note, seed, settings
from hypothesis import strategies as st

from index.authority.authority import Authority
from index.authority.types import Correction, Entry, Identities, Resolution
from index.types import Tagged
from search.engines.engine import FacetWish, Filters, Plan, Window
from search.engines.memory import MemoryEngine
from search.query.parser import parse
from search.request import NONE
from tests.conformance.engines_test import OUTLETS, PEOPLE, SETTINGS, archives, rounded, some, uncut, whoosh_of

SEED = random.SystemRandom().randrange(2**32)
NEW = ["Kamala D. Harris", "Sleepy Joe", "Nobody Known", "Zed", "A (poet)"]
NAMES = {"person": [*PEOPLE, *NEW], "outlet": [*OUTLETS, "Fox", "usa today", "The Wire"]}
FIELDS = ("person", "outlet", "publisher", "speaker")


@st.composite
def authorities(draw: st.DrawFn, ids: list[str]) -> Authority:
    def correction(kind: str) -> st.SearchStrategy[Correction]:
        names = st.sampled_from(NAMES[kind])
        several = st.lists(names, min_size=1, max_size=3).map(tuple)
        articles = st.lists(st.sampled_from(ids), min_size=1, max_size=3).map(tuple)
        what = st.sampled_from(["merge", "merge", "rename", "hide", "nobody", "apart", "alias", "split", "split"])
        return st.builds(
            Correction, what=what, kind=st.just(kind), names=several, to=names, articles=articles, raw=st.booleans()
        ).map(_possible)

    def resolution(kind: str) -> st.SearchStrategy[Resolution]:
        names = st.sampled_from(NAMES[kind])
        article = st.none() | st.sampled_from(ids)
        return st.builds(
            Resolution, kind=st.just(kind), value=names, article=article, to=st.none() | names, reason=st.just("so")
        )

    kinds = st.sampled_from(["person", "person", "outlet"])
    corrections = draw(st.lists(kinds.flatmap(correction), max_size=8))
    known = draw(st.lists(kinds.flatmap(resolution), max_size=4))
    identities = Identities(
        names={(one.kind, one.value): one for one in known if one.article is None},
        exceptions={(one.article, one.kind, one.value): one for one in known if one.article is not None},
    )
    log = [Entry(number=number, time="", correction=one) for number, one in enumerate(corrections, 1)]
    return Authority(identities, log)


def _possible(one: Correction) -> Correction:
    nobody = one.what in {"hide", "nobody", "apart"} or (one.what == "split" and one.raw)
    return dataclasses.replace(one, to="") if nobody else one


ASKED = [
    "person:harris",
    'person:"kamala harris"',
    'person:"sleepy joe"',
    "person:zed",
    "by:harris",
    'by:"sleepy joe"',
    "said:house by:harris",
    'said:(the OR house) by:"Joe Biden"',
    "said:white",
    f'said:house by:"{NONE}"',
    "outlet:fox",
    'outlet:"usa today"',
    "kamala harris",
    '"kamala harris"',
    "har*",
    "harris~",
    "kamala NEAR/3 harris",
    "usa NOT text:usa",
    "biden",
]
PLANS = st.builds(
    Plan,
    tree=st.sampled_from([*ASKED, "", "house OR harris", "-person:biden", f'person:"{NONE}"', "publisher:wire"]).map(
        lambda query: parse(query, SETTINGS).tree
    ),
    filters=st.builds(
        Filters,
        person=some([*NAMES["person"], "harris", NONE]),
        outlet=some([*NAMES["outlet"], "news", NONE]),
        publisher=some([*NAMES["outlet"], NONE]),
        not_person=some(NAMES["person"]),
        person_mode=st.sampled_from(["all", "any"]),
    )
    | st.just(Filters()),
    group=st.sampled_from(["none", "story"]),
    window=st.builds(Window, size=st.integers(1, 4)),
    facets=st.builds(
        lambda size, text: tuple(FacetWish(field=f, size=size, containing=text) for f in FIELDS),
        st.integers(1, 9),
        st.sampled_from(["", "", "ha", "joe b", "sleepy"]),
    ),
    dates=st.booleans(),
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Tagged], list[Authority]]:
    articles = list({one.article.id: one for one in draw(archives())}.values())
    ids = [*(one.article.id for one in articles), "f" * 16]
    return articles, draw(st.lists(authorities(ids), min_size=1, max_size=4))


@seed(SEED)
@settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(cases(), st.lists(st.integers(0, 10), max_size=2), st.lists(PLANS, min_size=8, max_size=8))
def test_a_view_over_arrays_answers_as_the_authority_says_of_each_article(
    case: tuple[list[Tagged], list[Authority]], cuts: list[int], plans: list[Plan]
) -> None:
    note(f"seed {SEED}")
    articles, authorities_ = case
    with whoosh_of(articles, cuts) as engine:
        before = [uncut(engine.run(plan)) for plan in plans]
        for authority in authorities_:
            oracle = MemoryEngine(articles, SETTINGS, rounded=rounded).corrected(authority)
            corrected = engine.corrected(authority)
            ids = [one.article.id for one in articles]
            assert corrected.fetch(ids) == [authority.of(one) for one in engine.fetch(ids) if one]
            for shown, expected in zip(corrected.show(ids), oracle.show(ids), strict=True):
                assert shown is not None
                assert expected is not None
                assert (shown.people, shown.outlets) == (expected.people, expected.outlets)
                assert shown.quotes() == expected.quotes()
                assert (shown.article, shown.mentions()) == (expected.article, expected.mentions())
            for field in FIELDS:
                for name in (*NAMES["person"], *NAMES["outlet"], "harris", "joe", "obrien"):
                    assert corrected.aliases(field, name) == oracle.aliases(field, name), (field, name)
                    for whole in (True, False):
                        assert corrected.names(field, name, whole=whole) == oracle.names(field, name, whole=whole)
            for plan in plans:
                assert uncut(corrected.run(plan)) == uncut(oracle.run(plan)), (str(plan.tree), plan.filters)
        assert [uncut(engine.run(plan)) for plan in plans] == before
