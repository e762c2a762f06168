"""Who tries it out: what a round teaches among strangers and among friends."""

from __future__ import annotations

from workbook.cases import Case
from workbook.charts.arrivals import Arrivals
from workbook.law import raced_rates
from workbook.lesson import markup
from workbook.lesson.companion.rounds import passed_by, rounds_needed
from workbook.lesson.companion.turns import ASKED, DEVICE, FRIENDS, SEED_USERS
from workbook.lesson.drawn import drawn
from workbook.lesson.plays import Plays, fork_of
from workbook.lesson.sums import price_to_pass, round_price
from workbook.paired import goal_gap
from workbook.plan import Milestone, Option, Plan
from workbook.words import Words

MOST_ROUNDS = 12

Rates = tuple[float, ...]


def shown(case: Case, plays: Plays, w: Words) -> str:
    """The replay with friends, the rounds of the device, and what a thousand women were worth."""
    plan = case.plan
    rates = (raced_rates(plan.milestone(DEVICE)), rates_among_friends(plan))
    return "".join(
        (
            markup.say(_replayed(plays, w)),
            drawn("arrivals", _arrivals(plan, rates, w), case, w),
            markup.say(*_worth(plan, rates, w)),
        )
    )


def rates_among_friends(plan: Plan) -> Rates:
    """The device's pass rates, round by round, where only friends try it."""
    changed: dict[str, object] = dict(_option(plan).milestones[DEVICE])
    data = {**plan.milestone(DEVICE).model_dump(), **changed}
    return raced_rates(Milestone.model_validate(data))


def _option(plan: Plan) -> Option:
    return next(o for o in fork_of(plan, ASKED).options if o.id == FRIENDS[ASKED])


def _replayed(plays: Plays, w: Words) -> str:
    strangers, friends = plays.play(), plays.play(FRIENDS)
    gap = goal_gap(strangers, friends)
    return w(
        "With “{friends}” in place of “{strangers}” the goal is reached in {without} of lives "
        "instead of {kept} ({gap} on the same luck).",
        friends=w.name(_option(plays.plan)),
        strangers=w.name(plays.plan.milestone(SEED_USERS)),
        without=w.percent(friends.fates["goal"], friends.fates_error["goal"]),
        kept=w.percent(strangers.fates["goal"], strangers.fates_error["goal"]),
        gap=w.points(gap.value, gap.error),
    )


def _arrivals(plan: Plan, rates: tuple[Rates, Rates], w: Words) -> Arrivals:
    strangers, friends = rates
    rounds = range(MOST_ROUNDS + 1)
    half_way = next((n for n in rounds if passed_by(strangers, n) >= 0.5), MOST_ROUNDS)
    return Arrivals(
        {
            w.name(plan.milestone(SEED_USERS)): [passed_by(strangers, n) for n in rounds],
            w.name(_option(plan)): [passed_by(friends, n) for n in rounds],
        },
        w("rounds with the device"),
        w(
            "After {n} rounds the device is right in {one} of lives with the seed users, "
            "and in {other} with friends",
            n=half_way,
            one=w.percent(passed_by(strangers, half_way), 0.005),
            other=w.percent(passed_by(friends, half_way), 0.005),
        ),
        half_way,
    )


def _worth(plan: Plan, rates: tuple[Rates, Rates], w: Words) -> tuple[str, ...]:
    device, seed = plan.milestone(DEVICE), plan.milestone(SEED_USERS)
    needed = tuple(round(rounds_needed(rate), 1) for rate in rates)
    saved = needed[1] - needed[0]
    return (
        w(
            "On average the device takes {one} rounds with the seed users and {other} with "
            "friends. A round costs {cost}, burn included.",
            one=w.number(needed[0]),
            other=w.number(needed[1]),
            cost=w.money(round(round_price(plan, device), -3), plan.currency),
        ),
        w(
            "The rounds spared on the device alone are worth {saved}; "
            "winning the thousand women costs {price} on average.",
            saved=w.money(round(saved * round_price(plan, device), -3), plan.currency),
            price=w.money(round(price_to_pass(plan, seed), -3), plan.currency),
        ),
    )
