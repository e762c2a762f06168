"""Simulate many runs of a plan at once and keep every result.

There are two methods with the same results, to the cent and the week. In the general one all runs
pass the same week together, in the order of `law/week.py`: `forks` (rule 0), `starts` (1 to 3),
`ends` (4); or, where weeks are alike, each passes to its own next event (`weeks`). Runs with the
same history so far are one path, played once (`paths`, `run_states`), and put away at its end
(`lasting`). The fast one is for one team without options, hypotheses or ranges: it goes from
milestone to milestone (`one_team`, `passing`), and records events in a calendar. The general one
takes two to three times as long for the same 10,000 runs (`benchmarks.engine` prints both): that is
why there are two. All of it is NumPy: four operations on rows, compiled with Numba, saved 5 to 8%
of a play, and importing Numba takes as long as ten plays. Many runs are played in `blocks`. Both
methods write one `book` and share the plan's `variants` as `tables`, the numbered `economies`, the
`draws` and the `tally`. Randomness comes only from the seed (`luck.py`); nothing here prints, plots
or reads. Run i here is `life.live` with `life.Luck(seed, i)`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from workbook.edit import chosen
from workbook.errors import InputError, fault
from workbook.law import Economy, followed, follows_capital, has_its_weeks, moves_by_itself
from workbook.luck import Shape
from workbook.outcomes import Outcomes, Weekly
from workbook.plan import Option, Plan
from workbook.simulate.blocks import Blocks
from workbook.simulate.book import Book, promised
from workbook.simulate.draws import Draws
from workbook.simulate.economies import Economies
from workbook.simulate.forks import Forks, begin_midway
from workbook.simulate.many import batches, play_batch
from workbook.simulate.many_variants import Play
from workbook.simulate.one_team import OneTeam
from workbook.simulate.quantiles import SAFE, OutOfBoundsError
from workbook.simulate.run_states import RunStates
from workbook.simulate.tally import Tally, outcomes
from workbook.simulate.variants import Variants
from workbook.simulate.weeks import kinds_of, no_progress, pass_week, to_the_end

__all__ = ["MOST_CELLS", "MOST_RUNS", "no_progress", "part_of", "pass_week", "play", "play_many"]

MOST_RUNS = 1_000_000
MOST_CELLS = 15_000_000
"""Runs times milestones; more would not fit into 1 GB."""
FEW_RUNS = 2_000
"""Up to so many, runs are played one by one: too few share a path for it to pay."""
MOST_APART, MOST_TOGETHER = 20_000, 200_000
"""Runs of a block: where each soon has a path of its own, and where many share one."""
MOST_CELLS_TOGETHER = 4_000_000
"""Runs of a block times milestones: the system is slow to provide more memory."""
MOST_NOTED = 16_000_000
"""Runs of a block times weeks, and changes by milestones, in the fast method's calendar."""


def _one_by_one(
    draws: Draws,
    economies: Economies,
    variants: Variants,
    tally: Tally,
    on_progress: Callable[[float], None],
) -> Book:
    """Simulate a plan of one team attempt by attempt, all runs of an attempt at once."""
    team = OneTeam(draws, economies, variants)
    promised(team)
    team.to_the_end(on_progress)
    team.calendar.tell(team, tally)
    return team


def _in_step(
    draws: Draws,
    economies: Economies,
    variants: Variants,
    tally: Tally,
    on_progress: Callable[[float], None],
    apart: bool,
) -> Book:
    """Simulate all runs week by week to their end."""
    plan, options = variants.written, variants.options
    kinds = kinds_of(plan, options)
    states = RunStates(draws, economies, variants, kinds, apart=apart)
    promised(states)
    forks = Forks(states, plan.forks, options)
    begin_midway(states, forks, plan.begun)
    to_the_end(states, forks, tally, on_progress)
    return states.ended(np.arange(states.size))


def play(
    plan: Plan,
    choices: Mapping[str, str] | None = None,
    runs: int = 10_000,
    seed: int = 1,
    shape: Shape = "triangular",
    on_progress: Callable[[float], None] = no_progress,
) -> Outcomes:
    """Simulate a plan `runs` times; a longer simulation begins with the runs of a shorter one.

    Parameters
    ----------
    choices
        The option taken at each fork, by ids; forks left out continue as written.
    shape
        The distribution of a low / likely / high estimate, drawn per attempt (see `luck.py`).
    on_progress
        Called with the share (0..1) that is done.

    Raises
    ------
    InputError
        For an unknown fork or option, or more runs than the limits above allow.
    """
    _check(plan, runs)
    try:
        return _play(plan, choices or {}, Draws(seed, runs, shape), on_progress, SAFE)
    except OutOfBoundsError:
        return _play(plan, choices or {}, Draws(seed, runs, shape), on_progress, np.inf)


