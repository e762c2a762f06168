"""The sections before the reveal: the situation, one run, many runs."""

from __future__ import annotations

from workbook.cases import Basis, Case, Fact
from workbook.lesson import markup
from workbook.lesson.diary import diary, ending
from workbook.lesson.markup import chart_html
from workbook.lesson.plays import Choices, Plays
from workbook.outcomes import Outcomes
from workbook.words import N_, Words

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
        later = w("Where the main figures come from is told once you have placed your bet.")
        return markup.say(runway) + chain + markup.small(later)
    listed = markup.fold(w("Where the main figures come from"), _facts(case, w))
    return markup.say(runway) + chain + listed


def _facts(case: Case, w: Words) -> str:
    rows = [
        (
            w.text(fact.label),
            figure_said(fact, case.plan.currency, w),
            _ground(name, fact, case, w),
        )
        for name, fact in case.facts.items()
        if w.text(fact.label)
    ]
    return markup.table((w("figure"), w("value"), w("where it comes from")), rows)


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


def one_life(plays: Plays, number: int, choices: Choices, w: Words, *, told: bool = True) -> str:
    """Show one run as a diary; its end is folded unless `told` is True."""
    life = plays.life(number, choices)
    before, last = (diary(life, plays.plan, w, part) for part in ("before the end", "the end"))
    said = markup.say(ending(life, plays.plan, w)) + last
    end = markup.fold(w("How does this life end? Guess, then open."), said, open=told)
    return before + end


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
        "Dealt this hand again and again, the founder's chance of the goal: {chance}.",
        chance=w.chance(goal, error),
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
    if deadliest is None or deadliest.died_here <= 0:
        return ""
    names = {m.id: w.name(m) for m in plays.plan.milestones}
    return w(
        "The money dies most often at “{milestone}”: in {share} of all lives.",
        milestone=names.get(deadliest.id, deadliest.id),
        share=w.percent(deadliest.died_here, outcomes.fates_error["ruin"]),
    )
