"""Play a plan: exactly if possible, otherwise by many simulated runs; and the gap of two plays.

The exact answer has no noise, so it comes first; ranges, parallel teams and forks at a calendar
week are simulated. `Outcomes.how` tells which method was used.

If two plans were played exactly their gap has no error. If both are simulated with one seed, run i
of one is paired with run i of the other, and the error is that of the pairs: far smaller than that
of either plan alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, partial
from math import hypot, sqrt
from types import SimpleNamespace
from typing import Any, Literal, cast

import numpy as np

from workbook import exact, simulate
from workbook.logged import today, with_past
from workbook.luck import Shape
from workbook.outcomes import FATES, Fate, Floats, Ints, Lives, Means, Outcomes, share_error
from workbook.plan import Plan
from workbook.simulate.later import LaterOutcomes
from workbook.simulate.tally import means

STANDARD_ERRORS = 2.0
NOTHING = 1e-9
EQUAL = 0.03
"""Chances of the goal closer than this count as equal: the figures of a plan are too rough to tell
them apart, however many runs are simulated.
"""


@dataclass(frozen=True)
class Gap:
    """A difference and its standard error (0 where exact), in the unit of the quantity."""

    value: float
    error: float = 0.0

    @property
    def clear(self) -> bool:
        """Whether it is more than two standard errors, and not zero."""
        return abs(self.value) > max(STANDARD_ERRORS * self.error, NOTHING)

    @property
    def decides(self) -> bool:
        """Whether a gap between two chances is large enough to decide: clear, at least `EQUAL`."""
        return self.clear and abs(self.value) >= EQUAL


def goal_gap(before: Outcomes, after: Outcomes) -> Gap:
    """Return how much more likely the goal is after than before, as a share."""
    return fate_gap(before, after, "goal")


def fate_gap(before: Outcomes, after: Outcomes, fate: Fate) -> Gap:
    """Return how much more likely a fate is after than before, as a share."""
    value = after.fates[fate] - before.fates[fate]
    if before.lives is None or after.lives is None or not same_luck(before, after):
        return Gap(value, hypot(fate_error(before, fate), fate_error(after, fate)))
    number = FATES.index(fate)
    ends, ended = after.lives.fate == number, before.lives.fate == number
    moved = _error(ends.astype(np.float64) - ended)
    return Gap(value, moved or share_error(0.0, after.runs))


def cash_gap(before: Outcomes, after: Outcomes) -> Gap:
    """Return how much more money is left at the verdict after than before."""
    value = cash_left(after) - cash_left(before)
    if before.lives is None or after.lives is None or not same_luck(before, after):
        return Gap(value, hypot(cash_error(before), cash_error(after)))
    return Gap(value, _error(after.lives.cash - before.lives.cash))


def cash_left(outcomes: Outcomes) -> float:
    """Return the mean money at the verdict, over all runs: start cash and income minus bills.

    The debts of a ruined run count against it. Without cash in the plan it starts at 0.
    """
    return outcomes.mean.cash


def cash_error(outcomes: Outcomes) -> float:
    """Return the standard error of `cash_left`; 0 where exact."""
    return 0.0 if outcomes.lives is None else _error(outcomes.lives.cash)


def same_luck(one: Outcomes, other: Outcomes) -> bool:
    """Whether run i of both has the same random numbers."""
    return one.how == other.how and one.seed == other.seed and one.runs == other.runs


def goal_error(outcomes: Outcomes) -> float:
    """Return the standard error of the goal's chance; 0 where exact."""
    return fate_error(outcomes, "goal")


def fate_error(outcomes: Outcomes, fate: Fate) -> float:
    """Return the standard error of a fate's share; mass pruned by an exact play is not noise."""
    return outcomes.fates_error[fate] if outcomes.how == "simulated" else 0.0


def _error(values: Floats) -> float:
    """Return the standard error of a mean."""
    return float(values.std() / sqrt(max(1, len(values))))


How = Literal["auto", "exact", "simulated"]
OnProgress = Callable[[float], None]
"""Called with the share (0..1) of a long computation that is done."""
no_progress: OnProgress = simulate.no_progress
RUNS = 10_000


