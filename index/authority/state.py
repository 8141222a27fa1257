"""What corrections come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.authority.types import CorrectionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a name is shown as: the key of another (or its own), None for nothing; `what` was said last, in `number`."""

    to: str | None
    what: CorrectionKind
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What corrections of one kind of names come to; names are known by key (index/authority/keys.py).

    - `names`: what the archive's own names are shown as, where that is not themselves.
    - `exceptions`: the same for single articles, by id, which go first.
    - `aliases`: names that are typed, and whom they mean.
    - `apart`: names that stand for themselves, whatever was computed of them, with the number of who said so.
    - `spelling`: how names are written that something is shown as, and those that were written anew.
    - `spelled`: the numbers of the corrections that wrote these.
    - `members`: names that meant another when this was corrected, and whom.
    """

    names: dict[str, Rule] = field(default_factory=dict)
    exceptions: dict[str, dict[str, Rule]] = field(default_factory=dict)
    aliases: dict[str, Rule] = field(default_factory=dict)
    apart: Mapping[str, int] = field(default_factory=dict)
    spelling: dict[str, str] = field(default_factory=dict)
    spelled: dict[str, int] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)

    def hides_beyond(self, other: "State") -> bool:
        """Say whether a name is not to be shown, everywhere or in an article, that another state shows."""
        everywhere = (key for key, rule in self.names.items() if rule.to is None)
        if any((known := other.names.get(key)) is None or known.to is not None for key in everywhere):
            return True
        return any(
            rule.to is None and ((known := other.rule(article, key)) is None or known.to is not None)
            for article, rules in self.exceptions.items()
            for key, rule in rules.items()
        )

    def rule(self, article: str, key: str) -> Rule | None:
        """Give what was said of a name in an article, None where nothing was."""
        return self.exceptions.get(article, {}).get(key) or self.names.get(key)
