"""The plan: what a founder has, what lies on the way, and where it should lead.

These types are the vocabulary. A plan file is these keys in YAML; the JSON Schema that editors
read is made from them; every engine plays them. They are frozen: an edit (`edit.py`) makes a new
plan. What a week does with them is told in `law/week.py`, what must agree in `consistency`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from workbook.figures import (
    Amount,
    AmountRange,
    Flag,
    Id,
    Number,
    Positive,
    PositiveRange,
    Share,
    Weeks,
    Whole,
)

MOST_MILESTONES = 400

Stage = Literal[
    "opportunity",
    "demand",
    "scene",
    "category",
    "kernel",
    "price",
    "production",
    "channel",
    "growth",
    "efficiency",
    "team",
]
STAGES: tuple[Stage, ...] = get_args(Stage)
EXPANSION: frozenset[Stage] = frozenset({"production", "channel", "growth"})
BREAKEVEN = "breakeven"


class Part(BaseModel):
    """The common ground of all parts of a plan: frozen, and an unknown key is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")


class Bilingual(Part):
    """The same words for an English and for a Chinese reader."""

    en: str
    zh: str


Text = str | Bilingual


class Sales(Part):
    """What the business sells in a week: revenue = reach × conversion × price × margin."""

    reach_per_week: Amount = 0.0
    conversion: Share = 0.0
    price: Amount = 0.0
    margin: Share = 1.0


class Measure(Part):
    """Any figure worth following (NPS, say); milestones change it, nothing is computed from it."""

    value: Number
    unit: Text = ""
    label: Text = ""


class Proof(Part):
    """What proves that a milestone is reached (P5): a measure and the threshold it must meet."""

    measure: Text
    at_least: Number | None = None
    at_most: Number | None = None
    of: Number | None = None
    unit: Text = ""


class Funding(Part):
    """Money that a reached milestone brings with a chance, after a lag."""

    amount: Amount
    chance: Share = 1.0
    lag_weeks: Weeks = 0


class Due(Part):
    """Money promised before the plan begins: at the end of that week it comes, with this chance."""

    week: Whole
    amount: Amount
    chance: Share = 1.0
    note: Text = ""


class Gives(BaseModel):
    """New values from the week after; any other key is one of the plan's own `measures`."""

    model_config = ConfigDict(frozen=True, extra="allow")
    __pydantic_extra__: dict[str, Number] = Field(init=False)

    conversion: Share | None = None
    reach_per_week: Amount | None = None
    price: Amount | None = None
    margin: Share | None = None
    revenue_per_week: Amount | None = None
    burn_per_week: Amount | None = None
    hours_per_week: Amount | None = None
    running_hours_per_week: Amount | None = None
    funding: Funding | None = None

    @property
    def measures(self) -> dict[str, float]:
        """The keys that are no key of the format: new values of the plan's measures."""
        return dict(self.__pydantic_extra__ or {})


class Redesign(Part):
    """What must be done when the tested belief turns out to be false."""

    weeks: Positive = 1
    cost: Amount = 0.0
    gives: Gives | None = None


class Tests(Part):
    """A milestone that finds out whether something is true.

    `belief` is the chance that it is true while nobody has looked; `if_true` and `if_false` are
    the chances that the test says yes in either case.
    """

    belief: Share
    if_true: Share = 1.0
    if_false: Share = 0.0
    redesign: Redesign = Redesign()


class Milestone(Part):
    """A point that the goal cannot do without (P3), reached when its deliverable is proved."""

    id: Id
    name: Text = ""
    stage: Stage | None = None
    necessary: Flag = True
    needs: tuple[Id, ...] = ()
    relies_on: tuple[Id, ...] = ()
    weeks: Positive | PositiveRange = 1
    hours: Positive | PositiveRange | None = None
    cost: Amount | AmountRange = 0.0
    pass_rate: Share | Annotated[tuple[Share, ...], Field(min_length=1)] | None = None
    tests: Tests | None = None
    attempts: Whole | None = None
    teams: Whole = 1
    proof: Proof | None = None
    if_missed: Text = ""
    gives: Gives | None = None
    note: Text = ""

    @property
    def rates(self) -> tuple[float, ...]:
        """Pass rate of each attempt; the last one repeats. Without any, nothing can fail."""
        if isinstance(self.pass_rate, tuple):
            return self.pass_rate
        return (1.0 if self.pass_rate is None else self.pass_rate,)


class When(Part):
    """When a fork opens: the first week in which everything named holds."""

    milestone: Id | None = None
    week: Whole | None = None
    cash_below: Amount | None = None


class Loan(Part):
    """Money now against more money later; the debt falls due whatever has happened."""

    amount: Amount
    repay: Amount
    repay_after_weeks: Whole


class Wait(Part):
    """Stop and hope: nothing is attempted until the money comes, each week with this chance."""

    burn_per_week: Amount
    chance_per_week: Share
    amount: Amount


class LogEntry(Part):
    """Something that has happened: an attempt that passed or failed, a cash count, a decision."""

    week: Weeks
    milestone: Id | None = None
    result: Literal["passed", "failed"] | None = None
    cash: Number | None = None
    decision: Literal["go", "no-go", "redirect"] | None = None
    note: Text = ""


Signed = Annotated[str, Field(pattern=r"^[+-]\d{1,12}(\.\d+)?$")]


class SalesEdit(Part):
    """A change of sales: a new value, or `+5` / `-5` to add or take away."""

    reach_per_week: Amount | Signed | None = None
    conversion: Share | Signed | None = None
    price: Amount | Signed | None = None
    margin: Share | Signed | None = None


class Edit(Part):
    """A change of a plan: any of its keys; `+30000` adds, a plain number replaces."""

    goal: Id | None = None
    horizon_weeks: Whole | Signed | None = None
    cash: Amount | Signed | None = None
    burn_per_week: Amount | Signed | None = None
    hours_per_week: Amount | Signed | None = None
    running_hours_per_week: Amount | Signed | None = None
    revenue_per_week: Amount | Signed | None = None
    teams: Whole | Signed | None = None
    sales: SalesEdit | None = None
    measures: dict[str, Number | Signed] = {}
    skip: tuple[Id, ...] = ()
    milestones: dict[Id, dict[str, Any]] = {}


class Option(Edit):
    """One way out of a fork: an edit of the plan that takes effect when the fork opens."""

    id: Id
    name: Text = ""
    note: Text = ""
    loan: Loan | None = None
    wait: Wait | None = None


class Fork(Part):
    """A decision on the way; without an option `chosen` the plan goes on as written."""

    id: Id
    name: Text = ""
    note: Text = ""
    at: When = When()
    options: Annotated[tuple[Option, ...], Field(min_length=1)]
    chosen: Id | None = None


class Plan(Part):
    """Resources, the chain of milestones, and the goal. One YAML file."""

    plan: Literal[1] = 1
    id: Id
    title: Text = ""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "CNY"
    goal: Id
    horizon_weeks: Whole = 104
    cash: Amount | None = None
    burn_per_week: Amount = 0.0
    hours_per_week: Amount | None = None
    running_hours_per_week: Amount = 0.0
    teams: Whole = 1
    sales: Sales | None = None
    revenue_per_week: Amount = 0.0
    due: tuple[Due, ...] = ()
    measures: dict[Id, Measure] = {}
    skips: tuple[Id, ...] = ()
    milestones: Annotated[tuple[Milestone, ...], Field(max_length=MOST_MILESTONES)] = ()
    forks: tuple[Fork, ...] = ()
    log: tuple[LogEntry, ...] = ()

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
