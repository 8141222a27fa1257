"""Processes: how others are started, how many there may be, how one ended, and what this one took."""

import multiprocessing
import os
import resource
import signal
import sys
from pathlib import Path

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


def peak_memory() -> int:
    """Give the peak of this process's resident memory in bytes.

    Linux counts for `getrusage` what the process was forked from, too; /proc does not.
    """
    try:
        for line in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
