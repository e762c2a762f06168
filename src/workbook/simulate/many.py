"""Play several plans, or one plan with several choices, in one pass with the same random numbers.

All of them are paths of one simulation (`paths`), so a week costs little more than for one plan.
Plays of the same plan that choose differently at a fork are one path until that fork opens: then
the path is copied, and each copy takes its option. So what the plays share is played once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from workbook.law import Economy, cents, followed
from workbook.luck import Shape
from workbook.outcomes import Ints, Outcomes, Weekly
from workbook.simulate.attempts import MOST_PLAYS, set_of
from workbook.simulate.book import promised
from workbook.simulate.draws import Draws
from workbook.simulate.economies import Economies
from workbook.simulate.forks import Forks, begin_midway
from workbook.simulate.joining import JoinedStates
from workbook.simulate.later import Ended, Records, outcomes_of
from workbook.simulate.many_variants import ManyVariants, Play
from workbook.simulate.marks import kinds_of_rows
from workbook.simulate.weeks import kinds_of, no_progress, to_the_end

CELLS_AT_ONCE = 6_000_000
"""Runs times milestones of the plays that are played together: some 50 MB of random numbers."""


class ManyStates(JoinedStates):
    """The paths of several plays. `label` is the set of plays that follow a path."""

    variants: ManyVariants

    def begin(self, plays: Sequence[Play], groups: Sequence[Sequence[int]]) -> None:
        """Let a path begin with each of these groups of plans."""
        variants, self.plays = self.variants, plays
        number_of = {id(root): number for number, root in enumerate(variants.roots)}
        self.root_of = np.array([number_of[id(play.plan)] for play in plays])
        self.cash_of = np.array([variants.programs[n].cash_cents for n in range(len(number_of))])
        self.group_of = np.zeros(len(number_of), dtype=np.int64)
        self.cash_tells = self.mortal or variants.asks_for_cash()
        for row, group in enumerate(groups):
            self.group_of[group] = row
            self.variant[row] = group[0]
            self.economy[row] = self.economies.add(Economy.of(variants.roots[group[0]]))
            self.begun_with[row] = self.cash[row] = variants.programs[group[0]].cash_cents
            self.label[row] = set_of(np.isin(self.root_of, group).nonzero()[0].tolist())
        self.begin_plays()
        self.cash_at_end[:] = self.cash
        self.widen(int(self.variants.teams.max()))
        self.teams[:] = self.variants.teams[self.variant]
        if self.moving is not None:
            self.moving.begin(self.economy)
        self.refresh(np.arange(self.size))

    def stuck(self, paths: Ints) -> Ints:
        """Return the paths that no fork to come may still lead to the goal."""
        if not self.variants.may_turn or not len(paths):
            return paths
        alike = np.column_stack([self.label[paths], self.variant[paths], self.status[paths]])
        kinds, kind = kinds_of_rows(alike)
        found = []
        for label, variant, *status in kinds.tolist():
            plays = [n for n in range(len(self.plays)) if label >> n & 1]
            ends = (
                n for n in plays if not self.variants.turns(n, self.root_of[n], variant, status)
            )
            found.append(set_of(ends))
        return self.leave(paths, np.array(found)[kind])


class ManyForks(Forks):
    """The forks of all plays; each with each of the options that a play has chosen."""

    states: ManyStates

    def __init__(self, states: ManyStates, plays: Sequence[Play]) -> None:
        variants = states.variants
        known = list(dict.fromkeys(fork.id for play in plays for fork in play.plan.forks))
        ordered = sorted(variants.fork.items(), key=lambda of: known.index(of[1].id))
        forks = (fork.model_copy(update={"id": key}) for key, fork in ordered)
        super().__init__(states, tuple(forks), variants.options)
        self.takers = variants.takers

    def name_of(self, fork: str) -> str:
        """Return the fork's own id, by which its draws are named."""
        found = self.states.variants.fork.get(fork)
        return fork if found is None else found.id

    def _round(self, asked: Ints) -> Ints:
        """Part plays that have less cash than a fork asks for from those that have more; then open
        forks.
        """
        states, since = self.states, self.states.size
        for fork, _ in () if states.equally_rich else self.forks:
            if fork.at.cash_below is not None:
                low, (here, _) = cents(fork.at.cash_below), states.followed(asked, since)
                poor = np.sort(here[states.cash[here] < low])
                states.part_by_cash(poor, np.full(len(poor), low))
        return super()._round(np.sort(states.followed(asked, since)[0]))

    def _taking(self, lives: Ints, fork: str) -> Ints:
        """Return the paths of those plays that take an option, copied where others do not."""
        return self.states.leave(lives, self.states.label[lives] & self.takers[fork])


def batches(plays: Sequence[Play], runs: int) -> list[list[int]]:
    """Return the numbers of the plays that are played together, those of one plan in one batch."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    for number, play in enumerate(plays):
        kinds = kinds_of(play.plan, play.options)
        frame = repr(play.frame) if not kinds.ranges else number
        groups.setdefault((kinds, frame), []).append(number)
    found = []
    for numbers in groups.values():
        columns = max(len(plays[number].plan.milestones) for number in numbers)
        most = min(MOST_PLAYS, max(1, CELLS_AT_ONCE // (runs * max(1, columns))))
        found += [numbers[n : n + most] for n in range(0, len(numbers), most)]
    return found


def play_batch(
    plays: Sequence[Play],
    draws: Draws,
    weekly: Callable[[Play, int, int, Shape], Weekly],
    on_progress: Callable[[float], None] = no_progress,
) -> list[Outcomes]:
    """Return the outcomes of plays that agree in their frame and in what must be tracked."""
    ranked = sorted(range(len(plays)), key=lambda number: plays[number].plan.cash or 0.0)
    plays = [plays[number] for number in ranked]
    first = plays[0]
    economies = Economies(Economy.of(first.plan), followed(first.plan))
    economies.has_bills = any(play.plan.bills or play.plan.roles for play in plays)
    variants = ManyVariants(plays, draws, economies)
    kinds, groups = kinds_of(first.plan, first.options), variants.alike_at_first()
    states = ManyStates(draws, economies, variants, kinds, copies=len(groups))
    states.begin(plays, groups)
    promised(states)
    forks = ManyForks(states, plays)
    begin_midway(states, forks, first.plan.begun)
    to_the_end(states, forks, on_progress=on_progress)
    records = Records(states)
    found = {}
    for number, play in enumerate(plays):
        later = partial(weekly, play, draws.lives, draws.seed, draws.shape)
        found[ranked[number]] = _outcomes(states, records, number, later)
    return [found[number] for number in range(len(plays))]


def _outcomes(
    states: ManyStates, records: Records, number: int, weekly: Callable[[], Weekly]
) -> Outcomes:
    """Return the outcomes of one play."""
    variants, play = states.variants, states.plays[number]
    ended = Ended(records, number, int(states.cash_of[states.root_of[number]]))
    last = np.bincount(states.variant[ended.path]).nonzero()[0]
    visited = sorted(variants.before(last.tolist()))
    horizon = max(int(variants.horizon[visited].max()), int(states.end_week[ended.path].max()))
    shown = variants.shown_of(play)
    return outcomes_of(ended, shown, horizon, weekly, (play.plan, play.choices))
