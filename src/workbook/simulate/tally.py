"""Aggregates all runs: each week as bands, each milestone, each ending.

A quantile is the smallest value that at least that share has or stays under, never one between two
runs; the exact engine counts in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbook.outcomes import (
    FATES,
    LEVELS,
    QUANTILES,
    Fate,
    Floats,
    Ints,
    Lives,
    Means,
    MilestoneOutcome,
    Outcomes,
    Weekly,
    share_error,
)
from workbook.plan import Plan
from workbook.simulate.book import Book
from workbook.simulate.economies import Economies
from workbook.simulate.spans import Spans
from workbook.simulate.tables import NONE, USED_UP

Moved = Mapping[str, Floats | Ints]
BAND_OF = {
    "conversion": "conversion",
    "reach": "reach_per_week",
    "revenue": "sales_cents",
    "hours": "running_hours_per_week",
}
Levels = Callable[[Floats | Ints, Sequence[int]], Floats]
CELLS_AT_ONCE = 4_000_000
NARROW = 2**31 - 1


@lru_cache(maxsize=256)
def ranks_of(shares: tuple[float, ...], count: int) -> tuple[int, ...]:
    """Return how many runs make at least each share of this count."""
    return tuple(max(1, ceil(share * count - 1e-9)) for share in shares)


class Tally:
    """The weeks as they pass. Cash is sorted each week; the rest is counted by economy."""

    def __init__(self, economies: Economies, measures: Sequence[str] = ()) -> None:
        self.economies, self.measures = economies, tuple(measures)
        self.weeks = 0
        self._cash: list[Floats] = []
        self._ranks: list[tuple[int, ...]] = []
        self._counts: list[Ints] = []
        self._blocks: dict[str, list[Floats]] = {name: [] for name in BAND_OF}
        self._measured: dict[str, list[Floats]] = {name: [] for name in self.measures}
        self._moving: dict[str, list[Floats]] = {}
        self._spans: list[tuple[Ints, ...]] = []

    def note(
        self, cash: Ints, counts: Ints, moving: Moved | None = None, runs: Ints | None = None
    ) -> None:
        """Record unfinished runs at the end of a week.

        Takes their cash (a copy, sorted here), the number of runs in each economy, the figures
        that change by themselves, and how many runs each of these stands for (default: one).
        """
        self._ranks.append(ranks_of(LEVELS, int(counts.sum())))
        levels: Levels = levels_of
        if runs is not None and len(runs) < int(runs.sum()):
            levels = partial(levels_among, runs)
        for name, values in (moving or {}).items():
            self._moving.setdefault(name, []).append(levels(values, self._ranks[-1]))
        self._cash.append(levels(cash, self._ranks[-1]))
        self._counts.append(counts)
        self.weeks += 1
        if len(self._counts) * len(self.economies) > CELLS_AT_ONCE:
            self._flush()

    def note_weeks(
        self, week: Ints, weeks: Ints, cash: Ints, net: Ints, economy: Ints, runs: Ints
    ) -> None:
        """Record paths, each for so many weeks from a week on, with what its cash changes a week.

        `runs` is how many runs each of these paths stands for.
        """
        self._spans.append((week, weeks, cash, net, economy, runs))

    def count_weeks(self) -> None:
        """Note the weeks that have been recorded path by path."""
        if not self._spans:
            return
        spans = Spans(*map(np.concatenate, zip(*self._spans, strict=True)))
        self._spans = []
        counts = spans.counts(len(self.economies))
        ranks = [ranks_of(LEVELS, int(count.sum())) for count in counts]
        self._cash += list(spans.cash_at(np.array(ranks)))
        self._ranks += ranks
        self._counts += list(counts)
        self.weeks += len(counts)

    def _flush(self) -> None:
        """Turn counts by economy into bands."""
        economies = self.economies
        counts = np.zeros((len(self._counts), len(economies)), dtype=np.int64)
        for row, count in zip(counts, self._counts, strict=True):
            row[: len(count)] = count
        ranks = np.array(self._ranks, dtype=np.int64)
        for name, figure in BAND_OF.items():
            values = economies.figures(figure) / (100 if figure == "sales_cents" else 1)
            self._blocks[name].append(weighted_levels(values, counts, ranks))
        for name, blocks in self._measured.items():
            blocks.append(weighted_levels(economies.measures(name), counts, ranks))
        self._counts, self._ranks = [], []

    def weekly(self, book: Book, horizon: int) -> Weekly:
        """Return the weeks from 0 to the horizon; after the last run, bands are NaN."""
        self.count_weeks()
        if not self.weeks:  # all have ended before the first week
            self.note(*np.zeros((2, 0), dtype=np.int64))
        self._flush()
        bands = {"cash": np.array(self._cash).T / 100}
        bands |= {name: np.concatenate(blocks, axis=1) for name, blocks in self._blocks.items()}
        for name, levels in self._moving.items():
            bands[name] = np.array(levels).T / (100 if name in ("revenue", "debt") else 1)
        measured = {name: np.concatenate(blocks, axis=1) for name, blocks in self._measured.items()}
        missing = horizon + 1 - self.weeks
        bands, measured = padded(bands, missing), padded(measured, missing)
        fates = {fate: ended(book, code, horizon) for code, fate in enumerate(FATES)}
        under_way = 1.0 - fates["goal"] - fates["ruin"] - fates["stuck"]
        return Weekly(np.arange(horizon + 1), np.clip(under_way, 0.0, 1.0), fates, bands, measured)


def padded(bands: Mapping[str, Floats], missing: int) -> dict[str, Floats]:
    """Return the bands with NaN for the weeks after the last run."""
    after = [(0, 0), (0, missing)]
    return {name: np.pad(band, after, constant_values=np.nan) for name, band in bands.items()}


def ended(book: Book, code: int, horizon: int) -> Floats:
    """Return the share of all runs that have met this fate by the end of each week."""
    weeks = book.end_week[np.flatnonzero(book.fate == code)].astype(np.intp, copy=False)
    return np.bincount(weeks, minlength=horizon + 1).cumsum() / book.lives


def levels_of(values: NDArray[np.integer] | Floats, ranks: Sequence[int]) -> Floats:
    """Return the values (a copy, sorted here) of these ranks, from 1; NaN without values."""
    if not len(values):
        return np.full(len(ranks), np.nan)
    return np.asarray(in_order(values)[[rank - 1 for rank in ranks]], dtype=np.float64)


def in_order(values: NDArray[Any]) -> NDArray[Any]:
    """Return values (a copy, sorted here) in ascending order."""
    least, most = (values.min(), values.max()) if len(values) else (0, 0)
    if least == most:
        return values
    if values.dtype == np.int64 and least > -NARROW and most < NARROW:
        values = values.astype(np.int32)  # sorted in half the time
    values.sort()
    return values


def levels_among(runs: Ints, values: Ints | Floats, ranks: Sequence[int]) -> Floats:
    """Return the values of these ranks if each value is that of several runs."""
    order = np.argsort(values)
    places = runs[order].cumsum().searchsorted(ranks)
    return np.asarray(values[order[places]], dtype=np.float64)


def weighted_levels(values: Floats, counts: Ints, ranks: Ints) -> Floats:
    """Return the values of these ranks (weeks, levels), with the count of each value per week.

    `counts` is (weeks, values); the result has a column per week, NaN without runs.
    """
    order = np.argsort(values, kind="stable")
    below = counts[:, order].cumsum(axis=1)
    row, last = np.arange(len(counts))[:, None], len(values) - 1
    step = int(below[:, -1].max(initial=0)) + 1  # each week is searched above the one before
    places = (below + row * step).ravel().searchsorted(ranks + row * step) - row * len(values)
    found = values[order][np.minimum(places, last)].T
    found[:, below[:, -1] == 0] = np.nan
    return np.asarray(found)


def outcomes(
    book: Book,
    shown: Ints,
    horizon: int,
    weekly: Weekly,
    plan: Plan,
    choices: Mapping[str, str],
) -> Outcomes:
    """Return all results of the plan; `shown` are the columns of its milestones."""
    counts = np.bincount(book.fate, minlength=len(FATES))
    shares: dict[Fate, float] = {f: int(n) / book.lives for f, n in zip(FATES, counts, strict=True)}
    found = (milestone(book, column, horizon) for column in shown.tolist())
    return Outcomes(
        plan=plan,
        choices=dict(choices),
        how="simulated",
        runs=book.lives,
        seed=book.draws.seed,
        fates=shares,
        fates_error={fate: share_error(share, book.lives) for fate, share in shares.items()},
        milestones={milestone.id: milestone for milestone in found},
        weekly=weekly,
        mean=means(book),
        lives=lives(book, shown),
    )


def milestone(book: Book, column: int, horizon: int) -> MilestoneOutcome:
    """Return the results of one milestone in all runs."""
    lives = book.lives
    week = book.reached_week[:, column]
    reached = np.flatnonzero(week != NONE)
    so_far = np.bincount(week[reached], minlength=horizon + 1).cumsum()
    there = dict(zip(QUANTILES, ranks_of(QUANTILES, lives), strict=True))
    there = {q: rank for q, rank in there.items() if rank <= len(reached)}
    cash = levels_of(book.cash_needed[:, column][reached], list(there.values())) / 100
    ruined = book.fate == FATES.index("ruin")
    ruined_after = np.count_nonzero(ruined[reached])
    weeks: dict[float, int | None] = dict.fromkeys(QUANTILES)
    return MilestoneOutcome(
        id=book.variants.ids[column],
        reached=len(reached) / lives,
        reached_error=share_error(len(reached) / lives, lives),
        ruined_before=(np.count_nonzero(ruined) - ruined_after) / lives,
        died_here=np.count_nonzero(book.died_in == column) / lives,
        stuck_here=np.count_nonzero(book.status[:, column] == USED_UP) / lives,
        weeks=weeks | {q: int((so_far >= rank).argmax()) for q, rank in there.items()},
        cash=dict.fromkeys(QUANTILES) | dict(zip(there, cash.tolist(), strict=True)),
        attempts=int(book.tries[:, column].sum()) / lives,
        reached_by=so_far / lives,
    )


def means(book: Book) -> Means:
    """Return means by ending."""
    goal, ruin = (np.flatnonzero(book.fate == FATES.index(fate)) for fate in ("goal", "ruin"))
    return Means(
        week_if_goal=float(book.end_week[goal].mean()) if len(goal) else None,
        cash_if_goal=float(book.cash_at_end[goal].mean()) / 100 if len(goal) else None,
        week_if_ruin=float(book.end_week[ruin].mean()) if len(ruin) else None,
        spend=float(book.spent.mean()) / 100,
        cash=float(book.cash_at_end.mean()) / 100,
        **_capital(book, goal),
    )


def _capital(book: Book, goal: Ints) -> dict[str, float]:
    """Return the means of the founder's share and of the debt, where they are followed."""
    if book.share is None or book.debt is None:
        return {}
    means = {"debt": float(book.debt.mean()) / 100}
    if len(goal):
        means["share_if_goal"] = float(book.share[goal].mean())
        means["debt_if_goal"] = float(book.debt[goal].mean()) / 100
    return means


def lives(book: Book, shown: Ints) -> Lives:
    """Return every run; milestones as in the plan, then those that options added."""
    position = np.full(book.columns + 1, NONE)  # of a column; -1 stays -1
    position[shown] = np.arange(len(shown))
    return Lives(
        fate=book.fate,
        end_week=book.end_week,
        cash=book.cash_at_end / 100,
        spent=book.spent / 100,
        died_in=position[book.died_in],
        reached_week=book.reached_week.T[shown].T.astype(np.int64),
        attempts=book.tries.T[shown].T.astype(np.int64),
        owing=position[book.owing],
        share=book.share,
        debt=None if book.debt is None else book.debt / 100,
    )
