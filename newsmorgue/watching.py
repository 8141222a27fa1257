"""Waiting for what comes: the loop of `newsmorgue index --watch`."""

import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType

import click

from index.errors import CorruptError, LockedError, PruneError, StoreError
from index.read.watch import Watch

Index = Callable[[Sequence[str]], object]


def watch_for_changes(
    watch: Watch, index: Index, *, first: Sequence[str], seconds: float, pruned: Sequence[str] = ()
) -> None:
    """Call `index` with the paths `first`, then with the files that are new or changed, until Ctrl-C or SIGTERM.

    Where files have gone from below the paths to be `pruned`, it is called with these. Where more would go than may,
    that is told, and the articles stay: a disk that is away for a while costs nothing.
    While another process writes to the archive, its turn comes first: the files are tried again at the next look. So
    they are where the data directory cannot be used for another reason (a full disk), which is told once; only where
    it could not be used from the start, or is damaged, does that end the watch. What `index` has begun when a signal
    comes is left as it is, which indexing bears.
    """
    try:
        _index_first(first, index, seconds=seconds)
        click.echo("watching for new and changed files; Ctrl-C ends it", err=True)
        told = ""
        while True:
            time.sleep(seconds)
            changed = watch.changed()
            if watch.vanished() and pruned:
                changed = list(pruned)
            if changed:
                told = _index(changed, watch, index, told=told)
    except KeyboardInterrupt:
        click.echo("watching ended", err=True)


def _index_first(paths: Sequence[str], index: Index, *, seconds: float) -> None:
    is_told = False
    while True:
        try:
            index(paths)
        except LockedError as error:
            if not is_told:
                click.echo(f"newsmorgue: {error}; waiting for it", err=True)
            is_told = True
            time.sleep(seconds)
        else:
            return


def _index(changed: Sequence[str], watch: Watch, index: Index, *, told: str) -> str:
    """Index what changed; give what went wrong and was `told`, so that it is not told again."""
    try:
        index(changed)
    except CorruptError:
        raise
    except PruneError as error:
        click.echo(f"newsmorgue: {error}", err=True)
    except StoreError as error:
        if str(error) != told:
            click.echo(f"newsmorgue: {error}; trying again", err=True)
        watch.again(changed)
        return str(error)
    return ""


def end_on_sigterm() -> None:
    """Take SIGTERM, by which services are stopped, for Ctrl-C."""
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
