"""Why the odds are what they are: where most lives end, and which odds rest on no estimate.

A milestone without a pass rate and without a test is played as one that cannot fail (see
`Milestone.rates`). While a chain is being built that is not the founder's belief but a gap, so the
odds of everything behind it are upper bounds.
"""

from __future__ import annotations

from collections.abc import Collection
from math import isfinite

from workbook.builder.edits import called
from workbook.chain import links_of
from workbook.errors import Message, Money
from workbook.law import Attempt, Economy
from workbook.law.capital import debt_service_per_week, fundings_of
from workbook.outcomes import LEVELS, Outcomes
from workbook.plan import BREAKEVEN, Milestone, Plan

ESTIMATES = ("weeks", "cost", "pass_rate")


def unwritten(plan: Plan) -> dict[str, tuple[str, ...]]:
    """By milestone, the estimates that nobody has written: a week, no cost, a pass hold.

    A milestone that counts its hours has no weeks to write; one with a test has no pass rate.
    """
    return {m.id: tuple(name for name in ESTIMATES if _open(m, name)) for m in plan.milestones}


def _open(milestone: Milestone, name: str) -> bool:
    if milestone.level is not None:
        return False
    if name == "pass_rate":
        return not _estimated(milestone)
    counted = name == "weeks" and milestone.hours is not None
    return name not in milestone.model_fields_set and not counted


def unestimated(plan: Plan) -> tuple[str, ...]:
    """Milestones still ahead for which nobody has said how often an attempt passes."""
    behind = {entry.milestone for entry in plan.log if entry.result == "passed"}
    return tuple(m.id for m in plan.attempted if m.id not in behind and not _estimated(m))


def _estimated(milestone: Milestone) -> bool:
    known = (milestone.pass_rate, milestone.tests, milestone.level)
    return any(one is not None for one in known)


def leaning_on(plan: Plan, ids: Collection[str]) -> frozenset[str]:
    """These milestones and all that can only be reached through one of them."""
    needs = links_of(plan)
    found, newer = set(ids), set(ids)
    while newer:
        newer = {id for id, need in needs.items() if id not in found and newer.intersection(need)}
        found |= newer
    return frozenset(found)


SMALLEST = 0.01
"""Fewer lives than this are no reason that is worth a sentence."""
DIGITS = 2
"""Digits of an amount that is only about so much."""


def lost_at(found: Outcomes) -> dict[str, float]:
    """By milestone, the share of lives that end at it: ruined there, or its attempts used up."""
    return {id: one.died_here + one.stuck_here for id, one in found.milestones.items()}


def why(found: Outcomes) -> Message | None:
    """Where most lives end, and why; None where hardly any misses the goal.

    Examples
    --------
    “Most lives end at “Fit-out”: an attempt takes ¥90,000 with the burn, and about ¥79,000 is left
    by then.”
    """
    lost = lost_at(found)
    id = max(lost, key=lambda one: lost[one], default="")
    out_of_time = found.fates["open"]
    waiting = _ruined_waiting(found, max(lost.get(id, 0.0), out_of_time, SMALLEST))
    if waiting is not None:
        return waiting
    if _never_breaks_even(found) or max(lost.get(id, 0.0), out_of_time) < SMALLEST:
        return _no_breakeven(found)
    if out_of_time > lost.get(id, 0.0):
        return _still_waiting(found, out_of_time) or _out_of_time(found.plan)
    values: dict[str, object] = {"name": called(found.plan, id), "n": round(lost[id] * 100)}
    end = Message("Most lives end at “{name}”", values)
    if lost[id] <= 0.5:
        end = Message("{n} of 100 lives end at “{name}”, more than anywhere else", values)
    return Message("{end}: {reason}.", {"end": end, "reason": _reason(found, id)})


def _economy_after(plan: Plan) -> Economy:
    economy = Economy.of(plan)
    for one in plan.attempted:
        economy = economy.after(one.gives)
    return economy


