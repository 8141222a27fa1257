"""Every exception that Newsmorgue raises on purpose.

    NewsmorgueError                    what went wrong, where, what to do; carries the exit code
    ├── UsageError                (2)  the caller asked for something that cannot be
    │   └── SettingError          (2)  a setting that cannot be read or is out of range
    ├── StoreError                (1)  the data directory cannot be used
    │   ├── NoIndexError          (3)  no generation has been committed there
    │   ├── LockedError           (3)  another writer holds the data directory
    │   ├── PruneError            (1)  more articles would be pruned than a setting allows
    │   ├── UnreachableError      (1)  the cluster that keeps the index does not answer now
    │   ├── PartialError          (1)  what must be whole could not be had in full just now
    │   └── CorruptError          (4)  a checksum, a manifest or a table is not what was written
    └── RejectedInputsError       (5)  some inputs were rejected and `--strict` was asked for

Bad articles are no exceptions: a reader yields `index.types.Rejected` and goes on. Exceptions of third-party
packages are turned into these at the border of the package that knows them.
"""


class NewsmorgueError(Exception):
    """Something that the user should read: `what` happened, `where`, and the `remedy`.

    `exit_code` is the process's exit status when the command ends by it (SPEC section 8).
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        """Give the three parts as one line for people."""
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text}. {self.remedy}" if self.remedy else text


class UsageError(NewsmorgueError):
    """The caller asked for something that cannot be."""

    exit_code = 2


class SettingError(UsageError):
    """A setting that cannot be read or is out of its range."""


class StoreError(NewsmorgueError):
    """The data directory cannot be used."""


class NoIndexError(StoreError):
    """No generation has been committed in the data directory."""

    exit_code = 3


class LockedError(StoreError):
    """Another writer holds the data directory."""

    exit_code = 3


class PruneError(StoreError):
    """More articles would be pruned than the setting `max_prune_share` allows; nothing was."""


class UnreachableError(StoreError):
    """The cluster that keeps the index does not answer now, or is too busy; asking again may help."""


class PartialError(StoreError):
    """What must be whole could not be had in full: time ran out, or parts of a cluster were silent, at each try."""


class CorruptError(StoreError):
    """A checksum, a manifest or a table is not what was written."""

    exit_code = 4


class RejectedInputsError(NewsmorgueError):
    """Some inputs were rejected and the caller asked that none be."""

    exit_code = 5
