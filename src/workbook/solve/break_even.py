"""Test first, or skip and see? The belief at which both are equally good."""

# ruff: noqa: PT028 - `test_or_skip` is not a test, despite its name

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING, Any, Literal

from workbook.errors import N_, NONE, InputError, Message, fault
from workbook.logged import plan_from_today
from workbook.outcomes import Outcomes
from workbook.plan import Milestone, Plan
from workbook.play import (
    RUNS,
    Gap,
    OnProgress,
    cash_gap,
    goal_gap,
    no_progress,
    play_many,
)
from workbook.solve.least import with_rate
from workbook.solve.required import Choices, name_of

if TYPE_CHECKING:
    import pandas as pd

Verdict = Literal["test below", "test above", "test", "skip", "no clear difference"]
BY_GOAL: Mapping[Verdict, str] = {
    "test below": N_(
        "Test “{milestone}” first if you are less than {belief}% sure of it, else skip."
    ),
    "test above": N_(
        "Test “{milestone}” first if you are more than {belief}% sure of it, else skip."
    ),
    "test": N_("Test “{milestone}” first, however sure you are: skipping it is never better."),
    "skip": N_("Skip the test of “{milestone}”, however unsure you are: it never pays."),
    "no clear difference": N_("Testing “{milestone}” first or skipping it: no clear difference."),
}
BY_CASH: Mapping[Verdict, str] = {
    **BY_GOAL,
    "test below": N_(
        "The goal is as likely either way. More money is left if you test “{milestone}” first when"
        " you are less than {belief}% sure of it, else skip."
    ),
    "test above": N_(
        "The goal is as likely either way. More money is left if you test “{milestone}” first when"
        " you are more than {belief}% sure of it, else skip."
    ),
    "test": N_(
        "The goal is as likely either way. More money is left if you test “{milestone}” first,"
        " however sure you are."
    ),
    "skip": N_(
        "The goal is as likely either way. More money is left if you skip the test of"
        " “{milestone}”, however unsure you are."
    ),
}
OUT_OF_REACH = N_(
    "The goal is out of reach whether you test “{milestone}” first or skip it, and whether it is"
    " true or not: this decides nothing. Change the plan first."
)


@dataclass(frozen=True)
class BreakEven:
    """The break-even between testing a hypothesis first and skipping it.

    Attributes
    ----------
    verdict
        "test below" or "test above" the `belief` of the break-even; "test" or "skip" if one is
        at least as good at every belief. No clear difference also where the goal is out of reach.
    belief, error
        The break-even (share) and its standard error; None without one.
    by
        What was compared: the chance of the goal, or, if that is always the same, the money left at
        the verdict.
    if_untrue, if_true
        What testing first gains over skipping if the hypothesis is untrue, or true: more chance of
        the goal (share), or more money left.
    now, advice
        The plan's own belief, and what to do with it.
    message
        The break-even in a sentence.
    """

    plan: str
    milestone: str
    verdict: Verdict
    belief: float | None
    error: float | None
    by: Literal["goal", "cash"]
    if_untrue: Gap
    if_true: Gap
    now: float
    advice: Literal["test", "skip", "no clear difference"]
    how: str
    message: Message

    def as_json(self) -> dict[str, Any]:
        """Return plain data for `--json`."""
        plain = {**vars(self), "message": str(self.message)}
        return plain | {name: vars(plain[name]) for name in ("if_untrue", "if_true")}

    def frame(self) -> pd.DataFrame:
        """Return two rows, belief 0 and 1: `gain` of testing first and its `error` (see `by`)."""
        import pandas as pd

        gaps = (self.if_untrue, self.if_true)
        rows = [{"gain": gap.value, "error": gap.error} for gap in gaps]
        return pd.DataFrame(rows, index=pd.Index([0.0, 1.0], name="belief"))


def test_or_skip(
    plan: Plan,
    id: str,
    choices: Choices = None,
    *,
    runs: int = RUNS,
    seed: int = 1,
    on_progress: OnProgress = no_progress,
) -> BreakEven:
    """Find the belief at which testing a hypothesis first and skipping it are equally good.

    Parameters
    ----------
    id
        The milestone that tests it; whether the plan skips it now does not matter.
    choices
        Option by fork, by ids.
    runs, seed
        The number of runs and the seed, if the plan must be simulated.
    on_progress
        Called with the share (0..1) that is done.

    Raises
    ------
    InputError
        If the milestone does not exist or tests nothing.
    """
    plan = plan_from_today(plan, choices)
    milestone = _tested(plan, id)
    worlds = [
        (with_rate(_skipping(plan, milestone, skip), milestone, belief), choices)
        for skip in (False, True)
        for belief in (0.0, 1.0)
    ]
    played = play_many(worlds, runs=runs, seed=seed, on_progress=on_progress)
    tested, skipped = (played[0], played[1]), (played[2], played[3])
    found = _break_even(plan, milestone, tested[0].how, *_gains(tested, skipped))
    in_reach = any(one.fates["goal"] > 0 for one in played)
    return found if in_reach else _out_of_reach(found, milestone)