def _never_breaks_even(found: Outcomes) -> bool:
    """Whether breaking even is the goal, and sales that do not grow stay below the burn."""
    if found.plan.goal != BREAKEVEN or found.fates["goal"] >= SMALLEST:
        return False
    economy = _economy_after(found.plan)
    grows = economy.fee_per_month or economy.reach_growth_per_month or economy.referrals_per_month
    return not grows and economy.net_cents < 0


def _no_breakeven(found: Outcomes) -> Message | None:
    """All milestones are reached and the business still costs more than it earns."""
    plan = found.plan
    if plan.goal != BREAKEVEN or found.fates["goal"] > 1 - SMALLEST:
        return None
    economy = _economy_after(plan)
    values = {
        "sales": Money(_about(economy.sales_cents / 100), plan.currency),
        "burn": Money(_about(economy.burn_cents / 100), plan.currency),
    }
    template = (
        "The milestones are reached, but the business does not break even: with the customers of"
        " today it earns {sales} a week after the last of them, and the burn is {burn}."
    )
    return Message(template, values)


def _awaited(found: Outcomes, share: float) -> Milestone | None:
    """The level for which most of this share of lives wait when they end; None without one."""
    reached = {id: one.reached for id, one in found.milestones.items()}
    for one in found.plan.attempted:
        before = min((reached[id] for id in one.needs), default=1.0)
        if one.level is not None and before - reached[one.id] > share / 2:
            return one
    return None


def _still_waiting(found: Outcomes, out_of_time: float) -> Message | None:
    """The level for which most lives without a verdict wait at the end; None without one."""
    plan, one = found.plan, _awaited(found, out_of_time)
    if one is None:
        return None
    values = {"name": called(plan, one.id), "week": str(plan.horizon_weeks)}
    template = "Most lives still wait for “{name}” when the plan ends, with week {week}."
    return Message(template, values)


def _ruined_waiting(found: Outcomes, least: float) -> Message | None:
    """Ruin with nothing left to try, while a level is awaited; None for at most `least` lives."""
    plan = found.plan
    share = found.fates["ruin"] - sum(one.died_here for one in found.milestones.values())
    level = _awaited(found, share) if share > least else None
    if level is None:
        return None
    values = {"name": called(plan, level.id), "n": round(share * 100)}
    template = "{n} of 100 lives are ruined while they wait for “{name}”: {reason}."
    return Message(template, {**values, "reason": _costs_while_waiting(plan, level)})


def _costs_while_waiting(plan: Plan, level: Milestone) -> Message:
    """What a week takes and brings; where the bills or wages besides are more, no figures."""
    economy, owed = _economy_before(plan, level), _instalments_per_week(plan)
    if economy.sales_cents >= economy.burn_cents + 100 * owed:
        return Message("the cash is gone first")
    values = {
        "costs": Money(_about(economy.burn_cents / 100 + owed), plan.currency),
        "sales": Money(_about(economy.sales_cents / 100), plan.currency),
    }
    template = "the burn takes about {costs} a week, and the customers of today bring {sales}"
    if owed:
        template = (
            "burn and instalments take about {costs} a week, and the customers of today bring"
            " {sales}"
        )
    return Message(template, values)


def _instalments_per_week(plan: Plan) -> float:
    """What the instalments of all loans of a plan take in a week, while all of them run."""
    return sum(debt_service_per_week(one) for one in fundings_of(plan) if one is not None)


def _out_of_time(plan: Plan) -> Message:
    """The plan ends first: with a milestone that cannot pass, too short for one try, or so."""
    values: dict[str, object] = {"week": str(plan.horizon_weeks)}
    attempts = [Attempt.at_start(plan, one) for one in plan.attempted if one.level is None]
    never = [one.milestone.id for one in attempts if one.chance == 0]
    if never:
        template = "“{name}” cannot pass: its pass rate is 0, and the weeks run out meanwhile."
        return Message(template, {"name": called(plan, never[0])})
    once = sum(one.weeks for one in attempts)
    if plan.teams == 1 and once > plan.horizon_weeks:
        template = (
            "Time runs out: one attempt at each milestone takes {weeks} weeks, and the plan ends"
            " with week {week}."
        )
        return Message(template, {**values, "weeks": round(once)})
    template = "Most lives that miss the goal run out of time: the plan ends with week {week}."
    return Message(template, values)


