"""What handing out does before the flow is understood, told from lives lived one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from workbook.lesson.plays import Plays
from workbook.lesson.side_business.hours import AGENCY, BY_HAND, NODES
from workbook.life import Life

TOLD = 300
"""Lives told one by one: enough for whole percents, quick enough for a cell."""


@dataclass(frozen=True)
class Kind:
    """Lives of one kind: their share, when the first chore is really handed out, how many arrive.

    `first` is a median week, None where fewer than half get there; `goal` a share of this kind.
    """

    share: float
    first: float | None
    goal: float | None


@dataclass(frozen=True)
class Early:
    """Who handed out first: those who knew the flow, and those who did not; beside them, by hand.

    `never_knew` is the share of lives that ended before either came out. `lost` is the median of
    weeks from the discovery until the first chore is handed out again.
    """

    knew: Kind
    did_not: Kind
    never_knew: float
    by_hand: Kind
    lost: float | None


def early(plays: Plays) -> Early:
    """Live both ways many times and sort the lives that handed out first by what came out."""
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
    """The week in which it came out that the flow was not understood."""
    return next((it.week for it in life.events if it.happening == "untrue"), None)


def _tried(life: Life) -> bool:
    """Whether an attempt at the first chore has ended: the flow was understood, then."""
    first = ("passed", "failed")
    return any(it.about == NODES[0] and it.happening in first for it in life.events)


def _by_hand(plays: Plays) -> Kind:
    """All lives that ran the flow by hand first."""
    played = plays.play(BY_HAND)
    return Kind(1.0, played.milestones[NODES[0]].weeks[0.5], played.fates["goal"])


def _kind(lives: Sequence[Life], count: int) -> Kind:
    if not lives:
        return Kind(0.0, None, None)
    weeks = sorted(life.reached.get(NODES[0], 10**6) for life in lives)
    middle = weeks[(len(weeks) - 1) // 2]
    goal = sum(life.fate == "goal" for life in lives) / len(lives)
    return Kind(len(lives) / count, middle if middle < 10**6 else None, goal)
