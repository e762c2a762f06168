"""The what-ifs: functions that take a plan and return one that differs in a single point."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import reduce
from typing import Any

from pydantic import ValidationError

from workbook import amounts
from workbook.amounts import Kind, NumberStyle, written
from workbook.amounts.reader import PLAIN_REFUSALS
from workbook.consistency.faults import Faults
from workbook.consistency.types import type_faults
from workbook.edit import reordered, skipping
from workbook.errors import NONE, Fault, InputError, fault
from workbook.figures import MOST_WEEKS
from workbook.law import Economy, moved
from workbook.luck import Estimate
from workbook.plan import Milestone, Plan, Text

AS_WRITTEN = "as-written"


@dataclass(frozen=True)
class Variant:
    """A plan to compare with another: edited, with options chosen at its forks, or both."""

    plan: Plan
    choices: Mapping[str, str] = field(default_factory=dict)
    name: Text = ""


def options_of(
    plan: Plan, fork_id: str, choices: Mapping[str, str] | None = None
) -> dict[str, Variant]:
    """Return the plan as written, and with each option of a fork; `choices` hold at other forks."""
    forks = {fork.id: fork for fork in plan.forks}
    if fork_id not in forks:
        raise _unknown(plan, "forks", fork_id, forks)
    others = {fork: option for fork, option in (choices or {}).items() if fork != fork_id}
    variants = {AS_WRITTEN: Variant(plan, others)}
    for option in forks[fork_id].options:
        variants[option.id] = Variant(plan, {**others, fork_id: option.id}, option.name)
    return variants


def skip(plan: Plan, id: str) -> Plan:
    """Skip a milestone (P10); raise InputError for an unknown one, and for the goal."""
    _milestone(plan, id)
    if id == plan.goal:
        template = "'{id}' is the goal and cannot be skipped"
        raise InputError(plan.id, [fault("skips", template, id=id)])
    return skipping(plan, id)


def certain(plan: Plan, id: str) -> Plan:
    """Let a milestone pass at the first attempt; a hypothesis is true and found to be true."""

    def surely(milestone: Milestone) -> dict[str, Any]:
        if milestone.tests is None:
            return {"pass_rate": 1.0}
        return {"tests": milestone.tests.model_copy(update={"belief": 1.0, "if_true": 1.0})}

    return _with(plan, id, surely)


def better(plan: Plan, id: str, points: float = 0.1) -> Plan:
    """Raise a milestone's pass rate (or belief), to 1 at most; 0.1 is 10 points."""

    def raised(milestone: Milestone) -> dict[str, Any]:
        if milestone.tests is None:
            return {"pass_rate": tuple(_share(rate + points) for rate in milestone.rates)}
        belief = _share(milestone.tests.belief + points)
        return {"tests": milestone.tests.model_copy(update={"belief": belief})}

    return _with(plan, id, raised)


def faster(plan: Plan, id: str, weeks: float = 1.0) -> Plan:
    """Shorten a milestone's attempts by weeks (to one at least), or by those weeks' hours."""

    def sooner(milestone: Milestone) -> dict[str, Any]:
        if milestone.hours is None:
            return {"weeks": _less(milestone.weeks, weeks, 1.0)}
        free = max(0.0, Economy.of(plan).free_hours)
        return {"hours": _less(milestone.hours, weeks * free, min(1.0, free or 1.0))}

    return _with(plan, id, sooner)


def race(plan: Plan, id: str, teams: int) -> Plan:
    """Let several independent teams race at one milestone; each costs as much as one did.

    Raises InputError for an unknown milestone, and for fewer than 1 or more than 10,000 teams.
    """
    if not 1 <= teams <= MOST_WEEKS:
        template = "{found} teams; a race is one of 1 to {most}"
        place = f"milestones.{id}.teams"
        raise InputError(plan.id, [fault(place, template, found=teams, most=MOST_WEEKS)])
    return _with(plan, id, lambda _: {"teams": teams})


def cash(plan: Plan, by: float) -> Plan:
    """Change the cash at the start, to 0 at least; raise InputError for a plan without cash."""
    if plan.cash is None:
        template = "the plan gives no `cash`, so nobody runs out of it; write how much there is"
        raise InputError(plan.id, [fault("cash", template)])
    return plan.model_copy(update={"cash": moved("cash", plan.cash + by, None)})


def burn(plan: Plan, by: float) -> Plan:
    """Change the burn per week, to 0 at least."""
    burn = moved("burn_per_week", plan.burn_per_week + by, None)
    return plan.model_copy(update={"burn_per_week": burn})


def order(plan: Plan, ids: Iterable[str]) -> Plan:
    """Attempt milestones in this order; those not named follow."""
    return reordered(plan, tuple(ids))


