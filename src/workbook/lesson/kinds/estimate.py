"""A number, guessed before it is played out: how far off a feeling can be is the lesson."""

from __future__ import annotations

from collections.abc import Callable

from workbook.errors import Message
from workbook.lesson.exercise import Answer, Exercise, Make, Verdict
from workbook.lesson.markup import joined
from workbook.lesson.plays import Plays
from workbook.lesson.scale import FIELD, Scale
from workbook.words import Words


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
    """Ask for what `truth` plays out, in the scale's unit, give or take `within`.

    `low` and `high` are the words for a guess below and above it, `right` what is worth noticing
    once it is found. They do not give the number away.
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
