"""An exercise: the cash left at the fork with which borrowing and launching are equally good."""

from __future__ import annotations

from workbook.lesson.exercise import Answer, Exercise, Field, Verdict
from workbook.lesson.plays import Plays, fork_of
from workbook.whatif import set_figure
from workbook.words import Words

FORK = "cash-gap"
NEAR = 0.02
LEAST_CASH, MOST_CASH, CASH_STEP = 40_000.0, 400_000.0, 5_000.0


def equal_cash(plays: Plays, w: Words) -> Exercise:
    """Find the cash left at the fork at which borrowing and launching are equally good."""
    currency = plays.plan.currency
    fork = fork_of(plays.plan, FORK)
    names = {option.id: w.name(option) for option in fork.options}

    def gap(cash: float) -> float:
        """How far launching is ahead of borrowing with this much cash at the fork."""
        plan = set_figure(plays.plan, f"forks.{FORK}.at.cash_below", cash)
        launch, borrow = ({FORK: option} for option in ("launch-early", "borrow"))
        return plays.goal(launch, plan) - plays.goal(borrow, plan)

    def check(answer: Answer) -> Verdict:
        try:
            cash = float(answer.get("cash", 0))
        except (TypeError, ValueError):
            return Verdict(False, w("Write an amount of money, in figures."))
        if not LEAST_CASH <= cash <= MOST_CASH:
            bounds = {"least": w.money(LEAST_CASH, currency), "most": w.money(MOST_CASH, currency)}
            return Verdict(False, w("Try a sum between {least} and {most}.", **bounds))
        lead = gap(cash)
        said = {"gap": _points(abs(lead), w), "near": _points(NEAR, w)}
        if abs(lead) <= NEAR:
            return Verdict(
                True,
                w(
                    "Within {near} of each other ({gap}): "
                    "here the figures no longer choose for you.",
                    **said,
                ),
            )
        ahead = names["launch-early" if lead > 0 else "borrow"]
        advice = w("try less") if lead > 0 else w("try more")
        return Verdict(
            False,
            w(
                "“{ahead}” is ahead by {gap}: {advice}.",
                ahead=ahead,
                advice=advice,
                gap=said["gap"],
            ),
        )

    def solution() -> tuple[Answer, str]:
        low, high = LEAST_CASH, MOST_CASH
        while high - low > CASH_STEP and abs(gap(low)) > NEAR:
            middle = CASH_STEP * round((low + high) / 2 / CASH_STEP)
            low, high = (low, middle) if gap(middle) > NEAR else (middle, high)
        return {"cash": low}, w("About {cash}.", cash=w.money(low, currency))

    return Exercise(
        id="equal-cash",
        question=w(
            "How much must be left when the fork opens for “{borrow}” and “{launch}” to be equally "
            "good, within {near}?",
            borrow=names["borrow"],
            launch=names["launch-early"],
            near=_points(NEAR, w),
        ),
        fields=(
            Field("cash", w("Cash left at the fork"), LEAST_CASH, MOST_CASH, CASH_STEP, 300_000.0),
        ),
        check=check,
        hints=(
            w("A launch takes weeks and money before it teaches anything; a loan works at once."),
            w("Halve the range each time: the answer tells you which half."),
        ),
        solution=solution,
    )


def _points(gap: float, w: Words) -> str:
    """A distance between two chances, without a sign."""
    return w("{gap} points", gap=w.number(round(gap * 100, 1)))
