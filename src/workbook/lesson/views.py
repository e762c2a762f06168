"""The sections before the reveal: the situation, one run as a diary, many runs.

A diary tells what happened, in sentences, with the cash left. Consecutive failures at the same
milestone share one line; otherwise a year of tasting would fill the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from workbook.cases import Basis, Case, Fact
from workbook.lesson import markup
from workbook.lesson.comparisons import Choices, Plays
from workbook.lesson.markup import chart_html
from workbook.life import Event, Life
from workbook.life.diary import ENDINGS, SENTENCES
from workbook.outcomes import HARDLY_ANY, Outcomes
from workbook.plan import Fork, Milestone, Plan
from workbook.words import N_, Words


def diary(life: Life, plan: Plan, w: Words) -> str:
    """Return the run as an HTML list, one line per event."""
    names = {m.id: w.name(m) for m in plan.milestones}
    for fork in plan.forks:
        names[fork.id] = w.name(fork)
        for option in fork.options:
            names |= _new_names(option.milestones, w)
    rows = [_row(group, names, life, plan, w) for group in _groups(life.events)]
    return f'<ol class="wb-diary">{"".join(rows)}</ol>'


def ending(life: Life, plan: Plan, w: Words) -> str:
    """Say how the run ended, in one sentence."""
    if life.fate == "goal":
        return _at_goal(life, plan, w)
    if life.fate == "ruin":
        names = {m.id: w.name(m) for m in plan.milestones}
        return w(
            "This life runs out of money in week {week}, at “{milestone}”.",
            week=str(life.week),
            milestone=names.get(life.died_in or "", life.died_in or "–"),
        )
    if life.fate == "stuck":
        return w("This life gets stuck in week {week}, with money left.", week=str(life.week))
    taken = life.states[life.week].running_hours_per_week
    if plan.hours_per_week is not None and taken >= plan.hours_per_week:
        return w(
            "From some week on the business took every hour there was ({taken} of {hours} a week), "
            "so that nothing could change any more: this life is still there in week {week}.",
            taken=w.number(taken),
            hours=w.number(plan.hours_per_week),
            week=str(life.week),
        )
    return w("This life is still on its way when time is up, in week {week}.", week=str(life.week))


def _at_goal(life: Life, plan: Plan, w: Words) -> str:
    """Say when the goal was reached, and with how much money, or for how many hours."""
    if plan.cash is None:
        return w(
            "This life reaches the goal in week {week}; the business takes {n} hours a week by "
            "then.",
            week=str(life.week),
            n=w.number(life.states[-1].running_hours_per_week),
        )
    return w(
        "This life reaches the goal in week {week}, with {cash} in the bank.",
        week=str(life.week),
        cash=w.money(life.cash, plan.currency),
    )


def _groups(events: tuple[Event, ...]) -> Iterator[list[Event]]:
    """Group the events worth a line; consecutive failures at the same milestone together."""
    shown = (e for e in events if e.happening != "started")
    for key, group in groupby(shown, key=lambda e: (e.happening, e.about)):
        if key[0] == "failed":
            yield list(group)
        else:
            yield from ([event] for event in group)


def _row(group: list[Event], names: dict[str, str], life: Life, plan: Plan, w: Words) -> str:
    first, last = group[0], group[-1]
    what = names.get(last.about, last.about)
    if last.happening == "failed":
        template = N_("{what}: {n} attempts in a row fail.")
        if len(group) == 1:
            template = N_("{what}: an attempt fails.")
        sentence = w(template, what=what, **({"n": len(group)} if len(group) > 1 else {}))
    else:
        amount = w.money(last.amount, plan.currency)
        sentence = w(SENTENCES[last.happening], what=what, amount=amount)
    when = str(last.week) if first.week == last.week else f"{first.week}–{last.week}"
    kind = "wb-ended" if last.happening in ENDINGS else f"wb-{last.happening}"
    left = escape(_left(last, life, plan, w))
    return (
        f'<li class="{kind}"><span class="wb-when">{escape(w("week {week}", week=when))}</span> '
        f"{escape(sentence)} "
        f'<span class="wb-cash">{left}</span></li>'
    )


def _left(event: Event, life: Life, plan: Plan, w: Words) -> str:
    """Return the cash left; in a case with hours, the hours that the business took."""
    if plan.cash is not None:
        template = N_("{cash} short") if event.cash < 0 else N_("{cash} left")
        return w(template, cash=w.money(abs(event.cash), plan.currency))
    hours = life.states[min(event.week, life.week)].running_hours_per_week
    if not hours:
        return w("the shop is not running yet")
    return w("taking {n} hours a week", n=w.number(hours))


def _new_names(milestones: dict[str, dict[str, object]], w: Words) -> dict[str, str]:
    """Return the names of milestones that an option adds."""
    found = {}
    for id, change in milestones.items():
        name = change.get("name")
        if isinstance(name, dict) and w.lang in name:
            found[id] = str(name[w.lang])
        elif isinstance(name, str):
            found[id] = name
    return found


UNITS = {
    "weeks": N_("{n} weeks"),
    "CNY a week": N_("{n} a week"),
    "USD a week": N_("{n} a week"),
    "points": N_("{n} points"),
    "hours": N_("{n} hours"),
    "hours a week": N_("{n} hours a week"),
    "outlets": N_("{n} outlets"),
    "outlets a week": N_("{n} outlets a week"),
    "teams": N_("{n} teams"),
    "people": N_("{n} people"),
    "attempts": N_("{n} attempts"),
    "times": N_("{n} times"),
}
ONE = {"hours a week": N_("{n} hour a week")}
"""Notes where a learner may enter a figure of their own."""


def situation(case: Case, w: Words, *, figures: bool = True) -> str:
    """Show the chain, the runway, and every figure with its source.

    The list of figures gives the story away; without `figures` it stays closed.
    """
    plan = case.plan
    chain = chart_html("chain", plan, case, w)
    runway = ""
    if plan.cash is not None and plan.burn_per_week:
        runway = w(
            "{cash} in the bank and {burn} a week going out: {weeks} of runway "
            "before a single test is paid.",
            cash=w.money(plan.cash, plan.currency),
            burn=w.money(plan.burn_per_week, plan.currency),
            weeks=w.weeks(int(plan.cash // plan.burn_per_week)),
        )
    if plan.hours_per_week is not None:
        runway = w.n(
            "{hours} hour a week to give, and {weeks} until the deadline.",
            "{hours} hours a week to give, and {weeks} until the deadline.",
            1 if plan.hours_per_week == 1 else 2,
            hours=w.number(plan.hours_per_week),
            weeks=w.weeks(plan.horizon_weeks),
        )
    if not figures:
        later = w("Where the main figures come from is shown once you have placed your bet.")
        return markup.say(runway) + chain + markup.small(later)
    listed = markup.fold(w("Where the main figures come from"), _facts(case, w))
    return markup.say(runway) + chain + listed


PARTS = ("milestones", "forks")


def _facts(case: Case, w: Words) -> str:
    """List the figures, folded by milestone, each with its path for `lesson.with_figure`."""
    paths: dict[str, str] = {}
    for path, basis in case.basis.items():
        if basis.name is not None:
            paths.setdefault(basis.name, path)
    named = [name for name, fact in case.facts.items() if w.text(fact.label)]
    head = (w("figure"), w("value"), w("where it comes from"), w("its path"))
    folded = []
    for part, names in _by_part(case, named, paths, w):
        rows = [_fact_row(name, paths.get(name, "–"), case, w) for name in names]
        folded.append(markup.fold(part, markup.table(head, rows)))
    argue = w("To argue with one: lesson.with_figure(path, value) is the same lesson with yours.")
    return "".join(folded) + markup.small(argue)


def _by_part(
    case: Case, names: list[str], paths: dict[str, str], w: Words
) -> Iterator[tuple[str, list[str]]]:
    """Group facts by the milestone or fork whose figure they are; the plan's own come first."""
    grouped: dict[str, list[str]] = {}
    for name in names:
        steps = paths.get(name, "").split(".")
        grouped.setdefault(steps[1] if steps[0] in PARTS else "", []).append(name)
    if "" in grouped:
        yield w("The plan"), grouped[""]
    parts: tuple[Milestone | Fork, ...] = (*case.plan.milestones, *case.plan.forks)
    for part in parts:
        if part.id in grouped:
            yield w.name(part), grouped[part.id]


