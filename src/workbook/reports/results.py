"""The sections on a plan's results: odds in a sentence, key figures, forks, what else is tracked.

Each option of a fork is compared on the same luck as the plan as written. Besides cash a plan
tracks hours, customers who stay, and measures of its own; an exact play leaves those out, for
nothing is computed from them, so then a simulation is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from itertools import product
from math import prod
from typing import Any, cast

from workbook.charts import options
from workbook.charts.fates import capital_sentence
from workbook.charts.measure import Followed, customers, debt, hours, measure, recurring, share
from workbook.charts.picture import picture
from workbook.charts.runway import ruin_week
from workbook.edit import chosen
from workbook.law import capital_of, keeps_customers
from workbook.logged import today
from workbook.outcomes import FATES, Fate, Outcomes
from workbook.plan import BREAKEVEN, Fork, Plan
from workbook.play import goal_gap, play_many
from workbook.reports.markup import Cell, fate_cell, figure, paragraph, table
from workbook.review.cash import spends_uncounted
from workbook.words import N_, Words
from workbook.words.figures import of_a_hundred

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
    dots = of_a_hundred(outcomes.fates)
    goal = words(
        "Of 100 lives of this plan, {n} reach the goal, “{goal}”, within {weeks}",
        n=dots["goal"],
        goal=goal_name(outcomes, words),
        weeks=words.weeks(outcomes.plan.horizon_weeks),
    )
    others: list[Fate] = [fate for fate in FATES if fate != "goal" and dots[fate]]
    if others:
        rest = _rest(outcomes, max(others, key=lambda fate: dots[fate]), dots, words)
        opening = words("{first}; {second}.", first=goal, second=rest)
    else:
        opening = words("{sentence}.", sentence=goal)
    gap = " " if words.lang == "en" else ""
    more = (capital_sentence(outcomes, words), _uncounted(outcomes.plan, words))
    return gap.join(sentence for sentence in (opening, *more) if sentence)


def _uncounted(plan: Plan, words: Words) -> str:
    """A sentence if the plan costs money but counts no cash."""
    if not spends_uncounted(plan):
        return ""
    return words("Money is not counted: the plan gives no cash.")


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

    chance = words.chance(fates["goal"], errors["goal"])
    figures = [(words("chance of the goal"), words.fate_percent(fates, "goal"), chance)]
    if plan.cash is not None:
        figures.append(
            (
                words("chance that the money runs out"),
                words.fate_percent(fates, "ruin"),
                _ruin_week(outcomes, words),
            )
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


MOST_TOGETHER = 24
BEST_SHOWN = 5


def fork_figure(number: int) -> str:
    """Name of the picture of the plan's n-th fork."""
    return f"fork-{number}"


def forks_section(base: Outcomes, words: Words, runs: int, seed: int) -> str:
    """A picture for each fork of the plan; a sentence for a plan without forks."""
    if not base.plan.forks:
        return paragraph(words("This plan has no forks: it goes on as written whatever happens."))
    shown, plays = "", _plays(base, runs, seed)
    for number, fork in enumerate(base.plan.forks, start=1):
        played = {words("as chosen") if base.choices else words("as written"): base}
        for option in fork.options:
            if base.choices.get(fork.id) == option.id:
                continue
            name = words.name(option)
            name = f"{name} ({option.id})" if name in played else name
            played[name] = plays[_named({**base.choices, fork.id: option.id})]
        drawn = picture(cast(Any, options), options.side_by_side(played), words).html
        about = paragraph(words.text(fork.note), "note") if words.text(fork.note) else ""
        heading = f"<h3>{escape(words.name(fork))}</h3>{about}"
        shown += figure(fork_figure(number), heading + drawn)
    return shown if base.choices else shown + _together(base, plays, words)


Plays = Mapping[tuple[tuple[str, str], ...], Outcomes]


