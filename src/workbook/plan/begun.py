"""What has already begun where a plan is played from the middle of it: told by its log.

No key of a plan file: `present` finds it out, and every engine begins with it. Weeks count from
there; money is in cents.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from workbook.plan.fork import Option


class UnderWay(NamedTuple):
    """An attempt at a milestone, or with `mends` a redesign, that ends after so many weeks."""

    milestone: str
    weeks: int
    mends: str | None = None


class Debt(NamedTuple):
    """What a fork's loan demands back, so many weeks from now."""

    weeks: int
    amount_cents: int
    fork: str


@dataclass(frozen=True)
class Begun:
    """Where a plan stands before its first week.

    Attributes
    ----------
    opened
        Forks that have opened; their options are in the plan.
    used_up, untrue
        Milestones without an attempt left; hypotheses known to be untrue, not yet put right.
    jobs, debts
        Work under way, paid for; money to be paid back.
    waiting
        The option, with the id of its fork, that has everything stopped until its money comes.
    receivable
        What customers owe by their terms: after how many weeks it comes, and cents.
    held
        Milestones that are levels, and how many weeks in a row each has held by now.
    """

    opened: frozenset[str] = frozenset()
    used_up: frozenset[str] = frozenset()
    untrue: frozenset[str] = frozenset()
    jobs: tuple[UnderWay, ...] = ()
    debts: tuple[Debt, ...] = ()
    waiting: tuple[str, Option] | None = None
    receivable: tuple[tuple[int, int], ...] = ()
    held: tuple[tuple[str, int], ...] = ()

    @property
    def midway(self) -> bool:
        """Whether anything at all has begun that a plan does not say."""
        begun = (self.used_up, self.untrue, self.jobs, self.debts, self.waiting)
        return any(begun) or bool(self.receivable or self.held)


NOTHING = Begun()
