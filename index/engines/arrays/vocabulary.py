"""Words as numbers while a batch is gathered: each distinct piece of text is cut into its words only once."""

from array import array
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.engines.arrays.coding import Numbers, ranges, starts_of
from index.words import columns, stem

Codes = NDArray[np.int32]
Ids = NDArray[np.int32]


class Expanded(NamedTuple):
    """What codes stand for.

    - `forms` int32: the ids of all words in order; `counts` int64[codes]: how many each code stands for.
    - `joined` int32: the ids of joined forms (index/words.py); `joined_by` int64: the number of the code of each.
    """

    forms: Ids
    counts: Numbers
    joined: Ids
    joined_by: Numbers


class Vocabulary:
    """Numbers forms, stems and names, and remembers what pieces of text consist of.

    A text is split at blanks, which part words always (index/words.py), so that the words of a text are those of its
    pieces in a row. A piece's code is the id of its form where it is one word and no compound, else the complement of
    its number among the other pieces.
    """

    def __init__(self) -> None:
        self._forms: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._stem_ids = array("i")
        self._pieces = _Pieces(self)
        self._names: dict[str, int] = {}
        self._name_forms = _Lists()
        self._piece_forms = _Lists()
        self._piece_joined = _Lists()

    def __len__(self) -> int:
        return len(self._pieces) + len(self._forms) + len(self._names)

    def codes(self, text: str) -> Codes:
        """Give the codes of a text's pieces in order."""
        pieces = text.split()
        return np.fromiter(map(self._pieces.__getitem__, pieces), dtype=np.int32, count=len(pieces))

    def name(self, name: str) -> int:
        """Give the number of a name, of whatever kind."""
        number = self._names.get(name)
        if number is None:
            number = self._names[name] = len(self._names)
            self._name_forms.append([self._form(form) for form in columns(name).forms])
        return number

    def expand(self, codes: Codes) -> Expanded:
        """Give what codes stand for."""
        compound = np.flatnonzero(codes < 0)
        counts = np.ones(len(codes), dtype=np.int64)
        numbers = ~codes[compound]
        counts[compound] = self._piece_forms.sizes(numbers)
        ends = np.cumsum(counts)
        forms = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.int32)
        simple = codes >= 0
        forms[ends[simple] - 1] = codes[simple]
        forms[ranges(ends[compound] - counts[compound], counts[compound])] = self._piece_forms.of(numbers)
        return Expanded(
            forms=forms,
            counts=counts,
            joined=self._piece_joined.of(numbers),
            joined_by=np.repeat(compound, self._piece_joined.sizes(numbers)),
        )

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

    def cut(self, piece: str) -> int:
        """Give the code of a piece that was not seen before."""
        forms, _, _, compounds = columns(piece)
        if len(forms) == 1 and not compounds:
            return self._form(forms[0])
        self._piece_forms.append([self._form(form) for form in forms])
        return ~self._piece_joined.append([self._form(word.form) for word in compounds])

    def _form(self, form: str) -> int:
        return self._forms.setdefault(form, len(self._forms))


class _Pieces(dict[str, int]):
    """The codes of pieces, which are found out when they are asked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, piece: str) -> int:
        code = self[piece] = self._vocabulary.cut(piece)
        return code


class _Lists:
    """Short lists of ids, one behind the other."""

    def __init__(self) -> None:
        self._sizes = array("i")
        self._flat = array("i")

    def append(self, ids: list[int]) -> int:
        """Append a list; gives its number."""
        self._flat.extend(ids)
        self._sizes.append(len(ids))
        return len(self._sizes) - 1

    def sizes(self, numbers: NDArray[np.integer]) -> Numbers:
        """Give the sizes of some lists."""
        return np.array(self._sizes, dtype=np.int64)[numbers]

    def of(self, numbers: NDArray[np.integer]) -> Ids:
        """Give some lists in a row."""
        sizes = np.array(self._sizes, dtype=np.int64)
        flat = np.array(self._flat, dtype=np.int32)
        return flat[ranges(starts_of(sizes)[:-1][numbers], sizes[numbers])]


def flat(lists: list[list[int]]) -> tuple[Numbers, Numbers]:
    """Give lists in a row, and their sizes."""
    sizes = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
    return np.fromiter(chain.from_iterable(lists), dtype=np.int64, count=int(sizes.sum())), sizes
