"""A check looks at one thing and says how it is; a fault brings the line that mends it.

Nothing heavy is loaded: a check that imported JupyterLab would take longer than the lesson's
first question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from workbook.doctor import mend
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


def examine(looks: Sequence[tuple[str, Look]] | None = None) -> tuple[Check, ...]:
    """Look at everything; a look that itself fails is told as a fault and ends nothing."""
    if looks is None:
        from workbook.doctor.machine import LOOKS as MACHINE
        from workbook.doctor.parts import LOOKS as PARTS

        looks = [*MACHINE, *PARTS]
    return tuple(_looked(id, look) for id, look in looks)


def _looked(id: str, look: Look) -> Check:
    try:
        return look()
    except Exception as error:
        values = {"error": f"{type(error).__name__}: {error}"[:200]}
        found = Message("this could not be looked at: {error}", values)
        return bad(id, found, mend.again())