def _reason(found: Outcomes, id: str) -> Message:
    milestone, outcome = found.plan.milestone(id), found.milestones[id]
    if outcome.died_here >= outcome.stuck_here:
        return _unpaid(found, milestone)
    if milestone.tests is not None or milestone.attempts is None:
        return Message("nothing is left to try there")
    values = {
        "n": milestone.attempts,
        "percent": round(Attempt.at_start(found.plan, milestone).chance * 100),
    }
    if milestone.attempts == 1:
        return Message("there is one attempt, and it passes in {percent} of 100 lives", values)
    return Message("there are {n} attempts, and the first passes in {percent} of 100", values)


def _unpaid(found: Outcomes, milestone: Milestone) -> Message:
    """The cash is gone there: what an attempt takes, and what is left when it begins."""
    plan, left = found.plan, _cash_before(found, milestone)
    attempt = Attempt(milestone, _economy_before(plan, milestone))
    takes = attempt.cents_with_burn / 100
    if left is None or not isfinite(takes) or takes <= 0:
        return Message("the cash is gone there")
    values: dict[str, object] = {
        "takes": Money(_about(takes), plan.currency),
        "left": Money(_about(max(0.0, left)), plan.currency),
        "n": int(left / takes),
        "percent": round(attempt.chance * 100),
    }
    return _left_for_it(values, left < takes, _instalments_per_week(plan), plan.currency)


def _left_for_it(
    values: dict[str, object], too_little: bool, owed: float, currency: str
) -> Message:
    """The sentence on what is left: too little, taken by instalments too, or for some attempts."""
    template = (
        "an attempt takes {takes} with the burn and passes in {percent} of 100; about {left} is"
        " left by then, enough for {n}"
    )
    if too_little:
        template = "an attempt takes {takes} with the burn, and about {left} is left by then"
    elif owed:
        values = {**values, "owed": Money(_about(owed), currency)}
        template = (
            "an attempt takes {takes} with the burn and passes in {percent} of 100, and instalments"
            " take about {owed} a week besides; about {left} is left by then"
        )
    return Message(template, values)


def _about(amount: float) -> float:
    """An amount to two digits that matter."""
    return round(amount, DIGITS - len(str(int(amount)))) if amount >= 10 else round(amount)


def _before(plan: Plan, milestone: Milestone) -> list[Milestone]:
    """What comes before a milestone in the plan's order."""
    attempted = list(plan.attempted)
    return attempted[: attempted.index(milestone)] if milestone in attempted else []


def _economy_before(plan: Plan, milestone: Milestone) -> Economy:
    economy = Economy.of(plan)
    for one in _before(plan, milestone):
        economy = economy.after(one.gives)
    return economy


def _cash_before(found: Outcomes, milestone: Milestone) -> float | None:
    """Cash of the middle life when the milestone begins; None where it hardly ever does."""
    plan = found.plan
    if plan.cash is None:
        return None
    before = _before(plan, milestone)
    waited = (
        before[-1:]
        if plan.teams == 1
        else [m for m in before if m.id in (*milestone.needs, *milestone.needs_any)]
    )
    weeks = [found.milestones[one.id].weeks.get(0.5) for one in waited]
    known = [week for week in weeks if week is not None]
    cash = found.weekly.bands["cash"][LEVELS.index(0.5)]
    week = max(known, default=0)
    if len(known) < len(weeks) or week >= len(cash) or not isfinite(cash[week]):
        return None
    return float(cash[week])
