"""The rehearsal of a case in its notebook: at the top, before any odds, and again at the end."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from workbook.lesson import markup
from workbook.lesson.panel import Panel
from workbook.lesson.records import key_under
from workbook.lesson.rehearsal.panel import RehearsalPanel
from workbook.lesson.rehearsal.saved import Score, Store
from workbook.lesson.rehearsal.sitting import Sitting, recorded
from workbook.plan import Plan
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import N_

if TYPE_CHECKING:
    from workbook.lesson.gated import Gated

FIRST, AGAIN = "first", "again"
NOBODY_PLAYS = N_("Nobody plays in a batch run; the parameter “moves” brings a recorded rehearsal.")
OTHER_LUCK = 100
"""How far the seeds at the end of a notebook are from those at its top."""


def rehearsal_of(lesson: Gated, moves: str, *, again: bool) -> Panel:
    """Return the rehearsal of a lesson's case; in a batch run the one that was recorded.

    Its debrief stays closed until the bet is placed, because it tells the odds that the bet asks
    for.

    Raises
    ------
    InputError
        If the recorded moves do not fit the case.
    """
    whole, figures = place_of(lesson, again=again)
    plan, w = without_stay(whole), lesson.w
    taken = lesson.syllabus.taken.items()
    story = {fork: option for fork, option in taken if option != AS_WRITTEN}

    def guarded() -> bool:
        return lesson.main_bet is None

    if moves.strip():
        sitting = recorded(plan, moves, story)
        sitting.guarded = guarded
        return RehearsalPanel(w, sitting, alive=False)
    if not lesson.alive:
        said = w(NOBODY_PLAYS)
        return Panel(w, lambda: markup.line(said), alive=False)
    store = Store(lesson.progress, lesson.case.id, key_under(AGAIN if again else FIRST, figures))
    seed = lesson.plays.seed + (OTHER_LUCK if again else 0)
    sitting = Sitting(plan, store, seed, story, guarded)
    if again:
        top = Store(lesson.progress, lesson.case.id, key_under(FIRST, lesson.at_top[1]))
        sitting.earlier = partial(_first_score, top)
    return RehearsalPanel(w, sitting)


def place_of(lesson: Gated, *, again: bool) -> tuple[Plan, str]:
    """Return the plan that is rehearsed at the top of the page or `again`, and its figures."""
    return (lesson.plays.plan, lesson.records.figures) if again else lesson.at_top


def follow(lesson: Gated, panel: RehearsalPanel) -> None:
    """Let the rehearsal at the end of a page go on with the plan as the learner has it now."""
    plan, figures = place_of(lesson, again=True)
    store = Store(lesson.progress, lesson.case.id, key_under(AGAIN, figures))
    panel.sitting.move_to(without_stay(plan), store)


def _first_score(top: Store) -> Score | None:
    """Return the score of the first rehearsal with a debrief."""
    return next((one.score for one in top.all() if one.score is not None), None)


def without_stay(plan: Plan) -> Plan:
    """Return the plan without the options that only name going on as written.

    >>> from workbook.lesson.programme import case_of
    >>> plan = case_of("caffeine-lozenge").plan
    >>> without_stay(plan) == plan
    True
    """
    forks = tuple(
        fork.model_copy(update={"options": tuple(o for o in fork.options if o.id != AS_WRITTEN)})
        for fork in plan.forks
    )
    return plan.model_copy(update={"forks": forks})
