"""What advice is asked about: a plan with its plays, and the pieces that it comes in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from workbook.builder.edits import called
from workbook.errors import Message
from workbook.outcomes import Outcomes
from workbook.plan import Plan, Text
from workbook.play import Gap, How, goal_gap, play
from workbook.whatif import certain

Kind = Literal["move", "team", "fork", "important", "swap", "belief", "cash"]


@dataclass(frozen=True)
class Piece:
    """One piece of advice.

    Attributes
    ----------
    ids
        Milestones that it speaks of, for the view to jump to.
    plan
        The plan with the advice taken, where taking it is an edit; None where it is not.
    gain, what
        Of a move, how much likelier the goal is after it, and what it is in a few words.
    curve
        Of the least cash, the chance of the goal over the cash.
    """

    kind: Kind
    message: Message
    ids: tuple[str, ...] = ()
    plan: Plan | None = None
    gain: float = 0.0
    what: Message | None = None
    curve: CashOdds | None = None


@dataclass(frozen=True)
class CashOdds:
    """The chance of the goal over the cash: (cash, chance) by cash; `runs` is None if exact.

    `now` is the cash of the plan, `enough` the least that reaches the wanted chance; None if no
    amount does.
    """

    points: tuple[tuple[float, float], ...]
    now: float
    wanted: float
    enough: float | None
    runs: int | None


class Asked:
    """The plan that is asked about, and its plays: as it stands, and changed."""

    def __init__(self, plan: Plan, runs: int, seed: int, how: How) -> None:
        self.plan, self.runs, self.seed, self.how = plan, runs, seed, how
        self.base = self.played(plan)

    def played(self, plan: Plan, seed: int | None = None) -> Outcomes:
        """What comes of a plan on the luck of the base, or on another."""
        seed = self.seed if seed is None else seed
        return play(plan, runs=self.runs, seed=seed, how=self.how)

    def gains(self) -> Iterator[tuple[str, Gap]]:
        """What each milestone would give, were it certain; those already behind give nothing."""
        behind = {entry.milestone for entry in self.plan.log if entry.result == "passed"}
        for milestone in self.plan.milestones:
            if milestone.id in behind or (milestone.id in self.plan.skips and not milestone.tests):
                continue
            surely = certain(self.plan, milestone.id)
            same = surely == self.plan
            yield milestone.id, Gap(0.0) if same else goal_gap(self.base, self.played(surely))

    def called(self, id: str) -> Text:
        """What a milestone is called."""
        return called(self.plan, id)