def _fact_row(name: str, path: str, case: Case, w: Words) -> tuple[str, ...]:
    fact = case.facts[name]
    said = figure_said(fact, case.plan.currency, w)
    return w.text(fact.label), said, _ground(name, fact, case, w), path


def _ground(name: str, fact: Fact, case: Case, w: Words) -> str:
    """Say where a figure comes from; for a derived one, the labels of its inputs."""
    if fact.basis != "derived":
        return w.basis(Basis(fact.basis, name, fact))
    parts = [case.facts[part].label or part for part in fact.from_ if part in case.facts]
    named = [w("“{choice}”", choice=w.text(part)) for part in parts]
    return w("derived: {how}", how=w.list(named))


def figure_said(fact: Fact, currency: str, w: Words) -> str:
    """Return a fact's value with its unit."""
    unit = fact.unit if isinstance(fact.unit, str) else fact.unit.en
    if isinstance(fact.value, (list, tuple)):
        say = w.percent if unit == "share" else w.number
        return w.list([say(float(value)) for value in fact.value])
    if not isinstance(fact.value, (int, float)):
        return "–"
    if unit == currency:
        return w.money(fact.value, currency)
    if unit == "share":
        return w.percent(fact.value)
    if unit == "weeks":
        return w.weeks(fact.value)
    shown = w.money(fact.value, currency) if unit.startswith(currency) else fact.value
    if unit in UNITS:
        return w(ONE[unit] if unit in ONE and fact.value == 1 else UNITS[unit], n=shown)
    return f"{w.number(fact.value)} {w.text(fact.unit)}"


