"""What `compare`, `order` and `solve` ask and print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbook.errors import Fault, InputError, fault
from workbook.logged import plan_from_today
from workbook.plan import Plan
from workbook.play import OnProgress, no_progress
from workbook.portable import columns
from workbook.reports.markup import WHOLE
from workbook.sequence import Ranking, Scored, Swap
from workbook.solve import (
    BreakEven,
    Required,
    earliest_week,
    least_cash,
    least_pass_rate,
    test_or_skip,
)
from workbook.whatif import Comparison, Variant, as_read, compare, options_of, read
from workbook.words import Words


def compared(
    plan: Plan,
    fork: str | None,
    edits: Sequence[str],
    choices: Mapping[str, str],
    runs: int,
    seed: int,
    on_progress: OnProgress = no_progress,
) -> Comparison:
    """Compare the plan with the options of a fork and with each what-if; InputError without any."""
    if fork is None and not edits:
        nothing = fault("compare", "nothing to compare with; name a --fork or a --what-if")
        raise InputError(plan.id, [nothing])
    logged, plan = plan, plan_from_today(plan, choices)
    variants, faults = dict[str, Variant | Plan](), list[Fault]()
    for edit in edits:
        try:
            variants[edit] = read(plan, edit)
        except InputError as error:
            faults += error.faults
    if fork is not None:
        try:
            offered = options_of(plan, fork, choices)
            variants |= {
                id: replace(way, plan=plan_from_today(logged, way.choices))
                for id, way in offered.items()
                if way.choices.get(fork)
            }
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(plan.id, faults)
    return compare(plan, variants, choices=choices, runs=runs, seed=seed, on_progress=on_progress)


def compare_text(found: Comparison, words: Words) -> str:
    """One line for the plan and each variant, then a sentence for each contrast."""
    offered = [option for fork in found.base.plan.forks for option in fork.options]
    names = {edit: _with_reading(found.base.plan, edit) for edit in found.contrasts}
    names |= {option.id: words.name(option) for option in offered}
    heads = ("", words("goal"), words("ruin"))
    rows = [
        (name, *(words.percent(played.fates[fate], WHOLE) for fate in ("goal", "ruin")))
        for name, played in (
            (words("as written"), found.base),
            *((names[name], c.after) for name, c in found.contrasts.items()),
        )
    ]
    told = [
        words("{name}: {sentence}", name=names[name], sentence=contrast.sentence)
        for name, contrast in found.contrasts.items()
    ]
    return "\n\n".join([columns([heads, *rows]), "\n".join(told)])


def _with_reading(plan: Plan, edit: str) -> str:
    """A what-if as it was typed, and as it was read where that is written otherwise."""
    understood = as_read(plan, edit)
    return edit if understood == edit else f"{edit} = {understood}"


def order_text(ranking: Ranking, plan: Plan, words: Words) -> str:
    """The rank of the plan's order, the best order, the best swap and the reasons."""
    if ranking.orders == 1:
        return words("The dependencies allow one order only, and it is yours.")
    names = {milestone.id: words.name(milestone) for milestone in plan.milestones}
    heads = ("", words("goal"), words("left at the end"))
    rows = [
        _row(words("your order"), ranking.yours, plan, words),
        _row(words("best order"), ranking.best, plan, words),
    ]
    best = words("Best order: {order}.", order=" → ".join(names[id] for id in ranking.best.order))
    parts = [_place(ranking, words), columns([heads, *rows]), best]
    if ranking.swap is not None and ranking.swap.clear:
        parts.append(_swap(ranking.swap, names, words))
    return "\n\n".join([*parts, "\n".join(words.message(reason) for reason in ranking.reasons)])


def _place(ranking: Ranking, words: Words) -> str:
    if ranking.orders is not None and ranking.tried == ranking.orders:
        return words(
            "Your order is number {position} of the {orders} that the dependencies allow.",
            position=ranking.position,
            orders=ranking.orders,
        )
    return words(
        "The dependencies allow more orders than were played; of {tried} tried, yours is number"
        " {position}.",
        position=ranking.position,
        tried=ranking.tried,
    )


def _row(name: str, scored: Scored, plan: Plan, words: Words) -> tuple[str, str, str]:
    cash = words.money(scored.cash, plan.currency)
    return name, words.percent(scored.goal, max(WHOLE, scored.goal_error)), cash


def _swap(swap: Swap, names: dict[str, str], words: Words) -> str:
    return words(
        "Best single swap: “{first}” and “{second}” change places; the goal is then reached with a"
        " chance of {goal}.",
        first=names[swap.first],
        second=names[swap.second],
        goal=words.percent(swap.scored.goal, WHOLE),
    )


def solved(
    plan: Plan, by: str, wanted: float, choices: Mapping[str, str], *, runs: int, seed: int
) -> Required | BreakEven:
    """Solve for one figure; InputError if it cannot be solved for."""
    figure, _, id = by.partition(":")
    lives = {"runs": runs, "seed": seed}
    if figure == "cash" and not id:
        return least_cash(plan, wanted, choices, **lives)
    if figure == "week" and not id:
        return earliest_week(plan, wanted, choices, **lives)
    if figure == "pass_rate" and id:
        return least_pass_rate(plan, id, wanted, choices, **lives)
    if figure == "belief" and id:
        return test_or_skip(plan, id, choices, **lives)
    template = "'{found}' is nothing to solve for; write cash, week, pass_rate:ID or belief:ID"
    raise InputError(plan.id, [fault("--by", template, found=by)])


def solve_text(found: Required | BreakEven, words: Words) -> str:
    """The answer in a sentence."""
    return words.message(found.message)
