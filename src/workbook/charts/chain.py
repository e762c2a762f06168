"""The chain: which milestones depend on which, from the origin to the goal.

Left to right by dependency, each with its number in the plan. The origin has a disc, the goal a
flag; the kernel has a strong outline, a skipped milestone a dashed one, a milestone that the goal
does not need a thin one. With outcomes, a bar in each box shows the chance that it is reached.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from workbook.chain import origins, required
from workbook.charts.artists import drawing
from workbook.charts.description import (
    SMALL,
    WIDE,
    Bars,
    Dots,
    Figure,
    Label,
    Line,
    Mark,
    Point,
    Shape,
    sheet,
)
from workbook.charts.layout import (
    Cell,
    Layout,
    Positions,
    arrow_head,
    positions_of,
    rounded,
    route,
    wrap_columns,
)
from workbook.charts.text_layout import ASSUMED, Bases, is_assumed, numbers, shorten, wrap
from workbook.outcomes import MilestoneOutcome, Outcomes
from workbook.plan import BREAKEVEN, Milestone, Plan
from workbook.words import Words

BOX_WIDTH, BOX_HEIGHT = 84.0, 40.0
PITCH, LANE, BETWEEN_ROWS = 104.0, 66.0, 12.0
"""Distance between columns, between lanes, and extra distance between rows of columns."""

MARGIN, CORNER, INSET = 12.0, 5.0, 5.0
TINY = SMALL - 1
WHOLE_PERCENT = 0.004
"""Error that `percent` shows as whole percents: the boxes are small."""

NAME_EMS, NAME_LINES = 9.8, 2
DASH = (3.0, 2.0)


def _plan(result: Outcomes | Plan) -> Plan:
    return result if isinstance(result, Plan) else result.as_played


@dataclass(frozen=True)
class Drawing:
    """The data that every part of the picture needs."""

    plan: Plan
    reached: Mapping[str, MilestoneOutcome]
    grid: Layout
    words: Words
    odds: Mapping[str, str]
    assumed: Collection[str]

    @property
    def size(self) -> Point:
        """Width and height of the chain in points."""
        lanes, rows = sum(self.grid.lanes), len(self.grid.lanes)
        width = (self.grid.columns - 1) * PITCH + BOX_WIDTH + 2 * MARGIN
        return width, max(lanes * LANE + rows * BETWEEN_ROWS, LANE)

    def centre(self, cell: Cell) -> Point:
        """Return the centre of a box."""
        down = (self.grid.top_lane(cell.row) + cell.lane + 0.5) * LANE
        down += (cell.row + 0.5) * BETWEEN_ROWS + 4
        return MARGIN + BOX_WIDTH / 2 + cell.column * PITCH, down


def describe(
    result: Outcomes | Plan,
    words: Words,
    *,
    width: float = WIDE,
    basis: Bases | None = None,
    positions: Positions | None = None,
    odds: Mapping[str, str] | None = None,
    assumed: Collection[str] = (),
) -> Figure:
    """Describe the chain of a plan; with outcomes, how often each milestone is reached.

    Parameters
    ----------
    positions
        Positions on the canvas, if there is one; by default they are computed.
    odds
        By milestone id, a text in place of its chance.
    assumed
        Ids of further milestones whose figures are assumed.
    """
    plan = _plan(result)
    most = max(1, int((width + 1 - BOX_WIDTH - 2 * MARGIN) / PITCH + 1))
    known = result.milestones if isinstance(result, Outcomes) else {}
    here = {id: position for id, position in (positions or {}).items() if id in plan.ids}
    grid = wrap_columns(here if len(here) == len(plan.ids) else positions_of(plan, here), most)
    assumed_ids = {id for id in plan.ids if is_assumed(basis, f"milestones.{id}")}
    drawn = Drawing(plan, known, grid, words, odds or {}, assumed_ids.union(assumed))
    marks = _edges(drawn)
    for milestone in plan.milestones:
        marks += _box(drawn, milestone)
    return sheet(*drawn.size, marks)


draw = drawing(describe)


def _edges(drawn: Drawing) -> list[Mark]:
    needed, skips = required(drawn.plan), set(drawn.plan.skips)
    marks: list[Mark] = []
    for milestone in drawn.plan.milestones:
        for n, need in enumerate((*milestone.needs, *milestone.needs_any)):
            ends = {need, milestone.id}
            places = drawn.grid.cells[need], drawn.grid.cells[milestone.id]
            skipped = bool(ends & skips)
            strong = ends <= needed and not skipped
            dashed = skipped or need in milestone.needs_any
            marks += _edge(drawn, places, n, strong=strong, dashed=dashed)
    return marks


def _edge(
    drawn: Drawing, ends: tuple[Cell, Cell], n: int, *, strong: bool, dashed: bool
) -> list[Mark]:
    start, end = (drawn.centre(cell) for cell in ends)
    path = rounded(route(start, end, ends, (BOX_WIDTH / 2, PITCH, LANE), n))
    tip = arrow_head(path[-1], path[-2])
    foot = ((tip[1][0] + tip[2][0]) / 2, (tip[1][1] + tip[2][1]) / 2)
    xs, ys = zip(*path[:-1], foot, strict=True)
    corners = [x for x, _ in tip], [y for _, y in tip]
    tint = "muted" if strong else "line"
    line = Line(xs, ys, tint, 1.2 if strong else 0.8, DASH if dashed else ())
    return [line, Shape(*corners, tint)]


def _box(drawn: Drawing, milestone: Milestone) -> list[Mark]:
    x, y = drawn.centre(drawn.grid.cells[milestone.id])
    left, top = x - BOX_WIDTH / 2, y - BOX_HEIGHT / 2
    skipped, is_goal = milestone.id in drawn.plan.skips, milestone.id == drawn.plan.goal
    kernel = milestone.stage == "kernel" and not skipped
    outcome = None if skipped else drawn.reached.get(milestone.id)
    box = Bars(
        [left],
        [left + BOX_WIDTH],
        [top + BOX_HEIGHT],
        [top],
        fill="paper" if skipped or not milestone.necessary else "fill",
        edge="kernel" if kernel else "goal" if is_goal else "line",
        width=2.2 if kernel or is_goal else 1.0 if milestone.necessary else 0.6,
        dash=DASH if skipped else (),
        radius=CORNER,
    )
    name = wrap(drawn.words.name(milestone), NAME_EMS, NAME_LINES)
    tint, up = ("muted" if skipped else "ink"), (0.0 if outcome is None else -4.5)
    label = Label(name, x, y, down=up, colour=tint, across="middle")
    bar = [] if outcome is None else _bar(drawn, left, top + BOX_HEIGHT, outcome)
    return [box, label, *bar, *_tag(drawn, milestone, left, top)]


def _bar(drawn: Drawing, left: float, foot: float, outcome: MilestoneOutcome) -> list[Mark]:
    """Draw the chance of reaching it as a bar at the bottom of the box, with its figure."""
    start, low, high = left + INSET, foot - INSET, foot - INSET - 3.6
    full = BOX_WIDTH - 2 * INSET - 23
    shown = drawn.words.percent(outcome.reached, max(outcome.reached_error, WHOLE_PERCENT))
    shown = drawn.odds.get(outcome.id, shown)
    cell = (left + BOX_WIDTH - INSET, (low + high) / 2)
    if shown.startswith(ASSUMED):  # nothing is known that a bar could show
        return [Label(shown, *cell, size=TINY, colour="muted", across="end")]
    return [
        Bars([start], [start + full], [low], [high], "faint"),
        Bars([start], [start + full * outcome.reached], [low], [high], "accent"),
        Label(shown, *cell, size=TINY, colour="accent", across="end"),
    ]


def tags(plan: Plan, milestone: Milestone, words: Words) -> list[str]:
    """Return the roles of a milestone: origin, goal, kernel, left out, not necessary."""
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


def _tag(drawn: Drawing, milestone: Milestone, left: float, top: float) -> list[Mark]:
    """Draw its number and roles above its box; the origin has a disc, the goal a flag."""
    plan, x, y = drawn.plan, left + 1, top - 7
    marks: list[Mark] = []
    if milestone.id == plan.goal:
        marks, x = _flag(x, top), x + 12
    elif milestone.id in origins(plan):
        marks, x = [Dots([x + 3.5], [y], size=6, fill="goal")], x + 11
    number = numbers(plan).get(milestone.id)
    named = [str(number)] if number else []
    named += tags(plan, milestone, drawn.words)
    kernel = milestone.stage == "kernel" and milestone.id not in plan.skips
    assumed = milestone.id in drawn.assumed
    end = left + BOX_WIDTH
    text = shorten(" · ".join(named), (end - x - (10 if assumed else 0)) / TINY)
    marks.append(Label(text, x, y, size=TINY, colour="kernel" if kernel else "muted"))
    if assumed:
        marks.append(Label(ASSUMED, end, y, size=TINY, colour="muted", across="end"))
    return marks


def _flag(x: float, top: float) -> list[Mark]:
    pole = Line((x + 1.4, x + 1.4), (top, top - 14.4), "goal", 1.4)
    cloth = Shape((x + 1.4, x + 10, x + 1.4), (top - 14.4, top - 10.4, top - 6.5), "goal")
    return [pole, cloth]


def title(result: Outcomes | Plan, words: Words) -> str:
    """State the finding: how long the chain is, and with outcomes where it is weakest."""
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
    """Describe the picture for a reader who does not see it."""
    plan = _plan(result)
    first = [f"“{words.name(plan.milestone(id))}”" for id in origins(plan)]
    goal = "" if plan.goal == BREAKEVEN else words.name(plan.milestone(plan.goal))
    finding = title(result, words)
    if not first or not goal:
        return words("{finding}. Boxes from left to right by dependency.", finding=finding)
    template = "{finding}. Boxes from left to right by dependency, from {origin} to “{goal}”."
    return words(template, finding=finding, origin=words.list(first[:3]), goal=goal)


def table(result: Outcomes | Plan, words: Words) -> list[tuple[str, ...]]:
    """Return each milestone with its roles and needs, header row first."""
    plan = _plan(result)
    head = (words("milestone"), words("what it is"), words("needs"))
    known = result.milestones if isinstance(result, Outcomes) else {}
    rows: list[tuple[str, ...]] = [(*head, words("reached")) if known else head]
    names = {milestone.id: words.name(milestone) for milestone in plan.milestones}
    for m in plan.milestones:
        needs = words.list([names.get(need, need) for need in m.needs])
        if m.needs_any:
            several = words(
                "one of {names}", names=words.list([names.get(id, id) for id in m.needs_any])
            )
            needs = words.list([needs, several]) if needs else several
        row = (names[m.id], " · ".join(tags(plan, m, words)) or "–", needs or "–")
        shown = (words.percent(known[m.id].reached),) if m.id in known else ("–",)
        rows.append((*row, *shown) if known else row)
    return rows
