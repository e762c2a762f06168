"""Find the figure at which two ways are equally good: on one side of it the choice matters."""

from __future__ import annotations

from workbook.errors import Message
from workbook.lesson.exercise import Answer, Exercise, Make, Verdict
from workbook.lesson.kinds.lever import Lever, pulled
from workbook.lesson.plays import Plays
from workbook.lesson.scale import FIELD, Scale
from workbook.paired import EQUAL
from workbook.whatif import set_figure
from workbook.words import N_, Words

CLOSE = N_("Within {near} of each other ({gap}): here the figures no longer choose for you.")
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
    """Ask for the value of the figure at `path` that leaves `one` and `other` equally good.

    `other` is the way that gains as the figure grows. Within `near` (a share of lives) of each
    other is close enough. The question may use the gaps `{one}`, `{other}` and `{near}`.
    """

    def make(plays: Plays, w: Words) -> Exercise:
        currency = plays.plan.currency
        names = (one.name(plays.plan, w), other.name(plays.plan, w))

        def lead(value: float) -> float:
            """How far `other` is ahead of `one`."""
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
                return Verdict(True, w(CLOSE, **said))
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
