"""Where a life can stand, leaving out when and with how much money.

A stage says what has been reached, what is known and what the economy is. From it follows what is
done next (a step: what it costs and how long it takes) and what can come of that (branches, each
with its chance). All of this is the same for every life that stands there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Cheque(NamedTuple):
    """Money that will come: who sends it, how much (cents), how many weeks later."""

    source: tuple[str, str]
    amount: int
    lag_weeks: int


class Stage(NamedTuple):
    """A place in the discrete part of a life; equal stages merge.

    Attributes
    ----------
    plan, economy
        Positions in the lists of `Transitions`: plans (a fork's option makes a new one), economies.
    reached, used_up
        Ids of milestones.
    tries
        (id, attempts made) where some were made and more may come.
    beliefs
        (hypothesis, chance that it is true by all that has been seen): 0 and 1 are knowledge.
    untrue, refuted
        Hypotheses known to be untrue since an attempt failed on them, and those whose own test has
        said no: their redesigns come first.
    forks
        Forks still to open.
    waiting
        The fork whose option has everything stopped until money comes.
    midway
        Whether this is the start, with an attempt or a redesign under way (`plan.begun`).
    """

    plan: int = 0
    economy: int = 0
    reached: frozenset[str] = frozenset()
    used_up: frozenset[str] = frozenset()
    tries: frozenset[tuple[str, int]] = frozenset()
    beliefs: frozenset[tuple[str, float]] = frozenset()
    untrue: frozenset[str] = frozenset()
    refuted: frozenset[str] = frozenset()
    forks: tuple[str, ...] = ()
    waiting: str | None = None
    midway: bool = False

    @property
    def order(self) -> tuple[int, ...]:
        """Grows along every branch to another stage, so lower ones are complete first."""
        known = sum(3 if q == 1 else 1 if q == 0 else 0 for _, q in self.beliefs)
        known += len(self.untrue)
        tries = sum(n for _, n in self.tries)
        done = len(self.reached) + len(self.used_up)
        return (not self.midway, -len(self.forks), self.waiting is None, done, tries, known)


class Branch(NamedTuple):
    """One thing that can come of a step: its chance, the stage after, and what it brought."""

    chance: float
    stage: Stage
    reached: tuple[str, ...] = ()
    cheques: tuple[Cheque, ...] = ()
    used_up: str | None = None

    @property
    def at_once(self) -> int:
        """Cents that it brings without a lag."""
        return sum(cheque.amount for cheque in self.cheques if not cheque.lag_weeks)


@dataclass(frozen=True)
class Step:
    """What is done next at a stage. Money in cents.

    Attributes
    ----------
    milestone
        Whose work it is; None while everything waits for money.
    price, weeks, net
        Paid at the start; how long it lasts; revenue less burn in each of these weeks.
    attempt
        Whether it counts as an attempt (a redesign and a wait do not).
    no_hours
        Whether it cannot start at all, for want of hours.
    branches
        What can come of it; chances add up to 1.
    """

    milestone: str | None
    price: int
    weeks: int
    net: int
    attempt: bool
    no_hours: bool = False
    branches: tuple[Branch, ...] = ()


@dataclass(frozen=True)
class Opening:
    """What the forks that open at a stage do: the stage after, and the money.

    `cash` are the amounts that come (or go) at once, in cents; `debts` are (fork, cents, weeks
    after this one until it is due).
    """

    stage: Stage
    cash: tuple[int, ...] = ()
    debts: tuple[tuple[str, int, int], ...] = ()
