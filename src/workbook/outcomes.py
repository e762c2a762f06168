"""The results of a plan: the four fates, the milestones, the weeks. The same for every engine.

Shares are of all runs, 0..1; weeks are counted from 1 (week 0 is the start); money is in the
plan's currency, not cents. A quantile over all runs is None if fewer than that share get there:
failed runs are not left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from workbook.edit import with_options
from workbook.figures import NEVER_SEEN
from workbook.plan import Plan, day_of

if TYPE_CHECKING:
    import pandas as pd

Fate = Literal["goal", "ruin", "stuck", "open"]
FATES: tuple[Fate, ...] = ("goal", "ruin", "stuck", "open")
LEVELS: tuple[float, ...] = (0.05, 0.25, 0.5, 0.75, 0.95)
QUANTILES: tuple[float, ...] = (0.5, 0.8, 0.9)
HARDLY_ANY = 0.01
"""Of a smaller share of the lives nothing is said but that there is hardly any."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def share_error(share: float, lives: int) -> float:
    """Return the standard error of a share of simulated runs.

    For a share of 0 or 1 it is half of `NEVER_SEEN` over the number of runs.
    """
    if 0 < share < 1:
        return sqrt(share * (1 - share) / lives)
    return NEVER_SEEN / 2 / lives


@dataclass(frozen=True)
class MilestoneOutcome:
    """The results of one milestone.

    Attributes
    ----------
    reached, reached_error
        Chance that it is reached, and its standard error (0 where exact).
    ruined_before
        Chance of ruin before it is reached.
    died_here
        Chance of ruin while it is being worked on, or is next and unaffordable.
    stuck_here
        Chance that its attempts are used up.
    weeks, cash
        For 0.5, 0.8, 0.9: the week by which that share of all runs has reached it; and the cash
        invested by then: start cash and all payments received (funding, loans, what an option or
        the end of a wait brought) minus the cash in hand when it is reached; 0 if the business has
        earned it back. Without income this is everything paid. None if fewer runs reach it.
    attempts
        Mean number of attempts over all runs, redesigns not counted; an attempt cut off by the end
        of the run counts, because it was paid for.
    reached_by
        Shape (weeks + 1,): share of all runs that have reached it by the end of each week.
    """

    id: str
    reached: float
    reached_error: float
    ruined_before: float
    died_here: float
    stuck_here: float
    weeks: Mapping[float, int | None]
    cash: Mapping[float, float | None]
    attempts: float
    reached_by: Floats


@dataclass(frozen=True)
class Weekly:
    """The weeks, one column each from week 0 (the start) on.

    Attributes
    ----------
    under_way
        Share of runs not ended by the end of the week: neither at the goal, ruined nor stuck. Every
        band is over these runs only, so show this share next to it.
    fates
        Share of runs that have ended with each fate by the end of each week ("open" only in the
        last).
    bands
        "cash", "conversion", "reach", "revenue", "hours": shape (len(LEVELS), weeks + 1), NaN
        where nobody is under way. Cash as at the end of the week; the others as they are from then
        on; revenue and hours are per week, hours those that the business itself takes. Where
        customers stay or reach grows, "customers" and "recurring" (what they pay a month) as well;
        with rounds or loans in the plan, "share" (of the company, the founder's) and "debt".
    measures
        The plan's own measures (such as NPS) by id, as bands of the same shape. Only simulations
        follow them: nothing depends on them, so an exact play leaves them out.
    """

    weeks: Ints
    under_way: Floats
    fates: Mapping[Fate, Floats]
    bands: Mapping[str, Floats]
    measures: Mapping[str, Floats] = field(default_factory=dict)


