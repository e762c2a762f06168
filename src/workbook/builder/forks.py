"""The forks of the plan: which option is taken at each, and when a fork opens, in words."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.builder.edits import Done, RefusedError, called, known
from workbook.consistency.faults import id_for, one_line
from workbook.errors import Message, Money
from workbook.plan import Bilingual, Fork, Option, Plan, Text, When


def choose(plan: Plan, fork: str, option: str | None) -> Done:
    """Another option at a fork, or none: then the plan goes on as written when it opens."""
    found = next((one for one in plan.forks if one.id == fork), None)
    if found is None:
        raise RefusedError("There is no fork “{id}” in this plan.", id=one_line(fork)[:80])
    message = Message("At “{fork}” no option is taken now.", {"fork": name_of(found)})
    if option is not None:
        taken = taken_at(found.model_copy(update={"chosen": option}))
        if taken is None:
            raise RefusedError("There is no option “{id}” there.", id=one_line(option)[:80])
        values = {"fork": name_of(found), "option": name_of(taken)}
        message = Message("At “{fork}” the option “{option}” is taken now.", values)
    changed = found.model_copy(update={"chosen": option})
    forks = tuple(changed if one.id == fork else one for one in plan.forks)
    return plan.model_copy(update={"forks": forks}), message


def what_if(plan: Plan, milestone: str | None = None) -> Done:
    """A new fork with one option: at a milestone, or when a quarter of the cash is left."""
    at = When(milestone=None if milestone is None else known(plan, milestone))
    if milestone is None:
        at = When(cash_below=round((plan.cash or 0.0) / 4))
    id = id_for("what-if", {fork.id for fork in plan.forks})
    option = Option(id="another-way", name=Bilingual(en="Another way", zh="另一条路"))
    fork = Fork(id=id, name=Bilingual(en="What if …?", zh="万一……？"), at=at, options=(option,))
    message = Message("A fork is added. Write what its option changes; then choose it, or not.")
    return plan.model_copy(update={"forks": (*plan.forks, fork)}), message


def taken_at(fork: Fork) -> Option | None:
    """The option that is taken at a fork; None where the plan goes on as written."""
    return next((option for option in fork.options if option.id == fork.chosen), None)


def name_of(part: Fork | Option) -> Text:
    """What a fork or an option is called: its name, or its id where it has none."""
    return part.name or part.id


def opening(plan: Plan, fork: Fork) -> Message:
    """When a fork opens, as a sentence: all of its conditions must hold."""
    conditions = list(_conditions(plan, fork))
    if not conditions:
        return Message("It opens at the start.")
    return Message("It opens when {conditions}.", {"conditions": conditions})


def _conditions(plan: Plan, fork: Fork) -> Iterator[Message]:
    at = fork.at
    if at.milestone is not None and at.milestone in plan.ids:
        yield Message("“{name}” would begin", {"name": called(plan, at.milestone)})
    if at.used_up is not None and at.used_up in plan.ids:
        yield Message("“{name}” is used up", {"name": called(plan, at.used_up)})
    if at.week is not None:
        yield Message("week {week} has come", {"week": at.week})
    if at.cash_below is not None:
        amount = Money(at.cash_below, plan.currency)
        yield Message("less than {amount} is left", {"amount": amount})
