"""Find the figure that just brings the goal to a target: not less, and not much more."""

from __future__ import annotations

from collections.abc import Callable

from workbook.errors import Message
from workbook.lesson.exercise import Answer, Exercise, Make, Verdict
from workbook.lesson.kinds.lever import Lever, pulled
from workbook.lesson.kinds.two_levers import leak, reached
from workbook.lesson.markup import joined
from workbook.lesson.plays import Plays
from workbook.lesson.scale import FIELD, Scale
from workbook.whatif import set_figure
from workbook.words import Words


def enough(
    id: str,
    *,
    path: str,
    scale: Scale,
    question: str,
    hints: tuple[str, ...],
    way: Lever | None = None,
    target: float = 0.8,
    slack: float = 0.05,
    falling: bool = False,
) -> Make:
    """Ask for the value of the figure at `path` that brings the goal to `target`.

    Up to `target + slack` is just enough; beyond that less would do. `way` is what else is done;
    `falling` says that more of the figure makes the goal rarer. The question may use `{target}`.
    """

    def make(plays: Plays, w: Words) -> Exercise:
        currency = plays.plan.currency

        def check(answer: Answer) -> Verdict:
            value = scale.read(answer, currency, w)
            if isinstance(value, Message):
                return Verdict(False, w.message(value))
            plan = set_figure(plays.plan, path, scale.figure(value))
            outcomes = pulled(plays, (way or Lever(),), plan)
            goal = outcomes.fates["goal"]
            shown = {"goal": reached(outcomes, target, w)}
            if goal < target:
                more = w("try less") if falling else w("try more")
                template = "{goal} of lives reach the goal, fewer than asked for: {advice}."
                return Verdict(False, joined(w(template, advice=more, **shown), leak(outcomes, w)))
            if goal > target + slack:
                less = w("try more") if falling else w("try less")
                template = "{goal} of lives reach the goal, more than asked for: {advice}."
                return Verdict(False, w(template, advice=less, **shown))
            return Verdict(True, w("{goal} of lives reach the goal: just enough.", **shown))

        def solution() -> tuple[Answer, str]:
            found = first_right(scale, check, falling)
            if found is None:
                return {}, w("With these figures nothing on this scale is just enough.")
            return {FIELD: found}, w("About {value}.", value=scale.say(found, currency, w))

        return Exercise(
            id=id,
            question=w(question, target=w.percent(target)),
            fields=(scale.field(w),),
            check=check,
            hints=tuple(w(hint) for hint in hints),
            solution=solution,
        )

    return make


def first_right(
    scale: Scale, check: Callable[[Answer], Verdict], falling: bool = False
) -> float | None:
    """The first value on the scale, from its poor end on, that passes the check."""
    steps = list(scale.steps())
    ordered = reversed(steps) if falling else iter(steps)
    return next((value for value in ordered if check({FIELD: value}).right), None)
