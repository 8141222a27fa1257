from collections.abc import Sequence

from index.types import Article, Tagged
from search.engines.engine import Shown, shown
from search.shelf import Shelf

TEXT = "The dog met the cat. " * 100


class Engine:
    """Shows articles of any id but `none`, and notes which were asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def show(self, ids: Sequence[str]) -> list[Shown | None]:
        self.asked += ids
        return [None if one == "none" else shown(article(one)) for one in ids]


def article(article_id: str) -> Tagged:
    return Tagged(article=Article(id=article_id, source="test", title=article_id, text=TEXT), mentions=())


def shelf(engine: Engine, most: int) -> Shelf:
    return Shelf(engine, most=most, chars=20)  # type: ignore[arg-type]  # all that a shelf asks of an engine


def test_articles_are_given_in_the_order_asked_for_and_none_where_there_is_none() -> None:
    found = shelf(Engine(), 10**6).take(["b", "none", "a", "b"])
    assert [one and one.shown.article.id for one in found] == ["b", None, "a", "b"]
    assert all(one is None or one.text == TEXT[:20] for one in found)


def test_what_was_shown_last_is_not_asked_for_again() -> None:
    engine = Engine()
    kept = shelf(engine, 10**6)
    kept.take(["a", "b"])
    kept.take(["b", "c", "a"])
    assert engine.asked == ["a", "b", "c"]


def test_what_nobody_asked_for_longest_goes_first() -> None:
    engine = Engine()
    room = 2 * next(one.size for one in shelf(engine, 0).take(["a"]) if one)
    engine.asked.clear()
    kept = shelf(engine, room)
    for ids in (["a", "b"], ["a"], ["c"], ["a"], ["b"]):
        kept.take(ids)
    assert engine.asked == ["a", "b", "c", "b"]


def test_nothing_is_kept_where_there_is_no_room() -> None:
    engine = Engine()
    kept = shelf(engine, 0)
    kept.take(["a"])
    kept.take(["a"])
    assert engine.asked == ["a", "a"]