@dataclass(frozen=True)
class Lives:
    """Every simulated run, for pairing, for dots and for autopsies. Arrays by run.

    `fate` holds positions in FATES; `reached_week` is (runs, milestones), -1 if never, in the order
    of `plan.milestones`; `died_in` the position of the milestone at which the run was ruined, else
    -1; `cash` at the end; `spent` on attempts and redesigns until the verdict; `owing` the position
    of the hypothesis whose redesign was due, and not done, at ruin; else -1. `share` and `debt`
    (at the end) are of the company the founder's, and owed, if the plan has rounds or loans.
    """

    fate: NDArray[np.uint8]
    end_week: Ints
    cash: Floats
    spent: Floats
    died_in: Ints
    reached_week: Ints
    attempts: Ints
    owing: Ints
    share: Floats | None = None
    debt: Floats | None = None


@dataclass(frozen=True)
class Means:
    """Means; None if no run ended that way.

    Over all runs: `spend` on attempts and redesigns, and the `cash` at the verdict. Where rounds or
    loans are in the plan, over the runs that reach the goal: `share_if_goal` of the company that is
    the founder's then (0..1), and `debt_if_goal` still owed; the latter also over all: `debt`.
    """

    week_if_goal: float | None
    cash_if_goal: float | None
    week_if_ruin: float | None
    spend: float
    cash: float
    share_if_goal: float | None = None
    debt_if_goal: float | None = None
    debt: float | None = None


