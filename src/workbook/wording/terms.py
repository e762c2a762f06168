"""The terms of an option of a fork, from the plan's own figures."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from workbook.consistency.shape import keys_on
from workbook.edit import edit
from workbook.law import Economy, changed
from workbook.luck import likely
from workbook.plan import Fork, Milestone, Option, Plan, Sales
from workbook.words import N_, Words
from workbook.words.figures import paragraph


def terms(option: Option, plan: Plan, w: Words) -> str:
    """Return the terms of an option as a paragraph; its note if the plan has one."""
    return paragraph(*terms_of(option, plan, w))


def _loan_and_wait(option: Option, currency: str, w: Words) -> Iterator[str]:
    if option.loan:
        yield w(
            "{amount} now; {repay} falls due {weeks} later, whatever has happened.",
            amount=w.money(option.loan.amount, currency),
            repay=w.money(option.loan.repay, currency),
            weeks=w.weeks(option.loan.repay_after_weeks),
        )
    if option.wait:
        yield w(
            "Work stops and costs {burn} a week; each week {amount} may come ({chance}).",
            burn=w.money(option.wait.burn_per_week, currency),
            amount=w.money(option.wait.amount, currency),
            chance=w.chance(option.wait.chance_per_week),
        )


def terms_of(option: Option, plan: Plan, w: Words) -> list[str]:
    """Return the same, sentence by sentence."""
    parts = [w.text(option.note), *_loan_and_wait(option, plan.currency, w)]
    whole = edit(plan, option.model_copy(update={"skip": ()}))
    added = [whole.milestone(id) for id in option.milestones if id not in plan.ids]
    parts += [said for milestone in added for said in _added(milestone, plan, w)]
    parts += [
        *_bars(option, plan, w),
        *_odds(option, plan, w),
        _left_out(option, plan, w),
    ]
    parts += [*_unproven(option, whole, w), *_overlooked(whole, plan, w)]
    parts += [_sales(option, plan, w), _burn(option, plan, w), *_figures(option, whole, plan, w)]
    return [part for part in parts if part]


def _bars(option: Option, plan: Plan, w: Words) -> Iterator[str]:
    """Return the level of delivery that an option sets for a milestone of the plan."""
    for id, change in option.milestones.items():
        raised, proof = change.get("proof"), plan.milestone(id).proof if id in plan.ids else None
        if proof is None or proof.of is None or not isinstance(raised, dict):
            continue
        if (least := raised.get("at_least")) is not None:
            measure = w.text(proof.measure)
            yield w("The bar: {measure}, {n} of {of}.", measure=measure, n=least, of=proof.of)


def _left_out(option: Option, plan: Plan, w: Words) -> str:
    """Return the milestones that the option skips."""
    names = [w.name(plan.milestone(id)) for id in option.skip if id in plan.ids]
    return w("Left out: {names}.", names=w.list([f"“{name}”" for name in names])) if names else ""


def _sales(option: Option, plan: Plan, w: Words) -> str:
    """Return how many the option asks per week, how many say yes, and at what price."""
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
    """Return what the option does to the weekly burn."""
    after = changed(plan.burn_per_week, option.burn_per_week)
    if after == plan.burn_per_week:
        return ""
    return w(
        "Burn is {after} a week then, not {before}.",
        after=w.money(after, plan.currency),
        before=w.money(plan.burn_per_week, plan.currency),
    )


def _added(milestone: Milestone, plan: Plan, w: Words) -> Iterator[str]:
    """Describe a milestone that an option adds: cost, time, pass rate, what it gives."""
    yield w(
        "It takes {weeks} and {cost} first.",
        weeks=w.weeks(likely(milestone.weeks or 0)),
        cost=w.money(likely(milestone.cost), plan.currency),
    )
    yield w("An attempt passes {share} of the time.", share=w.percent(milestone.rates[0]))
    before = Economy.of(plan)
    more = (before.after(milestone.gives).sales_cents - before.sales_cents) / 100
    if more > 0:
        yield w(
            "Once it has, sales bring about {amount} more a week.",
            amount=w.money(round(more), plan.currency),
        )
    if funding := milestone.gives.funding if milestone.gives else None:
        yield w(
            "It may also bring {amount} ({chance}), {weeks} later.",
            amount=w.money(likely(funding.amount), plan.currency),
            chance=w.chance(funding.chance),
            weeks=w.weeks(likely(funding.lag_weeks)),
        )


def _unproven(option: Option, whole: Plan, w: Words) -> Iterator[str]:
    """Say what an option leaves untested, and what it costs if that turns out false."""
    for milestone in whole.milestones:
        if milestone.id not in option.skip or (test := milestone.tests) is None:
            continue
        yield w(
            "What “{milestone}” would have shown stays unknown until it comes out by itself; it "
            "holds with a chance of {belief}.",
            milestone=w.name(milestone),
            belief=w.percent(test.belief),
        )
        yield w(
            "If it does not, putting it right takes {weeks} and {cost}.",
            weeks=w.weeks(likely(test.redesign.weeks)),
            cost=w.money(likely(test.redesign.cost), whole.currency),
        )


def _overlooked(whole: Plan, plan: Plan, w: Words) -> Iterator[str]:
    """Name a test that an option makes better or worse at finding what is false."""
    for milestone in whole.milestones:
        test = milestone.tests
        before = plan.milestone(milestone.id).tests if milestone.id in plan.ids else None
        if test is None or before is None or test.if_false == before.if_false:
            continue
        yield w(
            "Where it does not hold, “{milestone}” passes all the same {after} of the time instead "
            "of {before}.",
            milestone=w.name(milestone),
            after=w.percent(test.if_false),
            before=w.percent(before.if_false),
        )


def _odds(option: Option, plan: Plan, w: Words) -> Iterator[str]:
    """Return the milestones whose pass rates an option changes, grouped by equal changes."""
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


def rounds_of(option: Option, plan: Plan, w: Words) -> Iterator[str]:
    """Return the pass rates by round that an option sets in place of others."""
    for id, change in option.milestones.items():
        rates = change.get("pass_rate")
        if id not in plan.ids or not isinstance(rates, (list, tuple)):
            continue
        milestone = plan.milestone(id)
        after, before = (w.list(map(w.percent, of)) for of in (rates, milestone.rates))
        template = N_("Round by round, attempts at “{milestone}” pass {after} of the time.")
        if after != before:
            template = N_(
                "Round by round, attempts at “{milestone}” pass {after} of the time, not {before}."
            )
        yield w(template, milestone=w.name(milestone), after=after, before=before)


BUSINESS = (
    "cash",
    "hours_per_week",
    "running_hours_per_week",
    "teams",
    "revenue_per_week",
    "horizon_weeks",
    "sales.margin",
)
OF_A_MILESTONE = ("weeks", "hours", "cost", "teams")
"""The figures without a sentence of their own."""


def _figures(option: Option, whole: Plan, plan: Plan, w: Words) -> Iterator[str]:
    """Return every other figure that an option changes: of the business, and of its milestones."""
    changed_ids = [id for id in option.milestones if id in plan.ids and id not in option.skip]
    for name in BUSINESS:
        yield _moved(name, "", plan, whole, w)
    for id in changed_ids:
        for name in OF_A_MILESTONE:
            yield _moved(f"milestones.{id}.{name}", w.name(whole.milestone(id)), plan, whole, w)


def _moved(path: str, milestone: str, plan: Plan, whole: Plan, w: Words) -> str:
    before, after = (_value(path, of) for of in (plan, whole))
    if before == after or after is None:
        return ""
    key = keys_on(path)[-1]
    said = {
        "figure": w(key.label),
        "before": _said(before, key.unit, plan.currency, w),
        "after": _said(after, key.unit, plan.currency, w),
    }
    if milestone:
        template = "“{milestone}”, {figure}: {after} instead of {before}."
        return w(template, milestone=milestone, **said)
    return w("Changed: {figure}, {after} instead of {before}.", **said)


def _value(path: str, plan: Plan) -> float | None:
    """Return a figure of a plan, the likely value of a range; None if it is not set."""
    part, _, name = path.rpartition(".")
    owner: object = plan
    if part == "sales":
        owner = plan.sales or Sales()
    elif part:
        owner = plan.milestone(part.partition(".")[2])
    found = getattr(owner, name)
    return None if found is None else likely(found)


def _said(value: float | None, unit: str, currency: str, w: Words) -> str:
    if value is None:
        return "–"
    if unit == "money":
        return w.money(value, currency)
    if unit == "share":
        return w.percent(value)
    return w.weeks(value) if unit == "weeks" else w.number(value)


def options_html(fork: Fork, plan: Plan, w: Words) -> str:
    """Return the options of a fork, each with its terms."""
    rows = (
        f"<li><strong>{escape(w.name(option))}</strong><br>{escape(terms(option, plan, w))}</li>"
        for option in fork.options
    )
    return f'<ul class="wb-options">{"".join(rows)}</ul>'
