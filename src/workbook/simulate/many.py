"""Play several plans, or one plan with several choices, in one pass with the same random numbers.

All of them are paths of one simulation (`paths`), so a week costs little more than for one plan.
Plays of the same plan that choose differently at a fork are one path until that fork opens: then
the path is copied, and each copy takes its option. So what the plays share is played once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial, reduce
from typing import Any

import numpy as np

from workbook.edit import can_turn, chosen, edit
from workbook.law import Economy, followed
from workbook.luck import Shape
from workbook.outcomes import Ints, Outcomes, Weekly
from workbook.plan import Fork, Option, Plan
from workbook.simulate.book import promised
from workbook.simulate.draws import Draws
from workbook.simulate.economies import Economies
from workbook.simulate.forks import Forks, begin_midway
from workbook.simulate.run_states import RunStates
from workbook.simulate.tables import REACHED, USED_UP
from workbook.simulate.tally import outcomes
from workbook.simulate.variants import Variants
from workbook.simulate.weeks import kinds_of, no_progress, to_the_end

CELLS_AT_ONCE = 6_000_000
"""Runs times milestones of the plays that are played together: some 50 MB of random numbers."""


@dataclass(frozen=True)
class Play:
    """A plan, the options chosen at its forks by id, and these options themselves."""

    plan: Plan
    choices: Mapping[str, str]
    options: Mapping[str, Option]

    @classmethod
    def of(cls, plan: Plan, choices: Mapping[str, str] | None) -> Play:
        """Return a play; its forks and options must be known."""
        return cls(plan, dict(choices or {}), chosen(plan, choices or {}))

    @property
    def frame(self) -> tuple[Any, ...]:
        """Return what plays of one simulation have in common."""
        plan = self.plan
        alike = (plan.starts, plan.seasons, plan.closed, plan.conditions, plan.due, plan.begun)
        more = (plan.founder_share, plan.tax_on_profit, plan.morale)
        billed = bool(plan.bills or plan.roles)
        return (*alike, *more, plan.cash is None, billed, plan.measures.keys())


class ManyVariants(Variants):
    """The variants of all plays; a fork with each chosen option counts as a fork of its own."""

    def __init__(self, plays: Sequence[Play], draws: Draws, economies: Economies) -> None:
        self.plays = plays
        self.fork: dict[str, Fork] = {}
        self.takers: dict[str, frozenset[int]] = {}
        self.gone: dict[int, frozenset[str]] = {}
        options = {}
        for number, play in enumerate(plays):
            for fork in play.plan.forks:
                if (option := play.options.get(fork.id)) is not None:
                    key = self._key(fork, option)
                    options[key] = option
                    self.takers[key] = self.takers.get(key, frozenset()) | {number}
        super().__init__(plays[0].plan, options, draws, economies)

    def _key(self, fork: Fork, option: Option) -> str:
        """Return the name of a fork with one of its options, as this plan has them."""
        key = f"{fork.id}={option.id}"
        while key in self.fork and self.fork[key] != fork:
            key += "'"
        self.fork[key] = fork
        return key

    def ids_of(self, plan: Plan) -> tuple[str, ...]:
        """Return the milestones of all plays, usually in the order of each of them."""
        found: list[str] = []
        for play in self.plays:
            place = 0
            for id in reduce(edit, play.options.values(), play.plan).ids:
                if id not in found:
                    found.insert(place, id)
                place = found.index(id) + 1
            for id in play.plan.ids:
                if id not in found:
                    found.append(id)
        return tuple(found)

    def begun_as(self, plan: Plan) -> int:
        """Return the variant of a plan to start from."""
        return 0 if plan is self.written else self._add(plan, self.left[0])

    def opened(self, variant: int, fork: str) -> int:
        """Return the variant that follows when a fork opens in this one."""
        found = super().opened(variant, fork)
        self.gone[found] = self.gone.get(variant, frozenset()) | {self.fork[fork].id}
        return found

    def before(self, variants: Iterable[int]) -> set[int]:
        """Return these variants and all from which they have come."""
        came_from = {child: parent for (parent, _), child in self._children.items()}
        found = set(variants)
        for variant in list(found):
            while variant in came_from:
                variant = came_from[variant]
                found.add(variant)
        return found

    def shown_of(self, play: Play) -> Ints:
        """Return the columns of a play's milestones: as in the plan, then those added."""
        ids = reduce(edit, play.options.values(), play.plan).ids
        added = [id for id in ids if id not in play.plan.ids]
        return np.array([self.column[id] for id in (*play.plan.ids, *added)], dtype=np.int64)

    def turns(self, play: Play, variant: int, status: Sequence[int]) -> bool:
        """Whether forks to come may still lead a play to its goal, by the status of each column."""
        plan, there = self.programs[variant].plan, dict(zip(self.ids, status, strict=True))
        gone = self.gone.get(variant, frozenset())
        options = {fork: option for fork, option in play.options.items() if fork not in gone}
        reached = {id for id, how in there.items() if how == REACHED}
        used_up = {id for id, how in there.items() if how == USED_UP}
        return can_turn(plan, options, plan.forks, reached, used_up)


