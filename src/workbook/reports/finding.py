"""The finding: a plan's odds in one sentence, and the key figures below it."""

from __future__ import annotations

from workbook.charts.fates import per_hundred
from workbook.charts.runway import ruin_week
from workbook.logged import today
from workbook.outcomes import FATES, Fate, Outcomes
from workbook.plan import BREAKEVEN, Plan
from workbook.reports.markup import WHOLE
from workbook.review.finite_cash import spends_uncounted
from workbook.words import N_, Words

RESTS: dict[Fate, str] = {
    "ruin": N_("{n} run out of money, most often at “{milestone}”"),
    "stuck": N_("{n} get stuck, most often at “{milestone}”"),
    "open": N_("{n} are still under way by then"),
}
PLAIN_RUIN = N_("{n} run out of money")
PLAIN_STUCK = N_("{n} get stuck")


def goal_name(outcomes: Outcomes, words: Words) -> str:
    """What the plan calls its goal."""
    plan = outcomes.plan
    if plan.goal == BREAKEVEN:
        return words("income covers what you spend")
    return words.name(plan.milestone(plan.goal))


def hardest(outcomes: Outcomes, fate: Fate) -> str | None:
    """Id of the milestone where most lives of this fate end; None if no life ends so."""
    ends = {
        id: m.died_here if fate == "ruin" else m.stuck_here for id, m in outcomes.milestones.items()
    }
    worst = max(ends, key=lambda id: ends[id], default=None)
    return worst if worst is not None and ends[worst] > 0 else None


def finding(outcomes: Outcomes, words: Words) -> str:
    """How many of 100 lives reach the goal in time, and where most of the others end."""
    dots = per_hundred(outcomes)
    goal = words(
        "Of 100 lives of this plan, {n} reach the goal, “{goal}”, within {weeks}",
        n=dots["goal"],
        goal=goal_name(outcomes, words),
        weeks=words.weeks(outcomes.plan.horizon_weeks),
    )
    others: list[Fate] = [fate for fate in FATES if fate != "goal" and dots[fate]]
    if not others:
        return words("{sentence}.", sentence=goal) + _uncounted(outcomes.plan, words)
    rest = _rest(outcomes, max(others, key=lambda fate: dots[fate]), dots, words)
    return words("{first}; {second}.", first=goal, second=rest) + _uncounted(outcomes.plan, words)


def _uncounted(plan: Plan, words: Words) -> str:
    """A sentence if the plan costs money but counts no cash."""
    if not spends_uncounted(plan):
        return ""
    gap = " " if words.lang == "en" else ""
    return gap + words("Money is not counted: the plan gives no cash.")


def _rest(outcomes: Outcomes, fate: Fate, dots: dict[Fate, int], words: Words) -> str:
    where = hardest(outcomes, fate) if fate != "open" else None
    if where is not None:
        name = words.name(outcomes.as_played.milestone(where))
        return words(RESTS[fate], n=dots[fate], milestone=name)
    plain = {"ruin": PLAIN_RUIN, "stuck": PLAIN_STUCK, "open": RESTS["open"]}
    return words(plain[fate], n=dots[fate])


def key_figures(outcomes: Outcomes, words: Words) -> list[tuple[str, str, str]]:
    """The key figures under the finding: label, value, remark."""
    plan, fates = outcomes.plan, outcomes.fates
    errors = outcomes.fates_error

    def share(fate: Fate) -> str:
        return words.percent(fates[fate], max(WHOLE, errors[fate]))

    chance = words.chance(fates["goal"], errors["goal"])
    figures = [(words("chance of the goal"), share("goal"), chance)]
    if plan.cash is not None:
        figures.append(
            (words("chance that the money runs out"), share("ruin"), _ruin_week(outcomes, words))
        )
        figures.append(_cash(plan, words))
    figures.append((words("the goal is reached"), *_goal_week(outcomes, words)))
    return figures


def _ruin_week(outcomes: Outcomes, words: Words) -> str:
    week, starts = ruin_week(outcomes), outcomes.plan.starts
    return (
        "" if week is None else words("half of them by week {week}", week=words.when(week, starts))
    )


def _cash(plan: Plan, words: Words) -> tuple[str, str, str]:
    """The cash at the start, or as last counted if the plan is under way."""
    here = today(plan)
    now = here.plan if here else plan
    burn = words.money(now.burn_per_week, plan.currency)
    said = words("at the start, {burn} a week goes out", burn=burn)
    if here:
        said = words(
            "today, in week {week}; {burn} a week goes out", week=str(here.week), burn=burn
        )
    return words("cash"), words.money(now.cash or 0.0, plan.currency), said


def _goal_week(outcomes: Outcomes, words: Words) -> tuple[str, str]:
    """The week by which half of all lives reach the goal, or the mean week of those that do."""
    goal = outcomes.plan.goal
    half = outcomes.milestones[goal].weeks[0.5] if goal in outcomes.milestones else None
    if half is not None:
        return words.week(half, outcomes.plan.starts), words("by then half of all lives are there")
    mean = outcomes.mean.week_if_goal
    if mean is None:
        return "–", words("no life gets there")
    return words.week(round(mean), outcomes.plan.starts), words(
        "on average, of those that get there"
    )
