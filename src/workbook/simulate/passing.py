"""Pass weeks for runs that are not in the same week: waiting for money, and working.

Between two decisions every week has the same net, so that many weeks are one product; only payments
due divide them. What happens is recorded in a `Calendar`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbook.outcomes import FATES, Floats, Ints
from workbook.plan import Funding
from workbook.simulate.book import Book
from workbook.simulate.calendar import OPEN, Calendar
from workbook.simulate.draws import Bools, Draws
from workbook.simulate.economies import Economies
from workbook.simulate.variants import Variants


@dataclass(slots=True)
class Group:
    """Arrays by run of the group: `lives` are run numbers, each at the end of its `week`.

    Money in cents: `cash` now, weekly `net` while they are here, `price` of an attempt, which takes
    `length` weeks. `until` is the week at whose end the next decision falls; `left` how many
    attempts fail until one passes (`passes`) or the milestone is used up.
    """

    column: int
    lives: Ints
    week: Ints
    cash: Ints
    net: Ints
    until: Ints
    left: Ints
    passes: Bools
    price: int = 0
    length: int = 0

    def __len__(self) -> int:
        return len(self.lives)

    def only(self, places: Ints) -> Group:
        """Return the runs at these positions of the group."""
        return Group(
            self.column,
            self.lives[places],
            self.week[places],
            self.cash[places],
            self.net[places],
            self.until[places] if len(self.until) else self.until,
            self.left[places] if len(self.left) else self.left,
            self.passes[places] if len(self.passes) else self.passes,
            self.price,
            self.length,
        )

    def leaving(self, places: Ints) -> Group:
        """Remove the runs at these positions, which have nothing more to do here."""
        none = self.lives[:0]
        lives, week, cash = self.lives[places], self.week[places], self.cash[places]
        return Group(self.column, lives, week, cash, none, none, none, none > 0)


RUIN = FATES.index("ruin")
NEVER = np.iinfo(np.int64).max


class Passing(Book):
    """Runs that are each at the end of their own `week`; groups of them are copies."""

    def __init__(self, draws: Draws, economies: Economies, variants: Variants) -> None:
        super().__init__(draws, economies, variants, layout="F")
        self.horizon, self.goal = int(variants.horizon[0]), int(variants.goal[0])
        self.week = np.zeros(self.lives, dtype=np.int64)
        self.calendar = Calendar(self.lives, self.horizon)
        self.cheques: list[tuple[Ints, int]] = []

    def wait_for_price(self, group: Group) -> Group:
        """Return the runs that can pay and have a week left, after waiting."""
        while True:
            group = self.split(group, group.week >= self.horizon, OPEN)
            poor = group.price > group.cash
            if not self.mortal or not poor.any():
                return group
            group = self.save_up(group, poor)

    def save_up(self, group: Group, poor: NDArray[np.bool_]) -> Group:
        """Wait until there may be enough; if nothing is coming, that is ruin."""
        hopeless = poor & (group.net <= 0) & (self.next_cheque(group) == NEVER)
        group.week = group.week + hopeless  # it is found as the next week begins
        group = self.split(group, hopeless, RUIN)
        waits = np.flatnonzero(group.price > group.cash)
        if not len(waits):
            return group
        some = group.only(waits)
        enough = -(-(some.price - some.cash) // np.maximum(1, some.net))
        until = np.where(some.net > 0, some.week + enough, self.horizon)
        group.until = group.week.copy()
        group.until[waits] = np.minimum(until, self.next_cheque(some))
        return self.pass_weeks(group)

    def work(self, group: Group) -> Group:
        """Pay for an attempt and complete it; return the runs that reach its end."""
        once = np.ones_like(group.lives)
        self.calendar.pay(group.lives, group.week + 1, group.price, group.length, once)
        self.tries[:, group.column][group.lives] += 1
        group.cash = group.cash - group.price
        group.until = group.week + group.length
        group = self.pass_weeks(group)
        group = self.split(group, group.until > self.horizon, OPEN)
        group.left = group.left - 1
        return group

    def run(self, group: Group) -> None:
        """Make as many attempts in a row as are safe: these are one product."""
        gain = group.net * group.length - group.price
        number = self.safe(group, gain)
        self.calendar.pay(group.lives, group.week + 1, group.price, group.length, number)
        group.cash = group.cash + number * gain
        group.week = group.week + number * group.length
        group.left = group.left - number
        self.tries[:, group.column][group.lives] += number.astype(np.int16)

    def safe(self, group: Group, gain: Ints) -> Ints:
        """Return how many attempts cannot be interrupted by lack of money, payments or the horizon.

        An attempt changes the cash by `gain`; for a loss, the last one is the tightest.
        """
        tight = group.week + group.left * group.length > self.horizon
        lowest = group.cash + np.minimum(gain, -group.price)  # of the first attempt
        if self.mortal:
            tight |= lowest + (group.left - 1) * np.minimum(gain, 0) < 0
        if not (self.cheques or tight.any()):
            return group.left
        places = np.flatnonzero(tight)
        loss, lowest = np.maximum(1, -gain[places]), lowest[places]
        number = (self.horizon - group.week[places]) // group.length
        if self.mortal:
            able = np.where(gain[places] < 0, lowest // loss + 1, number)
            number = np.minimum(number, np.where(lowest < 0, 0, able))
        safe = group.left.copy()
        safe[places] = np.minimum(safe[places], number)
        return np.where(self.next_cheque(group) == NEVER, safe, 0) if self.cheques else safe

    def pass_weeks(self, group: Group) -> Group:
        """Pay bills and receive payments until the next decision; return the survivors."""
        while True:
            stop = np.minimum(group.until, self.horizon)
            if self.cheques:
                np.minimum(stop, self.next_cheque(group), out=stop)
            group = self.pay_bills(group, stop)
            if not self.cheques:
                return group
            self.let_in_cheques(group)
            if (group.week >= np.minimum(group.until, self.horizon)).all():
                return group

    def pay_bills(self, group: Group, stop: Ints) -> Group:
        """Pay the bills of several weeks; cash below zero ends a run in the first week of it."""
        before = group.cash
        group.cash = before + group.net * (stop - group.week)
        if self.mortal and (broke := group.cash < 0).any():
            dead = np.flatnonzero(broke)
            weeks = before[dead] // -group.net[dead] + 1
            group.cash[dead] = before[dead] + group.net[dead] * weeks
            stop[dead] = group.week[dead] + weeks
            group.week = stop
            return self.split(group, broke, RUIN)
        group.week = stop
        return group

    def idle_away(self, group: Group, idle: NDArray[np.bool_]) -> Group:
        """Without free hours, only pay the bills; return the other runs."""
        if not idle.any():
            return group
        waiting = group.only(np.flatnonzero(idle))
        waiting.until = np.full(len(waiting), self.horizon)
        self.end(self.pass_weeks(waiting), OPEN)
        return group.only(np.flatnonzero(~idle))

    def next_cheque(self, group: Group) -> Ints:
        """Return the week in which each run receives its next payment, or `NEVER`."""
        due = np.full(len(group), NEVER)
        for weeks, _ in self.cheques:
            np.minimum(due, weeks[group.lives], out=due)
        return due

    def let_in_cheques(self, group: Group) -> None:
        """Receive what is due in the current weeks of these runs."""
        for weeks, amount in self.cheques:
            come = np.flatnonzero(weeks[group.lives] == group.week)
            lives = group.lives[come]
            weeks[lives] = NEVER
            group.cash[come] += amount
            self.received[lives] += amount
            self.calendar.receive(lives, group.week[come], amount)

    def happens(self, kind: str, name: str, lives: Ints, chance: float | Floats) -> Ints:
        """Draw an event; return the runs in which it happens."""
        return lives[self.draws.happens(kind, name, lives, chance)]

    def promise(
        self, lives: Ints, amount: int | Ints, lag_weeks: int, terms: Funding | None = None
    ) -> None:
        """Promise a payment to these runs after a lag; without a lag, now."""
        assert isinstance(amount, int)  # where amounts have ranges, lives keep step
        self.calendar.make_room(amount)
        if lag_weeks == 0:
            self.cash[lives] += amount
            self.received[lives] += amount
            self.calendar.receive(lives, self.week[lives], amount)
        elif len(lives):
            due = np.full(self.lives, NEVER)
            due[lives] = self.week[lives] + lag_weeks
            self.cheques.append((due, amount))

    def split(self, group: Group, over: NDArray[np.bool_], fate: int) -> Group:
        """End those that have met their fate; return the others."""
        if not over.any():
            return group
        self.end(group.leaving(np.flatnonzero(over)), fate)
        return group.only(np.flatnonzero(~over))

    def end(self, group: Group, fate: int) -> None:
        """Record the end of these runs, at the end of their current weeks."""
        self.fate[group.lives] = fate
        self.end_week[group.lives] = group.week
        self.cash_at_end[group.lives] = group.cash
        if fate == RUIN:
            self.died_in[group.lives] = group.column
