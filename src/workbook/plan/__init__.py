"""The plan: what a founder has, what is on the way, and where it should lead.

These types are the vocabulary. A plan file is these keys in YAML; the JSON Schema that editors
read is made from them; every engine plays them. They are frozen: an edit (`edit.py`) makes a new
plan. What a week does with them is in `law`, what must agree in `consistency`.

    parts.py        Part, Key, Text, and the types that change a part
    business.py     the plan's purpose and resources; its figures, read off their keys
    sales.py        Sales, and the customers who stay
    calendar.py     the first day, seasons, closed weeks; the weeks of a milestone
    people.py       Founder, Job, Role
    money.py        Bill, Due, Funding, Instalments, Loan
    gives.py        Gives, Measure
    morale.py       Morale
    proof.py        Proof, Tests, Redesign
    level.py        Level, Condition
    milestone.py    Milestone
    fork.py         Fork, Option, Edit, Wait
    whole.py        Plan, LogEntry, and what has begun before the first week

A new figure is one annotated field. On `Sales` or `Resources` it can be edited by an option at
once; with `given` in its `Key` a milestone can give it.
"""

from workbook.plan.business import (
    ABSENT,
    COUNTS,
    KEPT,
    SHARES,
    SOLD,
    STATE,
    WHOLE,
    Purpose,
    Resources,
    keys_of,
)
from workbook.plan.calendar import MONTHS, Closed, day_of, week_of
from workbook.plan.fork import FIGURES, Edit, Fork, Option, SalesEdit, Wait, When
from workbook.plan.gives import Gives, Measure
from workbook.plan.level import FOLLOWED, LEVELS, OWNED, Condition, Level
from workbook.plan.milestone import EXPANSION, STAGES, Milestone, Stage
from workbook.plan.money import Bill, Due, Funding, Instalments, Loan
from workbook.plan.morale import Morale
from workbook.plan.parts import Bilingual, Given, Key, Part, Signed, Text
from workbook.plan.people import Founder, Job, Role
from workbook.plan.proof import Proof, Redesign, TestLevel, Tests
from workbook.plan.sales import Sales
from workbook.plan.whole import MOST_MILESTONES, Begun, Debt, LogEntry, Plan, UnderWay

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
    "OWNED",
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
    "Founder",
    "Funding",
    "Given",
    "Gives",
    "Instalments",
    "Job",
    "Key",
    "Level",
    "Loan",
    "LogEntry",
    "Measure",
    "Milestone",
    "Morale",
    "Option",
    "Part",
    "Plan",
    "Proof",
    "Purpose",
    "Redesign",
    "Resources",
    "Role",
    "Sales",
    "SalesEdit",
    "Signed",
    "Stage",
    "TestLevel",
    "Tests",
    "Text",
    "UnderWay",
    "Wait",
    "When",
    "day_of",
    "keys_of",
    "week_of",
]
