"""The plan: what a founder has, what lies on the way, and where it should lead.

These types are the vocabulary. A plan file is these keys in YAML; the JSON Schema that editors
read is made from them; every engine plays them. They are frozen: an edit (`edit.py`) makes a new
plan. What a week does with them is told in `law`, what must agree in `consistency`.

    key.py          Key: what a key is, described once on its field
    parts.py        Part, Text, and the types that change a part
    business.py     the plan's purpose and resources
    sales.py        Sales, and the customers who stay
    calendar.py     the first day, seasons, closed weeks
    bills.py        Bill
    gives.py        Gives, Funding, Due, Measure
    proof.py        Proof, Tests, Redesign
    level.py        Level: what is reached by itself; the weeks of a milestone
    condition.py    Condition: a common cause of several milestones
    milestone.py    Milestone
    fork.py         Fork, Option, Edit, Loan, Wait
    begun.py        what has begun where a plan is played from the middle of it
    state.py        the figures that a business is in the middle of, read off their keys
    whole.py        Plan, LogEntry

A new figure is one annotated field. On `Sales` or `Resources` it can be edited by an option at
once; with `given` in its `Key` a milestone can give it.
"""

from workbook.plan.begun import Begun, Debt, UnderWay
from workbook.plan.bills import Bill
from workbook.plan.business import Purpose, Resources
from workbook.plan.calendar import MONTHS, Closed, day_of, week_of
from workbook.plan.condition import Condition
from workbook.plan.fork import FIGURES, Edit, Fork, Loan, Option, SalesEdit, Wait, When
from workbook.plan.gives import Due, Funding, Gives, Measure
from workbook.plan.key import Given, Key
from workbook.plan.level import FOLLOWED, LEVELS, Level
from workbook.plan.milestone import EXPANSION, STAGES, Milestone, Stage
from workbook.plan.parts import Bilingual, Part, Signed, Text
from workbook.plan.proof import Proof, Redesign, Tests
from workbook.plan.sales import Sales
from workbook.plan.state import ABSENT, COUNTS, KEPT, SHARES, SOLD, STATE, WHOLE, keys_of
from workbook.plan.whole import MOST_MILESTONES, LogEntry, Plan

BREAKEVEN = "breakeven"

__all__ = [
    "ABSENT",
    "BREAKEVEN",
    "COUNTS",
    "EXPANSION",
    "FIGURES",
    "FOLLOWED",
    "KEPT",
    "LEVELS",
    "MONTHS",
    "MOST_MILESTONES",
    "SHARES",
    "SOLD",
    "STAGES",
    "STATE",
    "WHOLE",
    "Begun",
    "Bilingual",
    "Bill",
    "Closed",
    "Condition",
    "Debt",
    "Due",
    "Edit",
    "Fork",
    "Funding",
    "Given",
    "Gives",
    "Key",
    "Level",
    "Loan",
    "LogEntry",
    "Measure",
    "Milestone",
    "Option",
    "Part",
    "Plan",
    "Proof",
    "Purpose",
    "Redesign",
    "Resources",
    "Sales",
    "SalesEdit",
    "Signed",
    "Stage",
    "Tests",
    "Text",
    "UnderWay",
    "Wait",
    "When",
    "day_of",
    "keys_of",
    "week_of",
]
