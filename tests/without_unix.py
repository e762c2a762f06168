"""The command line in a Python that lacks what only Unix has: `python without_unix.py ARGS…`.

What other packages load is loaded first, for they ask which system this is. A worker that is
spawned from here loads this file too, so that it lacks the same.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import signal
import sys

import ipykernel.kernelapp  # noqa: F401
import papermill  # noqa: F401

import workbook

MODULES = ("fcntl", "grp", "pwd", "resource", "termios")
CALLS = ("fork", "geteuid", "getuid", "killpg", "register_at_fork", "sched_getaffinity", "setsid")
SIGNALS = ("SIGALRM", "SIGCHLD", "SIGHUP")

sys.modules.update(dict.fromkeys(MODULES))
for holder, names in ((os, CALLS), (signal, SIGNALS)):
    for name in names:
        if hasattr(holder, name):
            delattr(holder, name)


def main(arguments: list[str]) -> int:
    """Load every module of the workbook, then do what the arguments say."""
    for module in pkgutil.walk_packages(workbook.__path__, "workbook."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from workbook import cli

    return cli.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
