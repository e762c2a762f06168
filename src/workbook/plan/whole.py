"""The whole plan, and the log of what has happened to it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, PrivateAttr

from workbook.errors import N_
from workbook.figures import Amount, Id, Number, NumberRange, Weeks
from workbook.plan.begun import NOTHING, Begun
from workbook.plan.bills import Bill
from workbook.plan.business import Resources
from workbook.plan.calendar import Closed, Seasons, Starts
from workbook.plan.condition import Condition
from workbook.plan.fork import Fork
from workbook.plan.gives import Due, Measure
from workbook.plan.key import Key
from workbook.plan.milestone import Milestone
from workbook.plan.parts import Note, Part

MOST_MILESTONES = 400


class LogEntry(Part):
    """Something that has happened: an attempt that passed or failed, a cash count, a decision."""

    week: Annotated[
        Weeks, Key(label=N_("week"), help=N_("The week in which it happened."), example="3")
    ]
    milestone: Annotated[
        Id | None,
        Key(label=N_("milestone"), help=N_("The one that was attempted."), example="taste"),
    ] = None
    result: Annotated[
        Literal["passed", "failed"] | None,
        Key(label=N_("result"), help=N_("`passed` or `failed`."), example="failed"),
    ] = None
    cash: Annotated[
        Number | None,
        Key(
            label=N_("cash counted"),
            help=N_("Cash at the end of that week, as counted."),
            unit="money",
            example="41000",
        ),
    ] = None
    customers: Annotated[
        Amount | None,
        Key(
            label=N_("customers counted"),
            help=N_("Customers who stay, at the end of that week, as counted."),
            example="48",
        ),
    ] = None
    decision: Annotated[
        Literal["go", "no-go", "redirect"] | None,
        Key(label=N_("decision"), help=N_("`go`, `no-go` or `redirect`."), example="go"),
    ] = None
    note: Note = ""


class Plan(Resources):
    """Resources, the chain of milestones, and the goal. One YAML file."""

    starts: Starts = None
    seasons: Seasons = None
    closed: Annotated[
        tuple[Closed, ...],
        Key(
            label=N_("closed weeks"),
            ask=N_("Closed weeks"),
            help=N_("Weeks in which no attempt starts, and none gets on; bills go on."),
            group="more",
            synonyms=("holidays", "closed_weeks", "vacation", "假期"),
            whole=True,
        ),
    ] = ()
    due: Annotated[
        tuple[Due, ...],
        Key(
            label=N_("money promised"),
            ask=N_("Money that is due"),
            help=N_("Signed and outstanding: it comes at the end of that week, with that chance."),
            group="more",
            whole=True,
        ),
    ] = ()
    bills: Annotated[
        tuple[Bill, ...],
        Key(
            label=N_("bills of their own"),
            ask=N_("Bills of their own"),
            help=N_("Paid in certain weeks, on top of the burn: once, or every so many weeks."),
            group="more",
            synonyms=("costs", "expenses", "recurring", "账单", "固定支出"),
            whole=True,
        ),
    ] = ()
    ranges: Annotated[
        dict[str, NumberRange],
        Key(
            label=N_("what is not known"),
            help=N_(
                "Low, likely and high of a figure of the sales, the burn, a bill or a gift, by its"
                " place; drawn once a life. Such a range may be written at the figure itself."
            ),
            synonyms=("uncertain", "unknown", "uncertainty", "范围"),
            whole=True,
        ),
    ] = Field(default={})
    measures: Annotated[
        dict[Id, Measure],
        Key(
            label=N_("measures"),
            help=N_("Figures of your own that milestones change; nothing is computed from them."),
            synonyms=("metrics", "kpis", "figures", "指标"),
            whole=True,
        ),
    ] = Field(default={})
    skips: Annotated[
        tuple[Id, ...],
        Key(
            label=N_("what is left out"),
            help=N_("Milestones that are not attempted."),
            synonyms=("skip", "skipped", "跳过"),
            example="[taste]",
        ),
    ] = ()
    milestones: Annotated[
        tuple[Milestone, ...],
        Field(max_length=MOST_MILESTONES),
        Key(
            label=N_("milestones"),
            help=N_("The chain, in the order of the work."),
            synonyms=("milestone", "steps", "tasks", "stages", "chain", "里程碑"),
        ),
    ] = ()
    conditions: Annotated[
        tuple[Condition, ...],
        Key(
            label=N_("shared conditions"),
            help=N_("Common causes: what makes several milestones fail together."),
            synonyms=("condition", "common_causes", "correlation", "共同条件"),
            whole=True,
        ),
    ] = ()
    forks: Annotated[
        tuple[Fork, ...],
        Key(
            label=N_("forks"),
            help=N_("Decisions on the way, each with its options."),
            synonyms=("fork", "decisions", "choices", "岔路口"),
            whole=True,
        ),
    ] = ()
    log: Annotated[
        tuple[LogEntry, ...],
        Key(label=N_("log"), help=N_("What has happened so far."), whole=True),
    ] = ()

    _begun: Begun = PrivateAttr(default=NOTHING)

    @property
    def begun(self) -> Begun:
        """What has begun before the first week; nothing, unless a log told it (`present`)."""
        return self._begun

    def where(self, begun: Begun) -> Plan:
        """The same plan, played from where this has begun."""
        copy = self.model_copy()
        copy._begun = begun
        return copy

    def milestone(self, id: str) -> Milestone:
        """The milestone of that id; KeyError where there is none."""
        return {milestone.id: milestone for milestone in self.milestones}[id]

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all milestones in the plan's order."""
        return tuple(milestone.id for milestone in self.milestones)

    @property
    def attempted(self) -> tuple[Milestone, ...]:
        """The milestones that are not skipped, in the plan's order."""
        return tuple(m for m in self.milestones if m.id not in self.skips)
