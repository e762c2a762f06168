"""Which option wins where: the chance of the goal of each, over a range of a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from workbook.luck import Shape
from workbook.outcomes import Floats, Outcomes
from workbook.plan import Plan
from workbook.play import RUNS, How, goal_gap, play
from workbook.whatif.variants import Variant, set_figure

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Crossing:
    """The value of the figure at which the lead changes from one variant to another."""

    value: float
    before: str
    after: str


@dataclass(frozen=True)
class Crossings:
    """The goal's chance of every variant at every value.

    Attributes
    ----------
    figure
        The figure that was varied, as its path in the plan.
    values
        Shape (n,), in the figure's unit.
    goal, errors
        By variant, shape (n,): the goal's chance, and its standard error (0 where exact).
    winners
        At each value the variant that is clearly ahead of all others, by more than noise; None
        without one.
    """

    figure: str
    values: Floats
    goal: Mapping[str, Floats]
    errors: Mapping[str, Floats]
    winners: tuple[str | None, ...]

    def winner(self, position: int) -> str | None:
        """Return the variant that is clearly ahead at this position; None without one."""
        return self.winners[position]

    @property
    def leaders(self) -> tuple[str, ...]:
        """The variant with the best chance at each value; the first named if they are equal."""
        names = list(self.goal)
        best = np.stack([self.goal[name] for name in names]).argmax(axis=0)
        return tuple(names[place] for place in best)

    @property
    def changes(self) -> tuple[Crossing, ...]:
        """The values at which the lead changes, interpolated linearly."""
        found = []
        for n, (one, other) in enumerate(zip(self.leaders[:-1], self.leaders[1:], strict=True)):
            if one != other:
                lead = self.goal[one][n : n + 2] - self.goal[other][n : n + 2]
                share = lead[0] / (lead[0] - lead[1])
                low, high = self.values[n : n + 2]
                found.append(Crossing(float(low + (high - low) * share), one, other))
        return tuple(found)

    def frame(self) -> pd.DataFrame:
        """Return one row per value, one column per variant (share of runs that reach the goal)."""
        import pandas as pd

        return pd.DataFrame(dict(self.goal), index=pd.Index(self.values, name=self.figure))


def crossings(
    plan: Plan,
    variants: Mapping[str, Variant],
    change: str,
    values: Sequence[float],
    *,
    runs: int = RUNS,
    seed: int = 1,
    how: How = "auto",
    shape: Shape = "triangular",
) -> Crossings:
    """Play every variant at every value of one figure, with common random numbers.

    Parameters
    ----------
    change
        The figure's path: `cash`, or `milestones.taste.pass_rate`; set in every variant's plan.
    values
        In the figure's unit, ascending.
    """
    set_figure(plan, change, float(values[0]))  # report a wrong path before any work is done
    played = partial(play, runs=runs, seed=seed, how=how, shape=shape)
    plays = {
        name: [played(set_figure(v.plan, change, float(value)), v.choices) for value in values]
        for name, v in variants.items()
    }
    places = range(len(values))
    return Crossings(
        figure=change,
        values=np.asarray(values, dtype=float),
        goal={n: np.array([p.fates["goal"] for p in ps]) for n, ps in plays.items()},
        errors={n: np.array([p.fates_error["goal"] for p in ps]) for n, ps in plays.items()},
        winners=tuple(_ahead({n: ps[place] for n, ps in plays.items()}) for place in places),
    )


def _ahead(plays: Mapping[str, Outcomes]) -> str | None:
    best = max(plays, key=lambda name: plays[name].fates["goal"])
    others = (play for name, play in plays.items() if name != best)
    clearly = all(goal_gap(other, plays[best]).clear for other in others)
    return best if clearly else None
