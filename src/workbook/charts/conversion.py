"""Conversion before and after each milestone.

A row a milestone, in the plan's order: a dot at the conversion once it is reached, and
an arrow where it moved. Most milestones move nothing, and the picture says that too. Stated
figures name their claim, assumed ones carry ◇. Where all is below 25 %, the scale ends at a round
number above the largest, and the alt text says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from workbook.charts.artists import drawing
from workbook.charts.description import (
    LARGE,
    NORMAL,
    SMALL,
    WIDE,
    Dots,
    Figure,
    Label,
    Line,
    Mark,
    Panel,
    Scale,
)
from workbook.charts.text_layout import ASSUMED, Bases, ems, numbers, shorten, source_label, widest
from workbook.law import Economy
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.words import Words

MOST_ROWS = 16
"""In a longer chain only the milestones that change the conversion have a row."""

ROW, FOOT, END = 19.0, 16.0, 24.0
"""Height of a row, height of the axis below, least padding at the right."""

NAMES = 0.42
"""Largest share of the width that names may take."""

A_TENTH = 0.0005
"""Error that `percent` shows with tenths."""

SCALES = (
    (0.005, 0.001),
    (0.01, 0.002),
    (0.02, 0.01),
    (0.05, 0.01),
    (0.1, 0.02),
    (0.25, 0.05),
    (1.0, 0.25),
)
"""Upper limit of the scale and step of its ticks: each an exact percentage."""


@dataclass(frozen=True)
class Step:
    """The conversion before and after a milestone, and the path of the new figure in the plan."""

    id: str
    before: float
    after: float
    path: str

    @property
    def moves(self) -> bool:
        """Whether the milestone changes the conversion."""
        return self.after != self.before


def steps(result: Plan | Outcomes) -> list[Step]:
    """Return the effect of each attempted milestone on the conversion, in the plan's order."""
    plan = _plan(result)
    economy = Economy.of(plan)
    found = []
    for milestone in plan.attempted:
        now, economy = economy.conversion, economy.after(milestone.gives)
        after = economy.conversion
        path = f"milestones.{milestone.id}.gives.conversion"
        found.append(Step(milestone.id, now, after, path))
    return found


def start(plan: Plan) -> float:
    """Return the conversion before any milestone is reached."""
    return plan.sales.conversion if plan.sales else 0.0


def scale(result: Plan | Outcomes) -> tuple[float, float]:
    """Return upper limit and tick step: the smallest limit above the largest conversion."""
    top = max([start(_plan(result)), *(step.after for step in steps(result))])
    return next((found for found in SCALES if 0 < top < found[0]), SCALES[-1])


def rate(words: Words, share: float) -> str:
    """Format a conversion, to a tenth of a percent if needed: 1.2% and 1.4% differ."""
    whole = abs(share * 100 - round(share * 100)) < 1e-9
    return words.percent(share) if whole else words.percent(share, A_TENTH)


def _plan(result: Plan | Outcomes) -> Plan:
    return result if isinstance(result, Plan) else result.as_played


def _shown(result: Plan | Outcomes) -> list[Step]:
    every = steps(result)
    return every if len(every) <= MOST_ROWS else [step for step in every if step.moves]


def describe(
    result: Plan | Outcomes, words: Words, *, width: float = WIDE, basis: Bases | None = None
) -> Figure:
    """Describe a row for the start and one for each milestone."""
    rows, plan = _shown(result), _plan(result)
    (end, step), first = scale(result), start(plan)
    ticks = tuple((n * step, rate(words, n * step)) for n in range(round(end / step) + 1))
    number = numbers(plan)
    names = [words("at the start")]
    names += [f"{number[row.id]} {words.name(plan.milestone(row.id))}" for row in rows]
    left, height = min(widest(names) * NORMAL + 15, NAMES * width), ROW * (len(rows) + 1)
    after = [_sourced(r.after, source_label(basis, r.path), words) for r in rows if r.moves]
    plot = width - left - max(END, widest(after) * LARGE + 12)
    marks = _row(0, names[0], left, moved=False)
    marks.append(Dots([first], [0], size=5, fill="muted"))
    text = _sourced(first, source_label(basis, "sales.conversion"), words)
    marks.append(Label(text, first, 0, right=8, colour="muted"))
    for row, moved in enumerate(rows, start=1):
        marks += _row(row, names[row], left, moved=moved.moves)
        if moved.moves:
            marks += _move(row, moved, source_label(basis, moved.path), words, plot / end)
        else:
            marks.append(Dots([moved.after], [row], size=4.5, fill="line"))
    across = Scale(0, end, ticks, grid=True)
    panel = Panel((left, 4, plot, height), across, Scale(len(rows) + 0.5, -0.5), tuple(marks))
    return Figure(width, height + FOOT + 4, (panel,))


