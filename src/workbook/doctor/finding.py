"""The result of a check: good, a note or a fault, and the line that fixes it.

Nothing heavy is imported: importing JupyterLab in a check would take too long.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from workbook import places
from workbook.errors import Message

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
