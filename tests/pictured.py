"""Results made by hand for the charts' tests: any number of milestones, any mix of fates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from workbook.cases import load
from workbook.charts import (
    arrivals,
    cash_curve,
    chain,
    conversion,
    crossing,
    fates,
    measure,
    odds_line,
    options,
    runway,
    shares,
    spread,
    timeline,
)
from workbook.charts.arrivals import Arrivals
from workbook.charts.cash_curve import CashCurve
from workbook.charts.crossing import Crossing
from workbook.charts.description import Label
from workbook.charts.odds_line import Moment, OddsLine, Stroke
from workbook.charts.options import side_by_side
from workbook.charts.spread import Spread
from workbook.outcomes import FATES, LEVELS, Means, MilestoneOutcome, Outcomes, Weekly
from workbook.plan import Bilingual, Gives, Milestone, Plan, Sales
from workbook.words import Words

CHANCES = [0.1, 0.2, 0.22, 0.5, 0.51, 0.55, 0.9]
POINTS = ((0, 0.0), (60_000, 0.1), (120_000, 0.44), (180_000, 0.72), (240_000, 0.85))
NAMES = [
    ("Market opportunity judged", "市场机会判断清楚"),
    ("Real demand found", "真实需求得到验证"),
    ("Moments of use", "使用场景"),
    ("The need in each moment", "每个场景里的需求"),
    ("A new category", "新品类定义"),
    ("It works at once", "起效快"),
    ("Price bands tested", "测价：单片与整盒"),
    ("It tastes good", "口味过关"),
    ("Industrial production", "工业化生产"),
    ("Channels sign up", "渠道签约"),
    ("A thousand outlets", "一千家门店"),
    ("Growth without the founder", "不靠创始人也能增长"),
]


def lozenge(**changes: object) -> Plan:
    """A chain such as the lozenge's: prices tested beside the kernel, one milestone optional."""
    needs = [[], [0], [1], [2], [3], [4], [3], [5], [6, 7], [8], [9], [9]]
    milestones = []
    for n, (en, zh) in enumerate(NAMES):
        milestones.append(
            Milestone(
                id=f"m{n}",
                name=Bilingual(en=en, zh=zh),
                needs=tuple(f"m{need}" for need in needs[n]),
                stage="kernel" if n in (5, 7) else None,
                necessary=n != 11,
                weeks=3,
                pass_rate=0.5,
                gives={1: Gives(conversion=0.07), 7: Gives(conversion=0.95)}.get(n),
            )
        )
    plan = Plan(
        id="lozenge",
        goal="m10",
        horizon_weeks=104,
        cash=400_000,
        burn_per_week=4_000,
        sales=Sales(reach_per_week=40, conversion=0.03, price=30, margin=0.4),
        milestones=tuple(milestones),
    )
    return plan.model_copy(update=changes)


def row(n: int, name: str = "Milestone {n}", width: int = 1) -> Plan:
    """A plan of n milestones, so many of them side by side."""
    milestones = []
    for k in range(n):
        before = [f"m{b}" for b in range(k - k % width - width, k - k % width) if b >= 0]
        label = name.replace("{n}", str(k))
        milestones.append(Milestone(id=f"m{k}", name=label, needs=tuple(before)))
    return Plan(id="row", goal=f"m{n - 1}", cash=100_000, milestones=tuple(milestones))


