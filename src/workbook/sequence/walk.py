"""Many places to start from at once, each walked through the weeks of one attempt after another.

A walker starts at some point (a week, a cash, money due) and keeps the number of that point, so
that what becomes of every point is known in one go, whichever order led there. The rules are those
of `law/week.py`, as in the exact engine; the ways to go come from the same road.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbook.exact.stages import Step
from workbook.outcomes import Floats, Ints

NEVER = np.iinfo(np.int64).max // 2
WEEK, CASH, DUES = 0, 1, 2


@dataclass(frozen=True)
class Walkers:
    """Walkers in columns: which point each came from, where it is, and with what chance.

    `state` has rows week, cash (cents), then for each cheque the week it is due (0: none).
    """

    origin: Ints
    state: Ints
    chance: Floats

    def __len__(self) -> int:
        return len(self.chance)

    def where(self, mask: NDArray[np.bool_]) -> Walkers:
        """Those of the mask."""
        return Walkers(self.origin[mask], self.state[:, mask], self.chance[mask])


def joined(parts: list[Walkers]) -> Walkers:
    """All walkers in one."""
    if len(parts) == 1:
        return parts[0]
    return Walkers(
        np.concatenate([part.origin for part in parts]),
        np.concatenate([part.state for part in parts], axis=1),
        np.concatenate([part.chance for part in parts]),
    )


@dataclass
class Purse:
    """The money rules of a plan, and what each point gains on the way (cents, expected).

    `amounts`: the cheque of each due row, in cents; `gained`: what comes in less what goes out.
    """

    horizon: int
    mortal: bool
    amounts: Ints
    gained: Floats

    def step(self, step: Step, walkers: Walkers) -> list[tuple[Walkers, bool]]:
        """One step of work; walkers who are done with it (True) or must try again (False)."""
        walkers = walkers.where(walkers.state[WEEK] < self.horizon)
        able = np.full(len(walkers), not step.no_hours)
        if self.mortal:
            able &= walkers.state[CASH] >= step.price
        moved = []
        if not able.all():
            moved.append((self._waited(step, walkers.where(~able)), False))
            walkers = walkers.where(able)
        if len(walkers):
            self.gain(walkers, -step.price)
            state = walkers.state.copy()
            state[CASH] -= step.price
            walkers = Walkers(walkers.origin, state, walkers.chance)
            weeks = np.full(len(walkers), step.weeks)
            moved.append((self._live(step.net, walkers, weeks), True))
        return moved

    def gain(self, walkers: Walkers, amount: Ints | float) -> None:
        """Note that so much comes in, or below 0 goes out."""
        weights = walkers.chance * amount
        self.gained += np.bincount(walkers.origin, weights=weights, minlength=len(self.gained))

    def _waited(self, step: Step, walkers: Walkers) -> Walkers:
        """Nothing can start: ruin where nothing will change, else wait until something does."""
        due = self._next_due(walkers.state)
        if step.no_hours:
            weeks = np.full(len(walkers), self.horizon)
        elif step.net > 0:
            missing = step.price - walkers.state[CASH]
            weeks = np.minimum(due - walkers.state[WEEK], -(-missing // step.net))
        else:
            hopeful = due < NEVER
            walkers, due = walkers.where(hopeful), due[hopeful]
            weeks = due - walkers.state[WEEK]
        return self._live(step.net, walkers, weeks)

    def _next_due(self, state: Ints) -> Ints:
        if len(state) == DUES:
            return np.full(state.shape[1], NEVER)
        due: Ints = np.where(state[DUES:] > 0, state[DUES:], NEVER).min(axis=0)
        return due

    def _live(self, net: int, walkers: Walkers, weeks: Ints) -> Walkers:
        """So many weeks of bills and cheques; those left, at the end of them."""
        end = walkers.state[WEEK] + weeks
        done = []
        while len(walkers):
            state = walkers.state.copy()
            stop = np.minimum(np.minimum(end, self.horizon), self._next_due(state))
            lived = stop - state[WEEK]
            if self.mortal and net < 0:
                lasting = state[CASH] // -net
                alive = lasting >= lived
                lived = np.minimum(lived, lasting + 1)
            else:
                alive = np.ones(len(walkers), dtype=bool)
            state[CASH] += net * lived
            state[WEEK] = stop
            for row, amount in enumerate(self.amounts, DUES):
                now = state[row] == stop
                state[CASH] += amount * (now & alive)
                state[row][now] = 0
            self.gain(walkers, state[CASH] - walkers.state[CASH])
            walkers = Walkers(walkers.origin, state, walkers.chance)
            done.append(walkers.where(alive & (end <= stop)))
            on = alive & (end > stop) & (stop < self.horizon)
            walkers, end = walkers.where(on), end[on]
        return joined(done) if done else walkers
