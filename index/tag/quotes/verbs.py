"""The verbs that tell of speech, from a table: `data/speech-verbs.txt` says where it is from.

`say` verbs stand on either side of what was said and may change places with the speaker; `call` verbs only tell of it
before it (called it a "disaster"), `think` verbs only after it ("We shall win," thinks Ann Quill).
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Verbs:
    """Forms of speech verbs in lower case.

    `say` are past and present of those that may stand after a quotation, `finite` of those before; `participles` and
    `bases` have the subject of another verb. `call` are all forms of those that only stand near what they tell of.
    """

    say: frozenset[str]
    finite: frozenset[str]
    participles: frozenset[str]
    bases: frozenset[str]
    call: frozenset[str]


@functools.cache
def speech_verbs() -> Verbs:
    """Read the table, once."""
    say: set[str] = set()
    finite: set[str] = set()
    participles: set[str] = set()
    bases: set[str] = set()
    call: set[str] = set()
    section = ""
    for line in (resources.files("index.tag") / "data" / "speech-verbs.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[] ")
        elif not line.startswith("#"):
            for entry in line.split():
                base, *others = _forms(entry)
                running = {form for form in others if form.endswith("ing")}
                if section != "think":
                    bases.add(base)
                    participles |= running
                    finite |= set(others) - running
                if section == "call":
                    call |= {base, *others}
                else:
                    say |= set(others) - running
    return Verbs(
        say=frozenset(say),
        finite=frozenset(finite),
        participles=frozenset(participles),
        bases=frozenset(bases),
        call=frozenset(call),
    )


def _forms(entry: str) -> Iterator[str]:
    """Yield a verb's base, then its other forms; those of a regular verb by the rules of spelling."""
    base, _, irregular = entry.partition("=")
    yield base
    if irregular:
        yield from irregular.split(",")
    elif base.endswith("e"):
        yield from (base + "d", base + "s", base[:-1] + "ing")
    elif base.endswith("y") and base[-2] not in "aeou":
        yield from (base[:-1] + "ied", base[:-1] + "ies", base + "ing")
    else:
        yield from (base + "ed", base + ("es" if base.endswith(("s", "sh", "ch")) else "s"), base + "ing")