def outcomes(plan: Plan, fates: tuple[float, ...] = (0.42, 0.37, 0.13, 0.08)) -> Outcomes:
    """What might come of the plan, drawn from a fixed seed; the fates as given."""
    weeks = np.arange(plan.horizon_weeks + 1)
    rng = np.random.default_rng(1)
    walk = np.cumsum(rng.normal(-(plan.cash or 0) / 75, 9000, (400, len(weeks))), axis=1)
    cash = np.quantile(np.maximum((plan.cash or 0) + walk, 0), LEVELS, axis=0)
    cash[:, 0] = plan.cash or 0
    end = 1 / (1 + np.exp(-(weeks - 52) / 9.0)) - 1 / (1 + np.exp(52 / 9.0))
    gone = {fate: share * end for fate, share in zip(FATES, fates, strict=True)}
    gone["open"] = np.where(weeks == weeks[-1], fates[3], 0.0)
    under_way = 1 - sum(gone[fate] for fate in ("goal", "ruin", "stuck"))
    hours = np.outer(np.linspace(0.8, 1.2, 5), 40 - 28 * end)
    count = len(plan.milestones)
    reached = {
        m.id: MilestoneOutcome(
            id=m.id,
            reached=1 - (1 - fates[0]) * (k + 1) / count,
            reached_error=0.005,
            ruined_before=0.2,
            died_here=0.05,
            stuck_here=0.01,
            weeks={0.5: 3 + 80 * k // count if k < count * 0.8 else None, 0.8: None, 0.9: None},
            cash={0.5: 50000.0, 0.8: None, 0.9: None},
            attempts=1.5,
            reached_by=end,
        )
        for k, m in enumerate(plan.milestones)
    }
    return Outcomes(
        plan=plan,
        choices={},
        how="simulated",
        runs=10_000,
        seed=1,
        fates=dict(zip(FATES, fates, strict=True)),
        fates_error=dict.fromkeys(FATES, 0.005),
        milestones=reached,
        weekly=Weekly(weeks, under_way, gone, {"cash": cash, "hours": hours}),
        mean=Means(50.0, 90_000.0, 44.0, 120_000.0, 30_000.0),
    )


def canvas(chart: Any, result: Any, words: Words, **options: Any) -> Figure:
    """A matplotlib figure as large as the picture, with the chart drawn on it."""
    shown = chart.describe(result, words, **options)
    figure = Figure(figsize=(shown.width / 72, shown.height / 72))
    chart.draw(result, figure.add_axes((0, 0, 1, 1)), words, **options)
    return figure


def marks(chart: Any, result: Any, words: Words, kind: type, **options: Any) -> list[Any]:
    """The marks of one kind that a chart describes, whatever panel they are on."""
    panels = chart.describe(result, words, **options).panels
    return [mark for panel in panels for mark in panel.marks if isinstance(mark, kind)]


def texts(chart: Any, result: Any, words: Words, **options: Any) -> list[str]:
    """Everything that is written on a picture, but the figures of its scales."""
    return [mark.text for mark in marks(chart, result, words, Label, **options)]


@dataclass(frozen=True)
class Swept:
    """A sweep made by hand: the first option ahead, then a draw, then the second."""

    values: tuple[float, ...] = (0, 50_000, 100_000, 150_000)

    @property
    def goal(self):
        return {"a": (0.30, 0.35, 0.40, 0.45), "b": (0.10, 0.30, 0.40, 0.70)}

    def winner(self, position):
        return ("a", "a", None, "b")[position]


def results(words, text=None):
    """A result for every chart, with a text of one's own as every name."""
    plan = load("caffeine-lozenge").plan if text is None else hostile(text)
    played = outcomes(plan)
    english = words.html_lang == "en"
    own = ("Taste first", "Prices first") if english else ("先把口味做好", "先测价")
    names = own if text is None else (text, text + "2")
    half = "Half of them are 50% sure or less" if english else "一半人的把握不超过 50%"
    by_week = "30% are right by week 2" if english else "到第 2 周，30% 做对了"

    def cash(amount):
        return words.money(amount, "CNY")

    worse = outcomes(plan, (0.2, 0.6, 0.1, 0.1))
    stairs = {names[0]: (0, 0.1, 0.3, 1), names[1]: (0, 0, 0.02, 0.9)}
    swept = Crossing(Swept(), dict(zip("ab", names, strict=True)), words("cash"), cash)
    return [
        (chain, plan),
        (chain, played),
        (runway, played),
        (runway, outcomes(plan.model_copy(update={"cash": None}))),
        (fates, played),
        (measure, measure.hours(played, words, measure.Aim(12, text or "12 (S4)"))),
        (conversion, played),
        (options, side_by_side({names[0]: played, names[1]: worse})),
        (crossing, swept),
        (cash_curve, CashCurve(POINTS, "CNY", 90_000, 0.8, 210_000, 1_000)),
        (cash_curve, CashCurve(POINTS[:4], "EUR", 120_000, 0.8, None)),
        (odds_line, played_by_hand(names)),
        (odds_line, OddsLine((Moment(1, 0.46, 0.46),), 30, 0.0)),
        (arrivals, Arrivals(stairs, words("week"), by_week, 2, names[1])),
        (timeline, played),
        (shares, played.fates),
        (spread, Spread(CHANCES, 0, 1, 0.05, words.percent, half, (words("about"), names[1]))),
    ]


def played_by_hand(names):
    """The odds line of a rehearsal that was taken back to a week and played on."""
    early = (Moment(1, 0.41, 0.41), Moment(9, 0.5, 0.5, names[0]), Moment(17, 0.38, 0.38))
    before = OddsLine((*early, Moment(31, 0.44, 0.38, names[1])), 60, 0.0)
    then = ((35, 0.66),)
    after = (
        *early,
        Moment(31, 0.44, 0.435, names[1], then),
        Moment(52, 0.7, 0.62, names[0], ((60, 0.45),)),
    )
    strokes = (Stroke(35, 0.66, 0.225, names[1]), Stroke(60, 0.45, -0.17, names[0]))
    return OddsLine(after, 75, 1.0, before, names[1], strokes)


def named_results(words):
    """Every chart with a name of its own: `chain`, `chain-2`, `runway`, …"""
    seen = Counter()
    for chart, result in results(words):
        name = chart.__name__.rsplit(".", 1)[-1]
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}", chart, result


def hostile(text):
    plan = lozenge()
    renamed = tuple(m.model_copy(update={"name": text}) for m in plan.milestones)
    return plan.model_copy(update={"milestones": renamed, "title": text})
