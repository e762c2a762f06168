"""Compare two plans: the gap, its error, and which runs changed.

Each side is the result of `play`, so if both are exact the gap has no error. If simulated, run i of
every variant has the same random numbers, so that differences come from the decision, and the error
of the gap is that of the pairs, far smaller than the error of either chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from workbook.errors import N_, Message
from workbook.luck import Shape
from workbook.outcomes import FATES, Fate, Floats, Outcomes
from workbook.plan import Plan
from workbook.play import RUNS, Gap, OnProgress, fate_gap, goal_gap, no_progress, play_many
from workbook.whatif.variants import Variant

if TYPE_CHECKING:
    import pandas as pd

Verdict = Literal["better", "worse", "no clear difference"]
SMALLEST = 0.0005
"""A smaller gap would be shown as 0.0 points."""
ROUNDS = 200


SENTENCES = {
    ("better", True): N_(
        "{gap} points more (give or take {error}): of 1,000 lives on the same luck, {saved} reach"
        " the goal only with the change and {lost} only without it."
    ),
    ("worse", True): N_(
        "{gap} points fewer (give or take {error}): of 1,000 lives on the same luck, {saved} reach"
        " the goal only with the change and {lost} only without it."
    ),
    ("better", False): N_(
        "{gap} points more (computed exactly): of 1,000 lives on the same luck, {saved} reach the"
        " goal only with the change and {lost} only without it."
    ),
    ("worse", False): N_(
        "{gap} points fewer (computed exactly): of 1,000 lives on the same luck, {saved} reach the"
        " goal only with the change and {lost} only without it."
    ),
}
RUIN = {
    (True, True): N_(
        "The money runs out more often: in {gap} lives more of 100 (give or take {error})."
    ),
    (False, True): N_(
        "The money runs out less often: in {gap} lives fewer of 100 (give or take {error})."
    ),
    (True, False): N_(
        "The money runs out more often: in {gap} lives more of 100 (computed exactly)."
    ),
    (False, False): N_(
        "The money runs out less often: in {gap} lives fewer of 100 (computed exactly)."
    ),
}
"""By whether ruin is more likely with the change, and whether the gap has an error."""


@dataclass(frozen=True)
class Contrast:
    """A variant compared with the plan.

    Attributes
    ----------
    before, after
        The two plays.
    gap
        How much more likely the goal is after than before, as a share, with its paired error (0 if
        both are exact).
    ruin
        The same for running out of money.
    moves
        Of 1,000 paired runs, how many went from one fate (before) to another (after); runs with an
        unchanged fate are counted under (fate, fate). Counted on simulated runs, and weighted to
        add up to the fates of both sides.
    least
        The smallest gap worth acting on, as a share; below it there is no clear difference.
    """

    before: Outcomes
    after: Outcomes
    gap: Gap
    ruin: Gap
    moves: Mapping[tuple[Fate, Fate], float]
    least: float = 0.0

    @property
    def saved(self) -> float:
        """Of 1,000 runs, how many reach the goal only with the change."""
        return sum(n for (old, new), n in self.moves.items() if new == "goal" != old)

    @property
    def lost(self) -> float:
        """Of 1,000 runs, how many reach the goal only without the change."""
        return sum(n for (old, new), n in self.moves.items() if old == "goal" != new)

    @property
    def verdict(self) -> Verdict:
        """Better or worse, if the gap is more than two standard errors and at least `least`."""
        if not self._differs(self.gap):
            return "no clear difference"
        return "better" if self.gap.value > 0 else "worse"

    def _differs(self, gap: Gap) -> bool:
        return gap.clear and abs(gap.value) >= max(self.least, SMALLEST)

    @property
    def sentences(self) -> tuple[Message, ...]:
        """The comparison of the goal, and of ruin where that differs clearly."""
        if not self._differs(self.ruin):
            return (self.sentence,)
        values = {"gap": f"{abs(self.ruin.value) * 100:.1f}", "error": _twice(self.ruin)}
        more = self.ruin.value > 0
        return self.sentence, Message(RUIN[more, bool(values["error"])], values)

    @property
    def sentence(self) -> Message:
        """The comparison of the goal in one sentence, for `words`; points are of 100."""
        values = {"saved": round(self.saved), "lost": round(self.lost)}
        if self.verdict == "no clear difference":
            template = (
                "No clear difference in the goal: of 1,000 lives on the same luck, {saved} reach"
                " it only with the change and {lost} only without it."
            )
            return Message(template, values)
        gap = f"{abs(self.gap.value) * 100:.1f}"
        error = _twice(self.gap)
        template = SENTENCES[self.verdict, bool(error)]
        return Message(template, {"gap": gap, "error": error, **values})


def _twice(gap: Gap) -> str:
    """Return two standard errors in points; empty where it was computed exactly."""
    return f"{200 * gap.error:.1f}" if gap.error else ""


@dataclass(frozen=True)
class Comparison:
    """The plan, and every variant compared with it, in the order given."""

    base: Outcomes
    contrasts: Mapping[str, Contrast]

    @property
    def leaders(self) -> tuple[str, ...]:
        """Return the variants with the best chance of the goal, or not clearly behind the best."""
        if not self.contrasts:
            return ()
        plays = {name: contrast.after for name, contrast in self.contrasts.items()}
        best = max(plays, key=lambda name: plays[name].fates["goal"])
        least = self.contrasts[best].least
        gaps = {name: goal_gap(play, plays[best]) for name, play in plays.items()}
        return tuple(n for n, gap in gaps.items() if not gap.clear or gap.value < least)

    def as_json(self) -> dict[str, Any]:
        """Return plain data for `--json`."""
        return {
            "plan": self.base.plan.id,
            "how": self.base.how,
            "runs": self.base.runs,
            "seed": self.base.seed,
            "base": dict(self.base.fates),
            "leaders": list(self.leaders),
            "variants": {name: _row(contrast) for name, contrast in self.contrasts.items()},
        }

    def frame(self) -> pd.DataFrame:
        """Return one row per variant: fates, gaps and their errors (shares), saved, lost, verdict.

        `saved` and `lost` count runs of 1,000.
        """
        import pandas as pd

        rows = {}
        for name, contrast in self.contrasts.items():
            row = _row(contrast)
            rows[name] = {**row.pop("fates"), **row}
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("variant")


def compare(
    plan: Plan,
    variants: Mapping[str, Variant | Plan],
    *,
    choices: Mapping[str, str] | None = None,
    runs: int = RUNS,
    seed: int = 1,
    least: float = 0.0,
    shape: Shape = "triangular",
    on_progress: OnProgress = no_progress,
) -> Comparison:
    """Play the plan and each variant: exactly if possible, else with common random numbers.

    Parameters
    ----------
    choices
        Options of the plan itself, and of variants given as a bare plan.
    runs, seed, shape
        Of the paired runs, and of a side that cannot be played exactly.
    least
        The smallest difference in the goal's chance that matters, as a share: 0.02 is 2 points.
    on_progress
        Called after each play with the share (0..1) that is done.

    Raises
    ------
    InputError
        For an unknown fork or option in any of them, or an invalid number of runs.
    """
    sides = [(plan, choices or {})]
    sides += [(v, choices or {}) if isinstance(v, Plan) else _pair(v) for v in variants.values()]
    many = partial(play_many, runs=runs, seed=seed, shape=shape)
    plays = many(sides, on_progress=lambda share: on_progress(share / 2))
    exact = [number for number, played in enumerate(plays) if played.lives is None]
    lived = dict(enumerate(plays))
    lived |= zip(exact, many([sides[number] for number in exact], how="simulated"), strict=True)
    on_progress(1.0)
    contrasts = {
        name: contrast(plays[0], plays[number], least, pair=(lived[0], lived[number]))
        for number, name in enumerate(variants, start=1)
    }
    return Comparison(plays[0], contrasts)


def _pair(variant: Variant) -> tuple[Plan, Mapping[str, str]]:
    return variant.plan, variant.choices


def contrast(
    before: Outcomes,
    after: Outcomes,
    least: float = 0.0,
    pair: tuple[Outcomes, Outcomes] | None = None,
) -> Contrast:
    """Compare two plays; `pair` holds the same two simulated with common random numbers."""
    was, then = pair or (before, after)
    assert was.lives is not None
    assert then.lives is not None
    counts = np.zeros((len(FATES), len(FATES)))
    np.add.at(counts, (was.lives.fate, then.lives.fate), 1000 / was.runs)
    counts = _weighted(counts, before, after)
    moves = {
        (old, new): float(counts[row, column])
        for row, old in enumerate(FATES)
        for column, new in enumerate(FATES)
    }
    gaps = goal_gap(before, after), fate_gap(before, after, "ruin")
    return Contrast(before, after, *gaps, moves, least)


def _weighted(counts: Floats, before: Outcomes, after: Outcomes) -> Floats:
    """Return counts of moves that add up to the fates of both sides, as nearly as possible.

    Iterative proportional fitting (Deming & Stephan 1940).
    """
    rows, columns = (np.array([1000 * side.fates[f] for f in FATES]) for side in (before, after))
    for _ in range(ROUNDS):
        counts = counts * _ratio(rows, counts.sum(axis=1))[:, None]
        counts = counts * _ratio(columns, counts.sum(axis=0))
    return counts


def _ratio(wanted: Floats, found: Floats) -> Floats:
    return np.divide(wanted, found, out=np.ones_like(found), where=found > 0)


def _row(contrast: Contrast) -> dict[str, Any]:
    return {
        "fates": dict(contrast.after.fates),
        "how": contrast.after.how,
        "gap": contrast.gap.value,
        "gap_error": contrast.gap.error,
        "ruin_gap": contrast.ruin.value,
        "ruin_gap_error": contrast.ruin.error,
        "saved": contrast.saved,
        "lost": contrast.lost,
        "verdict": contrast.verdict,
    }
