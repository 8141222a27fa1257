"""Words as numbers while a batch is gathered: each distinct piece of text is cut into its words only once."""

import bisect
import re
from array import array
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.engines.arrays.coding import Numbers, ranges
from index.engines.arrays.pieces import Cut, PieceTable, cut, encoded
from index.words import MAX_FORM, columns, stem

Ids = NDArray[np.int32]

PAIR = 2
"""Parts of a compound that is known under its joined form, too."""

_NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3}(?![0-9]))*(?:\.[0-9]+)*")
_PIECES_A_WORD = 6  # a piece takes 24 to 48 bytes, for its text is not kept
_POSSESSIVES = ("'s", "'S")


class Words(NamedTuple):
    """The words of some texts.

    - `forms` int32: the ids of all words in order; `counts` int64[texts]: how many each text has.
    - `joined` int32: the ids of joined forms (index/words.py); `joined_by` int64: the number of the text of each.
    """

    forms: Ids
    counts: Numbers
    joined: Ids
    joined_by: Numbers


class Vocabulary:
    """Numbers forms, stems and names, and remembers what pieces of text consist of.

    The code of a piece (pieces.py) is the id of its form where it is one word and no compound, else the complement of
    its number among the other pieces.
    """

    def __init__(self) -> None:
        self._forms: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._stem_ids = array("i")
        self._pieces = PieceTable()
        self._names: dict[str, int] = {}
        self._name_forms = _Lists()
        self._piece_forms = _Lists()
        self._piece_joined = _Lists()

    def __len__(self) -> int:
        return len(self._pieces) // _PIECES_A_WORD + len(self._forms) + len(self._names)

    def words(
        self, texts: Sequence[str], places: Sequence[Sequence[int]] | None = None
    ) -> tuple[Words, list[list[int]]]:
        """Give the words of some texts, and how many of each begin before its `places`, which are offsets."""
        pieces = cut(texts)
        codes = self._pieces.codes(pieces, self._cut)
        compound = np.flatnonzero(codes < 0)
        numbers = ~codes[compound]
        sizes = self._piece_forms.sizes(numbers)
        counts = np.ones(len(codes), dtype=np.int32)
        counts[compound] = sizes
        ends = np.cumsum(counts, dtype=np.int64)
        forms = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.int32)
        simple = np.flatnonzero(codes >= 0)
        forms[ends[simple] - 1] = codes[simple]
        forms[ranges(ends[compound] - sizes, sizes)] = self._piece_forms.of(numbers)
        begun = np.concatenate((np.zeros(1, dtype=np.int64), ends))
        last = begun[np.cumsum(pieces.counts)]
        joined_sizes = self._piece_joined.sizes(numbers)
        texts_of = np.searchsorted(np.cumsum(pieces.counts), compound, side="right")
        found = Words(
            forms=forms,
            counts=np.diff(last, prepend=0),
            joined=self._piece_joined.of(numbers),
            joined_by=np.repeat(texts_of, joined_sizes),
        )
        return found, _before(texts, pieces, places, begun) if places is not None else []

    def name(self, name: str) -> int:
        """Give the number of a name, of whatever kind."""
        number = self._names.get(name)
        if number is None:
            number = self._names[name] = len(self._names)
            self._name_forms.append([self._form(form) for form in columns(name).forms])
        return number

    def forms_of_names(self, numbers: Numbers) -> tuple[Ids, Numbers]:
        """Give the ids of the forms of names in a row, and how many each name has."""
        return self._name_forms.of(numbers), self._name_forms.sizes(numbers)

    def forms(self) -> list[str]:
        """Give all forms by id."""
        return list(self._forms)

    def stems(self) -> list[str]:
        """Give all stems by id."""
        return list(self._stems)

    def names(self) -> list[str]:
        """Give all names by number."""
        return list(self._names)

    def stem_ids(self) -> Ids:
        """Give the id of each form's stem, by the form's id."""
        known, ids = self._stems, self._stem_ids
        for form in list(self._forms)[len(ids) :]:
            ids.append(known.setdefault(stem(form), len(known)))
        return np.array(ids, dtype=np.int32)

    def _cut(self, piece: str) -> int:
        """Give the code of a piece that was not seen before; what is simple goes a shorter way to the same."""
        if piece.isascii():
            bare = piece[:-2] if piece.endswith(_POSSESSIVES) else piece
            if bare.isalpha():
                return self._form(bare.lower()[:MAX_FORM])
            if _NUMBER.fullmatch(piece):
                return self._form(piece.replace(",", "")[:MAX_FORM])
            parts = piece.split("-")
            if all(part.isalpha() or part.isdigit() for part in parts):
                forms = [part.lower()[:MAX_FORM] for part in parts]
                compound = len(parts) == PAIR and all(part.isalpha() for part in parts)
                return self._several(forms, ["".join(forms)[:MAX_FORM]] if compound else [])
        forms, _, _, compounds = columns(piece)
        if len(forms) == 1 and not compounds:
            return self._form(forms[0])
        return self._several(forms, [word.form for word in compounds])

    def _several(self, forms: list[str], compounds: list[str]) -> int:
        self._piece_forms.append([self._form(form) for form in forms])
        return ~self._piece_joined.append([self._form(form) for form in compounds])

    def _form(self, form: str) -> int:
        return self._forms.setdefault(form, len(self._forms))