def read(plan: Plan, words: str) -> Plan:
    """Parse a short what-if: `skip:taste,price`, `race:taste=3`, `cash:+5000`, `order:a,b`.

    Raises InputError with the allowed forms if it cannot be parsed.
    """
    kind, _, rest = words.partition(":")
    id, _, figure = rest.partition("=")
    makers: dict[str, Callable[[], Plan]] = {
        "skip": lambda: reduce(skip, rest.split(","), plan),
        "certain": lambda: certain(plan, id),
        "faster": lambda: faster(plan, id, _figure(plan, figure or "1", "weeks")),
        "better": lambda: better(plan, id, _points(plan, figure or "10%")),
        "race": lambda: race(plan, id, int(_figure(plan, figure, "count"))),
        "cash": lambda: cash(plan, _figure(plan, rest, "money")),
        "burn": lambda: burn(plan, _figure(plan, rest, "money", per_week=True)),
        "order": lambda: order(plan, rest.split(",")),
    }
    if kind not in makers:
        raise _unknown(plan, "what-if", kind, makers)
    try:
        return makers[kind]()
    except ValueError:
        template = "'{found}' has no number where one is needed; write cash:+5000 or race:ID=3"
        raise InputError(plan.id, [fault("what-if", template, found=words)]) from None


def as_read(plan: Plan, words: str) -> str:
    """Return a what-if with its figure as it was read: `cash:+10000` for `cash:1万`.

    Raises InputError if the figure is invalid or ambiguous.
    """
    kind, _, rest = words.partition(":")
    id, sign, figure = rest.partition("=")
    if kind in ("cash", "burn"):
        value = _figure(plan, rest, "money", per_week=kind == "burn")
        return f"{kind}:{'+' if value >= 0 else ''}{written(value)}"
    if not sign or kind not in ("race", "faster", "better"):
        return words
    if kind == "better":
        return f"{kind}:{id}={written(_points(plan, figure), 'share')}"
    return f"{kind}:{id}={written(_figure(plan, figure, 'count' if kind == 'race' else 'weeks'))}"


def _points(plan: Plan, text: str) -> float:
    """Parse points as a share: `10 points`, `10%` or `0.1`; negative with a minus."""
    share = re.sub(r"\s*(points?|pts?|个百分点)$", "%", text.strip().lstrip("+-"))
    value = _figure(plan, share, "share")
    return -value if text.strip().startswith("-") else value


def _figure(plan: Plan, text: str, kind: Kind, *, per_week: bool = False) -> float:
    """Parse the figure of a what-if; ValueError if it is invalid, InputError if ambiguous."""
    reading = amounts.read(text, kind, NumberStyle(currency=plan.currency), per_week=per_week)
    if isinstance(reading.value, (int, float)):
        return reading.value
    if reading.problem is None or reading.problem.template in PLAIN_REFUSALS:
        raise ValueError
    raise InputError(plan.id, [Fault("what-if", reading.problem)])


def set_figure(plan: Plan, path: str, value: float) -> Plan:
    """Replace one figure of the plan, by its dotted path with ids: `milestones.taste.cost`.

    If an option adds or subtracts (`"+300"`, `"-300"`), the value is the amount. Raises InputError
    for an unknown path and for a value that is not allowed there.
    """
    data = plan.model_dump(exclude_none=True)
    place: Any = data
    *parents, last = path.split(".")
    for step in parents:
        place = _step(plan, path, place, step)
    if not isinstance(place, dict):
        raise _unknown(plan, path, last, ())
    if last not in place and not (place is data and last in Plan.model_fields):
        raise _unknown(plan, path, last, place)
    place[last] = _in_kind(place.get(last), value)
    try:
        return Plan.model_validate(data).where(plan.begun)
    except ValidationError:
        faults = Faults(data)
        type_faults(faults, Plan, data)
        raise InputError(plan.id, faults.in_order()) from None


def _in_kind(old: object, value: float) -> float | str:
    """Format a value like the old one: whole, with a sign, or plain."""
    if isinstance(old, str):
        return f"{-value if old.startswith('-') else value:+.15g}"
    return round(value) if isinstance(old, int) else float(value)


def _step(plan: Plan, path: str, place: Any, step: str) -> Any:
    """Follow one step into plain data: a key, or the list entry with that id."""
    known = {entry["id"]: entry for entry in place} if isinstance(place, (list, tuple)) else place
    if not isinstance(known, dict) or step not in known:
        raise _unknown(plan, path, step, known if isinstance(known, dict) else ())
    return known[step]


def _with(plan: Plan, id: str, change: Callable[[Milestone], dict[str, Any]]) -> Plan:
    wanted = _milestone(plan, id)
    changed = wanted.model_copy(update=change(wanted))
    milestones = tuple(changed if m is wanted else m for m in plan.milestones)
    return plan.model_copy(update={"milestones": milestones})


def _milestone(plan: Plan, id: str) -> Milestone:
    if id not in plan.ids:
        raise _unknown(plan, "milestones", id, plan.ids)
    return plan.milestone(id)


def _unknown(plan: Plan, path: str, found: str, known: Iterable[str]) -> InputError:
    names = [str(name) for name in known]
    near = get_close_matches(found, names, n=1)
    if near:
        template = "nothing here is called '{found}'; did you mean '{near}'?"
        return InputError(plan.id, [fault(path, template, found=found, near=near[0])])
    template = "nothing here is called '{found}'; there are: {allowed}"
    allowed = ", ".join(names) or NONE
    return InputError(plan.id, [fault(path, template, found=found, allowed=allowed)])


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))


def _less(estimate: Estimate, by: float, least: float) -> Estimate:
    if isinstance(estimate, tuple):
        low, likely, high = (max(min(least, value), value - by) for value in estimate)
        return low, likely, high
    return max(min(least, estimate), estimate - by)
