"""The simulations that a lesson needs, each made once, all with common random numbers.

A lesson compares one plan with many variants: its options, the plan without a milestone, the plan
with other cash at the fork. Results are cached. Plans are simulated even if an exact answer
exists, because learners look at single runs, and comparisons are paired run by run.
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
    """A plan with the number of runs and the seed of its simulations."""

    plan: Plan
    runs: int
    seed: int
    _made: dict[str, Outcomes] = field(default_factory=dict)
    _told: dict[str, Life] = field(default_factory=dict)

    def play(
        self, choices: Choices | None = None, change: Edit | None = None, plan: Plan | None = None
    ) -> Outcomes:
        """Simulate the plan with these choices and this change."""
        changed = edit(plan or self.plan, change) if change else plan or self.plan
        key = f"{sorted((choices or {}).items())}{changed!r}"
        if key not in self._made:
            self._made[key] = play(
                changed, choices, runs=self.runs, seed=self.seed, how="simulated"
            )
        return self._made[key]

    def goal(self, choices: Choices | None = None, plan: Plan | None = None) -> float:
        """Return the chance of the goal with these choices."""
        return self.play(choices, plan=plan).fates["goal"]

    def life(self, number: int, choices: Choices | None = None, plan: Plan | None = None) -> Life:
        """Return a single run, counted from 1: the same random numbers as in the simulation."""
        if plan is not None:
            return live(plan, Luck(self.seed, number - 1), choices)
        key = f"{number} {sorted((choices or {}).items())}"
        if key not in self._told:
            self._told[key] = live(self.plan, Luck(self.seed, number - 1), choices)
        return self._told[key]


def fork_of(plan: Plan, id: str) -> Fork:
    """Return the fork with that id; raise KeyError if it does not exist."""
    for fork in plan.forks:
        if fork.id == id:
            return fork
    raise KeyError(id)
