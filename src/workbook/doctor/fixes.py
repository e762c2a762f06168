"""The line that fixes, as it must be typed here: this system, and how the workbook came onto it."""

from __future__ import annotations

import os
import sys

from workbook import places
from workbook.errors import Message

WINDOWS = os.name == "nt"


def reinstall() -> Message:
    """Set up anew: by make in a checkout; else by whatever brought it, such as the stick."""
    if places.checkout() is not None:
        return Message("install it again: {line}", {"line": "make clean lab"})
    if sys.prefix == sys.base_prefix:  # the whole machine's Python: nothing of it may be deleted
        return Message("install the workbook again, the way it was installed")
    template = (
        "delete the folder {folder}, then install the workbook again: by the start script of the "
        "stick, or the way it was installed"
    )
    return Message(template, {"folder": sys.prefix})


def own_folder(template: str, variable: str, name: str) -> Message:
    """Name a folder below the user's own in an environment variable."""
    line = f"export {variable}=~/{name}"
    if WINDOWS:
        line = f"set {variable}=%USERPROFILE%\\{name}"
    return Message(template, {"line": line})


def this_python(template: str, *arguments: str) -> Message:
    """Run this very Python, not whichever comes first in the path."""
    spaced = " " in sys.executable
    own = f'"{sys.executable}"' if spaced else sys.executable
    return Message(template, {"line": " ".join([own, *arguments])})
