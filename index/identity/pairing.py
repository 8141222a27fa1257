"""Which names are compared: those that share a key. No name is compared with all others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from index.identity.figures import figures
from index.identity.naming import Name, forms, sound

_LARGEST = 300
"""Names of one key that are compared, the most frequent first; a key that more share tells too little."""

_SHORTEST_SLIP = 4
"""From so many letters on, a slip of the pen leaves the first three or the last three as they are, mostly."""


def keys_of(name: Name, born: Iterable[str] = ()) -> set[str]:
    """Give the keys of a name; names in which `index.identity.differing` finds a likeness share one."""
    first, *others = name.words
    last = name.words[-1]
    keys = {name.compact, " ".join(sorted(name.words)), f"{sound(first)} {sound(last)}", f"{first} {others[0]}"}
    for given in name.words[:-1]:
        keys.add(f"{last} {given[0]}")
        keys |= {f"{last} {number}" for number in forms(given)}
    keys.add(f"{last} {first[0]}")
    if len(first) >= _SHORTEST_SLIP:
        keys.add(f"{last} ~{first[-3:]}")
    if len(last) >= _SHORTEST_SLIP:
        keys |= {f"{first} {last[:3]}~", f"{first} ~{last[-3:]}"}
    keys |= {f"{first} {word}" for word in name.words[1:]}
    keys |= {f"{first} {surname.lower()}" for surname in born}
    if figure := figures().of(name):
        keys.add(f"figure {figure}")
    if name.nickname:
        keys.add(f"{last} {name.nickname[0]}")
    return keys


def pairs(keys: Iterable[tuple[int, set[str]]]) -> Iterator[tuple[int, int]]:
    """Yield each two numbers that share a key, once; `keys` are in the order of importance."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, found in keys:
        for key in found:
            if len(blocks[key]) < _LARGEST:
                blocks[key].append(number)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        for place, one in enumerate(members):
            for other in members[place + 1 :]:
                pair = (one, other) if one < other else (other, one)
                if pair not in seen:
                    seen.add(pair)
                    yield pair
