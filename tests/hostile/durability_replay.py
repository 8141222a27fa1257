"""Records what a run does to a directory, and builds what a power loss after any of its operations may leave.

A file's content counts as on disk once it was synced, an entry of a directory once the directory was. Between the two
a disk may keep anything; three extremes are built: everything arrived, only what was synced did, and all entries did
but of unsynced contents only the first half.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

_OPERATIONS = ("fsync", "rename", "replace", "link", "unlink", "remove", "mkdir", "rmdir")

Tree = dict[str, "Tree | bytes"]


@dataclass(slots=True, kw_only=True)
class _Look:
    """A directory as it was: the entries of directories and the contents of files, by keys that are never reused."""

    root: int
    entries: dict[int, dict[str, int]] = field(default_factory=dict)
    contents: dict[int, bytes] = field(default_factory=dict)


class Recorder:
    """Records the operations of a block of code below `root`."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.images: list[tuple[str, Tree]] = []
        self._root = root
        self._keys: dict[int, int] = {}
        self._present: set[int] = set()
        self._made = 0
        first = self._look()
        self._entries = dict(first.entries)
        self._contents = dict(first.contents)
        for name in _OPERATIONS:
            monkeypatch.setattr(os, name, self._recording(name, getattr(os, name)))

    def _recording(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def recorded(*given: Any, **options: Any) -> Any:
            before = self._look()
            if name == "fsync":
                self._settle(os.fstat(given[0]).st_ino, before)
            result = call(*given, **options)
            self._keep(name, self._look())
            return result

        return recorded

    def _settle(self, inode: int, look: _Look) -> None:
        key = self._keys.get(inode, -1)
        if key in look.entries:
            self._entries[key] = dict(look.entries[key])
        elif key in look.contents:
            self._contents[key] = look.contents[key]

    def _keep(self, name: str, look: _Look) -> None:
        half = {key: self._contents.get(key, data[: len(data) // 2]) for key, data in look.contents.items()}
        for entries, contents in (
            (look.entries, look.contents),
            (self._entries, self._contents),
            (look.entries, half),
        ):
            tree = _tree(look.root, entries, contents)
            if not self.images or self.images[-1][1] != tree:
                self.images.append((name, tree))

    def _look(self) -> _Look:
        present: set[int] = set()
        look = _Look(root=self._key(self._root, present))
        for path in self._below(self._root):
            key = self._key(path, present)
            if path.is_dir():
                look.entries[key] = {one.name: self._key(one, present) for one in path.iterdir()}
            else:
                look.contents[key] = path.read_bytes()
        self._present = present
        return look

    def _below(self, path: Path) -> Iterator[Path]:
        yield path
        if path.is_dir():
            for one in path.iterdir():
                yield from self._below(one)

    def _key(self, path: Path, present: set[int]) -> int:
        inode = path.stat().st_ino
        if inode not in self._present and inode not in present:
            self._made += 1
            self._keys[inode] = self._made
        present.add(inode)
        return self._keys[inode]


def _tree(key: int, entries: dict[int, dict[str, int]], contents: dict[int, bytes]) -> Tree:
    """Build a directory; what is neither a known directory nor a known file is a file of which nothing arrived."""
    tree: Tree = {}
    for name, one in entries.get(key, {}).items():
        tree[name] = _tree(one, entries, contents) if one in entries else contents.get(one, b"")
    return tree


def build(tree: Tree, path: Path) -> None:
    """Write a directory."""
    path.mkdir()
    for name, what in tree.items():
        if isinstance(what, bytes):
            (path / name).write_bytes(what)
        else:
            build(what, path / name)
