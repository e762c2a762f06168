"""The people of a business: founders with their hours and a job beside it, roles with salaries."""

from __future__ import annotations

from typing import Annotated

from workbook.errors import N_
from workbook.figures import Amount, Id, Share, Whole
from workbook.plan.parts import ID, MONEY_WORDS, NAME, Key, Note, Part, Signed, Text

PAY_PER_MONTH = Key(
    label=N_("pay a month"),
    ask=N_("pay a month"),
    help=N_("Spread over the weeks of the month: a week has 12/52 of it."),
    unit="money",
    step=100,
    excludes="pay_per_week",
    synonyms=(*MONEY_WORDS, "salary", "monthly_salary", "monthly_pay", "pay", "月薪", "工资"),
    example="2600",
)
PAY_PER_WEEK = Key(
    label=N_("pay a week"),
    ask=N_("pay a week"),
    help=N_("In place of the pay a month."),
    unit="money",
    step=50,
    excludes="pay_per_month",
    synonyms=("wage", "weekly_pay", "weekly_wage", "周薪"),
    example="600",
)


class Job(Part):
    """A job beside the business: it takes hours and brings money, until it is given up."""

    hours_per_week: Annotated[
        Amount,
        Key(
            label=N_("hours of the job a week"),
            ask=N_("hours of the job a week"),
            help=N_("Commuting included; these hours are gone for the business."),
            unit="hours",
            start=20.0,
            synonyms=("hours", "weekly_hours", "小时"),
            flow="hours",
            example="30",
        ),
    ]
    pay_per_month: Annotated[Amount, PAY_PER_MONTH.but(flow="in", example="2400")] = 0.0
    pay_per_week: Annotated[Amount, PAY_PER_WEEK.but(flow="in", example="550")] = 0.0
    workload: Annotated[
        Share,
        Key(
            label=N_("part of the job that is done"),
            ask=N_("part of the job that is done"),
            help=N_("1 is the whole job; half of it, 0.5, takes and brings half; 0 is given up."),
            unit="share",
            slide=(0, 1),
            step=0.1,
            synonyms=("part", "fte", "percentage", "工作量"),
            example="0.8",
        ),
    ] = 1.0


class Founder(Part):
    """Someone who works for the business, with a limit to the hours of a week."""

    id: Annotated[Id, ID.but(start="founder", example="ana")]
    name: Annotated[Text, NAME.but(example="Ana")] = ""
    hours_per_week: Annotated[
        Amount,
        Key(
            label=N_("hours of a founder a week"),
            ask=N_("hours a week"),
            help=N_("All the hours that this founder works in a week, those of a job included."),
            unit="hours",
            start=40.0,
            synonyms=("hours", "weekly_hours", "小时"),
            example="50",
        ),
    ]
    job: Annotated[
        Job | None,
        Key(
            label=N_("a job beside it"),
            help=N_("It takes hours and brings money; a milestone or an option can end it."),
            synonyms=("day_job", "employment", "work", "工作", "兼职"),
            whole=True,
        ),
    ] = None
    note: Note = ""


class Role(Part):
    """People who are paid a salary: how many, how much, from when, until when."""

    id: Annotated[Id, ID.but(start="role", example="baker")]
    name: Annotated[Text, NAME.but(example="Bakers")] = ""
    headcount: Annotated[
        Amount,
        Key(
            label=N_("headcount"),
            ask=N_("how many"),
            help=N_("Half a post is 0.5; 0 until a milestone hires."),
            step=1,
            synonyms=("people", "number", "count", "staff", "n", "人数"),
            example="2",
        ),
    ] = 1.0
    pay_per_month: Annotated[Amount, PAY_PER_MONTH.but(flow="out")] = 0.0
    pay_per_week: Annotated[Amount, PAY_PER_WEEK.but(flow="out")] = 0.0
    on_costs: Annotated[
        Share,
        Key(
            label=N_("on-costs"),
            ask=N_("on-costs"),
            help=N_("What the employer pays on top of the pay: social insurance; 0.21 is 21%."),
            unit="share",
            slide=(0, 1),
            step=0.01,
            synonyms=("oncosts", "overhead", "social_insurance", "employer_costs", "社保"),
            flow="out",
            example="0.21",
        ),
    ] = 0.0
    from_week: Annotated[
        Whole,
        Key(
            label=N_("first week of the role"),
            ask=N_("from week"),
            unit="weeks",
            synonyms=("from", "start", "starts", "begins", "week"),
            example="9",
        ),
    ] = 1
    until_week: Annotated[
        Whole | None,
        Key(
            label=N_("last week of the role"),
            ask=N_("until week"),
            help=N_("Nothing is paid after that week; without it, to the end."),
            unit="weeks",
            synonyms=("until", "end", "ends", "to", "last"),
            example="60",
        ),
    ] = None
    note: Note = ""


Founders = Annotated[
    tuple[Founder, ...],
    Key(
        label=N_("founders"),
        ask=N_("Founders and their hours"),
        help=N_("Each with hours a week and perhaps a job; together they do what takes hours."),
        group="people",
        synonyms=("founder", "partners", "owners", "team", "创始人", "合伙人"),
        whole=True,
    ),
]
Roles = Annotated[
    tuple[Role, ...],
    Key(
        label=N_("roles with a salary"),
        ask=N_("Salaries"),
        help=N_("Who is paid, how many and how much; on top of the burn and the bills."),
        group="people",
        synonyms=("salaries", "staff", "employees", "payroll", "wages", "工资", "员工", "岗位"),
        whole=True,
    ),
]
NewRoles = Annotated[
    dict[Id, Amount | Signed],
    Key(
        label=N_("headcounts of roles"),
        ask=N_("Hire and dismiss"),
        help=N_("New headcounts of the plan's roles, by id; `+1` hires one, 0 ends the role."),
        whole=True,
    ),
]
NewJobs = Annotated[
    dict[Id, Share | Signed],
    Key(
        label=N_("jobs beside the business"),
        ask=N_("Give up a job, or part of it"),
        help=N_("The part of the job that is still done, by founder: 0 gives it up, 0.5 is half."),
        whole=True,
    ),
]
