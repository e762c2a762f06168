"""Exercises that ask for a number: an estimate, a sufficient value, a break-even value."""

from __future__ import annotations

from collections.abc import Callable

from workbook.errors import Message
from workbook.lesson.comparisons import Plays
from workbook.lesson.kinds.choices import Lever, leak, pulled, reached
from workbook.lesson.markup import joined
from workbook.lesson.syllabus import FIELD, Answer, Exercise, Make, Scale, Verdict
from workbook.play import EQUAL
from workbook.whatif import set_figure
from workbook.words import N_, Words


def estimate(
    id: str,
    *,
    truth: Callable[[Plays], float],
    scale: Scale,
    within: float,
    question: str,
    low: str,
    high: str,
    right: str = "",
    hints: tuple[str, ...],
) -> Make:
    """Ask for what `truth` computes, in the scale's unit, with the tolerance `within`.

    `low` and `high` are the replies to a guess below and above it, `right` is shown once it is
    found. They do not reveal the number.
    """

    def make(plays: Plays, w: Words) -> Exercise:
        currency = plays.plan.currency

        def check(answer: Answer) -> Verdict:
            value = scale.read(answer, currency, w)
            if isinstance(value, Message):
                return Verdict(False, w.message(value))
            found = truth(plays)
            if abs(value - found) > within:
                side = w("Too low.") if value < found else w("Too high.")
                return Verdict(False, joined(side, w(low if value < found else high)))
            said = w("Close enough: it is {value}.", value=scale.say(found, currency, w))
            return Verdict(True, joined(said, w(right) if right else ""))

        def solution() -> tuple[Answer, str]:
            found = min(scale.steps(), key=lambda value: abs(value - truth(plays)))
            said = w("About {value}.", value=scale.say(found, currency, w))
            return {FIELD: found}, joined(said, w(right) if right else "")

        return Exercise(
            id=id,
            question=w(question),
            fields=(scale.field(w),),
            check=check,
            hints=tuple(w(hint) for hint in hints),
            solution=solution,
        )

    return make


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

    Up to `target + slack` is just enough; beyond that a smaller value would do. `way` is what else
    is done; `falling` says that a larger value makes the goal less likely. The question may use
    `{target}`.
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
    """Return the first value on the scale, from its poor end, that passes the check."""
    steps = list(scale.steps())
    ordered = reversed(steps) if falling else iter(steps)
    return next((value for value in ordered if check({FIELD: value}).right), None)


CLOSE = N_("Within {near} of each other ({gap}): here the figures no longer choose for you.")
ALL_ALONG = N_(
    "Within {near} of each other ({gap}), and so they are at both ends of the scale: with these "
    "figures this number does not decide."
)
HALVE = N_("Halve the range each time: the answer tells you which half.")


def balance(
    id: str,
    *,
    path: str,
    scale: Scale,
    one: Lever,
    other: Lever,
    question: str,
    hints: tuple[str, ...],
    near: float = EQUAL,
) -> Make:
    """Ask for the value of the figure at `path` that makes `one` and `other` equally good.

    `other` is the option that gains as the figure grows. A difference below `near` (a share of
    runs) is close enough. The question may use the placeholders `{one}`, `{other}` and `{near}`.
    """

    def make(plays: Plays, w: Words) -> Exercise:
        currency = plays.plan.currency
        names = (one.name(plays.plan, w), other.name(plays.plan, w))

        def lead(value: float) -> float:
            """Return how far `other` is ahead of `one`."""
            plan = set_figure(plays.plan, path, scale.figure(value))
            ways = (pulled(plays, (way,), plan).fates["goal"] for way in (other, one))
            return next(ways) - next(ways)

        def check(answer: Answer) -> Verdict:
            value = scale.read(answer, currency, w)
            if isinstance(value, Message):
                return Verdict(False, w.message(value))
            ahead = lead(value)
            said = {"gap": w.apart(ahead), "near": w.apart(near)}
            if abs(ahead) <= near:
                everywhere = all(abs(lead(end)) <= near for end in (scale.least, scale.most))
                return Verdict(True, w(ALL_ALONG if everywhere else CLOSE, **said))
            leader, advice = (names[1], w("try less")) if ahead > 0 else (names[0], w("try more"))
            template = "“{ahead}” is ahead by {gap}: {advice}."
            return Verdict(False, w(template, ahead=leader, advice=advice, gap=said["gap"]))

        def solution() -> tuple[Answer, str]:
            steps = list(scale.steps())
            low, high = 0, len(steps) - 1
            while low < high and abs(lead(steps[low])) > near:
                middle = (low + high) // 2
                low, high = (low, middle) if lead(steps[middle]) > -near else (middle + 1, high)
            found = steps[low]
            if abs(lead(found)) > near:
                return {}, w("With these figures one of the two is ahead all along.")
            return {FIELD: found}, w("About {value}.", value=scale.say(found, currency, w))

        return Exercise(
            id=id,
            question=w(question, one=names[0], other=names[1], near=w.apart(near)),
            fields=(scale.field(w),),
            check=check,
            hints=tuple(w(hint) for hint in hints),
            solution=solution,
        )

    return make
