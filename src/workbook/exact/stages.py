"""The discrete state of a run, without week and cash; and money that is due.

A stage says what has been reached, what is known and what the economy is. It determines the next
step (its cost and length) and its branches, each with its probability, for every run that is there.
A node is a stage with the money that is on its way there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Cheque(NamedTuple):
    """Money that will come: its source, amount (cents), and lag in weeks."""

    source: tuple[str, str]
    amount: int
    lag_weeks: int


class Stage(NamedTuple):
    """The discrete state of a run; equal stages are merged.

    Attributes
    ----------
    plan, economy
        Indices in the graph's lists of plans (a fork's option makes a new one) and economies.
    reached, used_up
        Ids of milestones.
    tries
        (id, attempts made) if some were made and more may come.
    beliefs
        (hypothesis, probability that it is true given everything seen): 0 and 1 are certain.
    untrue, refuted
        Hypotheses known to be untrue since an attempt failed because of them, and those whose own
        test has said no: their redesigns come first.
    forks
        Forks still to open.
    waiting
        The fork whose option stops everything until money comes.
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
        """A key that grows along every branch, so that lower stages are complete first."""
        known = sum(3 if q == 1 else 1 if q == 0 else 0 for _, q in self.beliefs)
        known += len(self.untrue)
        tries = sum(n for _, n in self.tries)
        done = len(self.reached) + len(self.used_up)
        return (not self.midway, -len(self.forks), self.waiting is None, done, tries, known)


class Branch(NamedTuple):
    """One result of a step: its probability, the stage after, and the money it brings."""

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
    """The next step at a stage. Money in cents.

    Attributes
    ----------
    milestone
        The milestone worked on; None while everything waits for money.
    price, weeks, net
        Paid at the start; length; revenue minus burn in each of these weeks.
    attempt
        Whether it counts as an attempt (a redesign and a wait do not).
    no_hours
        Whether it cannot start at all, for lack of hours.
    branches
        The possible results; their probabilities add up to 1.
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
    """The effect of the forks that open at a stage: the stage after, and the money.

    `cash` holds the amounts that come (or go) at once, in cents; `debts` are (fork, cents, weeks
    after this one until it is due).
    """

    stage: Stage
    cash: tuple[int, ...] = ()
    debts: tuple[tuple[str, int, int], ...] = ()


class Due(NamedTuple):
    """Money due: in how many weeks, how many cents; a debt (below 0) is a bill."""

    weeks: int
    amount: int
    debt: bool


class Node(NamedTuple):
    """A stage with the money due and the payments received so far (cents).

    `noted`: whether the end of this week has been recorded already (a fork opened after it).
    """

    stage: Stage
    dues: tuple[Due, ...] = ()
    cheques: int = 0
    noted: bool = False

    @property
    def order(self) -> tuple[int, ...]:
        """A key that grows along every path to another node."""
        return (*self.stage.order, -sum(due.weeks for due in self.dues))

    @property
    def hopeful(self) -> bool:
        """Whether funding is due."""
        return any(not due.debt for due in self.dues)
