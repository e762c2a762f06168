"""The pages that show a chart: which of them a plan has, and their pictures at the page's width.

A picture is drawn when its page is open somewhere; the others are only named. All pictures have the
font size of the page, because each is drawn as wide as the place that it goes to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbook.builder.advice import Advice
from workbook.charts import cash_curve, conversion, fates, measure, runway, timeline
from workbook.charts.cash_curve import CashCurve
from workbook.charts.description import NARROW
from workbook.charts.picture import Picture, picture
from workbook.law import capital_of, keeps_customers
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.words import N_, Words

Page = dict[str, Any]
POINTS_PER_PIXEL = 0.75
LEAST_WIDTH, MOST_WIDTH, STEP = NARROW, 645.0, 15.0
"""Widths that a picture may have, in points, and the steps between two of them."""
CASH = "cash"


@dataclass
class Sight:
    """What the pages of a screen show: the width of their pictures, and what is open in which."""

    width: float = LEAST_WIDTH
    open: dict[str, str] = field(default_factory=dict)

    def resize(self, pixels: object) -> bool:
        """Take the width of a page's panel in pixels; whether that changes the pictures."""
        if not isinstance(pixels, int | float) or not 0 < pixels < 1e5:
            return False
        points = pixels * POINTS_PER_PIXEL // STEP * STEP
        before, self.width = self.width, min(MOST_WIDTH, max(LEAST_WIDTH, points))
        return before != self.width

    def look(self, view: str, page: str) -> bool:
        """Note which page a view has open; whether another picture is needed."""
        known = page in self.shown
        self.open.pop(view, None)
        self.open[view] = page
        for old in list(self.open)[:-8]:  # tabs of a browser long since closed
            del self.open[old]
        return not known

    @property
    def shown(self) -> frozenset[str]:
        """The pages that are open in any view; the first of all before one has said so."""
        return frozenset(self.open.values()) or frozenset({"runway"})


@dataclass(frozen=True)
class Chart:
    """A page with a chart: its title, when a plan has it, and what is drawn on it."""

    title: str
    applies: Callable[[Outcomes], bool]
    result: Callable[[Outcomes, Words], tuple[Any, Any]]


def _sells(found: Outcomes) -> bool:
    return bool((found.weekly.bands["conversion"] > 0).any())


def _counts(found: Outcomes) -> bool:
    return found.plan.cash is not None or found.plan.counts_hours


def _keeps(found: Outcomes) -> bool:
    return keeps_customers(found.plan) and "customers" in found.weekly.bands


def _owns(name: str) -> Callable[[Outcomes], bool]:
    return lambda found: name in capital_of(found.plan, {}) and name in found.weekly.bands


CHARTS: Mapping[str, Chart] = {
    "runway": Chart(N_("Runway"), _counts, lambda found, w: (runway, found)),
    "weeks": Chart(N_("Timeline"), lambda _: True, lambda found, w: (timeline, found)),
    "customers": Chart(N_("Customers"), _keeps, lambda f, w: (measure, measure.customers(f, w))),
    "recurring": Chart(
        N_("Recurring revenue"), _keeps, lambda f, w: (measure, measure.recurring(f, w))
    ),
    "conversion": Chart(N_("Conversion"), _sells, lambda found, w: (conversion, found)),
    "share": Chart(N_("Your share"), _owns("share"), lambda f, w: (measure, measure.share(f, w))),
    "debt": Chart(N_("Debt"), _owns("debt"), lambda f, w: (measure, measure.debt(f, w))),
}


def applying(found: Outcomes) -> dict[str, Chart]:
    """Return the charts that say something of a plan, by the id of their page."""
    return {id: chart for id, chart in CHARTS.items() if chart.applies(found)}


def chart_pages(found: Outcomes, w: Words, sight: Sight | None = None) -> list[Page]:
    """Return the pages that apply to a plan; without a `sight` all are drawn."""
    pages: list[Page] = []
    for id, chart in applying(found).items():
        page: Page = {"id": id, "title": w(chart.title), "drawn": True}
        if sight is None or id in sight.shown:
            width = NARROW if sight is None else sight.width
            page |= drawn(picture(*chart.result(found, w), w, width=width, rows=False))
        pages.append(page)
    return pages


def dots_of(found: Outcomes, w: Words) -> Picture:
    """Return the hundred dots alone: what they mean is said next to them in the page's letters."""
    return picture(fates, found, w, width=NARROW, rows=False, named=False)


def drawn(chart: Picture) -> dict[str, Any]:
    """Return a picture as the parts of a page."""
    return {"lines": [chart.title], "svg": chart.svg, "notes": list(chart.notes)}


def cash_page(plan: Plan, advice: Advice, w: Words, sight: Sight) -> list[Page]:
    """Return the page with the odds over the cash; none for a plan that counts no cash."""
    if plan.cash is None or not plan.milestones:
        return []
    page: Page = {"id": CASH, "title": w("Cash needed")}
    piece = next((piece for piece in advice.pieces if piece.curve is not None), None)
    if piece is None or piece.curve is None:
        return [{**page, "lines": [w("Still being worked out …")]}]
    odds = piece.curve
    curve = CashCurve(
        odds.points, plan.currency, odds.now, odds.wanted, odds.enough, odds.runs, bool(plan.log)
    )
    shown = drawn(picture(cash_curve, curve, w, width=sight.width, rows=False))
    return [{**page, **shown}]
