"""A milestone: what it takes, what it needs, what proves it, what it gives."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from workbook.errors import N_
from workbook.figures import Amount, AmountRange, Flag, Id, Positive, PositiveRange, Share, Whole
from workbook.plan.calendar import ByWeek, EveryWeeks, FromWeek
from workbook.plan.gives import Gives
from workbook.plan.level import Reaching
from workbook.plan.parts import Key, Part, Text
from workbook.plan.proof import Proof, Tests

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


class Milestone(Part):
    """A point that the goal cannot do without (P3), reached when its deliverable is proved."""

    id: Annotated[
        Id,
        Key(
            label=N_("id"),
            help=N_("A short name by which other keys refer to it; it stays as it is."),
            columns=(
                *(
                    "id",
                    "no",
                    "nr",
                    "number",
                    "编号",
                    "代号",
                    "序号",
                    "key",
                    "issue key",
                    "task id",
                ),
                *("item id", "任务id", "任务编号", "标识号", "wbs", "outline number"),
            ),
            example="taste",
        ),
    ]
    name: Annotated[
        Text,
        Key(
            label=N_("name"),
            help=N_("What is proved once it is reached."),
            synonyms=("title", "milestone", "label", "名称", "名字", "标题"),
            columns=(
                *("name", "milestone", "title", "task", "task name", "activity", "activity name"),
                *("milestone name", "step", "item", "what", "名称", "里程碑", "名字", "任务"),
                *("任务名称", "活动", "事项", "步骤", "里程碑名称", "标题", "任务标题"),
                *("card name", "card title", "work item", "task title", "summary", "subject"),
                *("name title", "任务描述", "任务内容", "工作项", "工作项名称", "卡片名称"),
            ),
            example="Regulars come back",
        ),
    ] = ""
    stage: Annotated[
        Stage | None,
        Key(
            label=N_("stage"),
            ask=N_("Stage"),
            help=N_("The kernel comes before what expands it; efficiency comes last."),
            group="order",
            columns=("stage", "阶段"),
            example="kernel",
        ),
    ] = None
    necessary: Annotated[
        Flag,
        Key(
            label=N_("necessary or not"),
            ask=N_("The goal cannot do without it"),
            help=N_("A milestone lies on the way. If there is a way around it, it is a wish."),
            group="order",
            columns=("necessary", "必经", "必要", "是否必经"),
            example="false",
        ),
    ] = True
    needs: Annotated[
        tuple[Id, ...],
        Key(
            label=N_("needs"),
            ask=N_("It waits for"),
            help=N_("What must be proved before this can begin."),
            group="order",
            rank=-1,
            synonyms=(
                *("need", "depends_on", "depends", "dependencies", "requires", "required"),
                *("after", "prerequisites", "前置", "依赖", "需要"),
            ),
            columns=(
                *("needs", "need", "after", "depends on", "before it", "dependencies", "requires"),
                *("dependency", "predecessors", "predecessor", "prerequisites", "waits for"),
                "dependent on",
                *(
                    "depends",
                    "blocked by",
                    "is blocked by",
                    "waiting on",
                    "inward issue link blocks",
                ),
                *("依赖", "前置", "需要", "先要", "前提", "前置任务", "前置里程碑", "依赖于"),
                *("紧前任务", "紧前工作", "前置工作", "前置事项", "前序任务", "依赖任务", "依赖项"),
            ),
            example="[demand, price]",
        ),
    ] = ()
    needs_any: Annotated[
        tuple[Id, ...],
        Key(
            label=N_("needs one of"),
            ask=N_("It waits for one of"),
            help=N_("One of these is enough; once it is reached, the others are not begun."),
            group="order",
            rank=-1,
            synonyms=("any_of", "either", "one_of", "alternatives", "任一", "二选一"),
            columns=("needs any", "needs one of", "any of", "one of", "任一前置", "任选其一"),
            example="[grant, loan]",
        ),
    ] = ()
    relies_on: Annotated[
        tuple[Id, ...],
        Key(
            label=N_("what it relies on"),
            ask=N_("It relies on the answer of"),
            help=N_("If that belief is false and nobody looked, this one fails first."),
            group="belief",
            rank=2,
            columns=("relies on", "依据", "依靠"),
            example="[taste]",
        ),
    ] = ()
    from_week: FromWeek = None
    starts_every_weeks: EveryWeeks = 1
    by_week: ByWeek = None
    level: Reaching = None
    weeks: Annotated[
        Positive | PositiveRange,
        Key(
            label=N_("weeks of an attempt"),
            ask=N_("One attempt takes"),
            help=N_("Working time of one try, waiting included. When in doubt, give a range."),
            last=N_("How long did the last similar thing take?"),
            unit="weeks",
            excludes="hours",
            slide=(1, 26),
            group="attempt",
            synonyms=("duration", "length", "time", "weeks_per_attempt", "周", "周数", "时长"),
            columns=(
                *("weeks", "week", "duration", "周数", "weeks per attempt", "weeks of an attempt"),
                *("months", "days", "length", "time", "time needed", "一次尝试的周数", "周"),
                *("每次周数", "时长", "工期", "持续时间", "天数", "月数", "所需时间", "时间"),
                *("周期", "耗时", "用时"),
            ),
            example="[2, 3, 6]",
        ),
    ] = 1
    hours: Annotated[
        Positive | PositiveRange | None,
        Key(
            label=N_("hours of an attempt"),
            ask=N_("Hours instead of weeks"),
            help=N_("Where your own hours are the scarce thing: what one attempt takes of them."),
            unit="hours",
            excludes="weeks",
            step=1,
            group="more",
            rank=1,
            columns=(
                *("hours", "小时", "hours per attempt", "hours of an attempt"),
                *("一次尝试的小时数", "小时数", "工时"),
            ),
            example="40",
        ),
    ] = None
    cost: Annotated[
        Amount | AmountRange,
        Key(
            label=N_("cost of an attempt"),
            ask=N_("One attempt costs"),
            help=N_("Paid when the attempt starts, on top of the weekly burn."),
            unit="money",
            slide=(0, 20_000),
            step=100,
            group="attempt",
            synonyms=(
                *("price", "costs", "expense", "cost_per_attempt"),
                *("成本", "费用", "花费"),
            ),
            columns=(
                *("cost", "costs", "price of an attempt", "cost per attempt", "cost of an attempt"),
                *("budget", "expense", "expenses", "estimated cost", "planned cost"),
                *("一次尝试的花费", "成本", "花费", "费用", "每次花费", "预算", "开支"),
            ),
            flow="out",
            example="4500",
        ),
    ] = 0.0
    pass_rate: Annotated[
        Share | Annotated[tuple[Share, ...], Field(min_length=1)] | None,
        Key(
            label=N_("pass rate"),
            ask=N_("Pass rate"),
            help=N_("Of 100 attempts like this one, how many would prove it?"),
            unit="share",
            slide=(0, 1),
            step=0.05,
            group="attempt",
            synonyms=(
                *("chance", "probability", "prob", "success", "success_rate", "odds", "rate"),
                *("pass", "通过率", "成功率", "概率"),
            ),
            columns=(
                *("pass rate", "pass", "chance", "probability", "success", "success rate", "odds"),
                *("success probability", "success chance", "chance of success"),
                *("probability of success", "likelihood", "通过率", "概率", "成功率", "把握"),
                *("成功概率", "可能性"),
            ),
            excludes="tests",
            example="[0.3, 0.45]",
        ),
    ] = None
    tests: Annotated[
        Tests | None,
        Key(
            label=N_("what it tests"),
            ask=N_("It finds out whether something is true"),
            help=N_("Then it has no pass rate: either the belief is true or you must redesign."),
            group="belief",
            excludes="pass_rate",
        ),
    ] = None
    attempts: Annotated[
        Whole | None,
        Key(
            label=N_("most attempts"),
            ask=N_("Attempts at most"),
            help=N_(
                "After so many misses you would give up. While it is empty you would try again"
                " and again, until the money or the time is gone."
            ),
            empty=N_("no limit"),
            step=1,
            group="attempt",
            synonyms=("tries", "max_tries", "max_attempts", "limit", "trials", "尝试", "次数"),
            columns=(
                *("attempts", "max attempts", "most attempts", "tries"),
                *("尝试", "尝试次数", "最多尝试", "最多次数", "次数"),
            ),
            example="3",
        ),
    ] = None
    teams: Annotated[
        Whole,
        Key(
            label=N_("teams at once"),
            ask=N_("Teams that race"),
            help=N_("Independent teams at it at once; the first one home counts, each is paid."),
            step=1,
            group="more",
            columns=("teams", "number of teams", "团队", "团队数", "队数"),
            example="2",
        ),
    ] = 1
    proof: Annotated[
        Proof | None,
        Key(
            label=N_("proof"),
            help=N_("What proves that it is reached: something that can be counted."),
            group="proof",
            whole=True,
        ),
    ] = None
    if_missed: Annotated[
        Text,
        Key(
            label=N_("what if it is missed"),
            ask=N_("If it is missed"),
            help=N_("Decide now, while you are calm: what will you do then?"),
            group="proof",
            rank=1,
            long=True,
            synonyms=("missed", "if_failed", "otherwise", "else"),
            columns=(
                *("if missed", "if not", "what if it is missed", "if it is missed"),
                *("没达到怎么办", "otherwise", "没达到", "未达成", "达不到怎么办", "没过怎么办"),
            ),
            example="sell to offices instead",
        ),
    ] = ""
    gives: Annotated[
        Gives | None,
        Key(
            label=N_("what it gives"),
            help=N_("New values from the week after it is reached; `+5` and `-5` add."),
            group="gives",
        ),
    ] = None
    note: Annotated[
        Text,
        Key(
            label=N_("note"),
            ask=N_("A note of your own"),
            group="more",
            rank=2,
            long=True,
            synonyms=("description", "comment", "remark", "text", "备注", "说明"),
            columns=("note", "notes", "comment", "comments", "remark", "remarks", "备注", "说明"),
            example="ask the landlord again",
        ),
    ] = ""

    @property
    def rates(self) -> tuple[float, ...]:
        """Pass rate of each attempt; the last one repeats. Without any, nothing can fail."""
        if isinstance(self.pass_rate, tuple):
            return self.pass_rate
        return (1.0 if self.pass_rate is None else self.pass_rate,)
