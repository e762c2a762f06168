"""What the odds on the screen leave open: milestones not estimated yet, forks not taken."""

from __future__ import annotations

from workbook.builder.estimates import unestimated
from workbook.plan import Plan
from workbook.words import Words


def caveats(plan: Plan, w: Words) -> list[str]:
    """A sentence for each thing that the reader of the odds must know; none where all is said."""
    return [*_gaps(plan, w), *forks_told(plan, w)]


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


def forks_told(plan: Plan, w: Words) -> list[str]:
    """That forks are kept but not taken here, where the plan has any."""
    if not plan.forks:
        return []
    names = [w.text(fork.name).strip() or fork.id for fork in plan.forks]
    return [
        w.n(
            "The plan has a fork: {names}. It is kept, but no option of it is taken here.",
            "The plan has {n} forks: {names}. They are kept, but no option of them is taken here.",
            len(names),
            names=names,
        )
    ]
