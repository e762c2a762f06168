"""The result of a check: good, a note or a fault, and the line that fixes it.

Nothing heavy is imported: importing JupyterLab in a check would take too long.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

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