test_or_skip.__test__ = False  # type: ignore[attr-defined]  # pytest: not a test, despite its name


def _break_even(
    plan: Plan, milestone: Milestone, how: str, by: Literal["goal", "cash"], gains: tuple[Gap, Gap]
) -> BreakEven:
    """Return what follows from the gains of testing if untrue and if true."""
    verdict = _verdict(*gains)
    belief, error = _crossing(*gains) if verdict.startswith("test ") else (None, None)
    assert milestone.tests is not None
    now = milestone.tests.belief
    return BreakEven(
        plan=plan.id,
        milestone=milestone.id,
        verdict=verdict,
        belief=belief,
        error=error,
        by=by,
        if_untrue=gains[0],
        if_true=gains[1],
        now=now,
        advice=_advice(verdict, belief, now),
        how=how,
        message=_message(milestone, verdict, belief, BY_GOAL if by == "goal" else BY_CASH),
    )


def _out_of_reach(found: BreakEven, milestone: Milestone) -> BreakEven:
    """Return that nothing is decided where no run reaches the goal, whatever money is left."""
    message = Message(OUT_OF_REACH, {"milestone": name_of(milestone)})
    same: Literal["no clear difference"] = "no clear difference"
    return replace(found, verdict=same, belief=None, error=None, advice=same, message=message)


def _skipping(plan: Plan, milestone: Milestone, skipped: bool) -> Plan:
    """Return the plan, testing the hypothesis of a milestone or skipping it."""
    others = tuple(id for id in plan.skips if id != milestone.id)
    return plan.model_copy(update={"skips": (*others, milestone.id) if skipped else others})


def _tested(plan: Plan, id: str) -> Milestone:
    hypotheses = {m.id: m for m in plan.milestones if m.tests}
    if id not in hypotheses:
        template = "no milestone '{found}' tests anything; these do: {allowed}"
        allowed = ", ".join(hypotheses) or NONE
        raise InputError(plan.id, [fault("milestones", template, found=id, allowed=allowed)])
    return hypotheses[id]


def _gains(
    tested: tuple[Outcomes, Outcomes], skipped: tuple[Outcomes, Outcomes]
) -> tuple[Literal["goal", "cash"], tuple[Gap, Gap]]:
    """Return the gains of testing if untrue and if true; in money only if the goal is the same."""

    def both(gap: Callable[[Outcomes, Outcomes], Gap]) -> tuple[Gap, Gap]:
        untrue, true = (gap(s, t) for s, t in zip(skipped, tested, strict=True))
        return untrue, true

    by_goal = both(goal_gap)
    if any(gap.clear for gap in by_goal):
        return "goal", by_goal
    return "cash", both(cash_gap)


def _verdict(untrue: Gap, true: Gap) -> Verdict:
    low, high = (0 if not gap.clear else 1 if gap.value > 0 else -1 for gap in (untrue, true))
    if low * high < 0:
        return "test below" if low > 0 else "test above"
    if low == high == 0:
        return "no clear difference"
    return "test" if low + high > 0 else "skip"


def _crossing(untrue: Gap, true: Gap) -> tuple[float, float]:
    """Return where the line between both gains is 0, and its error."""
    span = untrue.value - true.value
    spread = sqrt((true.value * untrue.error) ** 2 + (untrue.value * true.error) ** 2)
    return untrue.value / span, spread / span**2


def _advice(
    verdict: Verdict, belief: float | None, now: float
) -> Literal["test", "skip", "no clear difference"]:
    if belief is None:
        if verdict == "test" or verdict == "skip":
            return verdict
        return "no clear difference"
    below = now < belief
    return "test" if below == (verdict == "test below") else "skip"


def _message(
    milestone: Milestone, verdict: Verdict, belief: float | None, said: Mapping[Verdict, str]
) -> Message:
    values: dict[str, object] = {"milestone": name_of(milestone)}
    if belief is not None:
        values["belief"] = f"{belief * 100:.0f}"
    return Message(said[verdict], values)
