"""The result of a check, and checks of the machine: Python, folders, a free port, disk space.

Nothing heavy is imported: importing JupyterLab in a check would take too long.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import cache_from_source, find_spec
from pathlib import Path
from typing import Literal

from workbook import files
from workbook.errors import Message
from workbook.files import home

State = Literal["fault", "note", "good"]


@dataclass(frozen=True)
class Finding:
    """What was found, and what to do.

    Attributes
    ----------
    state
        `good`; `note`: something is missing that only some users need; `fault`: it will not work.
    fix
        One line to type or do; None if there is nothing to fix.
    """

    state: State
    found: Message
    fix: Message | None = None


Check = Callable[[], Finding]


def good(template: str, /, **values: object) -> Finding:
    """Everything is fine."""
    return Finding("good", Message(template, values))


def fault(found: Message, fix: Message) -> Finding:
    """It will not work."""
    return Finding("fault", found, fix)


def note(found: Message, fix: Message) -> Finding:
    """Something is missing that only some users need."""
    return Finding("note", found, fix)


WINDOWS = os.name == "nt"


def reinstall() -> Message:
    """Return the command to install again: make in a checkout, else the original installer."""
    if files.checkout() is not None:
        return Message("install it again: {line}", {"line": "make clean lab"})
    if sys.prefix == sys.base_prefix:  # the system's Python: nothing in it may be deleted
        return Message("install the workbook again, the way it was installed")
    template = (
        "delete the folder {folder}, then install the workbook again: by the start script of the "
        "stick, or the way it was installed"
    )
    return Message(template, {"folder": sys.prefix})


def own_folder(template: str, variable: str, name: str) -> Message:
    """Return the command that sets an environment variable to a folder in the user's home."""
    line = f"export {variable}=~/{name}"
    if WINDOWS:
        line = f"set {variable}=%USERPROFILE%\\{name}"
    return Message(template, {"line": line})


def this_python(template: str, *arguments: str) -> Message:
    """Return a command for this Python, not for the first one in the path."""
    spaced = " " in sys.executable
    own = f'"{sys.executable}"' if spaced else sys.executable
    return Message(template, {"line": " ".join([own, *arguments])})


LEAST_PYTHON = (3, 11)
LEAST_FREE = 300_000_000
FIRST_PORT, LAST_PORT = 8888, 8938
"""The ports that JupyterLab tries: its own, and fifty more."""


def python() -> Finding:
    """Check that Python is new enough."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info >= LEAST_PYTHON:
        return good("Python {version}", version=version)
    found = Message("Python {version} is too old; 3.11 is needed", {"version": version})
    return fault(found, Message("install Python 3.11 or newer, then the workbook again"))


def own_environment() -> Finding:
    """Check that the workbook runs in its own environment."""
    if sys.prefix != sys.base_prefix or os.environ.get("CONDA_PREFIX"):
        return good("an environment of its own")
    found = Message("this Python belongs to the whole machine; other programs may change it")
    mended = Message("give it an environment of its own: in the workbook's folder, make lab")
    return note(found, mended)


def _folder() -> tuple[Path, Path]:
    """Return the work folder, and the nearest existing parent."""
    folder = home()
    return folder, next((p for p in (folder, *folder.parents) if p.exists()), folder)


def work_folder() -> Finding:
    """Check that the learner's folder can be written."""
    folder, place = _folder()
    lost = folder.is_symlink() and not folder.exists()  # such as an absent USB stick
    try:
        with tempfile.TemporaryFile(dir=folder if lost else place):
            pass
    except OSError as error:
        values = {"folder": str(folder), "reason": error.strerror or type(error).__name__}
        found = Message("your work cannot be kept in {folder}: {reason}", values)
        template = "choose a folder of your own: {line}"
        return fault(found, own_folder(template, "WORKBOOK_HOME", "workbook"))
    template = "your work is kept in {folder}; another folder: --home DIR"
    return good(template, folder=str(folder))


def disk_space() -> Finding:
    """Check that there is enough disk space."""
    free = shutil.disk_usage(_folder()[1]).free
    values = {"free": round(free / 1e6)}
    if free >= LEAST_FREE:
        return good("{free} MB free", **values)
    found = Message("only {free} MB are free", values)
    return fault(found, Message("free 300 MB: empty the trash, then look again"))


def port() -> Finding:
    """Check that JupyterLab finds a free port."""
    for number in range(FIRST_PORT, LAST_PORT + 1):
        if _free(number):
            return good("port {port} is free", port=str(number))
    found = Message("no port from {first} to {last} is free", {"first": "8888", "last": "8938"})
    return fault(found, Message("name another one: workbook lab -- --port=9999"))


def _free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def bytecode() -> Finding:
    """Check that Python caches compiled modules; otherwise every kernel starts a second later."""
    spec = find_spec("numpy")  # a missing package is reported by the check of packages
    source = Path(spec.origin) if spec and spec.origin else Path(__file__)
    writes = not sys.dont_write_bytecode and os.access(source.parent, os.W_OK)
    if writes or Path(cache_from_source(str(source))).exists():
        return good("compiled modules are kept")
    found = Message("nothing compiled is kept: every notebook starts a second or more later")
    template = "compile once for all: {line}"
    return note(found, this_python(template, "-m", "compileall", "-q", sys.prefix))


def temporary_files() -> Finding:
    """Check that temporary files can be written: kernels keep their connection file there."""
    from jupyter_core.paths import jupyter_runtime_dir

    folder = Path(jupyter_runtime_dir())
    place = next((p for p in (folder, *folder.parents) if p.exists()), folder)
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError:
        found = Message("kernels cannot write to {folder}", {"folder": str(folder)})
        template = "give them a folder: {line}"
        return fault(found, own_folder(template, "JUPYTER_RUNTIME_DIR", "jupyter-runtime"))
    return good("temporary files can be written")
