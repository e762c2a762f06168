"""What reaches a milestone: its proof, or a test of a belief."""

from __future__ import annotations

from typing import Annotated

from workbook.errors import N_
from workbook.figures import Amount, Number, Positive, Share
from workbook.plan.gives import Gives
from workbook.plan.parts import Key, Part, Text


class Proof(Part):
    """What proves that a milestone is reached (P5): a measure and the threshold it must meet."""

    measure: Annotated[
        Text,
        Key(
            label=N_("what proves it"),
            ask=N_("Proved by"),
            help=N_("Something that can be counted: then nobody argues about whether it is done."),
            synonyms=("what", "kpi", "metric", "指标"),
            columns=(
                *("proof", "measure", "proved by", "how measured", "deliverable"),
                *("交付标准", "衡量", "指标", "标准", "证明"),
            ),
            example="people who buy again",
        ),
    ]
    at_least: Annotated[
        Number | None,
        Key(
            label=N_("at least"),
            ask=N_("at least"),
            synonyms=("threshold", "minimum", "min", "least", "target", "至少"),
            columns=("at least", "threshold", "至少", "阈值", "门槛", "达标值"),
            example="15",
        ),
    ] = None
    at_most: Annotated[
        Number | None,
        Key(
            label=N_("at most"),
            ask=N_("at most"),
            synonyms=("maximum", "max", "most", "至多"),
            columns=("at most", "至多", "最多"),
            example="3",
        ),
    ] = None
    of: Annotated[
        Number | None,
        Key(
            label=N_("out of"),
            ask=N_("out of"),
            columns=("of", "out of", "总数", "共"),
            example="20",
        ),
    ] = None
    unit: Annotated[
        Text,
        Key(label=N_("unit"), ask=N_("counted in"), columns=("unit", "单位"), example="people"),
    ] = ""


class Redesign(Part):
    """What must be done when the tested belief turns out to be false."""

    weeks: Annotated[
        Positive,
        Key(
            label=N_("weeks of the redesign"),
            ask=N_("If it is false, a redesign takes"),
            help=N_("What the way back takes once you know."),
            unit="weeks",
            slide=(1, 26),
            synonyms=("duration", "length", "time", "周", "周数", "时长"),
            example="4",
        ),
    ] = 1
    cost: Annotated[
        Amount,
        Key(
            label=N_("cost of the redesign"),
            ask=N_("and costs"),
            unit="money",
            slide=(0, 20_000),
            step=100,
            synonyms=("price", "costs", "expense", "成本", "费用", "花费"),
            flow="out",
            example="3000",
        ),
    ] = 0.0
    gives: Annotated[
        Gives | None,
        Key(
            label=N_("what the redesign gives"),
            help=N_("New values once the redesign is done, as under `gives` of the milestone."),
        ),
    ] = None


class TestLevel(Part):
    """The same test done cheaper or more strictly: what differs from the test as written."""

    weeks: Annotated[
        Positive | None,
        Key(
            label=N_("weeks of the test at this level"),
            ask=N_("weeks"),
            unit="weeks",
            synonyms=("duration", "length", "time", "周", "周数", "时长"),
            example="1",
        ),
    ] = None
    hours: Annotated[
        Positive | None,
        Key(
            label=N_("hours of the test at this level"),
            ask=N_("hours"),
            unit="hours",
            synonyms=("小时",),
            example="10",
        ),
    ] = None
    cost: Annotated[
        Amount | None,
        Key(
            label=N_("cost of the test at this level"),
            ask=N_("cost"),
            unit="money",
            synonyms=("price", "costs", "expense", "成本", "费用", "花费"),
            flow="out",
            example="500",
        ),
    ] = None
    if_true: Annotated[
        Share | None,
        Key(
            label=N_("says yes if it is true, at this level"),
            ask=N_("says yes if it is true"),
            unit="share",
            example="0.95",
        ),
    ] = None
    if_false: Annotated[
        Share | None,
        Key(
            label=N_("says yes if it is false, at this level"),
            ask=N_("says yes if it is false"),
            unit="share",
            example="0.4",
        ),
    ] = None


class Tests(Part):
    """A milestone that finds out whether something is true.

    `belief` is the chance that it is true while nobody has looked; `if_true` and `if_false` are
    the chances that the test says yes in either case.
    """

    belief: Annotated[
        Share,
        Key(
            label=N_("belief before the test"),
            ask=N_("How sure are you today?"),
            help=N_("Of 100 things that you are as sure of, how many turn out true?"),
            unit="share",
            slide=(0, 1),
            step=0.05,
            start=0.5,
            synonyms=("chance", "probability", "信念"),
            columns=("belief", "信念"),
            example="0.6",
        ),
    ]
    if_true: Annotated[
        Share,
        Key(
            label=N_("says yes if it is true"),
            ask=N_("The test says yes if it is true"),
            help=N_("100% is a test that never misses what is there."),
            unit="share",
            slide=(0, 1),
            step=0.05,
            rank=1,
            example="0.9",
        ),
    ] = 1.0
    if_false: Annotated[
        Share,
        Key(
            label=N_("says yes if it is false"),
            ask=N_("The test says yes if it is false"),
            help=N_("0% is a test that never fools you."),
            unit="share",
            slide=(0, 1),
            step=0.05,
            rank=1,
            example="0.1",
        ),
    ] = 0.0
    redesign: Annotated[
        Redesign,
        Key(
            label=N_("redesign"),
            help=N_("What must be done if the belief turns out to be false."),
            whole=True,
        ),
    ] = Redesign()
    cheap: Annotated[
        TestLevel | None,
        Key(
            label=N_("a cheap level of the test"),
            help=N_(
                "What a quicker, softer test takes, on offer in a rehearsal; what it passes may be"
                " false, and that comes out later."
            ),
            whole=True,
        ),
    ] = None
    strict: Annotated[
        TestLevel | None,
        Key(
            label=N_("a strict level of the test"),
            help=N_("What a longer, harder test takes, on offer in a rehearsal."),
            whole=True,
        ),
    ] = None
