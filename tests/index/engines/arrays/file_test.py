import os
from pathlib import Path

import numpy as np
import pytest

from index.engines.arrays.file import ArrayFile, MappedArrays
from index.errors import CorruptError


def write(path: Path) -> None:
    with ArrayFile(path) as file:
        file.add("numbers", np.arange(5, dtype=np.uint32))
        stream = file.stream(np.uint16)
        stream.write(np.array([7, 8]))
        stream.write(np.array([9]))
        file.add_stream("streamed", stream)
        file.add("nothing", np.empty(0, dtype=np.uint8))
        file.add_fact("articles", 3)


def test_arrays_come_back_as_they_were(tmp_path: Path) -> None:
    write(tmp_path / "a")
    arrays = MappedArrays(tmp_path / "a")
    assert arrays["numbers"].tolist() == [0, 1, 2, 3, 4]
    assert arrays["streamed"].dtype == np.uint16
    assert arrays["streamed"].tolist() == [7, 8, 9]
    assert arrays["nothing"].tolist() == []
    assert arrays.fact("articles") == 3
    assert not arrays["numbers"].flags.writeable


def test_what_is_not_there_is_corrupt(tmp_path: Path) -> None:
    write(tmp_path / "a")
    arrays = MappedArrays(tmp_path / "a")
    with pytest.raises(CorruptError, match="lacks the array other"):
        arrays["other"]
    with pytest.raises(CorruptError, match="lacks the number other"):
        arrays.fact("other")


def test_a_cut_file_is_corrupt(tmp_path: Path) -> None:
    write(tmp_path / "a")
    whole = (tmp_path / "a").read_bytes()
    for size in (0, 20, 100, len(whole) - 1):
        (tmp_path / "b").write_bytes(whole[:size])
        with pytest.raises(CorruptError):
            MappedArrays(tmp_path / "b")


def test_a_table_that_points_outside_is_corrupt(tmp_path: Path) -> None:
    write(tmp_path / "a")
    data = (tmp_path / "a").read_bytes()
    (tmp_path / "b").write_bytes(data.replace(b",5]", b",9]"))
    assert len(data) == (tmp_path / "b").stat().st_size
    (tmp_path / "b").write_bytes(data.replace(b'"<u4"', b'"<O8"'))
    with pytest.raises(CorruptError, match="damaged table"):
        MappedArrays(tmp_path / "b")


def test_a_failure_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), ArrayFile(tmp_path / "a"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("can_pread", [True, False])
def test_bytes_are_read_as_they_are_mapped(tmp_path: Path, can_pread: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not can_pread:
        monkeypatch.delattr(os, "pread", raising=False)
    with ArrayFile(tmp_path / "a") as file:
        file.add("first", np.arange(5, dtype=np.uint8))
        file.add("numbers", np.arange(100, dtype=np.uint32))
    arrays = MappedArrays(tmp_path / "a")
    assert arrays.copy("numbers").tolist() == list(range(100))
    some = arrays.unmapped("numbers")
    assert len(some) == 400
    assert some.read(4, 12) == np.array([1, 2], dtype="<u4").tobytes()
    with pytest.raises(CorruptError, match="lacks the array"):
        arrays.unmapped("nothing")


def test_what_was_forgotten_is_read_again(tmp_path: Path) -> None:
    with ArrayFile(tmp_path / "a") as file:
        file.add("numbers", np.arange(10_000, dtype=np.uint32))
    arrays = MappedArrays(tmp_path / "a")
    numbers = arrays["numbers"]
    total = int(numbers.sum())
    arrays.forget()
    assert int(numbers.sum()) == total
