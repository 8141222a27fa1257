"""Waiting for what comes: the loop of `newsmorgue index --watch`."""

import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType

import click

from index.errors import LockedError, PruneError
from index.read.watch import Watch

Index = Callable[[Sequence[str]], object]


def watch_for_changes(watch: Watch, index: Index, *, seconds: float, pruned: Sequence[str] = ()) -> None:
    """Call `index` with the files that are new or changed, again and again, until Ctrl-C or SIGTERM.

    Where files have gone from below the paths to be `pruned`, it is called with these. Where more would go than may,
    that is told, and the articles stay: a disk that is away for a while costs nothing.
    While another process writes to the archive, its turn comes first: the files are tried again at the next look. What
    `index` has begun when a signal comes is left as it is, which indexing bears.
    """
    click.echo("watching for new and changed files; Ctrl-C ends it", err=True)
    try:
        while True:
            time.sleep(seconds)
            changed = watch.changed()
            if watch.vanished() and pruned:
                changed = list(pruned)
            if changed:
                _index(changed, watch, index)
    except KeyboardInterrupt:
        click.echo("watching ended", err=True)


def _index(changed: Sequence[str], watch: Watch, index: Index) -> None:
    try:
        index(changed)
    except LockedError as error:
        click.echo(f"newsmorgue: {error}; trying again", err=True)
        watch.again(changed)
    except PruneError as error:
        click.echo(f"newsmorgue: {error}", err=True)


def end_on_sigterm() -> None:
    """Take SIGTERM, by which services are stopped, for Ctrl-C."""
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
