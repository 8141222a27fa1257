"""Numbers that several processes share."""

import os

import pytest

from index.settings import Settings
from web.serving.board import MOST_PROCESSES, Board, portion, process_count
from web.serving.rates import Limiter


def in_child(work) -> None:
    """Run something in a process of its own, forked from this one, to its end."""
    child = os.fork()
    if not child:
        os._exit(0 if work() is None else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_what_each_process_counts_is_seen_by_all_and_stays_when_it_is_gone() -> None:
    board = Board(columns=3)
    board.add("asked", 1)

    def count() -> None:
        board.take(2)
        board.add("asked", 2)
        board.add("é only there", 0.5)

    in_child(count)
    in_child(count)
    assert board.sums() == {"asked": 5, "é only there": 1}
    assert board.each("asked") == [1, 0, 4]
    board.correct(2, "asked", 0)
    assert board.each("asked") == [1, 0, 0]


def test_what_has_no_room_is_not_counted() -> None:
    board = Board(columns=2)
    for number in range(5_000):
        board.add(f"{number:080}", 1)
    assert 2_000 < len(board.sums()) < 5_000
    assert board.each("0" * 80) == [1, 0]


@pytest.mark.parametrize("clients", [1, 3])
def test_a_client_has_one_bucket_over_all_processes(clients: int) -> None:
    limiter = Limiter(limit=5, clock=lambda: 0.0)

    def ask() -> None:
        for client in range(clients):
            for _ in range(3):
                assert limiter.take(str(client)).allowed

    in_child(ask)
    for client in range(clients):
        assert [limiter.take(str(client)).allowed for _ in range(3)] == [True, True, False]


def test_what_caches_may_take_is_divided_among_the_processes() -> None:
    whole = Settings(processes=4, leaf_cache_bytes=4_000, search_cache_bytes=8_000, max_connections=100)
    own = portion(whole)
    assert (own.leaf_cache_bytes, own.search_cache_bytes, own.max_connections) == (1_000, 2_000, 25)
    assert portion(Settings(processes=1)) == Settings(processes=1)
    assert process_count(Settings(processes=3)) == 3
    assert 1 <= process_count(Settings()) <= MOST_PROCESSES
