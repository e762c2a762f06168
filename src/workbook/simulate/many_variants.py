"""The plays of one pass, and the variants of all their plans: of which plan, after which forks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from workbook.edit import can_turn, chosen, edit
from workbook.law import Economy, payments_due
from workbook.outcomes import Ints
from workbook.plan import Fork, Option, Plan
from workbook.simulate.codes import Codes, frame_of
from workbook.simulate.draws import Draws
from workbook.simulate.economies import Economies
from workbook.simulate.tables import REACHED, USED_UP
from workbook.simulate.variants import Variants


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
        alike = (
            plan.starts,
            plan.seasons,
            plan.closed,
            plan.conditions,
            payments_due(plan),
            plan.begun,
        )
        more = (plan.founder_share, plan.tax_on_profit, plan.morale)
        billed = bool(plan.bills or plan.roles)
        return (*alike, *more, plan.cash is None, billed, plan.measures.keys())


class ManyVariants(Variants):
    """The variants of all plays; a fork with each chosen option counts as a fork of its own.

    A set of plays is a number with a bit for each. `history` numbers the forks by which each
    variant has come, `root` the plan.
    """

    def __init__(self, plays: Sequence[Play], draws: Draws, economies: Economies) -> None:
        self.plays = plays
        self.fork: dict[str, Fork] = {}
        self.takers: dict[str, int] = {}
        self.gone: dict[int, frozenset[str]] = {}
        options = {}
        for number, play in enumerate(plays):
            for fork in play.plan.forks:
                if (option := play.options.get(fork.id)) is not None:
                    key = self._key(fork, option)
                    options[key] = option
                    self.takers[key] = self.takers.get(key, 0) | 1 << number
        self.roots = list({id(play.plan): play.plan for play in plays}.values())
        self.root = self.history = np.zeros(1, dtype=np.int64)
        self._histories: dict[tuple[str, ...], int] = {(): 0}
        self._of: dict[tuple[int, int], int] = {(0, 0): 0}
        self._codes, self._code = Codes(), dict[int, Ints]()
        super().__init__(self.roots[0], options, draws, economies)
        for number, root in enumerate(self.roots[1:], start=1):
            self._came_to(self._add(root, self.left[0]), number, ())

    def _came_to(self, variant: int, root: int, forks: tuple[str, ...]) -> None:
        """Note from which plan a new variant has come, and by which forks."""
        history = self._histories.setdefault(forks, len(self._histories))
        self.root, self.history = np.append(self.root, root), np.append(self.history, history)
        self._of[root, history] = variant

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

    def opened(self, variant: int, fork: str) -> int:
        """Return the variant that follows when a fork opens in this one."""
        many, found = len(self.programs), super().opened(variant, fork)
        if found == many:
            self.gone[found] = self.gone.get(variant, frozenset()) | {self.fork[fork].id}
            forks = list(self._histories)[self.history[variant]]
            self._came_to(found, int(self.root[variant]), (*forks, fork))
        return found

    def of_root(self, root: int, history: int) -> int:
        """Return the variant of a plan after these forks."""
        if (root, history) not in self._of:
            forks = list(self._histories)[history]
            last = self.of_root(root, self._histories[forks[:-1]])
            return self.opened(last, forks[-1])
        return self._of[root, history]

    def codes(self, variant: int) -> Ints:
        """Return a number for the figures of each use and milestone (`codes`)."""
        if variant not in self._code:
            self._code[variant] = self._codes.of(self._rows[variant])
        return self._code[variant]

    def asks_for_cash(self) -> bool:
        """Whether more than what can be paid depends on the cash."""
        set_by = (isinstance(option.cash, float | int) for option in self.options.values())
        below = any(self.fork[key].at.cash_below is not None for key in self.takers)
        last = (reduce(edit, play.options.values(), play.plan) for play in self.plays)
        return "cash" in self.levels or any(set_by) or (below and any(p.counts_hours for p in last))

    def alike_at_first(self) -> list[list[int]]:
        """Return the plans, by number, in groups whose lives begin alike."""
        groups: dict[Any, list[int]] = {}
        for number, root in enumerate(self.roots):
            economy = self.economies.add(Economy.of(root))
            cash = self.programs[number].cash_cents if self.asks_for_cash() else 0
            state = economy, cash, root.teams, root.horizon_weeks
            key = *state, self.goal[number], frame_of(self._rows[number])
            groups.setdefault(key, []).append(number)
        return list(groups.values())

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

    def turns(self, play: int, root: int, variant: int, status: Sequence[int]) -> bool:
        """Whether forks to come may still lead a play to its goal, by the status of each column."""
        plan = self.programs[self.of_root(root, int(self.history[variant]))].plan
        there = dict(zip(self.ids, status, strict=True))
        gone = self.gone.get(variant, frozenset())
        options = {
            fork: option for fork, option in self.plays[play].options.items() if fork not in gone
        }
        reached = {id for id, how in there.items() if how == REACHED}
        used_up = {id for id, how in there.items() if how == USED_UP}
        return can_turn(plan, options, plan.forks, reached, used_up)
