"""What a check finds: good, a note or a fault, and the line that fixes it.

Nothing heavy is loaded: a check that imported JupyterLab would take longer than the lesson's
first question.
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
        `good`; `note`: something is missing that only some need; `fault`: it will not work.
    fix
        One line to type or do; None where all is well.
    """

    state: State
    found: Message
    fix: Message | None = None


Check = Callable[[], Finding]


def good(template: str, /, **values: object) -> Finding:
    """All is well."""
    return Finding("good", Message(template, values))


def fault(found: Message, fix: Message) -> Finding:
    """It will not work."""
    return Finding("fault", found, fix)


def note(found: Message, fix: Message) -> Finding:
    """Something is missing that only some need."""
    return Finding("note", found, fix)
