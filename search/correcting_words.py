"""Corrections in words."""

from collections.abc import Sequence

from index.authority.types import Correction, Entry

MANY = {"person": "people", "outlet": "outlets"}


def sentence(correction: Correction) -> str:  # noqa: PLR0911  # one line a kind
    """Say a correction in words."""
    names, to = listed(correction.names, "and"), correction.to
    be = "is" if len(correction.names) == 1 else "are"
    match correction.what:
        case "merge":
            return f"{names} {be} {to}" if names else f"{to} is written so"
        case "rename":
            return f"{names} is called {to}"
        case "split":
            count = len(correction.articles)
            where = f"in {count:,} article" + "s" * (count != 1)
            return f"{names} {be} {to} {where}" if to else f"{names} {be} not shown {where}"
        case "apart":
            return f"{names} {'stands' if be == 'is' else 'stand'} for {'itself' if be == 'is' else 'themselves'}"
        case "hide":
            return f"{names} {be} hidden"
        case "nobody":
            return f"{names} {be} no {correction.kind if be == 'is' else MANY[correction.kind]}"
        case "alias":
            return f"{names} {'means' if be == 'is' else 'mean'} {to}"
    return f"correction {correction.undoes} is undone"


def undone_by(entry: Entry, entries: Sequence[Entry]) -> tuple[Entry, int]:
    """Give the correction that an undoing is of in the end, and by how many undoings; else itself and 0."""
    times = 0
    while entry.correction.what == "undo":  # which always is of an earlier one
        entry, times = entries[entry.correction.undoes - 1], times + 1
    return entry, times


def in_words(entry: Entry, entries: Sequence[Entry]) -> str:
    """Say a correction in words, one that undoes by what it undoes."""
    meant, times = undone_by(entry, entries)
    words = sentence(meant.correction)
    return ("Undone: " if times % 2 else "Done again: ") + words if times else words


def listed(names: Sequence[str], joint: str) -> str:
    """Write names as a sentence has them."""
    if len(names) < 2:  # a list begins with two
        return "".join(names)
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"
