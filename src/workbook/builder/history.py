"""Undo and redo.

Plans are frozen, so a step is the plan before it, the plan after it, and the sentence about it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from workbook.cases import Case
from workbook.errors import Message
from workbook.plan import Plan

Around = tuple[Case, Case]
"""The case around the plan, before a step and after it."""

MOST_STEPS = 300


@dataclass(frozen=True)
class Step:
    """An edit that was made: the plan before, the plan after, and what was said of it.

    `around` is the case that the plan came from, before and after: an import changes it.
    Steps with the same `gesture` (a slider being dragged) count as one.
    """

    before: Plan
    after: Plan
    told: Message
    around: Around
    gesture: str | None = None


@dataclass
class History:
    """The steps made and the steps taken back, the latest last; at most `MOST_STEPS` of them."""

    made: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)

    def record(self, step: Step) -> None:
        """Add a step; what had been undone cannot be redone any more."""
        self.undone.clear()
        last = self.made[-1] if self.made else None
        if last and step.gesture and last.gesture == step.gesture:
            self.made[-1] = replace(last, after=step.after, told=step.told)
            return
        self.made.append(step)
        del self.made[:-MOST_STEPS]

    def settle(self) -> None:
        """End a gesture: the next step stands by itself."""
        if self.made and self.made[-1].gesture:
            self.made[-1] = replace(self.made[-1], gesture=None)

    def withdraw(self, gesture: str) -> Step | None:
        """Forget the step of a gesture that is not over yet; None where there is none."""
        open_ = self.made and self.made[-1].gesture == gesture
        return self.made.pop() if open_ else None

    def undo(self) -> Step | None:
        """Take the last step back; None where there is none."""
        if not self.made:
            return None
        self.undone.append(self.made.pop())
        return self.undone[-1]

    def redo(self) -> Step | None:
        """Make the step again that was taken back last; None where there is none."""
        if not self.undone:
            return None
        self.made.append(self.undone.pop())
        return self.made[-1]
