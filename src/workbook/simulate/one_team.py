"""The fast simulation for one team: milestone by milestone instead of week by week.

A single team that opens no fork takes the milestones in one order, whatever happens: a failed
attempt is repeated at once, and a used-up milestone only removes what needs it. So runs need not be
in the same week: each is at the end of its own `week`, its weeks pass by a product, and the
`calendar` records what happened when. The rules are those of `law/week.py`, run by run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from graphlib import TopologicalSorter
from heapq import heappop, heappush

import numpy as np

from workbook.law import Program
from workbook.luck import after_failure, bars
from workbook.outcomes import FATES, Floats, Ints
from workbook.simulate.book import LIVING, receive
from workbook.simulate.passing import Group, Passing
from workbook.simulate.starts import lengths, out_of_hours
from workbook.simulate.tables import NONE, USED_UP

AT_ONCE = 8  # attempts whose draws are looked up in a table: few runs need more
GOAL, STUCK = FATES.index("goal"), FATES.index("stuck")


def order_of_work(program: Program) -> list[str]:
    """Return the order in which one team takes the milestones: always the first that is ready."""
    sorter = TopologicalSorter(program.needs)
    sorter.prepare()
    ready: list[int] = []
    order, ids = [], list(program.tasks)
    while sorter.is_active():
        for id in sorter.get_ready():
            heappush(ready, program.place[id])
        order.append(ids[heappop(ready)])
        sorter.done(order[-1])
    return order


class OneTeam(Passing):
    """The runs that go through the chain, one milestone after the other."""

    def to_the_end(self, on_progress: Callable[[float], None]) -> None:
        """Take every milestone; runs that are left are stuck, or only have bills."""
        self.some_used_up = False
        self.see_break_even(self.gather(np.arange(self.lives)))
        for number, id in enumerate(order_of_work(self.variants.programs[0])):
            on_progress(number / self.columns)
            column = self.variants.column[id]
            lives = self.able_to_try(column)
            if len(lives):
                luck = self.draws.uniforms("attempt", id)
                for group in self.see_terms(self.gather(lives, column)):
                    self.see_luck(group, luck[group.lives])
                    self.take(group)
        left = self.gather(np.flatnonzero(self.fate == LIVING))
        used_up = (self.status[left.lives] == USED_UP).any(axis=1)
        self.idle_away(self.split(left, used_up, STUCK), np.ones(int((~used_up).sum()), dtype=bool))
        for column, price in enumerate(self.variants.tables.cost[0].tolist()):
            self.spent += self.tries[:, column] * np.int64(price)

    def able_to_try(self, column: int) -> Ints:
        """Return unfinished runs that have reached everything a milestone needs."""
        able = self.fate == LIVING
        if self.some_used_up:
            for need in np.flatnonzero(self.variants.tables.needs[0, column]):
                able &= self.reached_week[:, need] != NONE
        return np.flatnonzero(able)

    def gather(self, lives: Ints, column: int = NONE) -> Group:
        """Return these runs as a group at this milestone."""
        net, none = self.economies.net[self.economy[lives]], lives[:0]
        return Group(column, lives, self.week[lives], self.cash[lives], net, none, none, none > 0)

    def see_terms(self, group: Group) -> Iterator[Group]:
        """Yield groups with the cost and the length of an attempt, equal lengths together."""
        tables, column = self.variants.tables, group.column
        group.price, group.length = int(tables.cost[0, column]), int(tables.length[0, column])
        self.calendar.make_room(group.price)
        if np.isnan(tables.hours[0, column]):
            yield group
        else:
            yield from self.see_hours(group)

    def see_hours(self, group: Group) -> Iterator[Group]:
        """Do the same with hours: grouped by length; without free hours runs only wait."""
        columns, mends = np.full(len(group), group.column), np.full(len(group), NONE)
        group = self.idle_away(group, out_of_hours(self, group.lives, columns, mends))
        weeks = lengths(self, group.lives, columns[: len(group)], mends[: len(group)])
        for length in np.unique(weeks).tolist():
            some = group.only(np.flatnonzero(weeks == length))
            some.length = length
            yield some

    def see_luck(self, group: Group, luck: Floats) -> None:
        """Return how many attempts each needs, within the limits of milestone and horizon."""
        tables, column = self.variants.tables, group.column
        rates = tables.rates[0, column, : tables.rate_count[0, column]].tolist()
        most = min(int(tables.limit[0, column]), self.horizon + 1)  # never all made
        first = min(most, AT_ONCE)
        rates += rates[-1:] * (first - len(rates))
        failed = np.zeros(len(group), dtype=np.int8)
        for bar in bars(tuple(rates[:first])):
            failed += luck >= bar
        group.passes = failed < first
        group.left = np.minimum(failed + np.int64(1), most)
        if first < most:
            places = np.flatnonzero(~group.passes)
            self.see_later_luck(group, places, luck[places], rates, most)

    def see_later_luck(
        self, group: Group, places: Ints, luck: Floats, rates: Sequence[float], most: int
    ) -> None:
        """Do the same for runs that fail the first attempts, one attempt after the other."""
        group.passes[places] = True
        for attempt in range(1, most + 1):
            rate = rates[min(attempt, len(rates)) - 1]
            failed = np.flatnonzero(luck >= rate)
            places, luck = places[failed], after_failure(luck[failed], rate)
            if not len(places) or (rate == 0.0 and attempt >= len(rates)):
                break
            group.left[places] = attempt + 1
        group.left[places] = most
        group.passes[places] = False

    def take(self, group: Group) -> None:
        """Try a milestone until it is reached or used up, or the run has ended."""
        while len(group):
            self.run(group)
            group = self.finish(group)
            if len(group):
                group = self.finish(self.work(self.wait_for_price(group)))

    def finish(self, group: Group) -> Group:
        """Finish runs without attempts left: reached or used up; return the others."""
        over = group.left == 0
        self.reach(group.leaving((over & group.passes).nonzero()[0]))
        used_up = (over & ~group.passes).nonzero()[0]
        if len(used_up):
            self.use_up(group.leaving(used_up))
        return group.only(group.left.nonzero()[0])

    def reach(self, group: Group) -> None:
        """Reach a milestone, apply what it gives, and check the goal."""
        lives, column = group.lives, group.column
        if not len(lives):
            return
        self.settle(group)
        self.reached_week[:, column][lives] = group.week.astype(np.int16)
        self.cash_needed[:, column][lives] = self.put_in(lives, group.cash)
        if self.variants.tables.gives[0, column] != NONE:
            before = self.economy[lives]
            receive(self, lives, np.full(len(lives), column), redesign=False)
            self.calendar.change(lives, group.week, before, self.economy[lives])
            group.cash = self.cash[lives]
        if column == self.goal:
            self.end(group, GOAL)
        self.see_break_even(group)

    def see_break_even(self, group: Group) -> None:
        """If breaking even is the goal, end the runs whose revenue covers their burn."""
        if self.goal == NONE:
            even = self.economies.breaks_even[self.economy[group.lives]]
            self.end(group.leaving(np.flatnonzero(even)), GOAL)

    def use_up(self, group: Group) -> None:
        """Use up a milestone: the end if the goal requires it."""
        self.settle(group)
        self.status[:, group.column][group.lives] = USED_UP
        if self.variants.tables.required[0, group.column]:
            self.end(group, STUCK)
        else:
            self.some_used_up = True

    def settle(self, group: Group) -> None:
        """Continue from here to another milestone, if any."""
        self.week[group.lives], self.cash[group.lives] = group.week, group.cash
