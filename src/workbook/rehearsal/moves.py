"""A move of a rehearsal, and its text.

    as-written                go on as the plan says
    work:taste                work on this next; work:taste=cheap with another level of proof
    skip:prices               leave a milestone out
    take:cash-gap=borrow      take an option of a fork
    wait, wait:4              start nothing new for a week, for four weeks
    stop                      end it with the cash that is left

A number after a question mark is the chance in percent that the player gives the attempt that
starts: `work:taste?40`; after two, the chance of reaching the goal: `as-written??60`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

Kind = Literal["work", "skip", "take", "as-written", "wait", "stop"]
KINDS: tuple[Kind, ...] = get_args(Kind)
ID = r"\w[\w-]{0,63}"
TEXT = re.compile(
    rf"(?:(?P<work>work):(?P<one>{ID})(?:=(?P<level>cheap|written|strict))?"
    rf"|(?P<skip>skip):(?P<out>{ID})|(?P<take>take):(?P<fork>{ID})=(?P<option>{ID})"
    r"|(?P<wait>wait)(?::(?P<weeks>[1-9]\d{0,3}))?|(?P<plain>as-written|stop))"
    r"(?:(?P<of>\?\??)(?P<said>\d|[1-9]\d|100))?"
)


@dataclass(frozen=True)
class Move:
    """A move: its kind, the milestone or fork it is about, and the option.

    `option` is the option of a fork, or the level of the proof of an attempt; `weeks` those of a
    wait; `said` the chance in percent that the player gives the attempt that starts, or with
    `of_goal` the goal.

    >>> str(Move("take", "cash-gap", "borrow"))
    'take:cash-gap=borrow'
    >>> Move.read("wait:4?30") == Move("wait", weeks=4, said=30)
    True
    """

    kind: Kind
    id: str = ""
    option: str = ""
    weeks: int = 1
    said: int | None = None
    of_goal: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        text = f"{self.kind}:{self.id}" if self.id else self.kind
        text += f"={self.option}" if self.option else ""
        text += f":{self.weeks}" if self.weeks > 1 else ""
        mark = "??" if self.of_goal else "?"
        return text if self.said is None else f"{text}{mark}{self.said}"

    @classmethod
    def read(cls, text: str) -> Move | None:
        """Return the move of a text; None if the text is not a move."""
        if not (found := TEXT.fullmatch(text)):
            return None
        of = found.groupdict()
        move = cls._plain(of)
        if of["said"] is None:
            return move
        return replace(move, said=int(of["said"]), of_goal=of["of"] == "??")

    @classmethod
    def _plain(cls, of: dict[str, str]) -> Move:
        if of["work"]:
            return cls("work", of["one"], of["level"] or "")
        if of["skip"]:
            return cls("skip", of["out"])
        if of["take"]:
            return cls("take", of["fork"], of["option"])
        if of["wait"]:
            return cls("wait", weeks=int(of["weeks"] or 1))
        return cls("stop" if of["plain"] == "stop" else "as-written")


AS_WRITTEN, WAIT, STOP = Move("as-written"), Move("wait"), Move("stop")
