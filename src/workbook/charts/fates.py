"""A hundred lives as a hundred dots: how often each fate comes, as one can count it.

Dots are told apart by shape and by lightness as well as by colour, and named beside the grid. The
shares are rounded so that the dots add up to a hundred (largest remainder).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbook.charts.palette import colour
from workbook.charts.style import NORMAL, SIGNS, bare, drawing, safe, wrap
from workbook.outcomes import FATES, Fate, Outcomes
from workbook.words import N_, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE = (6.9, 3.3)
SIDE = 10
DOTS = SIDE * SIDE
LABEL, LABEL_EMS, LABEL_HEIGHT = 11.0, 16.0, 1.9
"""Where labels stand right of the grid, how wide they may be, how far apart."""

ORDER: tuple[Fate, ...] = ("goal", "open", "stuck", "ruin")
SENTENCES = {
    "goal": N_("at the goal"),
    "ruin": N_("out of money"),
    "stuck": N_("stuck: attempts used up, money left"),
    "open": N_("open: time is over, still under way"),
}
SHORT = {
    "goal": N_("at the goal"),
    "ruin": N_("out of money"),
    "stuck": N_("stuck"),
    "open": N_("still under way at the end"),
}
ALL_OTHERS = {
    "ruin": N_("{first}; the others run out of money ({n})"),
    "stuck": N_("{first}; the others get stuck ({n})"),
    "open": N_("{first}; the others are still under way at the end ({n})"),
}
NO_OTHERS = {
    "ruin": N_("Not one of 100 lives reaches the goal; all of them run out of money"),
    "stuck": N_("Not one of 100 lives reaches the goal; all of them get stuck"),
    "open": N_("Not one of 100 lives reaches the goal; all of them are still under way at the end"),
}
MOST_OTHERS = {
    "ruin": N_("{first}; most of the others run out of money ({n})"),
    "stuck": N_("{first}; most of the others get stuck ({n})"),
    "open": N_("{first}; most of the others are still under way at the end ({n})"),
}


def hundred(outcomes: Outcomes) -> dict[Fate, int]:
    """How many of a hundred dots each fate gets; together exactly a hundred.

    The goal gets its chance in whole percent, as every sentence says it; the other fates share the
    rest, so that no page tells 21 dots and 22%.
    """
    goal = round(DOTS * outcomes.fates["goal"])
    others = [fate for fate in FATES if fate != "goal"]
    rest = hundred_of([outcomes.fates[fate] for fate in others], DOTS - goal)
    return {"goal": goal, **dict(zip(others, rest, strict=True))}


def hundred_of(shares: Sequence[float], dots: int = DOTS) -> list[int]:
    """Shares as so many whole dots, in proportion (largest remainder)."""
    whole = sum(max(0.0, share) for share in shares)
    exact = [max(0.0, share) * dots / whole if whole else 0.0 for share in shares]
    given = [int(share + 1e-9) for share in exact]
    by_remainder = sorted(range(len(given)), key=lambda place: given[place] - exact[place])
    for place in by_remainder[: dots - sum(given)]:
        given[place] += 1
    return given


def size(outcomes: Outcomes) -> tuple[float, float]:
    """Inches that the picture wants."""
    return SIZE


def draw(outcomes: Outcomes, ax: Axes, words: Words, *, life: Fate | None = None) -> Axes:
    """Draw the dots; `life` rings one of them as the life just lived."""
    with drawing(ax):
        bare(ax)
        ax.set_aspect("equal")
        ax.set_xlim(-0.7, 22.3)
        ax.set_ylim(SIDE - 0.3, -0.7)
        first, free = 0, 0.0
        for fate, count in ((fate, hundred(outcomes)[fate]) for fate in ORDER):
            if not count:
                continue
            places = [divmod(dot, SIDE)[::-1] for dot in range(first, first + count)]
            y = max(sum(y for _, y in places) / count, free)
            y = min(y, SIDE - 1.0) if fate == ORDER[-1] else y
            _dots(ax, fate, places)
            _label(ax, fate, count, y, words, mine=fate == life)
            if fate == life:
                _ring(ax, *places[0])
            first, free = first + count, y + LABEL_HEIGHT
    return ax


def _dots(ax: Axes, fate: Fate, places: Sequence[tuple[float, float]]) -> None:
    sign = SIGNS[fate]
    ax.plot(
        [x for x, _ in places],
        [y for _, y in places],
        linestyle="none",
        marker=sign.marker,
        markersize=sign.size,
        markerfacecolor="none" if sign.hollow else colour(fate),
        markeredgecolor=colour("muted") if sign.hollow else colour(fate),
        markeredgewidth=1.2 if sign.hollow else 0,
    )


def _label(ax: Axes, fate: Fate, count: int, y: float, words: Words, *, mine: bool) -> None:
    _dots(ax, fate, [(LABEL, y)])
    ax.text(LABEL + 2.5, y, str(count), ha="right", va="center", fontsize=15, color=colour("ink"))
    sentence = wrap(words(SENTENCES[fate]), LABEL_EMS, 2)
    if mine:
        _ring(ax, LABEL, y)
        sentence = f"{sentence}\n{safe(words('your life, ringed, is one of them'))}"
    style: dict[str, Any] = {"fontsize": NORMAL, "color": colour("ink"), "linespacing": 1.15}
    ax.text(LABEL + 3.1, y, sentence, va="center", **style)


def _ring(ax: Axes, x: float, y: float) -> None:
    ax.plot(
        [x],
        [y],
        linestyle="none",
        marker="o",
        markersize=19,
        markerfacecolor="none",
        markeredgecolor=colour("ink"),
        markeredgewidth=1.4,
    )


def title(outcomes: Outcomes, words: Words) -> str:
    """The finding: how many of a hundred lives reach the goal, and what takes the most others."""
    dots = hundred(outcomes)
    goal = words.n(
        "{n} of 100 lives reaches the goal", "{n} of 100 lives reach the goal", dots["goal"]
    )
    worst = max((fate for fate in ORDER if fate != "goal"), key=lambda fate: dots[fate])
    if not dots[worst]:
        return goal
    if dots[worst] == DOTS:
        return words(NO_OTHERS[worst])
    others = ALL_OTHERS if dots[worst] == DOTS - dots["goal"] else MOST_OTHERS
    return words(others[worst], first=goal, n=dots[worst])


def alt(outcomes: Outcomes, words: Words) -> str:
    """What the picture shows, for a reader who does not see it."""
    dots = hundred(outcomes)
    parts = [
        words("{count} {what}", count=dots[fate], what=words(SHORT[fate]))
        for fate in ORDER
        if dots[fate]
    ]
    return words("A hundred dots, one a life: {parts}.", parts=words.list(parts))


def table(outcomes: Outcomes, words: Words) -> list[tuple[str, ...]]:
    """The fates with their chances, the head first."""
    rows: list[tuple[str, ...]] = [(words("fate"), words("of 100 lives"), words("chance"))]
    dots = hundred(outcomes)
    for fate in ORDER:
        if fate == "ruin" and outcomes.plan.cash is None:
            continue  # nobody runs out of what is not counted
        chance = words.percent(outcomes.fates[fate], outcomes.fates_error[fate] or None)
        rows.append((words.fate(fate), str(dots[fate]), chance))
    return rows