def play(
    plan: Plan,
    choices: Mapping[str, str] | None = None,
    *,
    runs: int = RUNS,
    seed: int = 1,
    how: How = "auto",
    shape: Shape = "triangular",
    on_progress: OnProgress = no_progress,
) -> Outcomes:
    """Play a plan with the option chosen at each fork; with a log, from its last entry on.

    Parameters
    ----------
    choices
        Option by fork, by ids; a fork left out continues as written.
    runs, seed, shape
        For simulations only: the number of runs, their seed, the distribution of ranges.
    how
        "auto" plays exactly if possible; "exact" insists on it.
    on_progress
        Called with the share (0..1) that has been simulated.

    Raises
    ------
    InputError
        For an unknown fork or option, or an invalid number of runs.
    NotExactError
        Only with "exact": the reason why this plan cannot be played exactly.
    """
    luck: dict[str, Any] = {"runs": runs, "seed": seed, "shape": shape, "on_progress": on_progress}
    here = today(plan, choices)
    played = _played(here.plan if here else plan, choices, how=how, **luck)
    return with_past(plan, played, here) if here else played


def _played(
    plan: Plan,
    choices: Mapping[str, str] | None,
    *,
    how: How,
    bands: bool = True,
    **luck: Any,
) -> Outcomes:
    """Play a plan without a log; without `bands`, an exact play computes them when asked."""
    if how != "simulated":
        try:
            return exact.play(plan, choices, bands=bands)
        except exact.NotExactError:
            if how == "exact":
                raise
    return simulate.play(plan, choices, **luck)


def play_many(
    plays: Sequence[tuple[Plan, Mapping[str, str] | None]],
    *,
    runs: int = RUNS,
    seed: int = 1,
    how: How = "auto",
    shape: Shape = "triangular",
    on_progress: OnProgress = no_progress,
) -> list[Outcomes]:
    """Play several plans, each with the options chosen at its forks: as `play` does, but sooner.

    Plans that must be simulated are simulated together: what they share is played once, and their
    weeks (`Outcomes.weekly`), or of exact plays their bands, are computed when they are first asked
    for. They share most if they are one plan with several choices.

    Raises
    ------
    InputError, NotExactError
        As `play` does, for any of them.
    """
    keys = [(id(plan), frozenset((choices or {}).items())) for plan, choices in plays]
    found: dict[tuple[int, frozenset[tuple[str, str]]], Outcomes] = {}
    left = {}
    for key, (plan, choices) in zip(keys, plays, strict=True):
        refused = how == "simulated" or (how == "auto" and exact.refusal(plan, choices))
        if refused and not plan.log:
            left[key] = plan, choices
        elif key not in found:
            one = play if plan.log else partial(_played, bands=False)
            found[key] = one(plan, choices, runs=runs, seed=seed, how=how, shape=shape)
            on_progress(len(found) / len(plays))
    rest = simulate.part_of(on_progress, len(found), len(plays) - len(found), len(plays))
    simulated = simulate.play_many([*left.values()], runs, seed, shape, rest)
    found |= zip(left, simulated, strict=True)
    return [found[key] for key in keys]


def first_runs(outcomes: Outcomes, runs: int) -> Outcomes:
    """Return the first runs of a simulation: what `play` gives with so many, but sooner.

    For a plan without a log, played with the usual shape of ranges. Milestones and weeks are
    played when they are first asked for.
    """
    plan, choices, seed, lives = outcomes.plan, outcomes.choices, outcomes.seed, outcomes.lives
    assert lives is not None
    assert seed is not None
    arrays = {field.name: getattr(lives, field.name) for field in fields(Lives)}
    cut: dict[str, Any] = {
        name: None if all is None else all[:runs] for name, all in arrays.items()
    }
    first = Lives(**cut)
    counts = np.bincount(first.fate, minlength=len(FATES)).tolist()
    shares = {fate: count / runs for fate, count in zip(FATES, counts, strict=True)}
    whole = cache(lambda: play(plan, choices, runs=runs, seed=seed, how="simulated"))
    found: Outcomes = LaterOutcomes.of(
        {"milestones": lambda: whole().milestones, "weekly": lambda: whole().weekly},
        **{"plan": plan, "choices": choices, "how": "simulated", "runs": runs, "seed": seed},
        fates=shares,
        fates_error={fate: share_error(share, runs) for fate, share in shares.items()},
        mean=_means(first),
        lives=first,
    )
    return found


def _means(lives: Lives) -> Means:
    """Return the means of these runs, from whole cents as the engine has them."""

    def cents(money: Floats | None) -> Ints | None:
        return None if money is None else np.rint(100 * money).astype(np.int64)

    money = {"cash_at_end": cents(lives.cash), "spent": cents(lives.spent)}
    ends: Any = {"fate": lives.fate, "end_week": lives.end_week, "share": lives.share}
    return means(cast(Any, SimpleNamespace(**ends, **money, debt=cents(lives.debt))))
