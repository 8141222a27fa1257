import pytest

from index.archive.archive import Archive
from index.archive.connecting import Place
from index.archive.generations import Generations, Recorded
from index.errors import StoreError


def recorded(number: int) -> Recorded:
    return Recorded(name=f"{number:06}-3f9a1c2e", digest="d" * 64, files={"a": bytes([number, 0, 255]), "b": b""})


def record(generations: Generations, number: int, held: str = "i") -> None:
    generations.record(recorded(number), number=number, held=held, keep=2)


def test_the_newest_generation_is_current_with_all_its_files_at_its_own_place(place: Place) -> None:
    with Archive(place) as archive:
        here, there = (Generations(archive.database, name) for name in ("here", "there"))
        assert (here.newest(), here.current()) == (None, None)
        here.begin(at_least=1, keep=2, seconds=0)
        record(here, 9)
        record(here, 10)
        assert here.newest() == recorded(10).name
        assert here.current() == recorded(10)
        assert (there.newest(), there.current()) == (None, None)
        with pytest.raises(StoreError, match="comes after 10"):
            record(here, 10)
    with Archive(place, writable=False) as reader:
        assert Generations(reader.database, "here").current() == recorded(10)


def test_numbers_of_writes_rise_at_all_places_and_names_are_kept_while_somebody_may_read(place: Place) -> None:
    with Archive(place) as archive:
        here, there = (Generations(archive.database, name) for name in ("here", "there"))
        assert here.begin(at_least=50, keep=2, seconds=0) == (50, frozenset())
        for number in (1, 2, 3, 4):
            record(here, number, f"i{number}")
        assert there.begin(at_least=7, keep=2, seconds=0) == (51, frozenset())
        assert here.begin(at_least=70, keep=2, seconds=1_000) == (70, {"i1", "i2", "i3", "i4"})
        assert here.begin(at_least=70, keep=2, seconds=-1_000) == (71, {"i3", "i4"})
        assert here.begin(at_least=70, keep=1, seconds=-1_000) == (72, {"i4"})
        assert here.current() == recorded(4)


def test_an_archive_of_an_earlier_version_gets_the_tables_with_the_first_write(place: Place) -> None:
    with Archive(place) as archive:
        for table in ("generations", "generation_files"):
            archive.database.change(lambda inside, table=table: inside.run(f"DROP TABLE IF EXISTS {table}"))
        generations = Generations(archive.database, "here")
        assert generations.newest() is None
        generations.begin(at_least=1, keep=2, seconds=0)
        record(generations, 1)
        assert generations.current() == recorded(1)
