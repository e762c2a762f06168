"""What an option of a fork asks and offers, said from the plan's own figures."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from workbook.law import changed
from workbook.lesson.markup import joined
from workbook.plan import Fork, Option, Plan, Sales
from workbook.words import Words


def terms(option: Option, plan: Plan, w: Words) -> str:
    """The terms of an option, in sentences; its note where the plan brings one."""
    parts = [w.text(option.note)]
    if option.loan:
        parts.append(
            w(
                "{amount} now; {repay} falls due {weeks} later, whatever has happened.",
                amount=w.money(option.loan.amount, plan.currency),
                repay=w.money(option.loan.repay, plan.currency),
                weeks=w.weeks(option.loan.repay_after_weeks),
            )
        )
    if option.wait:
        parts.append(
            w(
                "Work stops and costs {burn} a week; each week {amount} may come ({chance}).",
                burn=w.money(option.wait.burn_per_week, plan.currency),
                amount=w.money(option.wait.amount, plan.currency),
                chance=w.chance(option.wait.chance_per_week),
            )
        )
    parts += [_added(id, change, plan, w) for id, change in option.milestones.items()]
    parts += [*_bars(option, plan, w), *_odds(option, plan, w), _left_out(option, plan, w)]
    parts += [_sales(option, plan, w), _burn(option, plan, w)]
    return joined(*parts)


def _bars(option: Option, plan: Plan, w: Words) -> Iterator[str]:
    """The level of delivery that an option sets for a milestone of the plan."""
    for id, change in option.milestones.items():
        raised, proof = change.get("proof"), plan.milestone(id).proof if id in plan.ids else None
        if proof is None or proof.of is None or not isinstance(raised, dict):
            continue
        if (least := raised.get("at_least")) is not None:
            measure = w.text(proof.measure)
            yield w("The bar: {measure}, {n} of {of}.", measure=measure, n=least, of=proof.of)


def _left_out(option: Option, plan: Plan, w: Words) -> str:
    """Which milestones the option walks around."""
    names = [w.name(plan.milestone(id)) for id in option.skip if id in plan.ids]
    return w("Left out: {names}.", names=w.list([f"“{name}”" for name in names])) if names else ""


def _sales(option: Option, plan: Plan, w: Words) -> str:
    """How many the option asks in a week; how many say yes, and at what price, where it sets it."""
    edit, sales = option.sales, plan.sales or Sales()
    if edit is None or edit.reach_per_week is None:
        return ""
    said = {"reach": w.number(changed(sales.reach_per_week, edit.reach_per_week))}
    if edit.conversion is None:
        return w("Each week {reach} are asked.", **said)
    said["share"] = w.percent(changed(sales.conversion, edit.conversion))
    if edit.price is None:
        return w("Each week {reach} are asked; {share} of them say yes.", **said)
    said["price"] = w.money(changed(sales.price, edit.price), plan.currency)
    return w("Each week {reach} are asked; {share} of them say yes, at a price of {price}.", **said)


def _burn(option: Option, plan: Plan, w: Words) -> str:
    """What the option makes of the weekly burn."""
    after = changed(plan.burn_per_week, option.burn_per_week)
    if after == plan.burn_per_week:
        return ""
    return w(
        "Burn is {after} a week then, not {before}.",
        after=w.money(after, plan.currency),
        before=w.money(plan.burn_per_week, plan.currency),
    )


def _added(id: str, change: dict[str, object], plan: Plan, w: Words) -> str:
    """A milestone that an option adds."""
    weeks, cost = change.get("weeks"), change.get("cost")
    if id in plan.ids or not isinstance(weeks, (int, float)) or not isinstance(cost, (int, float)):
        return ""
    return w(
        "It takes {weeks} and {cost} first.",
        weeks=w.weeks(weeks),
        cost=w.money(cost, plan.currency),
    )


def _odds(option: Option, plan: Plan, w: Words) -> Iterator[str]:
    """The milestones whose odds an option moves; those that it moves alike, together."""
    moved: dict[tuple[float, float], list[str]] = {}
    for id, change in option.milestones.items():
        rate = change.get("pass_rate")
        if id in plan.ids and isinstance(rate, (int, float)):
            moved.setdefault((plan.milestone(id).rates[0], rate), []).append(id)
    for (before, after), ids in moved.items():
        template = "An attempt at “{milestone}” passes {after} of the time instead of {before}."
        if after == before:
            template = "An attempt at “{milestone}” passes {after} of the time."
        elif after > before and any(id not in plan.ids for id in option.milestones):
            template = (
                "What it teaches lifts the odds of a round at “{milestone}” from {before} to "
                "{after}."
            )
        if len(ids) > 1:
            template = "An attempt at {milestone} passes {after} of the time instead of {before}."
        names = [w.name(plan.milestone(id)) for id in ids]
        named = names[0] if len(ids) == 1 else w("each of {n} milestones", n=len(ids))
        yield w(template, milestone=named, before=w.percent(before), after=w.percent(after))


def options_html(fork: Fork, plan: Plan, w: Words) -> str:
    """The ways out of a fork, each with its terms."""
    rows = (
        f"<li><strong>{escape(w.name(option))}</strong><br>{escape(terms(option, plan, w))}</li>"
        for option in fork.options
    )
    return f'<ul class="wb-options">{"".join(rows)}</ul>'
