"""The runway: how much cash is left week by week, and where the money dies.

The band is over the lives still under way, and survivors flatter: so the strip below says, week
by week, how many of all lives those are and what has become of the others. A milestone is marked
at the week by which half of all lives have reached it, and not at all where fewer ever do. A plan
without cash shows the hours that the business takes instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from workbook.charts.band import FEW, draw_band, last_week
from workbook.charts.marks import Bases, marked
from workbook.charts.palette import colour
from workbook.charts.strip import draw_strip
from workbook.charts.style import SMALL, axis_label, columns, drawing, quiet, safe, shorten
from workbook.outcomes import LEVELS, Fate, Outcomes
from workbook.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FRAME = (0.125, 0.36, 0.725, 0.395)
SIZE = (7.4, 4.6)
LABEL_LANES = 5
LABEL_EMS = 16.0


def size(outcomes: Outcomes) -> tuple[float, float]:
    """Inches that the picture wants."""
    return SIZE


def followed(outcomes: Outcomes) -> str:
    """What the band follows: cash, or hours where the plan counts no cash."""
    return "cash" if outcomes.plan.cash is not None else "hours"


def draw(outcomes: Outcomes, ax: Axes, words: Words, *, basis: Bases | None = None) -> Axes:
    """Draw the band with its marks, and the strip of fates below it."""
    with drawing(ax):
        quiet(ax)
        last = last_week(outcomes)
        ax.set_xlim(0, last)
        draw_band(outcomes, outcomes.weekly.bands[followed(outcomes)], ax, words, last)
        _scale(outcomes, ax, words, basis)
        _milestones(outcomes, ax, words, last)
        _ruin(outcomes, ax, words, last)
        _today(outcomes, ax, words)
        draw_strip(outcomes, ax, words, last)
    return ax


def _scale(outcomes: Outcomes, ax: Axes, words: Words, basis: Bases | None) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    ax.yaxis.set_major_locator(MaxNLocator(5))
    ax.tick_params(labelbottom=False)
    if followed(outcomes) == "cash":
        currency = outcomes.plan.currency
        ax.yaxis.set_major_formatter(FuncFormatter(lambda y, _: words.money(y, currency)))
        label = marked(words("cash"), basis, "cash", "burn_per_week")
    else:
        ax.yaxis.set_major_formatter(FuncFormatter(lambda y, _: words.number(y)))
        label = marked(words("hours a week"), basis, "hours_per_week", "running_hours_per_week")
    side = words("{what}, lives under way", what=label)
    ax.set_ylabel(safe(side), **axis_label(), labelpad=5)
    ax.axhline(0, color=colour("ink"), linewidth=1.0)


def half_reached(outcomes: Outcomes) -> list[tuple[int, str]]:
    """Week and id of each milestone that half of all lives reach, in the order of the weeks."""
    weeks = [(m.weeks.get(0.5), m.id) for m in outcomes.milestones.values()]
    return sorted((week, id) for week, id in weeks if week is not None)


def _milestones(outcomes: Outcomes, ax: Axes, words: Words, last: int) -> None:
    """Name the milestones above the band, from the last to the first: earlier ones go higher,
    so that no line runs through a name; where there is no room the mark alone stays.
    """
    per_em = SMALL / 72 / (FRAME[2] * SIZE[0]) * last
    edge = last * (1 - FRAME[0]) / FRAME[2]
    placed: list[tuple[int, int]] = []
    for week, id in reversed(half_reached(outcomes)):
        if week > last:
            continue
        tint = colour("goal" if id == outcomes.plan.goal else "muted")
        ax.axvline(week, color=tint, linewidth=0.7, linestyle=":")
        room = min(LABEL_EMS, (edge - week) / per_em - 1)
        name = shorten(words.name(outcomes.as_played.milestone(id)), room)
        end = week + (columns(name) + 0.8) * per_em
        lane = max((above + 1 for at, above in placed if at < end), default=0)
        taken = any(at == week for at, _ in placed)
        if lane < LABEL_LANES and room >= 4 and not taken:
            placed.append((week, lane))
            _flag(ax, week, lane, name, tint)
        ax.plot([week], [1], "v", markersize=4, color=tint, transform=_across(ax), clip_on=False)


def _across(ax: Axes) -> Any:
    """Weeks across, shares of the axes up."""
    return ax.get_xaxis_transform()


def _flag(ax: Axes, week: int, lane: int, name: str, tint: str) -> None:
    top = 1.12 + 0.105 * lane
    line: dict[str, Any] = {"linewidth": 0.7, "clip_on": False, "transform": _across(ax)}
    ax.plot([week, week], [1, top + 0.04], color=tint, **line)
    where: dict[str, Any] = {"xytext": (3, 0), "textcoords": "offset points"}
    ax.annotate(
        name, (week, top), xycoords=_across(ax), fontsize=SMALL, color=tint, va="center", **where
    )


def ruin_week(outcomes: Outcomes) -> int | None:
    """The week by which half of the lives that run out of money have done so."""
    ruined = outcomes.weekly.fates["ruin"]
    if outcomes.fates["ruin"] < FEW or not len(ruined):
        return None
    return int(np.searchsorted(ruined, ruined[-1] / 2))


def _ruin(outcomes: Outcomes, ax: Axes, words: Words, last: int) -> None:
    week = ruin_week(outcomes)
    if week is None or week > last or followed(outcomes) != "cash":
        return
    ax.plot([week], [0], marker="X", markersize=8, color=colour("ruin"), zorder=5, clip_on=False)
    ax.annotate(
        words("half of all ruin by week {week}", week=str(week)),
        (week, 0),
        xytext=(0, -8),
        textcoords="offset points",
        ha="center",
        va="top",
        fontsize=SMALL,
        color=colour("ruin"),
    )


def _today(outcomes: Outcomes, ax: Axes, words: Words) -> None:
    """Where a logged plan stands: what is left of it is fact."""
    if not outcomes.from_week:
        return
    ax.axvline(outcomes.from_week, color=colour("ink"), linewidth=1.0)
    ax.annotate(
        safe(words("today")),
        (outcomes.from_week, 1),
        xycoords=_across(ax),
        xytext=(-4, -2),
        textcoords="offset points",
        ha="right",
        va="top",
        fontsize=SMALL,
        color=colour("ink"),
    )


def title(outcomes: Outcomes, words: Words) -> str:
    """The finding: how often and when the money dies; without cash, what hours it comes to."""
    if followed(outcomes) == "hours":
        hours = outcomes.weekly.bands["hours"][2]
        known = hours[np.isfinite(hours)]
        first, final = (known[0], known[-1]) if len(known) else (0.0, 0.0)
        template = "The business takes {first} hours a week at first and {last} in the end"
        return words(template, first=round(float(first)), last=round(float(final)))
    week = ruin_week(outcomes)
    if week is None:
        return words("The cash lasts in nearly every life")
    template = "The money runs out in {share} of lives, half of them by week {week}"
    return words(template, share=words.percent(outcomes.fates["ruin"]), week=str(week))


def alt(outcomes: Outcomes, words: Words) -> str:
    """What the picture shows, for a reader who does not see it."""
    weekly, last = outcomes.weekly, last_week(outcomes)
    band = weekly.bands[followed(outcomes)][LEVELS.index(0.5)]
    first, middle = (float(band[week]) for week in (0, last // 2))
    told = words(
        "{finding}. By week {week}, {alive} of lives are under way and {goal} at the goal; at the "
        "start the middle life has {first}.",
        finding=title(outcomes, words),
        week=str(last),
        alive=words.percent(float(weekly.under_way[last])),
        goal=words.percent(float(weekly.fates["goal"][last])),
        first=_amount(outcomes, first, words),
    )
    if not np.isfinite(middle):
        return told
    half_way = words("Halfway it has {middle}.", middle=_amount(outcomes, middle, words))
    return words("{told} {more}", told=told, more=half_way)


def table(outcomes: Outcomes, words: Words) -> list[tuple[str, ...]]:
    """A dozen weeks with the band and the shares, the head first."""
    weekly, last, name = outcomes.weekly, last_week(outcomes), followed(outcomes)
    unit = words("cash") if name == "cash" else words("hours a week")
    head = [words("week"), words("under way"), words("at the goal"), words("out of money")]
    fates: tuple[Fate, ...] = ("goal", "ruin")
    if outcomes.plan.cash is None:  # then nobody runs out of it
        head, fates = head[:3], fates[:1]
    quantiles = [
        words("{what}, {level} of lives below", what=unit, level=f"{q:.0%}") for q in LEVELS
    ]
    rows: list[tuple[str, ...]] = [(*head, *quantiles)]
    for week in sorted({round(last * step / 12) for step in range(13)}):
        shares = (weekly.under_way[week], *(weekly.fates[fate][week] for fate in fates))
        band = weekly.bands[name][:, week]
        shown = [_amount(outcomes, value, words) for value in band]
        rows.append((str(week), *(words.percent(float(s)) for s in shares), *shown))
    return rows


def _amount(outcomes: Outcomes, value: float, words: Words) -> str:
    if not np.isfinite(value):
        return "–"
    if followed(outcomes) == "cash":
        return words.money(float(value), outcomes.plan.currency)
    return words("{n} hours", n=round(float(value), 1))
