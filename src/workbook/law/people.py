"""People: the hours of a founder's job, the pay it brings, the payroll of a week, and morale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workbook.law.figures import MONTHS_A_WEEK, cents, moved, whole_weeks
from workbook.plan import Founder, Job, Morale, Role

MOST_HOURS = 168.0
"""Hours of a week."""


def week_of_pay(paid: Job | Role) -> float:
    """Return what one whole job or post is paid in a week.

    >>> week_of_pay(Role(id="baker", pay_per_month=2600))
    600.0
    """
    return paid.pay_per_week + paid.pay_per_month * MONTHS_A_WEEK


def salary(role: Role) -> float:
    """Return what a role costs in a week: headcount × pay × (1 + on-costs)."""
    return role.headcount * week_of_pay(role) * (1.0 + role.on_costs)


def is_paid(role: Role, week: int) -> bool:
    """Whether a role is paid in that week."""
    return role.from_week <= week and (role.until_week is None or week <= role.until_week)


def payroll_cents(roles: Iterable[Role], week: int | None = None) -> int:
    """Return the salaries of a week, in cents; without a week those of all roles."""
    return sum(cents(salary(role)) for role in roles if week is None or is_paid(role, week))


def with_headcounts(
    roles: tuple[Role, ...], changes: Mapping[str, float | str]
) -> tuple[Role, ...]:
    """Return the roles with new headcounts, by id; a signed one (`"+1"`) hires."""
    if not changes:
        return roles
    return tuple(
        role.model_copy(update={"headcount": moved("headcount", role.headcount, changes[role.id])})
        if role.id in changes
        else role
        for role in roles
    )


def roles_from_today(roles: Iterable[Role], today: int) -> tuple[Role, ...]:
    """Return the roles still to be paid, with weeks counted from the end of that week."""
    return tuple(
        role.model_copy(
            update={
                "from_week": max(1, role.from_week - today),
                "until_week": None if role.until_week is None else role.until_week - today,
            }
        )
        for role in roles
        if role.until_week is None or role.until_week > today
    )


def hours_of(founders: Iterable[Founder]) -> float:
    """Return the weekly hours that founders have for the business, without those of their jobs.

    >>> ben = Founder(id="ben", hours_per_week=55, job=Job(hours_per_week=40, workload=0.5))
    >>> hours_of([ben])
    35.0
    """
    return sum(
        max(0.0, founder.hours_per_week - founder.job.hours_per_week * founder.job.workload)
        if founder.job
        else founder.hours_per_week
        for founder in founders
    )


def job_pay_cents(founders: Iterable[Founder]) -> int:
    """Return what the jobs beside the business bring in a week, in cents."""
    jobs = [founder.job for founder in founders if founder.job]
    return sum(cents(job.workload * week_of_pay(job)) for job in jobs)


def with_jobs(
    founders: tuple[Founder, ...], changes: Mapping[str, float | str]
) -> tuple[Founder, ...]:
    """Return the founders with new parts of their jobs, by id; 0 gives a job up."""
    if not changes:
        return founders
    return tuple(
        founder.model_copy(update={"job": _part_of(founder.job, changes[founder.id])})
        if founder.job and founder.id in changes
        else founder
        for founder in founders
    )


def _part_of(job: Job, change: float | str) -> Job:
    part = min(1.0, moved("workload", job.workload, change))
    return job.model_copy(update={"workload": part})


def slowed(morale: Morale | None, points: int, weeks: int) -> int:
    """Return the weeks of an attempt that starts at these points of morale.

    >>> slowed(Morale(low_below=40, rounds_longer=1.5), points=39, weeks=3)
    5
    """
    low = morale is not None and points < morale.low_below
    return whole_weeks(weeks * morale.rounds_longer) if morale and low else weeks


def morale_after(morale: Morale, points: int, *, reached: int, failed: int) -> int:
    """Return the points of morale after a week in which so much was reached and failed.

    >>> morale_after(Morale(rises_by=25, falls_by=10), 90, reached=1, failed=1)
    100
    """
    return min(100, max(0, points + morale.rises_by * reached - morale.falls_by * failed))
