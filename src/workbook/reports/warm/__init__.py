"""Forked kernels: a process that has loaded everything forks one kernel a notebook.

execute.py      run a notebook in a forked kernel, or by papermill's own engine
kernel.py       the forked side: an IPython kernel that talks down a pipe instead of a socket
fork.py         the near side: ask a kernel, take its messages, know how it died
fork_server.py  a process that loads everything once, warms up, and forks workers
workers.py      a pool of those workers: orders out, results in, the dead replaced

Here: whether this process may fork. A fork copies memory but only one thread; a lock that another
thread held stays locked for ever. So a fork is made only while this thread is the only one, and no
ZeroMQ socket is open, which is checked each time.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from workbook.words import N_

CAN_FORK = sys.platform == "linux" and hasattr(os, "fork")

OTHER_SYSTEM = N_("kernels are forked on Linux only")
THREADS = N_("other threads are at work in this process")
SOCKETS = N_("sockets to other kernels are open in this process")
PROFILE = N_("IPython has settings or start-up files of your own")
KERNEL = N_("the notebook asks for another kernel than this Python")
NO_PROCESS = N_("the system refuses another process")
NO_ANSWER = N_("the forked kernel did not answer")
OPTIONS = N_("papermill was given options that only its own engine knows")


def threads() -> int:
    """Count the threads of this process, those of libraries included."""
    try:
        return sum(1 for _ in Path("/proc/self/task").iterdir())
    except OSError:
        return threading.active_count()


def why_unsafe() -> str | None:
    """Say why no kernel can be forked from this process now; None if one can."""
    if not CAN_FORK:
        return OTHER_SYSTEM
    if threads() > 1:
        return THREADS
    zmq = sys.modules.get("zmq")
    if zmq is not None and getattr(zmq.Context, "_instance", None) is not None:
        return SOCKETS
    return PROFILE if _own_profile() else None


def _own_profile() -> bool:
    """Whether the user's IPython profile changes kernels: a forked kernel has not read it."""
    home = Path(os.environ.get("IPYTHONDIR") or Path.home() / ".ipython")
    profile = home / "profile_default"
    settings = [*profile.glob("ipython_config.*"), *profile.glob("ipython_kernel_config.*")]
    startup = [p for p in profile.glob("startup/*") if p.suffix in (".py", ".ipy")]
    return bool(settings or startup)
