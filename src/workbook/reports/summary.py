"""The summary of a folder of reports: rows for a spreadsheet and a program, charts of the class.

`summary.csv` opens in any spreadsheet (UTF-8 with a byte order mark, no cell a formula);
`summary.json` holds the same rows as `{"columns": {name: meaning}, "reports": [...]}`. Chances are
shares from 0 to 1, money is in the row's currency, weeks count from 1; empty or null means that
there is no such figure. `COLUMNS` says what each column is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path, PurePath
from typing import Any

from workbook.charts import shares, spread
from workbook.charts.description import Bars, sheet
from workbook.charts.fates import ORDER
from workbook.charts.picture import picture
from workbook.charts.runway import ruin_week
from workbook.charts.spread import Spread
from workbook.charts.svg import svg
from workbook.files import csv_text
from workbook.outcomes import Fate
from workbook.reports.next_steps import rounding
from workbook.reports.prospects import CashNeeded, Prospects
from workbook.reports.results import finding
from workbook.reports.task import Row, strict_json
from workbook.words import Words

CSV, JSON = "summary.csv", "summary.json"
FIGURES: Mapping[str, str] = {
    "goal": "chance of the goal, 0 to 1",
    "goal_error": "its standard error; 0 where it was computed exactly",
    "ruin": "chance that the money runs out; empty where no cash is counted",
    "stuck": "chance that attempts are used up",
    "open": "chance that time is over while still under way",
    "how": "exact or simulated",
    "runs": "lives played; 0 where exact",
    "goal_week": "week in which the goal is reached, on average of the lives that reach it",
    "ruin_week": "week by which half of the lives that run out of money have done so",
    "currency": "of all amounts in the row",
    "cash": "at the start; empty where none is counted",
    "horizon_weeks": "weeks that are played",
    "milestones": "milestones that are attempted",
    "riskiest": "id of the milestone whose certainty would gain most; empty where none stands out",
    "riskiest_name": "what the plan calls it",
    "riskiest_gain": "more chance of the goal, were it certain, 0 to 1",
    "riskiest_gain_error": "its standard error",
    "cash_for_80": "least start cash for the goal in 80 of 100 lives; empty where none is enough",
    "cash_for_80_low": "where that lies at least (two standard errors)",
    "cash_for_80_high": "where that lies at most; empty where no bound can be told",
}
DECIMALS = 4
COLUMNS: Mapping[str, str] = {
    "participant": "whose report it is, where a class file says so",
    "plan": "the plan's id",
    "title": "the plan's title",
    "state": "made (now), kept (from an earlier run), failed, faulty (the plan cannot be read)",
    **FIGURES,
    "finding": "the report's first sentence",
    "page": "its file in this folder; empty where there is none",
    "reasons": "why there is no report",
    "source": "the plan or class file, with its row",
}


def in_brief(prospects: Prospects, words: Words) -> dict[str, Any]:
    """What a report adds to its data for the summary, beyond `workbook play --json`."""
    outcomes, risk, need = prospects.outcomes, prospects.risk, prospects.cash
    plan = outcomes.plan
    return {
        "title": words.text(plan.title).strip() or plan.id,
        "finding": finding(outcomes, words),
        "ruin_week": ruin_week(outcomes) if plan.cash is not None else None,
        "currency": plan.currency,
        "cash": plan.cash,
        "horizon_weeks": plan.horizon_weeks,
        "milestones": len(plan.attempted),
        "riskiest": risk.milestone.id if risk else None,
        "riskiest_name": words.name(risk.milestone) if risk else None,
        "riskiest_gain": risk.gain.value if risk else None,
        "riskiest_gain_error": risk.gain.error if risk else None,
        **cash_wanted(need),
    }


def cash_wanted(need: CashNeeded | None) -> dict[str, float | None]:
    """The cash for 80 of 100 lives and its bounds, rounded as on the page."""
    names = ("cash_for_80", "cash_for_80_low", "cash_for_80_high")
    if need is None or need.amount is None:
        return dict.fromkeys(names)
    step, found = rounding(need), (need.amount, need.low, need.high)
    rounded = [None if amount is None else step * round(amount / step) for amount in found]
    return dict(zip(names, rounded, strict=True))


@dataclass(frozen=True)
class Entry:
    """A report of the folder: its row, and the figures of its data file."""

    row: Row
    out: Path

    @property
    def page(self) -> str:
        """Name of its page; empty if there is no page."""
        name = f"{self.row.stem}.html"
        return name if self.row.stem and (self.out / name).is_file() else ""

    @property
    def whole(self) -> bool:
        """Whether the report is there and up to date."""
        return self.row.state in ("made", "kept")

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """Its data file; empty if it cannot be read."""
        if not self.whole:
            return {}
        try:
            found = json.loads((self.out / f"{self.row.stem}.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def fates(self) -> dict[Fate, float]:
        """The shares of its fates, as far as they are known."""
        given = _part(self.data, "fates")
        found = {fate: given.get(fate) for fate in ORDER}
        return {f: float(share) for f, share in found.items() if isinstance(share, int | float)}

    @cached_property
    def figures(self) -> Mapping[str, Any]:
        """Everything of `FIGURES` that is known."""
        fates, errors = _part(self.data, "fates"), _part(self.data, "fates_error")
        brief, mean = _part(self.data, "report"), _part(self.data, "mean")
        known = {name: brief.get(name) for name in FIGURES}
        known |= {fate: fates.get(fate) for fate in ("goal", "ruin", "stuck", "open")}
        if brief and brief.get("cash") is None:
            known["ruin"] = None
        made = {"how": self.data.get("how"), "runs": self.data.get("runs")}
        goal = {"goal_error": errors.get("goal"), "goal_week": mean.get("week_if_goal")}
        found = {**known, **made, **goal}
        return {name: _rounded(value) for name, value in found.items()}

    def line(self, words: Words) -> dict[str, Any]:
        """Its row of the summary."""
        row = self.row
        return {
            "participant": row.name or None,
            "plan": self.data.get("plan") or row.stem or None,
            "title": row.title or None,
            "state": row.state,
            **self.figures,
            "finding": row.finding or None,
            "page": self.page or None,
            "reasons": " ".join(map(words.message, row.reasons)) or None,
            "source": PurePath(row.source).name,
        }


def _rounded(value: Any) -> Any:
    """A figure rounded to the digits of the table."""
    return round(value, DECIMALS) if isinstance(value, float) else value


def _part(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = data.get(name)
    return part if isinstance(part, Mapping) else {}


def summary(entries: Sequence[Entry], words: Words) -> dict[str, str]:
    """Both files by name."""
    lines = [entry.line(words) for entry in entries]
    data = {"columns": dict(COLUMNS), "reports": lines}
    return {CSV: csv_text(list(COLUMNS), lines), JSON: strict_json(data)}


FEWEST = 3
STEP = 0.05
WIDTH = 400.0
SIGN = 9.0


def fates_bar(fates: Mapping[Fate, float], words: Words) -> str:
    """The four fates of a report as one bar; empty where they are not known."""
    return picture(shares, fates, words, rows=False).svg if any(fates.values()) else ""


def class_spread(entries: Sequence[Entry], words: Words) -> str:
    """How many reports have which chance of the goal, and what the bars of the table mean."""
    chances = sorted(
        float(e.figures["goal"]) for e in entries if isinstance(e.figures["goal"], int | float)
    )
    if len(chances) < FEWEST:
        return _legend(words) if chances else ""
    title = words("The chance of the goal, over {n} reports", n=len(chances))
    finding = words(
        "{title}: half of them reach it in {share} of lives or less",
        title=title,
        share=words.percent(chances[(len(chances) - 1) // 2], 0.01),
    )
    heads = words("chance of the goal"), words("reports")
    shown = Spread(chances, 0, 1, STEP, words.percent, finding, heads)
    return picture(spread, shown, words, width=WIDTH).html + _legend(words)


def _legend(words: Words) -> str:
    """What the colours of the bars mean."""
    signs = "".join(f"<span>{_sign(fate)} {escape(words.fate(fate))}</span>" for fate in ORDER)
    return f'<p class="legend note">{signs}</p>'


def _sign(fate: Fate) -> str:
    return svg(sheet(SIGN, SIGN, [Bars([0], [SIGN], [SIGN], [0], fate)]), "", "")
