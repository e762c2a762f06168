"""What enrolling early does to the camp's name and cash, told from lives lived one by one.

Whether the unpolished camp was good enough comes out when it stands in five cities. Three kinds of
life follow: it was, it was not, and those whose money ended before anybody could tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from workbook.lesson.camp.turns import BIG, LAST, NPS
from workbook.lesson.plays import Plays
from workbook.life import Event, Life

TOLD = 300
"""Lives told one by one: enough for whole percents, quick enough for a cell."""


@dataclass(frozen=True)
class Kind:
    """Lives of one kind: their share of all, and how they stand at their end.

    `nps` and `joining` (the share of those asked who join) are medians; `goal` is a share of this
    kind. All None where there are none.
    """

    share: float
    nps: float | None
    joining: float | None
    goal: float | None


@dataclass(frozen=True)
class Aftermath:
    """The three kinds, and the cash (median) of those who found out: then, and once mended.

    `back` is the share of those who found out that could start again afterwards.
    """

    good_enough: Kind
    found_out: Kind
    never_knew: Kind
    cash_then: float | None
    cash_mended: float | None
    back: float | None


def aftermath(plays: Plays) -> Aftermath:
    """Live the early enrolment many times and sort the lives by what comes out."""
    count = min(plays.runs, TOLD)
    lives = [plays.life(number, BIG) for number in range(1, count + 1)]
    found = [life for life in lives if event(life, "untrue")]
    fine = [life for life in lives if life not in found and _tried(life)]
    rest = [life for life in lives if life not in found and life not in fine]
    then = [it.cash for life in found if (it := event(life, "untrue"))]
    mended = [it.cash for life in found if (it := event(life, "redesign-done"))]
    return Aftermath(
        good_enough=_kind(fine, count),
        found_out=_kind(found, count),
        never_knew=_kind(rest, count),
        cash_then=median(then) if then else None,
        cash_mended=median(mended) if mended else None,
        back=len(mended) / len(found) if found else None,
    )


def event(life: Life, happening: str) -> Event | None:
    """The first event of that kind in a life."""
    return next((it for it in life.events if it.happening == happening), None)


def _tried(life: Life) -> bool:
    return any(it.about == LAST and it.happening in ("passed", "failed") for it in life.events)


def _kind(lives: Sequence[Life], count: int) -> Kind:
    if not lives:
        return Kind(0.0, None, None, None)
    ends = [life.states[-1] for life in lives]
    return Kind(
        share=len(lives) / count,
        nps=median(end.measures[NPS] for end in ends),
        joining=median(end.conversion for end in ends),
        goal=sum(life.fate == "goal" for life in lives) / len(lives),
    )
