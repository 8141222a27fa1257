"""Several segments made one, without what was removed from them, in bounded memory."""

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.engines.arrays.coding import Numbers, ranges, starts_of
from index.engines.arrays.file import ArrayFile
from index.engines.arrays.keywords import write_values
from index.engines.arrays.layout import DAYS, KEYWORDS, PACKED_COLUMNS, PLAIN_COLUMNS, STEMS, WORDS
from index.engines.arrays.postings import Chunk, Postings, PostingsWriter
from index.engines.arrays.quotations import NOBODY, Stretches, write_stretches
from index.engines.arrays.segment import Segment
from index.engines.arrays.texts import PlainTextsWriter, TextsWriter

POSTING_BYTES = 100
"""What a posting or a position takes in memory at most, while it moves."""

COPIED_AT_ONCE = 2_000
"""Articles whose texts are copied at a time."""

_GONE = np.uint32(0xFFFFFFFF)


class Part(NamedTuple):
    """A segment to merge, and `live` bool[its articles]: which of its articles are left."""

    segment: Segment
    live: NDArray[np.bool_]


class _Moved(NamedTuple):
    """A part with `articles` int64: those that are left; and `numbers` uint32: each one's number from now on."""

    segment: Segment
    articles: Numbers
    numbers: NDArray[np.uint32]


