import gc
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from whoosh.index import open_dir

from index.days import iso_span
from index.engines.registry import engine_writer
from index.engines.whoosh import WhooshWriter
from index.engines.whoosh_fields import split_column
from index.errors import CorruptError, SettingError
from index.packing import unpack
from index.settings import Settings
from index.types import Article, Mention, MentionKind, MentionRole, PublicationDate, Tagged


def tagged(
    article_id: str,
    text: str = "",
    *,
    title: str = "",
    publisher: str | None = None,
    date: str | None = None,
    names: Iterable[tuple[MentionKind, str, MentionRole]] = (),
) -> Tagged:
    published = PublicationDate(value=date, precision="day", origin="text") if date else None
    mentions = tuple(
        Mention(kind=kind, value=value, surface="", field="text", start=0, end=0, via="test", role=role)
        for kind, value, role in names
    )
    article = Article(
        id=article_id, source=f"/{article_id}", title=title, text=text, publisher=publisher, published=published
    )
    return Tagged(article=article, mentions=mentions)


def write(directory: Path, *added: Tagged, removed: Iterable[str] = (), **settings: int) -> None:
    WhooshWriter(Settings(**settings)).write(directory, removed=removed, added=added)  # type: ignore[arg-type]


def column(reader: Any, name: str) -> dict[str, Any]:
    """The live articles' values in a column, by id."""
    ids, values = reader.column_reader("id"), reader.column_reader(name)
    return {ids[number]: values[number] for number in reader.all_doc_ids()}


def keyword(reader: Any, name: str) -> dict[str, list[str]]:
    ids = reader.column_reader("id")
    values = reader.column_reader(name, translate=False)
    return {ids[number]: split_column(values[number]) for number in reader.all_doc_ids()}


def ids_with(reader: Any, field: str, term: str) -> set[str]:
    ids = reader.column_reader("id")
    found = set()
    if (field, term) in reader:
        matcher = reader.postings(field, term)
        while matcher.is_active():
            found.add(ids[matcher.id()])
            matcher.next()
    return found


def positions(reader: Any, field: str, term: str) -> list[int]:
    return list(reader.postings(field, term).value_as("positions"))


def test_words_lie_with_positions_and_stems_without(tmp_path: Path) -> None:
    write(tmp_path, tagged("a", "The voters were voting; the Voters’ votes count.", title="Élections"))
    reader = open_dir(str(tmp_path)).reader()
    assert positions(reader, "text", "voters") == [1, 5]
    assert ids_with(reader, "title", "elections") == {"a"}
    assert ids_with(reader, "title_stems", "elect") == {"a"}
    assert reader.postings("text_stems", "vote").weight() == 2.0
    assert not reader.postings("text_stems", "vote").supports("positions")
    assert reader.doc_field_length(0, "text") == 8


def test_names_hold_people_cited_outlets_and_the_publisher_each_name_apart(tmp_path: Path) -> None:
    names: list[tuple[MentionKind, str, MentionRole]] = [
        ("person", "Kamala Harris", "named"),
        ("person", "Kamala Harris", "named"),
        ("outlet", "USA Today", "cited"),
        ("outlet", "Getty Images", "credit"),
        ("outlet", "CNN", "publisher"),
        ("date", "2021-12", "named"),
    ]
    write(tmp_path, tagged("a", publisher="The Hill", names=names))
    reader = open_dir(str(tmp_path)).reader()
    assert {term.decode() for term in reader.lexicon("names")} == {"kamala", "harris", "usa", "today", "the", "hill"}
    assert positions(reader, "names", "harris")[0] == positions(reader, "names", "kamala")[0] + 1
    assert positions(reader, "names", "usa")[0] > positions(reader, "names", "harris")[0] + 40
    assert keyword(reader, "person") == {"a": ["Kamala Harris"]}
    assert keyword(reader, "outlet") == {"a": ["USA Today"]}
    assert keyword(reader, "publisher") == {"a": ["The Hill"]}
    assert ids_with(reader, "person", "Kamala Harris") == {"a"}
    assert ids_with(reader, "outlet", "Getty Images") == set()


def test_dates_are_first_and_last_days_and_undated_is_zero(tmp_path: Path) -> None:
    write(tmp_path, tagged("a", date="2021-12-03"), tagged("b", date="2021-12"), tagged("c"), tagged("d", date="2020"))
    reader = open_dir(str(tmp_path)).reader()
    first, last = column(reader, "date"), column(reader, "date_last")
    assert {key: (first[key], last[key]) for key in first} == {
        "a": iso_span("2021-12-03"),
        "b": iso_span("2021-12"),
        "c": (0, 0),
        "d": iso_span("2020"),
    }


