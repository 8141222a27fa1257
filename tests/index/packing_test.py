import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import CorruptError
from index.packing import pack, unpack
from index.types import Article, Mention, PublicationDate, Tagged

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
    return Tagged(article=article, mentions=tuple(mentions))


@given(tagged())
def test_unpacking_gives_what_was_packed(one: Tagged) -> None:
    assert unpack(pack(one)) == one


def test_lone_surrogates_survive() -> None:
    one = Tagged(article=Article(id="a", source="s", title="\ud800", text="\udfff!"), mentions=())
    assert unpack(pack(one)) == one


def test_a_mention_that_does_not_stand_where_it_says_is_refused() -> None:
    mention = Mention(kind="person", value="Ann Lee", surface="Ann", field="text", start=1, end=4, via="test")
    with pytest.raises(ValueError, match="'Ann' does not stand at 1"):
        pack(Tagged(article=Article(id="a", source="s", title="", text="Ann Lee"), mentions=(mention,)))


@pytest.mark.parametrize(
    "data", [b"", b"\x02abc", b"\x01abc", b"\x01" + zlib.compress(b"[]"), b"\x01" + zlib.compress(b"{")]
)
def test_other_bytes_are_corrupt(data: bytes) -> None:
    with pytest.raises(CorruptError):
        unpack(data)
