"""The plays that a lesson asks for, each made once, all on the same luck.

A lesson looks at one plan from many sides: its options, the plan without a milestone, the plan
with another sum left at the fork. Here such a side is named and its play remembered. Lives are
simulated even where an exact answer could be had: a learner reads them one by one, and every
comparison pairs them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbook.edit import edit
from workbook.life import Life, Luck, live
from workbook.outcomes import Outcomes
from workbook.plan import Edit, Fork, Plan
from workbook.play import play

Choices = Mapping[str, str]


@dataclass
class Plays:
    """A plan, how many lives of it are played, and from which seed."""

    plan: Plan
    runs: int
    seed: int
    _made: dict[str, Outcomes] = field(default_factory=dict)
    _told: dict[str, Life] = field(default_factory=dict)

    def play(
        self, choices: Choices | None = None, change: Edit | None = None, plan: Plan | None = None
    ) -> Outcomes:
        """What comes of the plan with these choices and this change."""
        changed = edit(plan or self.plan, change) if change else plan or self.plan
        key = f"{sorted((choices or {}).items())}{changed!r}"
        if key not in self._made:
            self._made[key] = play(
                changed, choices, runs=self.runs, seed=self.seed, how="simulated"
            )
        return self._made[key]

    def goal(self, choices: Choices | None = None, plan: Plan | None = None) -> float:
        """The chance of the goal with these choices."""
        return self.play(choices, plan=plan).fates["goal"]

    def life(self, number: int, choices: Choices | None = None, plan: Plan | None = None) -> Life:
        """The life of that number, counted from 1: the same luck as in the many."""
        if plan is not None:
            return live(plan, Luck(self.seed, number - 1), choices)
        key = f"{number} {sorted((choices or {}).items())}"
        if key not in self._told:
            self._told[key] = live(self.plan, Luck(self.seed, number - 1), choices)
        return self._told[key]


def fork_of(plan: Plan, id: str) -> Fork:
    """The fork of that id; KeyError where there is none."""
    for fork in plan.forks:
        if fork.id == id:
            return fork
    raise KeyError(id)
