"""What a learner's rehearsals add up to: the cost of decisions, the chances said, and a trend.

A rehearsal counts once its debrief has been shown. One that was rewound is left out of the cost:
its player knew the cards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import hypot
from statistics import fmean, stdev

from workbook.lesson import markup
from workbook.lesson.progress import Progress
from workbook.lesson.rehearsal.saved import Saved, everywhere, fate_said
from workbook.words import Words

ENOUGH = 4
"""Rehearsals from which on the later half is compared with the earlier one."""
CLEAR = 2.0
"""Standard errors by which the halves must differ to be called different."""


@dataclass(frozen=True)
class Trend:
    """The mean cost of decisions (0 or less) in the earlier and the later half, and the error of
    their difference.
    """

    earlier: float
    later: float
    error: float

    @property
    def clear(self) -> bool:
        """Whether the difference is more than chance would make."""
        return abs(self.later - self.earlier) > CLEAR * self.error


def fresh(played: Sequence[tuple[str, Saved]]) -> list[tuple[str, Saved]]:
    """Return the rehearsals with a debrief that were played without knowing the cards."""
    return [(case, one) for case, one in played if one.score and one.rewound is None]


def brier(played: Sequence[tuple[str, Saved]]) -> tuple[float, int] | None:
    """Return the mean squared error of all chances said, and their number; None without any."""
    said = [pair for _, one in played if one.rewound is None for pair in one.forecasts]
    errors = [(chance / 100 - passed) ** 2 for chance, passed in said]
    return (fmean(errors), len(errors)) if errors else None


def trend(costs: Sequence[float]) -> Trend | None:
    """Compare the later half of some costs with the earlier one; None of too few.

    >>> found = trend([-0.20, -0.16, -0.02, -0.04])
    >>> round(found.later - found.earlier, 2), found.clear
    (0.15, True)
    """
    if len(costs) < ENOUGH:
        return None
    half = len(costs) // 2
    halves = costs[:half], costs[-half:]
    error = hypot(*(stdev(part) / len(part) ** 0.5 for part in halves))
    return Trend(fmean(halves[0]), fmean(halves[1]), error)


def rehearsed(progress: Progress, title: Callable[[str], str], w: Words) -> list[str]:
    """Return what the rehearsals add up to, as HTML; empty without any.

    `title` returns the title of a case by its id.
    """
    played = everywhere(progress)
    counted = fresh(played)
    parts = [markup.say(*_chances(played, w))] if brier(played) else []
    if counted:
        costs = [one.score.cost for _, one in counted if one.score]
        parts += [markup.say(*_costs(costs, w)), _each(counted, title, w)]
    return parts


def _chances(played: Sequence[tuple[str, Saved]], w: Words) -> list[str]:
    found = brier(played)
    if found is None:
        return []
    score, count = found
    return [
        w.n("You gave {n} attempt a chance.", "You gave {n} attempts a chance.", count),
        w(
            "The score of these chances is {score}: 0 is perfect, 50 on everything earns {toss}.",
            score=w.number(round(score, 2)),
            toss=w.number(0.25),
        ),
    ]


def _costs(costs: Sequence[float], w: Words) -> list[str]:
    said = [
        w.n("{n} rehearsal has its debrief.", "{n} rehearsals have their debrief.", len(costs)),
        w(
            "On average your decisions cost {cost} of the chance of the goal.",
            cost=w.apart(fmean(costs)),
        ),
    ]
    found = trend(costs)
    if found is None:
        return [*said, w("From {n} on, the later ones are compared with the first.", n=str(ENOUGH))]
    halves = {"earlier": w.apart(found.earlier), "later": w.apart(found.later)}
    if not found.clear:
        template = "First {earlier}, lately {later}: no clear difference yet."
        return [*said, w(template, **halves)]
    if found.later > found.earlier:
        return [*said, w("First {earlier}, lately {later}: you decide better.", **halves)]
    return [*said, w("First {earlier}, lately {later}: you decided better before.", **halves)]


def _each(counted: Sequence[tuple[str, Saved]], title: Callable[[str], str], w: Words) -> str:
    head = [w("case"), w("how it ended"), w("at the start"), w("your decisions"), w("luck")]
    rows = []
    for case, one in counted:
        assert one.score is not None
        figures = w.percent(one.score.start), w.points(one.score.cost), w.points(one.score.luck)
        rows.append((title(case), fate_said(one.fate, w), *figures))
    return markup.fold(w("Every rehearsal"), markup.table(head, rows))
