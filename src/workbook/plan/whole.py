"""The whole plan, the log of what has happened to it, and what has begun before its first week.

`Begun` is no key of a plan file: `present` works it out. Weeks count from there; money is in cents.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, PrivateAttr

from workbook.errors import N_
from workbook.figures import Amount, Id, Number, NumberRange, Share, Weeks
from workbook.plan.business import Resources
from workbook.plan.calendar import Closed, Seasons, Starts
from workbook.plan.fork import Fork, Option
from workbook.plan.gives import Measure
from workbook.plan.level import Condition
from workbook.plan.milestone import Milestone
from workbook.plan.money import Bill, Due
from workbook.plan.morale import Morale
from workbook.plan.parts import CHAIN_WORDS, Key, Note, Part
from workbook.plan.people import Founders, Roles


class UnderWay(NamedTuple):
    """An attempt at a milestone, or with `mends` a redesign, that ends after so many weeks."""

    milestone: str
    weeks: int
    mends: str | None = None


class Debt(NamedTuple):
    """What a loan demands back, so many weeks from now, and how much of that pays it off."""

    weeks: int
    amount_cents: int
    about: str
    pays_off_cents: int


@dataclass(frozen=True)
class Begun:
    """The state of a plan before its first week.

    Attributes
    ----------
    opened
        Forks that have opened; their options are in the plan.
    used_up, untrue, refuted
        Milestones without an attempt left; what is to be put right: untrue, or refuted by a test.
    jobs, debts
        Work under way, paid for; money to be paid back.
    waiting
        The option, with the id of its fork, that has everything stopped until its money comes.
    receivable
        What customers owe by their terms: after how many weeks it comes, and cents.
    held
        Milestones that are levels, and how many weeks in a row each has held by now.
    learnt
        Quantiles of figures whose range a log has taught about, by their places.
    quarter_weeks, untaxed_cents
        Weeks of the quarter that have passed, and the profit or loss that no tax was paid for yet.
    """

    opened: frozenset[str] = frozenset()
    used_up: frozenset[str] = frozenset()
    untrue: frozenset[str] = frozenset()
    refuted: frozenset[str] = frozenset()
    jobs: tuple[UnderWay, ...] = ()
    debts: tuple[Debt, ...] = ()
    waiting: tuple[str, Option] | None = None
    receivable: tuple[tuple[int, int], ...] = ()
    held: tuple[tuple[str, int], ...] = ()
    learnt: tuple[tuple[str, tuple[float, ...]], ...] = ()
    quarter_weeks: int = 0
    untaxed_cents: int = 0

    @property
    def midway(self) -> bool:
        """Whether anything at all has begun that a plan does not say."""
        begun = (self.used_up, self.untrue, self.refuted, self.jobs, self.debts, self.waiting)
        return any(begun) or bool(self.receivable or self.held or self.untaxed_cents)


NOTHING = Begun()


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
    figure: Annotated[
        str | None,
        Key(
            label=N_("figure that was counted"),
            help=N_("A figure with a range, by its name: `conversion`, `reach_per_week`, a bill."),
            synonyms=("what", "kpi", "metric", "指标"),
            example="conversion",
        ),
    ] = None
    counted: Annotated[
        Amount | None,
        Key(
            label=N_("what was counted of it"),
            help=N_("How many said yes, how many people were reached, what it cost."),
            synonyms=("value", "number", "seen", "count"),
            example="6",
        ),
    ] = None
    of: Annotated[
        Amount | None,
        Key(
            label=N_("out of"),
            help=N_("Of a share: out of how many. Of people reached: in how many weeks, else 1."),
            synonyms=("out_of", "total", "sample", "总数"),
            example="120",
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
            group="dates",
            synonyms=("holidays", "closed_weeks", "vacation", "假期"),
            whole=True,
        ),
    ] = ()
    founder_share: Annotated[
        Share,
        Key(
            label=N_("your share of the company"),
            ask=N_("Your share of the company"),
            help=N_("What is yours today; each round makes it smaller by what is given away."),
            unit="share",
            group="more",
            synonyms=("equity", "ownership", "share", "stake", "持股", "股份"),
            example="0.8",
        ),
    ] = 1.0
    tax_on_profit: Annotated[
        Share,
        Key(
            label=N_("tax on profit"),
            ask=N_("Tax on profit"),
            help=N_("Share of the profit of every quarter (13 weeks), paid at its end."),
            unit="share",
            group="more",
            step=0.01,
            synonyms=("tax", "tax_rate", "profit_tax", "corporate_tax", "所得税", "税率"),
            flow="out",
            example="0.25",
        ),
    ] = 0.0
    due: Annotated[
        tuple[Due, ...],
        Key(
            label=N_("money promised"),
            ask=N_("Money that is due"),
            help=N_("Signed and outstanding: it comes at the end of that week, with that chance."),
            group="bills",
            whole=True,
        ),
    ] = ()
    bills: Annotated[
        tuple[Bill, ...],
        Key(
            label=N_("bills of their own"),
            ask=N_("Bills of their own"),
            help=N_("Paid in certain weeks, on top of the burn: once, or every so many weeks."),
            group="bills",
            synonyms=("costs", "expenses", "recurring", "账单", "固定支出"),
            whole=True,
        ),
    ] = ()
    founders: Founders = ()
    roles: Roles = ()
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
    weekly_ranges: Annotated[
        dict[str, NumberRange],
        Key(
            label=N_("what differs from week to week"),
            help=N_(
                "Low, likely and high of a figure of a week (reach, conversion, price, margin, fee,"
                " other revenue, burn, a bill), by its place; drawn again each week, as a ratio to"
                " the likely value: what raises the figure raises them with it. At the figure"
                " itself write `range: [20, 40, 90]` and `each: week` below it."
            ),
            synonyms=("weekly", "each_week", "noise", "fluctuation", "每周范围"),
            whole=True,
        ),
    ] = Field(default={})
    measures: Annotated[
        dict[Id, Measure],
        Key(
            label=N_("measures"),
            ask=N_("Measures of your own"),
            group="more",
            help=N_("Figures of your own; under `gives` a number is the new value, `+5` adds."),
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
            synonyms=CHAIN_WORDS,
        ),
    ] = ()
    conditions: Annotated[
        tuple[Condition, ...],
        Key(
            label=N_("shared conditions"),
            ask=N_("What makes milestones fail together"),
            group="causes",
            help=N_("Common causes: what makes several milestones fail together."),
            synonyms=("condition", "common_causes", "correlation", "共同条件"),
            whole=True,
        ),
    ] = ()
    morale: Annotated[
        Morale | None,
        Key(
            label=N_("morale"),
            ask=N_("Morale of the people"),
            group="causes",
            help=N_(
                "Failures in a row wear people down, and small wins lift them: below a line an"
                " attempt takes longer."
            ),
            synonyms=("mood", "spirit", "motivation", "士气"),
            whole=True,
        ),
    ] = None
    forks: Annotated[
        tuple[Fork, ...],
        Key(
            label=N_("forks"),
            ask=N_("Forks"),
            group="forks",
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
        """What has begun before the first week; nothing, unless a log says so (`present`)."""
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
    def counts_hours(self) -> bool:
        """Whether hours are scarce: hours a week are written, or founders with theirs."""
        return self.hours_per_week is not None or bool(self.founders)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all milestones in the plan's order."""
        return tuple(milestone.id for milestone in self.milestones)

    @property
    def attempted(self) -> tuple[Milestone, ...]:
        """The milestones that are not skipped, in the plan's order."""
        return tuple(m for m in self.milestones if m.id not in self.skips)
