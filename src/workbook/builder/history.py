"""Undo and redo: the plans that were, and the plans that were taken back.

Plans are frozen, so a step is nothing but the plan before it and the sentence that tells it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from workbook.errors import Message
from workbook.plan import Plan

MOST_STEPS = 300


@dataclass(frozen=True)
class Step:
    """An edit that was made: the plan before, the plan after, and what was said of it.

    Steps with the same `gesture` (a slider being dragged) count as one.
    """

    before: Plan
    after: Plan
    told: Message
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
            self.made[-1] = Step(last.before, step.after, step.told, step.gesture)
            return
        self.made.append(step)
        del self.made[:-MOST_STEPS]

    def settle(self) -> None:
        """End a gesture: the next step stands by itself."""
        if self.made and self.made[-1].gesture:
            last = self.made[-1]
            self.made[-1] = Step(last.before, last.after, last.told)

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
