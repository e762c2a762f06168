"""Conversion before and after: what each milestone does to the share that says yes.

A row a milestone, in the plan's order: a dot where the conversion stands once it is reached, and
an arrow where it moved. Most milestones move nothing, and the picture says that too. Stated
figures name their claim, assumed ones carry ◇. Where all is below 25 %, the scale ends at a round
number above the largest, and the alt text says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbook.charts.marks import ASSUMED, Bases, ground
from workbook.charts.palette import colour
from workbook.charts.style import LARGE, NORMAL, SMALL, bare, drawing, safe, shorten
from workbook.law import Economy
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FRAME = (0.34, 0.09, 0.6, 0.88)
WIDTH = 7.4
ROW = 0.27
MOST_ROWS = 16
"""In a longer chain only the milestones that move the conversion have a row."""

NAME_EMS = 19.0
ROOM = 1.04
A_TENTH = 0.0005
"""An error for which `percent` shows tenths."""

SCALES = (
    (0.005, 0.001),
    (0.01, 0.002),
    (0.02, 0.01),
    (0.05, 0.01),
    (0.1, 0.02),
    (0.25, 0.05),
    (1.0, 0.25),
)
"""Where the scale may end, and the steps of its marks: all of them said exactly by a percentage."""


@dataclass(frozen=True)
class Step:
    """The conversion before and after a milestone, and where the new figure stands in the plan."""

    id: str
    before: float
    after: float
    path: str

    @property
    def moves(self) -> bool:
        """Whether the milestone changes the conversion."""
        return self.after != self.before


def steps(result: Plan | Outcomes) -> list[Step]:
    """What each milestone that is attempted does to the conversion, in the plan's order."""
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
    """The conversion before anything is reached."""
    return plan.sales.conversion if plan.sales else 0.0


def scale(result: Plan | Outcomes) -> tuple[float, float]:
    """Where the scale ends, and the step of its marks: the least above the largest conversion."""
    top = max([start(_plan(result)), *(step.after for step in steps(result))])
    return next((found for found in SCALES if 0 < top < found[0]), SCALES[-1])


def rate(words: Words, share: float) -> str:
    """A conversion to a tenth of a percent where it needs one: 1.2% and 1.4% are not the same."""
    whole = abs(share * 100 - round(share * 100)) < 1e-9
    return words.percent(share) if whole else words.percent(share, A_TENTH)


def _plan(result: Plan | Outcomes) -> Plan:
    return result if isinstance(result, Plan) else result.as_played


def _shown(result: Plan | Outcomes) -> list[Step]:
    every = steps(result)
    return every if len(every) <= MOST_ROWS else [step for step in every if step.moves]


def size(result: Plan | Outcomes) -> tuple[float, float]:
    """Inches that the picture wants."""
    return (WIDTH, 0.75 + ROW * (len(_shown(result)) + 1))


def draw(result: Plan | Outcomes, ax: Axes, words: Words, *, basis: Bases | None = None) -> Axes:
    """Draw a row for the start and one for each milestone."""
    rows = _shown(result)
    with drawing(ax):
        bare(ax)
        end, mark = scale(result)
        ax.set_xlim(-0.02 * end, ROOM * end)
        ax.set_ylim(len(rows) + 0.9, -0.9)
        _scale(ax, len(rows), [n * mark for n in range(round(end / mark) + 1)], words)
        first = start(_plan(result))
        _name(ax, 0, words("at the start"), moved=False)
        _dot(ax, 0, first, "muted")
        _figure(ax, 0, first, ground(basis, "sales.conversion"), words, 1, big=False)
        for row, step in enumerate(rows, start=1):
            _name(ax, row, words.name(_plan(result).milestone(step.id)), moved=step.moves)
            if step.moves:
                _arrow(ax, row, step, ground(basis, step.path), words)
            else:
                _dot(ax, row, step.after, "line")
    return ax


def _scale(ax: Axes, rows: int, marks: Sequence[float], words: Words) -> None:
    for share in marks:
        ax.plot([share, share], [-0.5, rows + 0.5], color=colour("faint"), linewidth=0.7, zorder=0)
        label = rate(words, share)
        style: dict[str, Any] = {"fontsize": SMALL, "color": colour("muted"), "ha": "center"}
        ax.text(share, rows + 0.62, label, va="top", **style)


