"""What the authority of an archive is made of: what is known of its names, and what its users said of them.

tagger's value ──Identities──▶ whom it means in this archive ──corrections──▶ what is shown, or nothing
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

NameKind = Literal["person", "outlet"]
"""What a name is of; `outlet` means cited outlets and publishers alike."""

CorrectionKind = Literal["merge", "rename", "split", "apart", "hide", "nobody", "alias", "undo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Whom a value of the tagger's means: everywhere, or (`article`, an id) in one article alone.

    `value` is just as the tagger wrote it. `to` is the name to show, None where nobody is meant. `reason` is a sentence
    that a page can show; `confidence` is from 0 to 1.
    """

    kind: NameKind
    value: str
    article: str | None = None
    to: str | None
    reason: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    """What was computed of an archive's names, ready to be looked up; an exception goes before a whole name.

    `names` are by (kind, value), `exceptions` by (article id, kind, value). Nothing is resolved twice: what a
    resolution leads to stays as it is, whatever is known of a value that is written alike.
    """

    names: Mapping[tuple[NameKind, str], Resolution] = field(default_factory=dict)
    exceptions: Mapping[tuple[str, NameKind, str], Resolution] = field(default_factory=dict)

    def of(self, article: str, kind: NameKind, value: str) -> str | None:
        """Give whom a value of the tagger's means in an article."""
        found = self.resolution(article, kind, value)
        return value if found is None else found.to

    def resolution(self, article: str, kind: NameKind, value: str) -> Resolution | None:
        """Give what was computed of a value in an article, None where it stands for itself."""
        return self.exceptions.get((article, kind, value)) or self.names.get((kind, value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One thing that a user said of names as the archive shows them.

    ======  =========================================================================================
    merge   `names` are `to`
    rename  `names`, one, is to be called `to`
    split   what `names`, one, stands for in `articles` (ids) is `to`
    apart   `names` stand for themselves, whatever they were merged into or were computed to mean
    hide    `names` are not to be shown
    nobody  `names` are no people (no outlets)
    alias   who types one of `names` means `to`
    undo    the correction of the number `undoes` is void
    ======  =========================================================================================

    Names are matched as queries match them (index/words.py): case, accents and signs make no difference. They are names
    as they are shown when the correction is made, with all that is shown as them; where `raw`, they are what the
    archive itself has, without whatever else is shown so. Without a `to`, what is split off is not shown.

    `members` are the archive's own names of all whom it is about, as computed when it was made: for each the name shown
    then, and after it those that meant the same. By them a correction is of a person, whatever is computed later.
    """

    what: CorrectionKind
    kind: NameKind = "person"
    names: tuple[str, ...] = ()
    to: str = ""
    articles: tuple[str, ...] = ()
    undoes: int = 0
    raw: bool = False
    note: str = ""
    members: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A correction in the archive's log: its `number`, from 1 without gaps, and when it was made (ISO, UTC)."""

    number: int
    time: str
    correction: Correction
