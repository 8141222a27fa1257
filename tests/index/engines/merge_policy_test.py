"""An archive that grows by any commits lies in few segments, and is not written too often."""

import random
from collections.abc import Sequence

import pytest

from index.engines.merge_policy import FACTOR, MAX_SEGMENTS, PARTS, Sized, groups_of

MOST = 100_000
CHANCE = random.Random(5)


def commit(sizes: Sequence[int], new: Sequence[int], *, merged: bool = True) -> tuple[list[int], int]:
    """Give the sizes after a commit, and how many articles it wrote; `merged` as by one writer, else as by several."""
    segments = [Sized(None, live) for live in sizes] + [Sized(None, live, new=merged) for live in new]
    groups = groups_of(segments, most=MOST)
    lives = [sum(one.live for one in group) for group in groups]
    return lives, sum(new) + sum(live for live, group in zip(lives, groups, strict=True) if len(group) > 1)


def grown(
    commits: Sequence[Sequence[int]], sizes: Sequence[int] = (), *, merged: bool = True
) -> tuple[list[int], float]:
    """Give the sizes after many commits, and how often each of their articles was written in the mean."""
    written, lives, total = 0, list(sizes), sum(sizes)
    for new in commits:
        lives, more = commit(lives, new, merged=merged)
        total += sum(new)
        written += more
        assert len(lives) <= MAX_SEGMENTS
        assert sum(lives) == total
    return lives, written / sum(map(sum, commits))


COMMITS = {
    "any size to 20,000": [[CHANCE.randint(1, 20_000)] for _ in range(1_000)],
    "of all magnitudes": [[int(10 ** CHANCE.uniform(0, 5))] for _ in range(1_000)],
    "1,000 each": [[1_000]] * 1_000,
    "one each": [[1]] * 1_000,
    "full segments": [[MOST]] * 1_000,
    "half-full segments": [[51_000]] * 1_000,
    "more than a segment holds": [[MOST, 30_000]] * 300,
}


@pytest.mark.parametrize("name", COMMITS)
def test_any_thousand_commits_leave_few_segments_and_write_each_article_about_ten_times(name: str) -> None:
    _, amplification = grown(COMMITS[name])
    assert amplification < 12


def test_commits_by_several_processes_leave_few_segments_too() -> None:
    _, amplification = grown([[CHANCE.randint(500, 5_000) for _ in range(2)] for _ in range(1_000)], merged=False)
    assert amplification < 12


def test_thirty_full_segments_become_few_at_once_and_are_not_written_at_each_commit_that_follows() -> None:
    few, written = commit([MOST] * 30, [1_000])
    assert len(few) == MAX_SEGMENTS
    assert written <= 30 * MOST + 1_000
    _, amplification = grown([[1_000]] * 1_000, few)
    assert amplification < 20
    few, _ = commit([51_000] * 30, [1_000])
    assert len(few) == MAX_SEGMENTS


def test_a_small_commit_is_not_merged_with_a_huge_segment() -> None:
    assert commit([3_000_000], [5]) == ([5, 3_000_000], 5)
    lives, written = commit([3_000_000] * MAX_SEGMENTS, [5])
    assert (min(lives), written) == (5, 6_000_005)


def test_no_commit_to_a_large_archive_writes_more_than_a_part_of_it_or_what_was_too_many() -> None:
    lives: list[int] = []
    for _ in range(1_000):
        total = sum(lives) + 20_000
        lives, written = commit(lives, [20_000])
        assert written - 20_000 <= max(MOST, total // PARTS, MOST * FACTOR)


def test_what_was_mostly_removed_is_written_anew_and_what_is_empty_left_out() -> None:
    segments = [Sized("empty", 0, 9), Sized("mostly", 40, 60), Sized("hardly", 600, 400)]
    [[mostly], [hardly]] = groups_of(segments, most=MOST)
    assert (mostly.segment, hardly.segment) == ("mostly", "hardly")
    [joined] = groups_of([*segments, Sized("new", 200, 0, new=True)], most=MOST)
    assert [one.segment for one in joined] == ["new", "mostly", "hardly"]