class ManyStates(RunStates):
    """The paths of several plays. `label` numbers the set of plays that follow a path."""

    variants: ManyVariants

    def begin(self, plays: Sequence[Play], roots: Sequence[Plan]) -> None:
        """Let a path begin with each of these plans."""
        self.plays = plays
        self.sets: list[frozenset[int]] = []
        self._numbers: dict[frozenset[int], int] = {}
        for row, root in enumerate(roots):
            self.variant[row] = variant = self.variants.begun_as(root)
            self.economy[row] = self.economies.add(Economy.of(root))
            self.begun_with[row] = self.cash[row] = self.variants.programs[variant].cash_cents
            mine = frozenset(n for n, play in enumerate(plays) if play.plan is root)
            self.label[row] = self.number(mine)
        self.cash_at_end[:] = self.cash
        self.widen(int(self.variants.teams.max()))
        self.teams[:] = self.variants.teams[self.variant]
        if self.moving is not None:
            self.moving.begin(self.economy)
        self.refresh(np.arange(self.size))

    def number(self, plays: frozenset[int]) -> int:
        """Return the number of a set of plays."""
        if plays not in self._numbers:
            self._numbers[plays] = len(self.sets)
            self.sets.append(plays)
        return self._numbers[plays]

    def leave(self, paths: Ints, plays: frozenset[int]) -> Ints:
        """Let these plays leave the others on paths of one label; return the paths they follow."""
        mine = self.sets[self.label[paths[0]]]
        some = mine & plays
        if not some or some == mine:
            return paths if some else paths[:0]
        new = self.copy(paths)
        self.label[new], self.label[paths] = self.number(some), self.number(mine - some)
        return new

    def stuck(self, paths: Ints) -> Ints:
        """Return the paths that no fork to come may still lead to the goal."""
        if not self.variants.may_turn or not len(paths):
            return paths
        alike = np.column_stack([self.label[paths], self.variant[paths], self.status[paths]])
        kinds, kind = np.unique(alike, axis=0, return_inverse=True)
        found = [paths[:0]]
        for number, (label, variant, *status) in enumerate(kinds.tolist()):
            ends = frozenset(
                play
                for play in self.sets[label]
                if not self.variants.turns(self.plays[play], variant, status)
            )
            found.append(self.leave(paths[kind.ravel() == number], ends))
        return np.concatenate(found)


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

    def _taking(self, lives: Ints, fork: str) -> Ints:
        """Return the paths of those plays that take an option, copied where others do not."""
        label = self.states.label[lives]
        found = [
            self.states.leave(lives[label == number], self.takers[fork])
            for number in np.unique(label).tolist()
        ]
        return np.concatenate(found)


class Later(Weekly):
    """The weeks of a play, computed when they are first asked for."""

    def __init__(self, compute: Callable[[], Weekly]) -> None:
        object.__setattr__(self, "_compute", compute)

    def __reduce__(self) -> tuple[type[Weekly], tuple[Any, ...]]:
        """Pickle and copy the weeks themselves, computed now."""
        return Weekly, tuple(getattr(self, field.name) for field in fields(Weekly))

    def __getattr__(self, name: str) -> Any:
        if name not in Weekly.__dataclass_fields__:
            raise AttributeError(name)
        found = self._compute()
        for field in fields(Weekly):
            object.__setattr__(self, field.name, getattr(found, field.name))
        return getattr(found, name)


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
        most = max(1, CELLS_AT_ONCE // (runs * max(1, columns)))
        found += [numbers[n : n + most] for n in range(0, len(numbers), most)]
    return found


def play_batch(
    plays: Sequence[Play],
    draws: Draws,
    weekly: Callable[[Play, int, int, Shape], Weekly],
    on_progress: Callable[[float], None] = no_progress,
) -> list[Outcomes]:
    """Return the outcomes of plays that agree in their frame and in what must be tracked."""
    roots = list({id(play.plan): play.plan for play in plays}.values())
    first = plays[0]
    economies = Economies(Economy.of(roots[0]), followed(roots[0]))
    economies.has_bills = any(root.bills or root.roles for root in roots)
    variants = ManyVariants(plays, draws, economies)
    kinds = kinds_of(first.plan, first.options)
    states = ManyStates(draws, economies, variants, kinds, copies=len(roots))
    states.begin(plays, roots)
    promised(states)
    forks = ManyForks(states, plays)
    begin_midway(states, forks, first.plan.begun)
    to_the_end(states, forks, on_progress=on_progress)
    follow = np.array([[n in some for some in states.sets] for n in range(len(plays))])
    return [
        _outcomes(states, play, follow[n][states.label].nonzero()[0], weekly)
        for n, play in enumerate(plays)
    ]


def _outcomes(
    states: ManyStates,
    play: Play,
    paths: Ints,
    weekly: Callable[[Play, int, int, Shape], Weekly],
) -> Outcomes:
    """Return the outcomes of one play, which follows these paths."""
    variants, draws = states.variants, states.draws
    visited = sorted(variants.before(np.unique(states.variant[paths]).tolist()))
    horizon = max(int(variants.horizon[visited].max()), int(states.end_week[paths].max()))
    later = Later(partial(weekly, play, draws.lives, draws.seed, draws.shape))
    shown = variants.shown_of(play)
    return outcomes(states.ended(paths), shown, horizon, later, play.plan, play.choices)