def _before(texts: Sequence[str], pieces: Cut, places: Sequence[Sequence[int]], begun: Numbers) -> list[list[int]]:
    """Give how many words of each text begin before its places; `begun` says so of all words and each piece."""
    sizes = [len(one) for one in places]
    wanted = np.array(
        [end for text, one in zip(texts, places, strict=True) for end in encoded(text, one)], dtype=np.int64
    )
    wanted += np.repeat(pieces.begins, sizes)
    behind = np.searchsorted(pieces.starts, wanted)
    counts = begun[behind]
    reached = np.concatenate((np.zeros(1, dtype=np.int64), pieces.starts + pieces.sizes))[behind]
    within = np.flatnonzero(reached > wanted)
    for one in within.tolist():
        piece = int(behind[one]) - 1
        start, size = int(pieces.starts[piece]), int(pieces.sizes[piece])
        inside = len(pieces.data[start : int(wanted[one])].decode("utf-8"))
        words = columns(pieces.data[start : start + size].decode("utf-8")).starts
        counts[one] = begun[piece] + bisect.bisect_left(words, inside)
    firsts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(pieces.counts)[:-1]))[: len(texts)]
    counts -= np.repeat(begun[firsts], sizes)
    ends = np.cumsum(sizes).tolist()
    return [counts[end - size : end].tolist() for end, size in zip(ends, sizes, strict=True)]


class _Lists:
    """Short lists of ids, one behind the other."""

    def __init__(self) -> None:
        self._starts = array("q", [0])
        self._flat = array("i")

    def append(self, ids: list[int]) -> int:
        """Append a list; gives its number."""
        self._flat.extend(ids)
        self._starts.append(len(self._flat))
        return len(self._starts) - 2

    def sizes(self, numbers: NDArray[np.integer]) -> Numbers:
        """Give the sizes of some lists."""
        starts: Numbers = np.array(self._starts, dtype=np.int64)
        return np.asarray(starts[numbers + 1] - starts[numbers])

    def of(self, numbers: NDArray[np.integer]) -> Ids:
        """Give some lists in a row."""
        starts = np.array(self._starts, dtype=np.int64)
        flat = np.array(self._flat, dtype=np.int32)
        return flat[ranges(starts[numbers], starts[numbers + 1] - starts[numbers])]


def flat(lists: list[list[int]]) -> tuple[Numbers, Numbers]:
    """Give lists in a row, and their sizes."""
    sizes = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
    return np.fromiter(chain.from_iterable(lists), dtype=np.int64, count=int(sizes.sum())), sizes