def _plays(base: Outcomes, runs: int, seed: int) -> Plays:
    """Play the plan with each option, and without choices with each combination, all at once."""
    taken = [
        {**base.choices, fork.id: option.id}
        for fork in base.plan.forks
        for option in fork.options
        if base.choices.get(fork.id) != option.id
    ]
    if not base.choices:
        taken += combinations(base.plan)
    plays = play_many([(base.plan, choices) for choices in taken], runs=runs, seed=seed)
    return {_named(choices): play for choices, play in zip(taken, plays, strict=True)}


def _named(choices: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(choices.items()))


def combinations(plan: Plan) -> Iterator[dict[str, str]]:
    """Every choice of options at two or more forks; empty if there are too many."""
    offered = [[(fork.id, ""), *((fork.id, o.id) for o in fork.options)] for fork in plan.forks]
    if prod(map(len, offered)) <= MOST_TOGETHER:
        for chosen in product(*offered):
            taken = {fork: option for fork, option in chosen if option}
            if len(taken) > 1:
                yield taken


def _together(base: Outcomes, plays: Plays, words: Words) -> str:
    together = [plays[_named(taken)] for taken in combinations(base.plan)]
    if not together:
        return ""
    ranked = sorted(together, key=lambda played: -played.fates["goal"])
    best = [p for p in ranked if p.fates["goal"] > base.fates["goal"]][:BEST_SHOWN] or ranked[:1]
    heads = [words("options taken"), words("reaches the goal"), words("against as written")]
    if base.plan.cash is not None:
        heads.append(words("money runs out"))
    rows = [_option_row(played, base, words) for played in best]
    heading = f"<h3>{escape(words('Options taken together'))}</h3>"
    return f'<div class="keep">{heading}{table(heads, rows)}</div>'


def _option_row(played: Outcomes, base: Outcomes, words: Words) -> list[str | Cell]:
    gap = goal_gap(base, played)
    change = words("too close to call")
    if gap.decides:
        change = words.points(gap.value, gap.error or None)
    row: list[str | Cell] = [
        " + ".join(option_names(base.plan.forks, played.choices, words)),
        fate_cell(played.fates, "goal", words),
        Cell(change, number=True),
    ]
    return row if base.plan.cash is None else [*row, fate_cell(played.fates, "ruin", words)]


def option_names(forks: tuple[Fork, ...], choices: Mapping[str, str], words: Words) -> list[str]:
    """Names of the options taken, in the order of the forks."""
    return [
        words.name(option)
        for fork in forks
        for option in fork.options
        if choices.get(fork.id) == option.id
    ]


MOST_MEASURES = 12
HOURS = "hours"
STAYING = {"customers": customers, "recurring": recurring}
OWNED = {"share": share, "debt": debt}
DRAWN = {**STAYING, **OWNED}


def followed_names(plan: Plan) -> tuple[str, ...]:
    """Names of the pictures, hours and customers first; of very many measures the first dozen."""
    count = min(len(plan.measures), MOST_MEASURES)
    counted = (HOURS,) if takes_hours(plan) else ()
    staying = tuple(STAYING) if keeps_customers(plan) else ()
    owned = capital_of(plan, chosen(plan, {}))
    return (*counted, *staying, *owned, *(f"measure-{n + 1}" for n in range(count)))


def takes_hours(plan: Plan) -> bool:
    """Whether the business itself ever takes hours: at the start, by a milestone or an option."""
    parts = [plan, *(m.gives for m in plan.milestones), *(o for f in plan.forks for o in f.options)]
    return plan.counts_hours and any(p and p.running_hours_per_week for p in parts)


def followed(
    outcomes: Outcomes, simulated: Outcomes | None, words: Words
) -> Iterator[tuple[str, Followed]]:
    """Each picture's name with what it draws; measures are those of the simulation."""
    plan = outcomes.plan
    names = list(followed_names(plan))
    if HOURS in names:
        yield names.pop(0), hours(outcomes, words)
    while names and names[0] in DRAWN:
        yield names[0], DRAWN[names.pop(0)](outcomes, words)
    for name, id in zip(names, plan.measures, strict=False):
        yield name, measure(simulated or outcomes, id, words)