def _play(
    plan: Plan,
    choices: Mapping[str, str],
    all_draws: Draws,
    on_progress: Callable[[float], None],
    safe: float,
) -> Outcomes:
    """Simulate a plan block by block; `safe` as in `Quantiles`."""
    options, runs = chosen(plan, choices), all_draws.lives
    economies = Economies(Economy.of(plan), followed(plan))
    variants = Variants(plan, options, all_draws.part(0, 0), economies)
    alone = one_at_a_time(plan, options, variants)
    method = _one_by_one if alone else partial(_in_step, apart=runs <= FEW_RUNS)
    most = most_of_a_block(variants, alone=alone)
    blocks = Blocks(variants, all_draws, tuple(plan.measures), safe, alone=runs <= most)
    for draws in all_draws.parts(most):
        variants.deal(draws)
        part = part_of(on_progress, draws.first, draws.lives, runs)
        blocks.add(method(draws, economies, variants, blocks.tally, part))
    book, tally = blocks.whole(), blocks.tally
    horizon = max(int(variants.horizon.max()), tally.weeks - 1)
    return outcomes(book, variants.shown, horizon, tally.weekly(book, horizon), plan, choices)


def play_many(
    plays: Sequence[tuple[Plan, Mapping[str, str] | None]],
    runs: int = 10_000,
    seed: int = 1,
    shape: Shape = "triangular",
    on_progress: Callable[[float], None] = no_progress,
) -> list[Outcomes]:
    """Simulate several plans, or choices, with the same random numbers: as `play` of each, sooner.

    What they share is played once (`many`); the weekly bands of one are computed when they are
    first asked for.

    Parameters
    ----------
    plays
        Each a plan and the option taken at each fork. Plays of one plan share most if they are of
        the same object.

    Raises
    ------
    InputError
        As `play` does, for any of them.
    """
    found: dict[int, Outcomes] = {}
    all_plays = [Play.of(plan, choices) for plan, choices in plays]
    for one in all_plays:
        _check(one.plan, runs)
    for numbers in batches(all_plays, runs):
        mine = [all_plays[number] for number in numbers]
        on = part_of(on_progress, len(found), len(mine), len(all_plays))
        if len(mine) == 1:
            each = [play(mine[0].plan, mine[0].choices, runs, seed, shape, on)]
        else:
            each = play_batch(mine, Draws(seed, runs, shape), _weekly, on)
        found |= dict(zip(numbers, each, strict=True))
    return [found[number] for number in range(len(all_plays))]


def part_of(
    on_progress: Callable[[float], None], done: int, more: int, of: int
) -> Callable[[float], None]:
    """Return what to call with the share done of some plays, of which others have been done."""
    if on_progress is no_progress:
        return no_progress
    return lambda share: on_progress((done + share * more) / of)


def _weekly(one: Play, runs: int, seed: int, shape: Shape) -> Weekly:
    return play(one.plan, one.choices, runs, seed, shape).weekly


def one_at_a_time(plan: Plan, options: Mapping[str, Option], variants: Variants) -> bool:
    """Whether the fast method applies to this plan: one order of work, every attempt the same."""
    one_order = plan.teams == 1 and not options and not (plan.bills or plan.roles)
    one_order = one_order and not moves_by_itself(plan)
    alone = not (plan.closed or plan.conditions or plan.ranges or variants.has_alternatives)
    alone = alone and plan.morale is None
    alone = alone and not (plan.tax_on_profit or follows_capital(plan, options))
    one_order = one_order and alone and not any(map(has_its_weeks, plan.milestones))
    alike = not (variants.has_hypotheses or variants.has_ranges)
    return one_order and alike and not plan.begun.midway


def most_of_a_block(variants: Variants, *, alone: bool) -> int:
    """Return how many runs at most are played in one block; `alone`: by the fast method."""
    plan = variants.written
    if plan.ranges or plan.weekly_ranges or variants.has_ranges:
        return MOST_APART
    notes = plan.horizon_weeks + 1 + 4 * len(plan.milestones)
    most = MOST_NOTED // notes if alone else MOST_CELLS_TOGETHER // max(1, len(variants.ids))
    return min(MOST_TOGETHER, max(1, most))


def _check(plan: Plan, runs: int) -> None:
    columns = len(plan.milestones) + sum(len(o.milestones) for f in plan.forks for o in f.options)
    most = min(MOST_RUNS, MOST_CELLS // max(1, columns))
    if not 1 <= runs <= most:
        template = "{found} runs of {milestones} milestones; choose from 1 to {most}"
        found = fault("runs", template, found=runs, milestones=columns, most=most)
        raise InputError(plan.id, [found])
