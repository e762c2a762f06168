"""What founders and salaries exclude, and changes of bills, roles and jobs that the plan lacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.consistency.faults import Faults, Place
from workbook.consistency.references import mapping, mappings_at
from workbook.errors import N_
from workbook.law import MOST_HOURS

UNKNOWN = {
    "bills": (
        N_("'{found}' is no bill of the plan; add it under `bills`"),
        N_("no bill '{found}'; did you mean '{known}'?"),
    ),
    "roles": (
        N_("'{found}' is no role of the plan; add it under `roles`"),
        N_("no role '{found}'; did you mean '{known}'?"),
    ),
    "jobs": (
        N_("'{found}' is no founder with a `job`; add the job under `founders`"),
        N_("no founder '{found}' with a job; did you mean '{known}'?"),
    ),
}
"""What is changed by id, and what to say of an id that the plan does not have."""


def named_are_known(faults: Faults, plan: Mapping[str, Any], changes: object, place: Place) -> None:
    """Record each changed bill, role or job that the plan does not have."""
    for key, templates in UNKNOWN.items():
        known = _ids(plan, key)
        for id in mapping(mapping(changes).get(key)):
            if id not in known:
                faults.add_unknown((*place, key, id), id, known, *templates)


def _ids(plan: Mapping[str, Any], key: str) -> list[str]:
    """Return the ids of the bills, of the roles, or of the founders with a job."""
    parts = mappings_at(plan, "founders" if key == "jobs" else key)
    named = [one for _, one in parts if one.get("id")]
    return [str(one["id"]) for one in named if key != "jobs" or one.get("job")]


def people_disagreements(faults: Faults, plan: Mapping[str, Any]) -> None:
    """Record what is wrong with founders, their jobs, and salaries."""
    for place, founder in mappings_at(plan, "founders"):
        _hours(faults, founder, place)
        _one_pay(faults, mapping(founder.get("job")), (*place, "job"))
    for place, role in mappings_at(plan, "roles"):
        _role(faults, role, place)
    _one_at_a_time(faults, plan)


def _hours(faults: Faults, founder: Mapping[str, Any], place: Place) -> None:
    hours, job = founder.get("hours_per_week"), mapping(founder.get("job"))
    if not isinstance(hours, (int, float)):
        return
    if hours > MOST_HOURS:
        template = "{hours} hours are more than a week has (168); write the hours of one week"
        faults.add((*place, "hours_per_week"), template, hours=hours)
    taken, part = job.get("hours_per_week"), job.get("workload", 1)
    if not isinstance(taken, (int, float)) or not isinstance(part, (int, float)):
        return
    if taken * part > hours:
        template = (
            "the job takes {taken} of {hours} hours a week; the founder's hours are all of them,"
            " the job's included: write more there, or fewer here"
        )
        faults.add((*place, "job", "hours_per_week"), template, taken=taken, hours=hours)


def _one_pay(faults: Faults, paid: Mapping[str, Any], place: Place) -> None:
    if paid.get("pay_per_week") and paid.get("pay_per_month"):
        template = "the pay is written by the week and by the month; take one of them out"
        faults.add((*place, "pay_per_week"), template)


def _role(faults: Faults, role: Mapping[str, Any], place: Place) -> None:
    _one_pay(faults, role, place)
    if not (role.get("pay_per_week") or role.get("pay_per_month")):
        template = "a role without pay costs nothing; add `pay_per_month` or `pay_per_week`"
        faults.add(place, template)
    until, first = role.get("until_week"), role.get("from_week", 1)
    if isinstance(until, int) and isinstance(first, int) and until < first:
        template = "the role ends in week {until} but begins in week {first}; mend one of the two"
        faults.add((*place, "until_week"), template, until=until, first=first)


def _one_at_a_time(faults: Faults, plan: Mapping[str, Any]) -> None:
    """Record several teams where founders' hours are shared: each would have all of them."""
    counted = any(keys.get("hours") is not None for _, keys in mappings_at(plan, "milestones"))
    teams = plan.get("teams", 1)
    if plan.get("founders") and counted and isinstance(teams, int) and teams > 1:
        template = (
            "with {teams} milestones at once each would have all the founders' hours; write"
            " `teams: 1`, or weeks in place of `hours`"
        )
        faults.add(("teams",), template, teams=teams)
