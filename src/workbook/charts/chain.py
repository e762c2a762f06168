"""The chain: which milestones hang on which, from the origin to the goal.

Left to right by dependency. The origin has a disc and its name, the goal a flag; the kernel is
outlined strongly; a milestone that is left out is dashed, one that the goal could do without is
thin. With outcomes, a bar in each box is the chance that it is reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING, Any

from workbook.chain import origins, required
from workbook.charts.edges import Point, head, rounded, route
from workbook.charts.marks import ASSUMED, Bases, is_assumed
from workbook.charts.palette import colour
from workbook.charts.places import Layout, Place, layout
from workbook.charts.style import SMALL, bare, drawing, safe, wrap
from workbook.outcomes import MilestoneOutcome, Outcomes
from workbook.plan import BREAKEVEN, Milestone, Plan
from workbook.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BOX_WIDTH, BOX_HEIGHT = 1.16, 0.56
PITCH, LANE, BETWEEN_ROWS = 1.5, 0.92, 0.16
"""Inches from column to column, from lane to lane, and more between rows of columns."""

MARGIN = 0.16
CORNER, CORNER_STEPS = 0.07, 5
"""How round the corners of a box are, and straight pieces of one."""

WHOLE_PERCENT = 0.004
"""An error for which whole percents are exact enough: the boxes are small."""

NAME_EMS, NAME_LINES = 9.8, 2


def size(result: Outcomes | Plan) -> tuple[float, float]:
    """Inches that the picture wants: as wide as a page's text at most, as high as it must be."""
    grid = layout(_plan(result))
    width = (grid.columns - 1) * PITCH + BOX_WIDTH + 2 * MARGIN + 0.2
    height = sum(grid.lanes) * LANE + len(grid.lanes) * BETWEEN_ROWS + MARGIN
    return (max(width, 2.4), max(height, 1.0))


def _plan(result: Outcomes | Plan) -> Plan:
    return result if isinstance(result, Plan) else result.as_played


@dataclass(frozen=True)
class Drawing:
    """What every part of the picture is drawn from."""

    plan: Plan
    reached: Mapping[str, MilestoneOutcome]
    grid: Layout
    ax: Axes
    words: Words
    basis: Bases | None
    scale: float

    def centre(self, place: Place) -> Point:
        """The middle of a box, in inches from the lower left."""
        rows = len(self.grid.lanes)
        down = (self.grid.top_lane(place.row) + place.lane + 0.5) * LANE
        down += (place.row + 0.5) * BETWEEN_ROWS + 0.06
        height = sum(self.grid.lanes) * LANE + rows * BETWEEN_ROWS + MARGIN
        return (MARGIN + 0.1 + BOX_WIDTH / 2 + place.column * PITCH, height - down)

    def text(self, x: float, y: float, text: str, size: float, **style: Any) -> None:
        """Write something, at a size that follows the axes."""
        self.ax.text(x, y, text, fontsize=size * self.scale, **style)


def draw(result: Outcomes | Plan, ax: Axes, words: Words, *, basis: Bases | None = None) -> Axes:
    """Draw the chain of a plan; with outcomes, how often each milestone is reached."""
    plan = _plan(result)
    width, height = size(result)
    with drawing(ax):
        bare(ax)
        ax.set_xlim(0, width)
        ax.set_ylim(0, height)
        ax.set_aspect("equal")
        box = ax.get_window_extent()
        scale = min(box.width / width, box.height / height) / ax.figure.dpi
        known = result.milestones if isinstance(result, Outcomes) else {}
        sheet = Drawing(plan, known, layout(plan), ax, words, basis, scale)
        _edges(sheet)
        for milestone in plan.milestones:
            _box(sheet, milestone)
    return ax


def _edges(sheet: Drawing) -> None:
    needed = required(sheet.plan)
    for milestone in sheet.plan.milestones:
        for n, need in enumerate(milestone.needs):
            ends = [sheet.grid.places[id] for id in (need, milestone.id)]
            ghost = {need, milestone.id} & set(sheet.plan.skips)
            strong = {need, milestone.id} <= needed and not ghost
            _edge(sheet, ends[0], ends[1], n, strong=strong, dashed=bool(ghost))


