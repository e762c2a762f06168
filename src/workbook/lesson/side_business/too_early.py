"""What outsourcing does before the process is understood, measured on single runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from workbook.lesson.plays import Plays
from workbook.lesson.side_business.hours import AGENCY, BY_HAND, NODES
from workbook.life import Life

TOLD = 300
"""Number of single runs: enough for whole percents, fast enough for a cell."""


@dataclass(frozen=True)
class Kind:
    """Runs of one kind: their share, when the first chore is really outsourced, and the goal.

    `first` is a median week, None if fewer than half get there; `goal` is a share of this kind.
    """

    share: float
    first: float | None
    goal: float | None


@dataclass(frozen=True)
class Early:
    """Early outsourcing with and without understanding, compared with working by hand.

    `never_knew` is the share of runs that ended before either was known. `lost` is the median of
    the weeks from the discovery until the first chore is outsourced again.
    """

    knew: Kind
    did_not: Kind
    never_knew: float
    by_hand: Kind
    lost: float | None


def early(plays: Plays) -> Early:
    """Simulate both options many times and sort the early outsourcers by what comes out."""
    count = min(plays.runs, TOLD)
    agency = [plays.life(number, AGENCY) for number in range(1, count + 1)]
    wrong = [life for life in agency if discovered(life) is not None]
    right = [life for life in agency if discovered(life) is None and _tried(life)]
    lost = [
        week - found
        for life in wrong
        if (week := life.reached.get(NODES[0])) is not None
        and (found := discovered(life)) is not None
    ]
    return Early(
        knew=_kind(right, count),
        did_not=_kind(wrong, count),
        never_knew=1 - (len(right) + len(wrong)) / count,
        by_hand=_by_hand(plays),
        lost=median(lost) if lost else None,
    )


def discovered(life: Life) -> int | None:
    """Return the week in which the misunderstanding was discovered."""
    return next((it.week for it in life.events if it.happening == "untrue"), None)


def _tried(life: Life) -> bool:
    """Whether an attempt at the first chore has ended, so that the process was understood."""
    first = ("passed", "failed")
    return any(it.about == NODES[0] and it.happening in first for it in life.events)


def _by_hand(plays: Plays) -> Kind:
    """Return all runs that worked by hand first."""
    played = plays.play(BY_HAND)
    return Kind(1.0, played.milestones[NODES[0]].weeks[0.5], played.fates["goal"])


def _kind(lives: Sequence[Life], count: int) -> Kind:
    if not lives:
        return Kind(0.0, None, None)
    weeks = sorted(life.reached.get(NODES[0], 10**6) for life in lives)
    middle = weeks[(len(weeks) - 1) // 2]
    goal = sum(life.fate == "goal" for life in lives) / len(lives)
    return Kind(len(lives) / count, middle if middle < 10**6 else None, goal)
