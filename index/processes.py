"""Other processes of ours: how they are started, how many there may be, and how one ended."""

import multiprocessing
import os
import signal

from index.settings import Settings

CONTEXT = multiprocessing.get_context("spawn")
"""Processes are started afresh: forking would copy whatever threads and locks the caller has."""


def jobs_of(settings: Settings) -> int:
    """Give the number of processes that a run may keep busy: the setting, or the cores that are ours to use."""
    if settings.jobs:
        return settings.jobs
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ending(exit_code: int | None) -> str:
    """Say how a process ended, for people."""
    if exit_code is not None and exit_code < 0:
        memory = ", perhaps for want of memory" if -exit_code == signal.SIGKILL else ""
        return f"was ended by {signal.Signals(-exit_code).name}{memory}"
    return f"ended with the exit code {exit_code}"
