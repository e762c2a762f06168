"""The causes of ruin, and the rank of one run among all.

Besides the milestone, an autopsy looks for a way back that could not be paid: something skipped
turned out to be untrue, and the money no longer sufficed to return to it (P10).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from workbook.outcomes import FATES, Lives, Outcomes
from workbook.play import play

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Death:
    """Runs that were ruined at one milestone.

    Attributes
    ----------
    milestone
        Its id; None if nothing was being worked on and nothing was next.
    share
        Of all runs.
    week, cash
        Mean week of ruin, and mean cash at that time (below 0 if bills came first).
    returns
        Hypothesis id → share of all runs that were ruined here before its redesign was paid and
        done: the way back that they could not afford.
    """

    milestone: str | None
    share: float
    week: float
    cash: float
    returns: dict[str, float]


@dataclass(frozen=True)
class Autopsy:
    """All ruined runs; `deaths` most frequent first; `week` and `cash` are means, or None."""

    ruined: float
    week: float | None
    cash: float | None
    deaths: tuple[Death, ...]

    def frame(self) -> pd.DataFrame:
        """Return one row per milestone: `share`, mean `week` and `cash`, `could_not_return`."""
        import pandas as pd

        rows = [
            (death.milestone, death.share, death.week, death.cash, sum(death.returns.values()))
            for death in self.deaths
        ]
        columns = ["milestone", "share", "week", "cash", "could_not_return"]
        return pd.DataFrame(rows, columns=columns).set_index("milestone")


def autopsy(outcomes: Outcomes) -> Autopsy:
    """Find the causes of ruin; if the play was exact, runs are simulated first."""
    if outcomes.lives is None:
        outcomes = play(outcomes.plan, outcomes.choices, how="simulated")
    lives = outcomes.lives
    assert lives is not None
    ruined = lives.fate == FATES.index("ruin")
    ids = (*outcomes.milestones,)
    places, counts = np.unique(lives.died_in[ruined], return_counts=True)
    most_first = places[np.argsort(-counts, kind="stable")]
    deaths = (_death(lives, ruined & (lives.died_in == place), ids) for place in most_first)
    return Autopsy(
        ruined=float(ruined.mean()),
        week=float(lives.end_week[ruined].mean()) if ruined.any() else None,
        cash=float(lives.cash[ruined].mean()) if ruined.any() else None,
        deaths=tuple(deaths),
    )


def _death(lives: Lives, here: np.ndarray, ids: tuple[str, ...]) -> Death:
    place = int(lives.died_in[here][0])
    owed, counts = np.unique(lives.owing[here], return_counts=True)
    return Death(
        milestone=ids[place] if place >= 0 else None,
        share=float(here.mean()),
        week=float(lives.end_week[here].mean()),
        cash=float(lives.cash[here].mean()),
        returns={
            ids[hypothesis]: float(count / len(lives.fate))
            for hypothesis, count in zip(owed, counts, strict=True)
            if hypothesis >= 0
        },
    )


def standing(outcomes: Outcomes, number: int) -> float:
    """Return the share of all runs with a worse result than this one; ties count half.

    The goal is best, earlier is better; then open, then stuck; ruin is last, later is better. The
    gap between options measures the decision; this measures the luck.
    """
    lives = outcomes.lives
    assert lives is not None
    rank = np.array([3, 0, 1, 2])[lives.fate]  # goal, ruin, stuck, open
    week = np.where(lives.fate == FATES.index("goal"), -lives.end_week, lives.end_week)
    score = rank * 1_000_000 + week
    mine = score[number]
    return float((score < mine).mean() + (score == mine).mean() / 2)