def merge(file: ArrayFile, parts: Sequence[Part], *, memory: int) -> None:
    """Write the articles of several segments as one, in their order.

    Takes about `memory` bytes beside the terms: what is read of mapped files is let go of at once.
    """
    moved = list(_moved(parts))
    file.add_fact("articles", sum(len(part.articles) for part in moved))
    ids = np.concatenate([part.segment.array("id")[part.articles] for part in moved])
    file.add("id", ids)
    file.add("id.order", np.argsort(ids, kind="stable").astype(np.uint32))
    for field in DAYS:
        file.add(field, np.concatenate([part.segment.array(field)[part.articles] for part in moved]))
    for field in (*WORDS, *STEMS):
        _merge_postings(file, field, moved, memory // POSTING_BYTES)
        file.add(f"{field}.lengths", np.concatenate([part.segment.lengths(field)[part.articles] for part in moved]))
    for field in KEYWORDS:
        numbers = _merge_postings(file, field, moved, memory // POSTING_BYTES)
        _merge_values(file, field, moved, numbers)
        if field == "speaker":
            _merge_quotes(file, moved, numbers)
    for column in PACKED_COLUMNS:
        writer = TextsWriter(file, column)
        for part, articles in _stretches(moved):
            writer.copy(part.columns[column], articles)
            part.arrays.forget()
        writer.close()
    for column in PLAIN_COLUMNS:
        plain = PlainTextsWriter(file, column)
        for part, articles in _stretches(moved):
            plain.copy(part.titles, articles)
        plain.close()


def _moved(parts: Sequence[Part]) -> Iterator[_Moved]:
    first = 0
    for segment, live in parts:
        articles = np.flatnonzero(live)
        numbers = np.full(segment.size, _GONE, dtype=np.uint32)
        numbers[articles] = np.arange(first, first + len(articles), dtype=np.uint32)
        first += len(articles)
        yield _Moved(segment, articles, numbers)


def _stretches(parts: Sequence[_Moved]) -> Iterator[tuple[Segment, Numbers]]:
    """Give the articles that are left, a few at a time, each with its segment."""
    for part in parts:
        for low in range(0, len(part.articles), COPIED_AT_ONCE):
            yield part.segment, part.articles[low : low + COPIED_AT_ONCE]


def _merge_postings(file: ArrayFile, field: str, parts: Sequence[_Moved], most: int) -> list[Numbers]:
    """Merge a field, so many terms at a time as have `most` postings; give each part's terms' new numbers, or -1."""
    fields = [part.segment.fields[field] for part in parts]
    writer = PostingsWriter(file, field, counted=fields[0].counted, placed=fields[0].placed)
    lists = [one.terms() for one in fields]
    terms = list(dict.fromkeys(sorted(itertools.chain(*lists))))  # sorting merges what is sorted already
    places = {term: number for number, term in enumerate(terms)}
    numbers = [np.fromiter(map(places.__getitem__, own), dtype=np.int64, count=len(own)) for own in lists]
    del lists, places
    kept = np.full(len(terms), -1, dtype=np.int64)
    written = 0
    for low, high in _portions(fields, numbers, len(terms), most):
        slices = [np.searchsorted(own, (low, high)).tolist() for own in numbers]
        pieces = [
            _piece(one, part.numbers, own[begin:end] - low, begin, end)
            for one, part, own, (begin, end) in zip(fields, parts, numbers, slices, strict=True)
            if begin < end
        ]
        chunk, present = _joined(pieces, terms[low:high])
        kept[low + present] = np.arange(written, written + len(present))
        written += len(present)
        if len(present):
            writer.write(chunk)
        for part in parts:
            part.segment.arrays.forget()
    writer.close()
    return [kept[own] for own in numbers]


def _portions(
    fields: Sequence[Postings], numbers: Sequence[Numbers], size: int, most: int
) -> Iterator[tuple[int, int]]:
    """Cut the merged terms into runs whose postings and positions in all segments are about so many."""
    loads = np.zeros(size, dtype=np.int64)
    for field, own in zip(fields, numbers, strict=True):
        loads[own] += field.loads()
    sums = np.cumsum(loads)
    low = 0
    while low < size:
        before = int(sums[low - 1]) if low else 0
        high = max(low + 1, int(np.searchsorted(sums, before + most, side="right")))
        yield low, high
        low = high


class _Piece(NamedTuple):
    """The postings of some terms of one part that are left, with the number of each one's term in the portion."""

    owners: Numbers
    articles: NDArray[np.uint32]
    times: NDArray[np.uint32] | None
    positions: NDArray[np.uint16] | NDArray[np.uint32] | None


def _piece(field: Postings, numbers: NDArray[np.uint32], own: Numbers, begin: int, end: int) -> _Piece:
    owners = np.repeat(own, field.counts(begin, end))
    articles = numbers[field.articles(begin, end)]
    times = field.times(begin, end) if field.counted else None
    positions = field.positions(begin, end) if field.placed else None
    live = articles != _GONE
    if live.all():
        return _Piece(owners, articles, times, positions)
    if times is not None:
        if positions is not None:
            positions = positions[np.repeat(live, times)]
        times = times[live]
    return _Piece(owners[live], articles[live], times, positions)


def _joined(pieces: Sequence[_Piece], terms: Sequence[bytes]) -> tuple[Chunk, Numbers]:
    """Put the pieces of all parts together, term by term, and say which terms have postings left."""
    counts = np.array([np.bincount(piece.owners, minlength=len(terms)) for piece in pieces]).reshape(-1, len(terms))
    present = np.flatnonzero(counts.sum(axis=0))
    starts = _starts(counts)
    total = int(counts.sum())
    articles = np.empty(total, dtype=np.uint32)
    times = np.empty(total, dtype=np.uint32) if pieces[0].times is not None else None
    for number, piece in enumerate(pieces):
        places = ranges(starts[number], counts[number])
        articles[places] = piece.articles
        if times is not None and piece.times is not None:
            times[places] = piece.times
    chunk = Chunk(
        terms=[terms[number] for number in present.tolist()],
        counts=counts.sum(axis=0)[present],
        articles=articles,
        times=times,
        positions=_joined_positions(pieces, len(terms)) if pieces[0].positions is not None else None,
    )
    return chunk, present


def _joined_positions(pieces: Sequence[_Piece], size: int) -> NDArray[np.uint32]:
    counts = np.array(
        [np.bincount(piece.owners, weights=piece.times, minlength=size) for piece in pieces], dtype=np.int64
    )
    starts = _starts(counts)
    positions = np.empty(int(counts.sum()), dtype=np.uint32)
    for number, piece in enumerate(pieces):
        if piece.positions is not None:
            positions[ranges(starts[number], counts[number])] = piece.positions
    return positions


def _starts(counts: Numbers) -> Numbers:
    """Give where each part's share of each term begins, where terms follow terms and within them parts follow parts."""
    flat = starts_of(counts.T.ravel())[:-1]
    starts: Numbers = flat.reshape(counts.shape[1], counts.shape[0]).T
    return starts


def _merge_values(file: ArrayFile, field: str, parts: Sequence[_Moved], numbers: Sequence[Numbers]) -> None:
    sizes, ordinals, times = [], [], []
    for part, own in zip(parts, numbers, strict=True):
        at = part.segment.array(f"{field}.values_at").astype(np.int64)
        counts = np.diff(at)[part.articles]
        places = ranges(at[part.articles], counts)
        sizes.append(counts)
        ordinals.append(own[part.segment.array(f"{field}.values")[places]])
        times.append(part.segment.array(f"{field}.mentions")[places])
    write_values(file, field, np.concatenate(sizes), np.concatenate(ordinals), np.concatenate(times))


def _merge_quotes(file: ArrayFile, parts: Sequence[_Moved], speakers: Sequence[Numbers]) -> None:
    found = []
    for part, own in zip(parts, speakers, strict=True):
        stretches = part.segment.quotes()
        ends = np.cumsum(stretches.sizes)
        sizes = stretches.sizes[part.articles]
        places = ranges((ends - stretches.sizes)[part.articles], sizes)
        first, last, number, speaker = (column[places] for column in stretches[1:])
        known = np.append(own, NOBODY)[np.minimum(speaker, len(own))]
        found.append(Stretches(sizes, first, last, number, known.astype(np.uint32)))
    write_stretches(file, Stretches(*(np.concatenate(columns) for columns in zip(*found, strict=True))))
