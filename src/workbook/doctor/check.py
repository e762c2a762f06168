"""A check looks at one thing and says how it is; a fault brings the line that mends it.

Nothing heavy is loaded: a check that imported JupyterLab would take longer than the lesson's
first question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from workbook.errors import Message

State = Literal["good", "note", "fault"]


@dataclass(frozen=True)
class Check:
    """What was looked at, how it is, and what to do.

    Attributes
    ----------
    state
        `good`; `note`: something is missing that only some need; `fault`: it will not work.
    mend
        One line to type or do; empty where all is well.
    """

    id: str
    state: State
    found: Message
    mend: Message | None = None


Look = Callable[[], Check]


def good(id: str, template: str, /, **values: object) -> Check:
    """All is well."""
    return Check(id, "good", Message(template, values))


def bad(id: str, found: Message, mend: Message, state: State = "fault") -> Check:
    """Something is missing."""
    return Check(id, state, found, mend)
