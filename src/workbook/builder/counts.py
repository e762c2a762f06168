"""What of a plan can be counted: customers who stay, and figures that have a range.

A count of a figure teaches about its range; the log's boxes offer those of which a count says
something by now. What is counted of a figure follows from its unit: of a share so many out of so
many, of people so many in so many weeks, of money an amount.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from workbook.builder.edits import RefusedError
from workbook.consistency.ranges import countable_by
from workbook.errors import Message
from workbook.law import figure_at
from workbook.plan import SHARES, Plan
from workbook.present.ranges import PEOPLE
from workbook.retrospect import figure_label

Unit = Literal["share", "people", "money"]


class Counted(NamedTuple):
    """Counts as boxes hold them: customers; of a figure, how many or much, and out of how many."""

    customers: float | None = None
    figure: str = ""
    counted: float | None = None
    of: float | None = None

    @property
    def nothing(self) -> bool:
        """Whether nothing was counted."""
        return self.customers is None and not self.figure


@dataclass(frozen=True)
class Countable:
    """A figure with a range; `now` says whether a count of it teaches something by now."""

    figure: str
    label: Message
    unit: Unit
    now: bool


def countable(plan: Plan) -> tuple[Countable, ...]:
    """The figures of a plan that have a range, each once, in the order of their ranges."""
    weeks = countable_by(plan.ranges, ((e.milestone, e.result, e.week) for e in plan.log))
    found: dict[str, Countable] = {}
    for path in plan.ranges:
        figure = figure_at(path)
        if figure in weeks and figure not in found:
            label, now = figure_label(plan, path), weeks[figure] is not None
            found[figure] = Countable(figure, label, _unit(figure), now)
    return tuple(found.values())


def _unit(figure: str) -> Unit:
    return "share" if figure in SHARES else "people" if figure in PEOPLE else "money"


def checked_count(plan: Plan, count: Counted) -> Mapping[str, object]:
    """The count as keys of a log entry; RefusedError for one that is not complete."""
    if not count.figure and (count.counted is not None or count.of is not None):
        raise RefusedError("Choose the figure that was counted.")
    if count.figure and count.counted is None:
        raise RefusedError("Write how much was counted of it.")
    kept = count._asdict()
    if _unit(count.figure) == "money":
        kept["of"] = None
    return kept


def count_message(plan: Plan, count: Counted, week: str) -> Message:
    """What is said once a count is written down."""
    names = {one.figure: one.label for one in countable(plan)}
    if not count.figure:
        return Message("The customers of week {week} are written down.", {"week": week})
    template = "Written down for week {week}: what was counted of “{figure}”."
    return Message(template, {"week": week, "figure": names.get(count.figure, count.figure)})
