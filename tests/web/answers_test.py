"""What the processes of a server keep of their answers together."""

import os
import threading
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.serving.answers import SHARE, Answers
from web.serving.keeping import Kept


def in_child(work: Callable[[], None]) -> None:
    process = os.fork()
    if not process:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(process, 0)[1] == 0


def test_what_one_process_keeps_another_gives() -> None:
    answers = Answers(most=100_000)
    answers.put("before", b"parent")
    in_child(lambda: answers.put("a", b"child"))
    assert answers.get("a") == b"child"
    assert answers.get("before") == b"parent"
    assert answers.get("b") is None


def test_a_lock_ends_with_the_process_that_held_it() -> None:
    answers = Answers(most=100_000)

    def die() -> None:
        with answers._lock.held():
            os._exit(0)

    in_child(die)
    answers.put("a", b"1")
    assert answers.get("a") == b"1"


def test_the_newest_are_kept_and_nothing_too_large() -> None:
    answers = Answers(most=100_000)
    for number in range(100):
        answers.put(str(number), bytes(4_000))
    kept = [number for number in range(100) if answers.get(str(number)) is not None]
    assert kept[-1] == 99
    assert 10 <= len(kept) <= 25
    answers.put("huge", bytes(100_000 // SHARE))
    assert answers.get("huge") is None
    answers.put("huge", bytes(100_000 // SHARE - 20))
    assert answers.get("huge") is not None


def test_what_is_asked_for_stays() -> None:
    answers = Answers(most=100_000)
    answers.put("wanted", b"x" * 6_000)  # so large that no set of places fills up while the ring is written once
    for number in range(500):
        answers.put(str(number), bytes(6_000))
        assert answers.get("wanted") == b"x" * 6_000


def test_none_are_kept_where_there_is_no_room() -> None:
    answers = Answers(most=0)
    answers.put("a", b"1")
    assert answers.get("a") is None


@given(st.lists(st.tuples(st.integers(0, 40), st.binary(max_size=300)), max_size=200), st.integers(0, 5_000))
def test_what_is_found_is_what_was_put_last(puts: list[tuple[int, bytes]], most: int) -> None:
    answers, last = Answers(most=most), {}
    for key, data in puts:
        answers.put(str(key), data)
        if 20 + len(data) <= most // SHARE:
            last[key] = data
            assert answers.get(str(key)) == data
    for key in range(41):
        found = answers.get(str(key))
        assert found is None or found == last[key]


@pytest.mark.parametrize("damage", [0, 5, 19, 24])
def test_what_was_left_half_written_is_not_given(damage: int) -> None:
    answers = Answers(most=10_000)
    answers.put("a", b"an answer")
    answers._memory[answers._ring + damage] ^= 0xFF
    assert answers.get("a") is None


def test_readers_while_others_write_get_nothing_else() -> None:
    answers, stop = Answers(most=20_000), threading.Event()
    wrong: list[bytes] = []

    def read() -> None:
        while not stop.is_set():
            for key in range(20):
                data = answers.get(str(key))
                if data is not None and data != str(key).encode() * 300:
                    wrong.append(data)

    reader = threading.Thread(target=read)
    reader.start()

    def write() -> None:
        for number in range(4_000):
            answers.put(str(number % 20), str(number % 20).encode() * 300)

    in_child(write)
    stop.set()
    reader.join()
    assert not wrong


def test_an_answer_is_read_as_it_was_written() -> None:
    headers = (("Content-Type", "text/html"), ("Vary", "Accept"))
    for body in (b"", b"short", b"long\n" * 1_000):
        one = Kept(body=body, headers=headers, tag="t", route="/r")
        assert Kept.read(one.packed()) == one
    packed = Kept(body=b"\x1f\x8b" + bytes(2_000), headers=(*headers, ("Content-Encoding", "gzip")))
    assert Kept.read(packed.packed()) == packed
    assert len(Kept(body=b"long\n" * 1_000, headers=headers).packed()) < 500
