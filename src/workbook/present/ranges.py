"""What a log teaches about figures with a range: Bayes, by importance weights on a grid.

The prior is the triangle of the range. A share counted as k of n is binomial, people counted in so
many weeks are Poisson; each value of the grid weighs prior × likelihood (Gelman et al., Bayesian
Data Analysis, ch. 10). Money that was counted is known from then on. For (0, 0, 1) and (0, 1, 1)
the prior is Beta(1, 2) and Beta(2, 1), and the posterior of a share the conjugate one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from workbook.law import Economy, figure_at, moved, place_of, with_amounts
from workbook.law.ranges import PAID, probabilities
from workbook.luck import exceeded
from workbook.outcomes import Floats
from workbook.plan import SHARES

GRID = 4000
POINTS = 513
"""Quantiles that are kept of what has been learnt."""
PEOPLE = ("reach_per_week",)
"""Figures that are counted as people in so many weeks."""
Three = tuple[float, float, float]
Count = tuple[float, float | None]


@dataclass(frozen=True)
class Learnt:
    """A figure that a log has taught something about.

    Attributes
    ----------
    place
        Its path in the plan of today.
    before, now
        Low, likely, high as written; the 5th, 50th and 95th percentile now.
    quantiles
        Its distribution: quantiles at the `probabilities` of `POINTS`; () for a known figure.
    """

    place: str
    before: Three
    now: Three
    quantiles: tuple[float, ...] = ()


def learnt(place: str, found: Three, counts: Sequence[Count]) -> Learnt:
    """Return what counts of a figure teach about its range.

    >>> learnt("sales.conversion", (0.0, 0.0, 1.0), [(3, 7)]).now[1]  # Beta(4, 6)
    0.393
    """
    name = figure_at(place)
    if name not in SHARES and name not in PEOPLE:
        value = counts[-1][0]
        return Learnt(place, found, (value, value, value))
    edges = np.linspace(found[0], found[2], GRID + 1)
    middle = (edges[1:] + edges[:-1]) / 2
    weight = -np.diff(exceeded(found, edges)) * _likelihood(name, middle, counts)
    below = np.concatenate([[0.0], np.cumsum(weight) / weight.sum()])
    values = np.interp(probabilities(POINTS), below, edges)
    five, half, most = (float(f"{np.interp(q, below, edges):.3g}") for q in (0.05, 0.5, 0.95))
    return Learnt(place, found, (five, half, most), tuple(values.tolist()))


def _likelihood(name: str, values: Floats, counts: Sequence[Count]) -> Floats:
    """The likelihood of the counts for each value, up to a factor."""
    log = np.zeros(len(values))
    for counted, of in counts:
        if name in SHARES:
            log += counted * np.log(values) + ((of or 0.0) - counted) * np.log1p(-values)
        else:
            log += counted * np.log(values) - values * (of or 1.0)
    return np.asarray(np.exp(log - log.max()))


def ranges_today(
    ranges: Mapping[str, Three],
    sources: Mapping[str, str | None],
    reached: Mapping[str, int],
    counts: Mapping[str, Sequence[Count]],
) -> tuple[dict[str, Three], list[Learnt]]:
    """Return the ranges of what is still unknown, at their places of today, and what was learnt.

    `sources`: the place of the range that a figure has now, None for a known one, if it is not the
    one that it had at the start.
    """
    left: dict[str, Three] = {}
    taught: list[Learnt] = []
    for path, found in ranges.items():
        where, *steps = path.split(".")
        if where == "milestones" and steps[0] not in reached:
            left[path] = found
            continue
        name = figure_at(path)
        at_start = path if where in PAID else place_of(name)
        if path.endswith("funding.amount") or sources.get(name, at_start) != path:
            continue
        if path not in counts or found[0] == found[2]:
            left[at_start] = found
            continue
        new = learnt(at_start, found, counts[path])
        taught.append(new)
        if new.quantiles:
            left[at_start] = new.now
    return left, taught


def economy_today(economy: Economy, taught: Sequence[Learnt]) -> Economy:
    """Return the economy with what was learnt: each figure as far off as its likely value moved."""
    new: dict[str, float] = {}
    bills: dict[str, float | str] = {}
    for one in taught:
        name = figure_at(one.place)
        if one.place.startswith("bills."):
            bills[name.removeprefix("bills.")] = one.now[1]
        elif one.place.startswith("roles."):
            economy = _paid(economy, one)
        else:
            value = getattr(economy, name)
            new[name] = moved(name, value, value + one.now[1] - one.before[1])
    parts: dict[str, Any] = {"bills": with_amounts(economy.bills, bills)}
    return economy.with_figures(**new, **parts)


def _paid(economy: Economy, one: Learnt) -> Economy:
    _, id, pay = one.place.split(".")
    roles: Any = tuple(
        role.model_copy(update={pay: one.now[1]}) if role.id == id else role
        for role in economy.roles
    )
    return economy.with_figures(roles=roles)