def test_the_article_comes_back_as_it_went_in(tmp_path: Path) -> None:
    one = tagged("a", "Ein Text.\n\n第二段 🗞", title="“Títle”", publisher="El País", date="2021-12-03")
    write(tmp_path, one)
    reader = open_dir(str(tmp_path)).reader()
    assert unpack(column(reader, "article")["a"]) == one


def test_nothing_but_the_index_is_left_in_the_directory(tmp_path: Path) -> None:
    write(tmp_path, tagged("a"))
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".seg", ".toc"]


def test_an_article_is_replaced_and_another_removed_without_touching_files(tmp_path: Path) -> None:
    write(tmp_path, tagged("a", "first"), tagged("b", "first"), tagged("c", "first"))
    for number in range(20):
        write(tmp_path, *[tagged(f"x{number}-{other}") for other in range(4)])
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.seg")}
    write(tmp_path, tagged("a", "second"), removed=["a", "b", "never"])
    after = {path.name: path.read_bytes() for path in tmp_path.glob("*.seg")}
    assert all(before[name] == content for name, content in after.items() if name in before)
    reader = open_dir(str(tmp_path)).reader()
    assert ids_with(reader, "text", "first") == {"c"}
    assert ids_with(reader, "text", "second") == {"a"}
    assert reader.doc_count() == 82


def test_removing_everything_leaves_an_empty_index(tmp_path: Path) -> None:
    write(tmp_path, tagged("a"), tagged("b"))
    write(tmp_path, removed=["a", "b"])
    assert open_dir(str(tmp_path)).reader().doc_count() == 0
    write(tmp_path, tagged("a", "back"))
    reader = open_dir(str(tmp_path)).reader()
    assert ids_with(reader, "text", "back") == {"a"}


def test_many_small_generations_stay_in_few_segments(tmp_path: Path) -> None:
    for number in range(60):
        write(tmp_path, tagged(f"{number}", f"word{number}", date="2021-12-03", publisher="CNN"))
    assert len(list(tmp_path.glob("*.seg"))) <= 4
    reader = open_dir(str(tmp_path)).reader()
    assert reader.doc_count() == 60
    assert ids_with(reader, "text", "word") == {str(number) for number in range(60)}
    assert set(column(reader, "date").values()) == {iso_span("2021-12-03")[0]}
    assert keyword(reader, "publisher") == {str(number): ["CNN"] for number in range(60)}


def test_segments_stay_below_their_limit(tmp_path: Path) -> None:
    write(tmp_path, *[tagged(str(number), "word") for number in range(25)], segment_articles=10)
    assert len(list(tmp_path.glob("*.seg"))) == 3
    write(tmp_path, *[tagged(f"x{number}", "word") for number in range(4)], segment_articles=10)
    reader = open_dir(str(tmp_path)).reader()
    assert reader.doc_count() == 29
    assert all(leaf.doc_count() <= 10 for leaf, _ in reader.leaf_readers())


def test_text_in_any_script_and_broken_text_are_indexed(tmp_path: Path) -> None:
    write(tmp_path, tagged("a", "Зеленський 東京 naïve \ud800broken", names=[("person", "\ud800Ann", "named")]))
    reader = open_dir(str(tmp_path)).reader()
    assert ids_with(reader, "text", "зеленськии" if ("text", "зеленськии") in reader else "зеленський") == {"a"}
    assert ids_with(reader, "text", "naive") == {"a"}
    assert keyword(reader, "person") == {"a": ["?Ann"]}


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Whoosh leaves the file to the garbage collector
def test_a_damaged_index_is_corrupt(tmp_path: Path) -> None:
    write(tmp_path, tagged("a"))
    [toc] = tmp_path.glob("*.toc")
    toc.write_bytes(toc.read_bytes()[:50] + b"\xff" * 50)
    with pytest.raises(CorruptError, match="cannot be read"):
        write(tmp_path, tagged("b"))
    gc.collect()


def test_an_unknown_engine_is_a_clear_error() -> None:
    with pytest.raises(SettingError, match="Give one of: whoosh"):
        engine_writer(Settings(engine="sphinx"))
