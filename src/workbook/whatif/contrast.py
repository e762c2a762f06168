"""Two plans side by side, life by life: the gap, its error, and who fared differently.

Life i of every variant has the same luck, so what differs is the decision. The error of the gap
is that of the pairs, far smaller than the error of either chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from workbook.errors import Message
from workbook.outcomes import FATES, Fate, Outcomes
from workbook.paired import Gap, goal_gap
from workbook.plan import Plan
from workbook.play import RUNS, Told, play, unheard
from workbook.spread import Shape
from workbook.whatif.variants import Variant

if TYPE_CHECKING:
    import pandas as pd

Verdict = Literal["better", "worse", "no clear difference"]


@dataclass(frozen=True)
class Contrast:
    """A variant against the plan it is compared with.

    Attributes
    ----------
    before, after
        The two plays, simulated on the same luck.
    gap
        How much likelier the goal is after than before, as a share, with its paired error.
    moves
        Of 1,000 lives on the same luck, how many went from one fate (before) to another (after);
        those that kept their fate stand under (fate, fate).
    least
        The smallest gap worth acting on, as a share; below it there is no clear difference.
    """

    before: Outcomes
    after: Outcomes
    gap: Gap
    moves: Mapping[tuple[Fate, Fate], float]
    least: float = 0.0

    @property
    def saved(self) -> float:
        """Of 1,000 lives, how many reach the goal only after the change."""
        return sum(n for (old, new), n in self.moves.items() if new == "goal" != old)

    @property
    def lost(self) -> float:
        """Of 1,000 lives, how many reach the goal only without the change."""
        return sum(n for (old, new), n in self.moves.items() if old == "goal" != new)

    @property
    def verdict(self) -> Verdict:
        """Better or worse, where the gap is more than two errors and at least `least`."""
        if not self.gap.clear or abs(self.gap.value) < self.least:
            return "no clear difference"
        return "better" if self.gap.value > 0 else "worse"

    @property
    def sentence(self) -> Message:
        """The contrast in one sentence, for `words`; points are of 100."""
        values = {"saved": round(self.saved), "lost": round(self.lost)}
        gap, error = abs(self.gap.value) * 100, self.gap.error * 100
        if self.verdict == "no clear difference":
            template = (
                "No clear difference: of 1,000 lives on the same luck, {saved} reach the goal "
                "only with the change and {lost} only without it."
            )
            return Message(template, values)
        template = (
            "{gap} points fewer (give or take {error}): of 1,000 lives on the same luck, {saved} "
            "reach the goal only with the change and {lost} only without it."
        )
        if self.verdict == "better":
            template = (
                "{gap} points more (give or take {error}): of 1,000 lives on the same luck, "
                "{saved} reach the goal only with the change and {lost} only without it."
            )
        return Message(template, {"gap": f"{gap:.1f}", "error": f"{2 * error:.1f}", **values})


@dataclass(frozen=True)
class Comparison:
    """The plan, and every variant against it, in the order given."""

    base: Outcomes
    contrasts: Mapping[str, Contrast]

    @property
    def leaders(self) -> tuple[str, ...]:
        """Variants with the best chance of the goal, and those not clearly behind the best."""
        if not self.contrasts:
            return ()
        plays = {name: contrast.after for name, contrast in self.contrasts.items()}
        best = max(plays, key=lambda name: plays[name].fates["goal"])
        least = self.contrasts[best].least
        gaps = {name: goal_gap(play, plays[best]) for name, play in plays.items()}
        return tuple(n for n, gap in gaps.items() if not gap.clear or gap.value < least)

    def as_json(self) -> dict[str, Any]:
        """Plain data for `--json`."""
        return {
            "plan": self.base.plan.id,
            "runs": self.base.runs,
            "seed": self.base.seed,
            "base": dict(self.base.fates),
            "leaders": list(self.leaders),
            "variants": {name: _row(contrast) for name, contrast in self.contrasts.items()},
        }

    def frame(self) -> pd.DataFrame:
        """One row a variant: each fate (shares), gap and its error (shares), saved, lost, verdict.

        `saved` and `lost` count lives of 1,000.
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
    told: Told = unheard,
) -> Comparison:
    """Live the plan and each variant with the same luck.

    Parameters
    ----------
    choices
        Options of the plan itself, and of variants given as a bare plan.
    least
        The smallest difference in the goal's chance that matters, as a share: 0.02 is 2 points.
    told
        Hears after each play what share (0..1) of them is done.

    Raises
    ------
    InputError
        An unknown fork or option in any of them, or a number of runs that cannot be had.
    """
    base = play(plan, choices, runs=runs, seed=seed, how="simulated", shape=shape)
    contrasts = {}
    for name, variant in variants.items():
        if isinstance(variant, Plan):
            variant = Variant(variant, choices or {})
        after = base
        if variant.plan is not plan or dict(variant.choices) != dict(choices or {}):
            after = play(
                variant.plan, variant.choices, runs=runs, seed=seed, how="simulated", shape=shape
            )
        contrasts[name] = contrast(base, after, least)
        told((1 + len(contrasts)) / (1 + len(variants)))
    return Comparison(base, contrasts)


def contrast(before: Outcomes, after: Outcomes, least: float = 0.0) -> Contrast:
    """Two simulated plays of the same runs and seed, life by life."""
    assert before.lives is not None
    assert after.lives is not None
    counts = np.zeros((len(FATES), len(FATES)))
    np.add.at(counts, (before.lives.fate, after.lives.fate), 1000 / before.runs)
    moves = {
        (old, new): float(counts[row, column])
        for row, old in enumerate(FATES)
        for column, new in enumerate(FATES)
    }
    return Contrast(before, after, goal_gap(before, after), moves, least)


def _row(contrast: Contrast) -> dict[str, Any]:
    return {
        "fates": dict(contrast.after.fates),
        "gap": contrast.gap.value,
        "gap_error": contrast.gap.error,
        "saved": contrast.saved,
        "lost": contrast.lost,
        "verdict": contrast.verdict,
    }