@dataclass(frozen=True, repr=False)
class Outcomes:
    """The results of a plan, with the method and the errors.

    Attributes
    ----------
    plan, choices
        The plan, and the option chosen at each fork (others: as written).
    how
        "exact" (probabilities propagated, no noise) or "simulated" (`runs` runs from `seed`).
    fates, fates_error
        Chance of each fate, adding up to 1, and its standard error; where exact, the error is the
        probability pruned as too small to follow (1e-9 at most).
    from_week
        The last week that is fact: a plan with a log is played from there on (`logged.py`).
    """

    plan: Plan
    choices: Mapping[str, str]
    how: Literal["exact", "simulated"]
    runs: int
    seed: int | None
    fates: Mapping[Fate, float]
    fates_error: Mapping[Fate, float]
    milestones: Mapping[str, MilestoneOutcome]
    weekly: Weekly
    mean: Means
    lives: Lives | None = None
    from_week: int = 0

    def __repr__(self) -> str:
        fates = ", ".join(f"{fate} {share:.3g}" for fate, share in self.fates.items())
        how = f"{self.runs:,} lives of seed {self.seed}" if self.lives else self.how
        return f"<Outcomes of {self.plan.id}: {fates} ({how})>"

    @property
    def as_played(self) -> Plan:
        """The plan after every chosen fork has opened, with what its options add."""
        return with_options(self.plan, self.choices)

    @property
    def never_seen(self) -> tuple[Fate, ...]:
        """Fates that no simulated run met, although the plan allows them; () where exact."""
        limited = [m.attempts for m in self.as_played.attempted if not m.tests]
        possible = {"ruin": self.plan.cash is not None, "stuck": any(limited)}
        unmet = [fate for fate in FATES if self.fates[fate] == 0 and possible.get(fate, True)]
        return tuple(unmet) if self.how == "simulated" else ()

    def as_json(self) -> dict[str, Any]:
        """Return plain data for `--json`: the keys of the command line's contract."""
        return {
            "plan": self.plan.id,
            "options": dict(self.choices),
            "how": self.how,
            "runs": self.runs,
            "seed": self.seed,
            "from_week": self.from_week,
            **({"starts": self.plan.starts} if self.plan.starts else {}),
            "fates": dict(self.fates),
            "fates_error": dict(self.fates_error),
            "milestones": {id: _milestone_json(m) for id, m in self.milestones.items()},
            "mean": _means_json(self.mean),
        }

    def milestones_frame(self) -> pd.DataFrame:
        """Return one row per milestone, indexed by id, with flat columns as in `MilestoneOutcome`.

        Shares are floats; `weeks_p50` … are whole weeks (Int64) and `cash_p50` … amounts in the
        plan's currency: the cash that it took (not what is left). Both are missing if fewer runs
        get there.
        """
        import pandas as pd

        rows = {id: _flat(_milestone_json(m)) for id, m in self.milestones.items()}
        columns = [*_flat(_milestone_json(NOBODY))]
        frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
        weeks = {name: "Int64" for name in columns if name.startswith("weeks")}
        rest = {name: "float64" for name in columns if name not in weeks}
        return frame.astype(weeks | rest).rename_axis("milestone")

    def weekly_frame(self) -> pd.DataFrame:
        """Return one row per week, from 0 on, as in `Weekly`.

        Where the plan has a first day, `begins`: the day that the week begins on (ISO).
        `under_way` and each fate so far, shares of all lives; then of those under way the
        quantiles of each band: `cash_p05` … `hours_p95`, and `measures.nps_p50` for a measure
        (a simulation's only). NaN where nobody is under way.
        """
        import pandas as pd

        weekly = self.weekly
        columns: dict[str, Any] = {}
        if (starts := self.plan.starts) is not None:
            days = (day_of(starts, max(1, n)) for n in weekly.weeks.tolist())
            columns["begins"] = [day.isoformat() for day in days]
        columns["under_way"] = weekly.under_way
        columns.update({str(fate): share for fate, share in weekly.fates.items()})
        measures = {f"measures.{name}": band for name, band in weekly.measures.items()}
        for name, band in {**weekly.bands, **measures}.items():
            for level, row in zip(LEVELS, band, strict=True):
                columns[f"{name}_p{round(level * 100):02d}"] = row
        return pd.DataFrame(columns, index=pd.Index(weekly.weeks, name="week"))

    def lives_frame(self) -> pd.DataFrame:
        """Return one row per simulated run, as in `Lives`, numbered from 1 as in `life.live`.

        Plays with one seed are paired: row n of both has the same luck.

        `fate`, `died_in` (categories; the latter missing without ruin), `end_week`, `cash` and
        `spent` (the plan's currency), and by milestone `reached.taste` (the week, Int64, missing if
        never) and `attempts.taste`. Raises ValueError if the plan was played exactly.
        """
        import pandas as pd

        lives, ids = self.lives, list(self.milestones)
        if lives is None:
            raise ValueError('an exact play has no lives: play it with how="simulated"')
        died_in = np.array([*ids, None], dtype=object)[lives.died_in]
        frame = pd.DataFrame(
            {
                "fate": pd.Categorical(np.array(FATES)[lives.fate], FATES),
                "end_week": lives.end_week,
                "cash": lives.cash,
                "spent": lives.spent,
                "died_in": pd.Categorical(died_in, ids),
            }
        )
        if lives.share is not None:
            frame = frame.assign(share=lives.share, debt=lives.debt)
        reached = pd.DataFrame(lives.reached_week, columns=[f"reached.{id}" for id in ids])
        reached = reached.astype("Int64")
        tries = pd.DataFrame(lives.attempts, columns=[f"attempts.{id}" for id in ids])
        tables = [frame, reached.mask(reached < 0), tries]
        found = pd.concat(tables, axis=1)
        return found.set_axis(pd.RangeIndex(1, len(found) + 1, name="life"))


NOBODY = MilestoneOutcome(
    "", 0, 0, 0, 0, 0, dict.fromkeys(QUANTILES), dict.fromkeys(QUANTILES), 0, np.zeros(1)
)


def _means_json(means: Means) -> dict[str, float | None]:
    """Return the means; those of rounds and loans only where the plan has any."""
    capital = ("share_if_goal", "debt_if_goal", "debt")
    return {k: v for k, v in vars(means).items() if k not in capital or means.debt is not None}


def _milestone_json(outcome: MilestoneOutcome) -> dict[str, Any]:
    plain: dict[str, Any] = {
        name: getattr(outcome, name)
        for name in ("reached", "reached_error", "ruined_before", "died_here", "stuck_here")
    }
    plain["attempts"] = outcome.attempts
    for name in ("weeks", "cash"):
        plain[name] = {f"p{round(q * 100)}": v for q, v in getattr(outcome, name).items()}
    return plain


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat |= {f"{name}_{key}": inner for key, inner in value.items()}
        else:
            flat[name] = value
    return flat
