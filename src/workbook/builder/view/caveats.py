"""What the odds on the screen leave open: figures that nobody has written yet, forks not taken."""

from __future__ import annotations

from workbook.builder.estimates import unestimated, unwritten
from workbook.builder.forks import name_of, taken_at
from workbook.plan import Plan
from workbook.words import Words


def caveats(plan: Plan, w: Words) -> list[str]:
    """A sentence for each thing that the reader of the odds must know; none where all is said."""
    return [*_gaps(plan, w), *_bare(plan, w), *forks_told(plan, w)]


def _gaps(plan: Plan, w: Words) -> list[str]:
    missing = len(unestimated(plan))
    if not missing:
        return []
    return [
        w.n(
            "◇ {n} milestone has no pass rate yet and is played as if it could not be missed: these"
            " odds are the most that there can be.",
            "◇ {n} milestones have no pass rate yet and are played as if they could not be missed:"
            " these odds are the most that there can be.",
            missing,
        )
    ]


def _bare(plan: Plan, w: Words) -> list[str]:
    """Milestones that stand at a week and no cost because nobody has written either."""
    unsaid = unwritten(plan)
    bare = sum({"weeks", "cost"} <= set(unsaid[milestone.id]) for milestone in plan.attempted)
    if not bare:
        return []
    return [
        w.n(
            "◇ {n} milestone has neither weeks nor cost yet; it is played at one week, free of"
            " charge.",
            "◇ {n} milestones have neither weeks nor cost yet; they are played at one week each,"
            " free of charge.",
            bare,
        )
    ]


def forks_told(plan: Plan, w: Words) -> list[str]:
    """What is taken at each fork, and how many are open."""
    lines = []
    for fork in plan.forks:
        option = taken_at(fork)
        if option is not None:
            values = {"fork": name_of(fork), "option": name_of(option)}
            lines.append(w("At the fork “{fork}”, “{option}” is taken.", **values))
    left = sum(taken_at(fork) is None for fork in plan.forks)
    if left:
        told = w.n(
            "At {n} fork no option is taken: the plan goes on as written there.",
            "At {n} forks no option is taken: the plan goes on as written there.",
            left,
        )
        lines.append(told)
    return lines
