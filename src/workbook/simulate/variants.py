"""The plan as tables, one row for each variant made by opened forks.

A run that opens a fork continues with an edited plan. Each sequence of opened forks is a variant,
made when the first run gets there. Milestones have a fixed column in every table, whether the
variant has them or not; a cell is at `variant * columns + column`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial, reduce
from typing import Any

import numpy as np

from workbook.edit import can_turn, changes_the_goal, edit
from workbook.errors import WorkError
from workbook.law import Economy, Program, Redesign, Task, bounds_of, compiled, off_of
from workbook.law.ranges import plain
from workbook.outcomes import Floats
from workbook.plan import BREAKEVEN, Funding, Gives, Milestone, Option, Plan, Tests
from workbook.simulate.draws import Draws, Ranges
from workbook.simulate.economies import Economies
from workbook.simulate.tables import (
    NEVER,
    NONE,
    REACHED,
    USED_UP,
    Row,
    Tables,
    blank_row,
    listed,
    tables_of,
    with_last,
)

MOST_CELLS = 50_000_000
"""Limit for the needs in all variants: 200 MB of four bytes each."""


class Variants:
    """Every variant so far, as `tables` and as plans."""

    tables: Tables
    kind_of_ranges = Ranges

    def __init__(
        self, plan: Plan, options: Mapping[str, Option], draws: Draws, economies: Economies
    ) -> None:
        self.options, self.economies = dict(options), economies
        self.ids = self.ids_of(plan)
        added = [id for id in self.ids if id not in plan.ids]
        self.column = {id: column for column, id in enumerate(self.ids)}
        self.shown = np.array([self.column[id] for id in (*plan.ids, *added)], dtype=np.int64)
        self.written = plan
        self.programs: list[Program] = []
        self.ranges = self.kind_of_ranges()
        self.deal(draws)
        self._causes: dict[int, tuple[Gives, int]] = {}
        self._alike: dict[str, int] = {}
        self._children: dict[tuple[int, str], int] = {}
        self._opening = {
            fork: economies.cause(partial(_edited, option=option), option)
            for fork, option in options.items()
        }
        self.levels: list[str] = []
        self._begin()
        self._add(plan, frozenset(options))

    def deal(self, draws: Draws) -> None:
        """Let the figures that have a range be those of the runs with these draws."""
        self.off = {
            path: off_of(self.written, path, draws.uniforms("figure", path), draws.shape)
            for path in self.written.ranges
        }
        self.ranges.deal(draws)

    def _begin(self) -> None:
        """Begin without a variant, and without features."""
        self._rows: list[Row] = []
        self.left: list[frozenset[str]] = []
        self.teams = self.horizon = self.goal = np.zeros(0, dtype=np.int64)
        self.in_order = True
        self.may_turn = self.has_one_goal = self.has_hours = self.has_hypotheses = False
        self.has_alternatives = self.has_levels = self.has_weeks = self.has_deadlines = False

    def ids_of(self, plan: Plan) -> tuple[str, ...]:
        """Return the milestones of all variants, usually in the order of each of them."""
        return reduce(edit, self.options.values(), plan).ids

    def opened(self, variant: int, fork: str) -> int:
        """Return the variant that follows when a fork opens in this one."""
        key = (variant, fork)
        if key not in self._children:
            left = self.left[variant] - {fork}
            self._children[key] = self._add(
                edit(self.programs[variant].plan, self.options[fork]), left
            )
        return self._children[key]

    def opening(self, fork: str) -> int:
        """Return the cause, for `Economies.after`, of a fork's opening."""
        return self._opening[fork]

    def funding(self, variant: int, column: int, redesign: bool) -> Funding:
        """Return the funding of a milestone, or its redesign; only where `funded`."""
        task = self.task(variant, column)
        gives = task.hypothesis.redesign.gives if redesign else task.gives
        assert gives is not None
        assert gives.funding is not None
        return gives.funding

    def task(self, variant: int, column: int) -> Task:
        """Return the milestone of a column in a variant."""
        return self.programs[variant].tasks[self.ids[column]]

    def _add(self, plan: Plan, left: frozenset[str]) -> int:
        """Add a variant with the forks that can still open in it."""
        self.programs.append(compiled(plan))
        self.left.append(left)
        if len(self.programs) * len(self.ids) ** 2 > MOST_CELLS:
            template = (
                "the forks lead to more than {n} different plans of {milestones} milestones; choose"
                " options at fewer of them"
            )
            raise WorkError(template, n=len(self.programs) - 1, milestones=len(self.ids))
        self._rows.append(self._row(self.programs[-1]))
        first = len(self._rows) == 1
        self.tables = tables_of(self._rows) if first else with_last(self.tables, self._rows)
        self.teams = np.append(self.teams, plan.teams)
        self.horizon = np.append(self.horizon, plan.horizon_weeks)
        self.goal = np.append(self.goal, self._goal(plan))
        self._note_features(self.programs[-1])
        self._note_goals(plan)
        return len(self.programs) - 1

    def can_turn(self, variant: int, *status: int) -> bool:
        """Whether forks to come may still lead to the goal, by the status of each column."""
        plan, there = self.programs[variant].plan, dict(zip(self.ids, status, strict=True))
        options = {fork: self.options[fork] for fork in self.left[variant]}
        reached = {id for id, how in there.items() if how == REACHED}
        used_up = {id for id, how in there.items() if how == USED_UP}
        return can_turn(plan, options, plan.forks, reached, used_up)

    def _note_goals(self, plan: Plan) -> None:
        """Record whether all variants have the same goal, and whether an option changes it."""
        self.may_turn |= any(changes_the_goal(plan, option) for option in self.options.values())
        first, last = self.goal[0], len(self.goal) - 1
        there = last == 0 or self.has_one_goal
        self.has_one_goal = bool(
            there
            and not self.may_turn
            and self.goal[last] == first != NONE
            and self.tables.attempted[last, first]
        )

    def _note_features(self, program: Program) -> None:
        """Record which features occur at all, so that weeks need not look for the others."""
        tables = self.tables
        self.in_order &= bool((np.diff(tables.order[-1, : len(program.tasks)]) > 0).all())
        self.special = (tables.tests | tables.relies).ravel()
        self.has_ranges = bool(self.ranges)
        self.has_hours |= not np.isnan(tables.hours[-1]).all()
        self.has_hypotheses |= bool(tables.tests[-1].any() or tables.relies[-1].any())
        self.has_alternatives |= bool(program.alternatives)
        self.has_levels |= bool((tables.level_of[-1] != NONE).any())
        self.has_weeks |= bool((tables.begins[-1] > 0).any())
        self.has_deadlines |= bool((tables.by_week[-1] < NEVER).any())
        self.has_rising_rates = tables.rates.shape[-1] > 1
        variants, columns, most = tables.successors.shape
        self.followers = tables.successors.reshape(variants * columns, most)

    def _goal(self, plan: Plan) -> int:
        """Return the goal's column; -1 for breaking even."""
        return NONE if plan.goal == BREAKEVEN else self.column[plan.goal]

    def _row(self, program: Program) -> dict[str, Any]:
        longest = max((len(task.chances) for task in program.tasks.values()), default=1)
        row = blank_row(self._order(program), longest)
        for id, task in program.tasks.items():
            self._fill(row, self.column[id], task)
        for id in program.plan.skips:
            if id in self.column:
                row["skipped"][self.column[id]] = True
        for id in program.required & self.column.keys():
            row["required"][self.column[id]] = True
        followers: dict[int, list[int]] = {}
        for id, needs in program.needs.items():
            row["attempted"][self.column[id]] = True
            for need in needs:
                row["needs"][self.column[id], self.column[need]] = 1
                followers.setdefault(self.column[need], []).append(self.column[id])
        relied_on = {
            self.column[task.id]: [self.column[id] for id in task.relies_on]
            for task in program.tasks.values()
        }
        row["successors"] = listed(followers, len(self.ids))
        row["relied_on"] = listed(relied_on, len(self.ids))
        return row

    def _order(self, program: Program) -> list[int]:
        """Return all columns in the order of a variant, those that it does not know last."""
        order = [self.column[id] for id in program.tasks]
        return order + [column for column in range(len(self.ids)) if column not in set(order)]

    def _fill(self, row: dict[str, Any], column: int, task: Task) -> None:
        milestone = task.milestone
        row["rates"][column, : len(task.chances)] = task.chances
        row["rate_count"][column] = len(task.chances)
        row["teams_racing"][column] = task.teams
        if task.limit is not None:
            row["limit"][column] = task.limit
        row["cost"][column] = task.cost_cents
        row["cost_draw"][column] = self.ranges.add("cost", task.id, milestone.cost)
        lasting = milestone.weeks if milestone.hours is None else milestone.hours
        row["length"][column] = task.weeks
        row["length_draw"][column] = self.ranges.add("duration", task.id, lasting)
        if task.hours is not None:
            row["hours"][column] = task.hours
        self._fill_weeks(row, column, milestone)
        row["relies"][column] = bool(task.relies_on)
        row["gives"][column] = self._cause(task.gives, task.id)
        row["funded"][column] = bool(task.gives and task.gives.funding)
        if task.redesign:
            self._fill_hypothesis(row, column, task.hypothesis, task.redesign)

    def _fill_hypothesis(
        self, row: dict[str, Any], column: int, tests: Tests, redesign: Redesign
    ) -> None:
        """Fill in what is tested, and what a redesign takes and gives."""
        row["tests"][column] = True
        for name in ("belief", "if_true", "if_false"):
            row[name][column] = getattr(tests, name)
        row["redesign_cost"][column] = redesign.cost_cents
        row["redesign_length"][column] = redesign.weeks
        row["redesign_gives"][column] = self._cause(redesign.gives)
        row["redesign_funded"][column] = bool(redesign.gives and redesign.gives.funding)

    def _fill_weeks(self, row: dict[str, Any], column: int, milestone: Milestone) -> None:
        """Fill in start weeks, deadline and level."""
        rests = any(milestone.id in closed.milestones for closed in self.written.closed)
        weeks_of_its_own = rests or milestone.starts_every_weeks > 1
        row["begins"][column] = milestone.from_week or int(weeks_of_its_own)
        row["every"][column] = milestone.starts_every_weeks
        if milestone.by_week is not None:
            row["by_week"][column] = milestone.by_week
        if milestone.level is not None:
            level = milestone.level
            if level.of not in self.levels:
                self.levels.append(level.of)
            row["begins"][column] = NEVER
            row["level_of"][column] = self.levels.index(level.of)
            row["level_weeks"][column] = level.for_weeks
            row["level_least"][column], row["level_most"][column] = bounds_of(level)

    def _cause(self, gives: Gives | None, milestone: str = "") -> int:
        if gives is None:
            return NONE
        if id(gives) not in self._causes:  # the object is kept, so that its id stays unique
            self._causes[id(gives)] = gives, self._caused(gives, milestone)
        return self._causes[id(gives)][1]

    def _caused(self, gives: Gives, milestone: str) -> int:
        """Return the cause of what is given; of equal gifts the same, unless lives differ in it."""
        off = self._off_of(gives, milestone)
        key = "" if off else gives.model_dump_json(exclude_unset=True)
        if not key or key not in self._alike:
            self._alike[key] = self.economies.cause(lambda e: e.after(gives), gives, off)
        return self._alike[key]

    def _off_of(self, gives: Gives, milestone: str) -> dict[str, str]:
        """Return the paths of the ranges that a milestone gives, unless an option changes it."""
        found = {}
        for name, value in plain(gives):
            path = f"milestones.{milestone}.gives.{name}"
            if path in self.off and value == self._written(milestone, name):
                found[name] = path
        return found

    def _written(self, milestone: str, name: str) -> object:
        """What a milestone gives as the plan is written."""
        gives = {m.id: m.gives for m in self.written.milestones}.get(milestone)
        return None if gives is None else getattr(gives, name)

    def funding_off(self, variant: int, column: int) -> Floats | None:
        """How far the money that a milestone brings is off, by life; None where it is known."""
        id = self.ids[column]
        here, there = self.programs[variant].plan.milestone(id).gives, self._written(id, "funding")
        same = here is not None and here.funding == there
        return self.off.get(f"milestones.{id}.gives.funding.amount") if same else None


def _edited(economy: Economy, option: Option) -> Economy:
    return economy.edited(option)
