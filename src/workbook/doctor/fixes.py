"""The command that fixes a fault, as typed on this system and for this kind of installation."""

from __future__ import annotations

import os
import sys

from workbook import places
from workbook.errors import Message

WINDOWS = os.name == "nt"


def reinstall() -> Message:
    """Return the command to install again: make in a checkout, else the original installer."""
    if places.checkout() is not None:
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
