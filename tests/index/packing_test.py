import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import CorruptError
from index.packing import pack, unpack
from index.types import Article, Mention, PublicationDate, Quote, Tagged

anything = st.text(alphabet=st.characters(), max_size=40)
perhaps = st.none() | anything
dates = st.none() | st.builds(
    PublicationDate,
    value=anything,
    precision=st.sampled_from(["year", "month", "day", "minute"]),
    origin=st.sampled_from(["metadata", "feed", "page", "text", "filename"]),
    certain=st.booleans(),
)
articles = st.builds(
    Article,
    id=anything,
    source=anything,
    title=anything,
    text=anything,
    url=perhaps,
    byline=perhaps,
    publisher=perhaps,
    published=dates,
    language=perhaps,
    own_id=perhaps,
)


places = st.none() | st.integers(0, 99)
quotes = st.builds(
    Quote,
    spans=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=3).map(tuple),
    speaker=perhaps,
    speaker_start=places,
    speaker_end=places,
    cue=anything,
    via=anything,
)


@st.composite
def tagged(draw: st.DrawFn) -> Tagged:
    article = draw(articles)
    mentions = []
    for _ in range(draw(st.integers(0, 4))):
        field = draw(st.sampled_from(["title", "text"]))
        text = getattr(article, field)
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        mentions.append(
            Mention(
                kind=draw(st.sampled_from(["person", "outlet", "date"])),
                value=draw(anything),
                surface=text[start:end],
                field=field,
                start=start,
                end=end,
                via=draw(anything),
                role=draw(st.sampled_from(["named", "cited", "publisher", "credit"])),
            )
        )
    return Tagged(article=article, mentions=tuple(mentions), quotes=tuple(draw(st.lists(quotes, max_size=2))))


@given(tagged())
def test_unpacking_gives_what_was_packed(one: Tagged) -> None:
    assert unpack(pack(one)) == one


def test_what_was_packed_before_there_were_quotations_has_none() -> None:
    row = [
        ["a", "s", "", "Ann Lee", None, None, None, None, None],
        None,
        [["person", "Ann Lee", "text", 0, 7, "v", "named"]],
    ]
    one = unpack(b"\x01" + zlib.compress(json.dumps(row).encode()))
    assert one.mentions[0].surface == "Ann Lee"
    assert one.quotes == ()


def test_lone_surrogates_survive() -> None:
    one = Tagged(article=Article(id="a", source="s", title="\ud800", text="\udfff!"), mentions=())
    assert unpack(pack(one)) == one


def test_a_mention_that_does_not_stand_where_it_says_is_refused() -> None:
    mention = Mention(kind="person", value="Ann Lee", surface="Ann", field="text", start=1, end=4, via="test")
    with pytest.raises(ValueError, match="'Ann' does not stand at 1"):
        pack(Tagged(article=Article(id="a", source="s", title="", text="Ann Lee"), mentions=(mention,)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x03abc",
        b"\x02abc",
        b"\x01abc",
        b"\x02" + zlib.compress(b"[[],null,[]]"),
        b"\x01" + zlib.compress(b"[]"),
        b"\x01" + zlib.compress(b"{"),
    ],
)
def test_other_bytes_are_corrupt(data: bytes) -> None:
    with pytest.raises(CorruptError):
        unpack(data)