draw = drawing(describe)


def _row(row: int, name: str, left: float, *, moved: bool) -> list[Mark]:
    tint = "ink" if moved else "muted"
    text = shorten(name, (left - 14) / NORMAL)
    return [Label(text, 0, row, right=-12, size=NORMAL, colour=tint, across="end")]


def _sourced(share: float, source: str, words: Words) -> str:
    """Format a conversion with its source."""
    return rate(words, share) + (f"  {source}" if source else "")


def _move(row: int, step: Step, source: str, words: Words, per_share: float) -> list[Mark]:
    """Draw a ring at the old share and a disc at the new one, with both figures."""
    marks: list[Mark] = [
        Line((step.before, step.after), (row, row), "accent", 3.2),
        Dots([step.before], [row], size=7.5, fill="paper", edge="accent", width=1.8),
        Dots([step.after], [row], size=10, fill="accent"),
    ]
    up = step.after > step.before
    before, after = rate(words, step.before), _sourced(step.after, source, words)
    if not up or step.before * per_share > ems(before) * SMALL + 9:
        side, across = (-8, "end") if up else (8, "start")
        marks.append(Label(before, step.before, row, side, colour="muted", across=across))  # type: ignore[arg-type]
    beyond = up or step.after * per_share < ems(after) * LARGE + 12
    aside, anchor = (9, "start") if beyond else (-9, "end")
    over = -9 if up != beyond else 0
    marks.append(Label(after, step.after, row, aside, over, LARGE, "accent", anchor))  # type: ignore[arg-type]
    return marks


def notes(result: Plan | Outcomes, words: Words, basis: Bases | None) -> list[str]:
    """Return the sources of the figures: claims that state them, or that they are assumed."""
    places = ["sales.conversion", *(step.path for step in steps(result) if step.moves)]
    sources = list(dict.fromkeys(filter(None, (source_label(basis, path) for path in places))))
    claims = [name for name in sources if name != ASSUMED]
    lines = [words("{claims}: stated in the lecture", claims=words.list(claims))] if claims else []
    if ASSUMED in sources:
        lines.append(words("◇ assumed, so that the case can be played"))
    return lines


def title(result: Plan | Outcomes, words: Words) -> str:
    """State the finding: the milestone that changes the conversion most."""
    moving = [step for step in steps(result) if step.moves]
    if not moving:
        return words("No milestone of this plan changes the conversion")
    most = max(moving, key=lambda step: abs(step.after - step.before))
    name = words.name(_plan(result).milestone(most.id))
    before, after = rate(words, most.before), rate(words, most.after)
    template = "“{name}” takes the conversion from {before} to {after}"
    return words(template, name=name, before=before, after=after)


def alt(result: Plan | Outcomes, words: Words) -> str:
    """Describe the picture for a reader who does not see it."""
    every = steps(result)
    moving = sum(step.moves for step in every)
    text = words.n(
        "{finding}. Of {all} milestones {n} changes it; at the start it is {start}.",
        "{finding}. Of {all} milestones {n} change it; at the start it is {start}.",
        moving,
        finding=title(result, words),
        all=len(every),
        start=rate(words, start(_plan(result))),
    )
    end, _ = scale(result)
    if end == 1:
        return text
    return words("{sentence} The scale ends at {end}.", sentence=text, end=words.percent(end))


def table(result: Plan | Outcomes, words: Words) -> list[tuple[str, ...]]:
    """Return the conversion before and after each milestone, header row first."""
    rows: list[tuple[str, ...]] = [(words("milestone"), words("before"), words("after"))]
    for step in steps(result):
        name = words.name(_plan(result).milestone(step.id))
        rows.append((name, rate(words, step.before), rate(words, step.after)))
    return rows