def _edge(sheet: Drawing, start: Place, end: Place, n: int, *, strong: bool, dashed: bool) -> None:
    grid = (BOX_WIDTH / 2, PITCH, LANE)
    way = rounded(route(sheet.centre(start), sheet.centre(end), (start, end), grid, n))
    tip = head(way[-1], way[-2])
    style: dict[str, Any] = {"color": colour("muted" if strong else "line"), "zorder": 1}
    width = (1.2 if strong else 0.8) * sheet.scale
    dash = (0, (3, 2)) if dashed else "-"
    style["linewidth"] = width
    foot = ((tip[1][0] + tip[2][0]) / 2, (tip[1][1] + tip[2][1]) / 2)
    xs, ys = zip(*way[:-1], foot, strict=True)
    sheet.ax.plot(xs, ys, linestyle=dash, solid_capstyle="butt", **style)
    sheet.ax.fill(*zip(*tip, strict=True), **style)


def _box(sheet: Drawing, milestone: Milestone) -> None:
    x, y = sheet.centre(sheet.grid.places[milestone.id])
    left, low = x - BOX_WIDTH / 2, y - BOX_HEIGHT / 2
    skipped, is_goal = milestone.id in sheet.plan.skips, milestone.id == sheet.plan.goal
    kernel = milestone.stage == "kernel" and not skipped
    line = 1.0 if milestone.necessary else 0.6
    sheet.ax.fill(
        *_frame(left, low),
        facecolor=colour("paper" if skipped or not milestone.necessary else "fill"),
        edgecolor=colour("kernel" if kernel else "goal" if is_goal else "line"),
        linewidth=(2.2 if kernel or is_goal else line) * sheet.scale,
        linestyle=(0, (3, 2)) if skipped else "-",
        zorder=2,
    )
    outcome = None if skipped else sheet.reached.get(milestone.id)
    name = wrap(sheet.words.name(milestone), NAME_EMS, NAME_LINES)
    ink = colour("muted" if skipped else "ink")
    up = 0.0 if outcome is None else 0.06
    style: dict[str, Any] = {
        "ha": "center",
        "va": "center",
        "color": ink,
        "linespacing": 1.1,
        "zorder": 4,
    }
    sheet.text(x, y + up, name, SMALL, **style)
    if outcome is not None:
        _bar(sheet, left, low, outcome)
    _tag(sheet, milestone, left, y + BOX_HEIGHT / 2)


def _frame(left: float, low: float) -> tuple[list[float], list[float]]:
    """The edge of a box, its corners rounded off."""
    xs, ys = [], []
    for corner in range(4):
        x = left + (CORNER if corner in (1, 2) else BOX_WIDTH - CORNER)
        y = low + (CORNER if corner in (2, 3) else BOX_HEIGHT - CORNER)
        for step in range(CORNER_STEPS + 1):
            angle = pi / 2 * (corner + step / CORNER_STEPS)
            xs.append(x + CORNER * cos(angle))
            ys.append(y + CORNER * sin(angle))
    return xs, ys


def _bar(sheet: Drawing, left: float, low: float, outcome: MilestoneOutcome) -> None:
    """The chance of reaching it: a bar along the foot of the box, with the figure over its end."""
    inset, high = 0.07, 0.05
    full = BOX_WIDTH - 2 * inset - 0.32
    for width, tint in ((full, "faint"), (full * outcome.reached, "accent")):
        x, y = left + inset, low + inset
        corners = ([x, x + width, x + width, x], [y, y, y + high, y + high])
        sheet.ax.fill(*corners, color=colour(tint), linewidth=0, zorder=3)
    shown = sheet.words.percent(outcome.reached, max(outcome.reached_error, WHOLE_PERCENT))
    where = (left + BOX_WIDTH - inset, low + inset + high / 2)
    style: dict[str, Any] = {"ha": "right", "va": "center", "color": colour("accent"), "zorder": 4}
    sheet.text(*where, shown, SMALL - 1, **style)


def tags(plan: Plan, milestone: Milestone, words: Words) -> list[str]:
    """What a milestone is in the chain: origin, goal, kernel, left out, not necessary."""
    found = []
    if milestone.id in origins(plan):
        found.append(words("origin"))
    if milestone.id == plan.goal:
        found.append(words("the goal"))
    if milestone.stage == "kernel":
        found.append(words.stage("kernel"))
    if milestone.id in plan.skips:
        found.append(words("left out"))
    elif not milestone.necessary:
        found.append(words("not necessary"))
    return found


