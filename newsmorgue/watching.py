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

    Where files have gone from below the paths to be `pruned`, it is called with these, below which all that changed
    lies too. Where more would go than may, that is told, and the articles stay: a disk that is away for a while costs
    nothing.
    While another process writes to the archive, its turn comes first: all that was due is due again at the next look.
    So it is where the data directory cannot be used for another reason (a full disk), which is told once; only where
    it could not be used from the start, or is damaged, does that end the watch. What `index` has begun when a signal
    comes is left as it is, which indexing bears.
    """
    try:
        _index_first(first, index, seconds=seconds)
        click.echo("watching for new and changed files; Ctrl-C ends it", err=True)
        told = ""
        while True:
            time.sleep(seconds)
            due = watch.look()
            paths = pruned if due.vanished and pruned else due.changed
            if not paths:
                continue
            failure = _index(paths, index, told=told)
            if not failure:
                watch.done(due)
            told = failure
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


def _index(paths: Sequence[str], index: Index, *, told: str) -> str:
    """Index some paths; give what went wrong, if anything did, and tell it unless it was `told`."""
    try:
        index(paths)
    except CorruptError:
        raise
    except PruneError as error:  # what was read is in the archive all the same
        click.echo(f"newsmorgue: {error}", err=True)
    except StoreError as error:
        if str(error) != told:
            click.echo(f"newsmorgue: {error}; trying again", err=True)
        return str(error)
    return ""


def end_on_sigterm() -> None:
    """Take SIGTERM, by which services are stopped, for Ctrl-C."""
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