def _name(ax: Axes, row: int, name: str, *, moved: bool) -> None:
    style: dict[str, Any] = {"ha": "right", "va": "center", "fontsize": NORMAL}
    tint = colour("ink" if moved else "muted")
    place = -0.05 * _end(ax)
    ax.text(place, row, shorten(name, NAME_EMS), color=tint, **style)


def _end(ax: Axes) -> float:
    """Where the scale of the picture ends, which has a little room behind it."""
    return float(ax.get_xlim()[1]) / ROOM


def _dot(ax: Axes, row: int, share: float, tint: str) -> None:
    ax.plot([share], [row], "o", markersize=4.5, color=colour(tint), clip_on=False)


def _arrow(ax: Axes, row: int, step: Step, source: str, words: Words) -> None:
    ax.plot([step.before, step.after], [row, row], color=colour("accent"), linewidth=3.2)
    ring = {"markerfacecolor": colour("paper"), "markeredgecolor": colour("accent")}
    before: dict[str, Any] = {"markersize": 7.5, "markeredgewidth": 1.8, **ring}
    ax.plot([step.before], [row], "o", **before)
    ax.plot([step.after], [row], "o", markersize=10, color=colour("accent"), clip_on=False)
    up = 1 if step.after >= step.before else -1
    _figure(ax, row, step.after, source, words, up, big=True)
    style: dict[str, Any] = {"va": "center", "fontsize": SMALL, "color": colour("muted")}
    aside: dict[str, Any] = {"textcoords": "offset points", "xytext": (-9 * up, 0)}
    side = "right" if up > 0 else "left"
    if up < 0 or step.before > 0.12 * _end(ax):
        ax.annotate(rate(words, step.before), (step.before, row), ha=side, **style, **aside)


def _figure(
    ax: Axes, row: int, share: float, source: str, words: Words, up: int, *, big: bool
) -> None:
    """The figure beside its dot, on the side where there is room, with what it stands on."""
    label = rate(words, share) + (f"  {source}" if source else "")
    along = share / _end(ax)
    crowded = big and (along > 0.7 if up > 0 else along < 0.3)
    right = (up > 0) is not crowded
    ax.annotate(
        safe(label) if not source else label,
        (share, row),
        xytext=(9 if right else -9, 9 if crowded else 0),
        textcoords="offset points",
        ha="left" if right else "right",
        va="center",
        fontsize=LARGE if big else SMALL,
        color=colour("accent" if big else "muted"),
    )


def notes(result: Plan | Outcomes, words: Words, basis: Bases | None) -> list[str]:
    """What stands behind the figures shown: claims that state them, or that they are assumed."""
    places = ["sales.conversion", *(step.path for step in steps(result) if step.moves)]
    grounds = list(dict.fromkeys(filter(None, (ground(basis, path) for path in places))))
    claims = [name for name in grounds if name != ASSUMED]
    lines = [words("{claims}: stated in the lecture", claims=words.list(claims))] if claims else []
    if ASSUMED in grounds:
        lines.append(words("◇ assumed, so that the case can be played"))
    return lines


def title(result: Plan | Outcomes, words: Words) -> str:
    """The finding: the milestone that moves the conversion most, from what to what."""
    moving = [step for step in steps(result) if step.moves]
    if not moving:
        return words("No milestone of this plan changes the conversion")
    most = max(moving, key=lambda step: abs(step.after - step.before))
    name = words.name(_plan(result).milestone(most.id))
    before, after = rate(words, most.before), rate(words, most.after)
    template = "“{name}” takes the conversion from {before} to {after}"
    return words(template, name=name, before=before, after=after)


def alt(result: Plan | Outcomes, words: Words) -> str:
    """What the picture shows, for a reader who does not see it."""
    every = steps(result)
    moving = sum(step.moves for step in every)
    told = words.n(
        "{finding}. Of {all} milestones {n} changes it; at the start it is {start}.",
        "{finding}. Of {all} milestones {n} change it; at the start it is {start}.",
        moving,
        finding=title(result, words),
        all=len(every),
        start=rate(words, start(_plan(result))),
    )
    end, _ = scale(result)
    if end == 1:
        return told
    return words("{told} The scale ends at {end}.", told=told, end=words.percent(end))


def table(result: Plan | Outcomes, words: Words) -> list[tuple[str, ...]]:
    """Conversion before and after each milestone, the head first."""
    rows: list[tuple[str, ...]] = [(words("milestone"), words("before"), words("after"))]
    for step in steps(result):
        name = words.name(_plan(result).milestone(step.id))
        rows.append((name, rate(words, step.before), rate(words, step.after)))
    return rows