def _tag(sheet: Drawing, milestone: Milestone, left: float, top: float) -> None:
    """What it is, above its box, behind a disc for the origin and a flag for the goal."""
    plan, y, x = sheet.plan, top + 0.1, left + 0.02
    named = " · ".join(tags(plan, milestone, sheet.words))
    assumed = is_assumed(sheet.basis, f"milestones.{milestone.id}")
    if milestone.id == plan.goal:
        _flag(sheet, x, top)
        x += 0.17
    elif milestone.id in origins(plan):
        dot: dict[str, Any] = {"markersize": 6 * sheet.scale, "color": colour("goal")}
        sheet.ax.plot([x + 0.05], [y], "o", **dot, zorder=4)
        x += 0.16
    kernel = milestone.stage == "kernel" and milestone.id not in plan.skips
    tint = colour("kernel" if kernel else "muted")
    style = {"va": "center", "color": tint, "zorder": 4}
    sheet.text(x, y, safe(named), SMALL - 1, **style)
    if assumed:
        where = (left + BOX_WIDTH, y)
        sheet.text(*where, ASSUMED, SMALL - 1, ha="right", va="center", color=colour("muted"))


def _flag(sheet: Drawing, x: float, top: float) -> None:
    pole: dict[str, Any] = {"color": colour("goal"), "linewidth": 1.4 * sheet.scale, "zorder": 4}
    sheet.ax.plot([x + 0.02, x + 0.02], [top, top + 0.2], **pole)
    cloth = ([x + 0.02, x + 0.14, x + 0.02], [top + 0.2, top + 0.145, top + 0.09])
    sheet.ax.fill(*cloth, color=colour("goal"), linewidth=0, zorder=4)


def title(result: Outcomes | Plan, words: Words) -> str:
    """The finding: how long the chain is, and with outcomes where it is weakest."""
    plan = _plan(result)
    total = len(plan.attempted)
    if isinstance(result, Outcomes):
        weak = max(result.milestones.values(), key=_lost, default=None)
        if weak is not None and _lost(weak) >= 0.005:
            template = "{n} milestones; the weakest point is “{name}”, where {share} of lives end"
            name = words.name(plan.milestone(weak.id))
            return words(template, n=total, name=name, share=words.percent(_lost(weak)))
    needed = len(required(plan))
    if plan.goal == BREAKEVEN or not needed:
        return words.n("A chain of {n} milestone", "A chain of {n} milestones", total)
    if needed == total:
        return words.n(
            "{n} milestone, and it is the goal",
            "{n} milestones, and the goal cannot do without any of them",
            total,
        )
    template = "{n} milestones; the goal cannot do without {needed} of them"
    return words(template, n=total, needed=needed)


def _lost(outcome: MilestoneOutcome) -> float:
    return outcome.died_here + outcome.stuck_here


def alt(result: Outcomes | Plan, words: Words) -> str:
    """What the picture shows, for a reader who does not see it."""
    plan = _plan(result)
    first = [f"“{words.name(plan.milestone(id))}”" for id in origins(plan)]
    goal = "" if plan.goal == BREAKEVEN else words.name(plan.milestone(plan.goal))
    finding = title(result, words)
    if not first or not goal:
        return words("{finding}. Boxes from left to right by dependency.", finding=finding)
    template = "{finding}. Boxes from left to right by dependency, from {origin} to “{goal}”."
    return words(template, finding=finding, origin=words.list(first[:3]), goal=goal)


def table(result: Outcomes | Plan, words: Words) -> list[tuple[str, ...]]:
    """Each milestone with what it is and what it needs, the head first."""
    plan = _plan(result)
    head = (words("milestone"), words("what it is"), words("needs"))
    known = result.milestones if isinstance(result, Outcomes) else {}
    rows: list[tuple[str, ...]] = [(*head, words("reached")) if known else head]
    names = {milestone.id: words.name(milestone) for milestone in plan.milestones}
    for m in plan.milestones:
        needs = words.list([names.get(need, need) for need in m.needs]) or "–"
        row = (names[m.id], " · ".join(tags(plan, m, words)) or "–", needs)
        shown = (words.percent(known[m.id].reached),) if m.id in known else ("–",)
        rows.append((*row, *shown) if known else row)
    return rows