def many(case: Case, plays: Plays, choices: Choices, w: Words) -> str:
    """Show a hundred dots and the weekly cash, with what they show and what they do not."""
    outcomes = plays.play(choices)
    parts = [
        markup.say(goal_said(outcomes, w), _death_said(outcomes, plays, w)),
        chart_html("fates", outcomes, case, w),
        chart_html("runway", outcomes, case, w),
    ]
    return "".join(parts)


def goal_said(outcomes: Outcomes, w: Words) -> str:
    """Say how often the goal is reached, and by when in half of the cases."""
    goal, error = outcomes.fates["goal"], outcomes.fates_error["goal"]
    said = w(
        "Dealt this hand again and again, {share} of founders make it.",
        share=w.percent(goal, error),
    )
    week = outcomes.milestones[outcomes.plan.goal].weeks.get(0.5) if _has_goal(outcomes) else None
    if week is None:
        return said
    return markup.joined(said, w("Half of all lives are there by week {week}.", week=str(week)))


def _has_goal(outcomes: Outcomes) -> bool:
    return outcomes.plan.goal in outcomes.milestones


def _death_said(outcomes: Outcomes, plays: Plays, w: Words) -> str:
    """Say at which milestone ruin is most frequent."""
    deadliest = max(outcomes.milestones.values(), key=lambda m: m.died_here, default=None)
    if deadliest is None or deadliest.died_here < HARDLY_ANY:
        return ""
    names = {m.id: w.name(m) for m in outcomes.as_played.milestones}
    return w(
        "The money most often runs out during “{milestone}”: in {share} of all lives.",
        milestone=names.get(deadliest.id, deadliest.id),
        share=w.percent(deadliest.died_here, outcomes.fates_error["ruin"]),
    )
