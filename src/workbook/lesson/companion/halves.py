"""Two halves, one product: when each is right, and when both are."""

from __future__ import annotations

from workbook.cases import Case
from workbook.charts.arrivals import Arrivals
from workbook.lesson import markup
from workbook.lesson.companion.rounds import Meeting, half
from workbook.lesson.companion.turns import DEVICE, VOICE
from workbook.lesson.drawn import drawn
from workbook.plan import Plan
from workbook.words import Words

NEARLY_ALL = 0.97


def meeting(plan: Plan) -> Meeting:
    """The two halves of the companion."""
    return Meeting(half(plan, DEVICE), half(plan, VOICE))


def apart(case: Case, w: Words) -> str:
    """Each half by itself: its line, and how long it takes on average."""
    found = meeting(case.plan)
    return "".join(
        (
            markup.say(
                w(
                    "“{first}” takes {one} of rounds on average, “{second}” {other}.",
                    first=w.name(found.first.milestone),
                    second=w.name(found.second.milestone),
                    one=w.weeks(round(found.first.weeks_needed)),
                    other=w.weeks(round(found.second.weeks_needed)),
                )
            ),
            drawn("arrivals", _arrivals(found, w, both=False), case, w),
            markup.small(
                w(
                    "Computed from the pass rates of the rounds, money left out. All of these "
                    "rates and lengths are assumed (◇)."
                )
            ),
        )
    )


def together(case: Case, w: Words) -> str:
    """Both on one picture with their meeting, and what the waiting costs."""
    found = meeting(case.plan)
    drawing = drawn("arrivals", _arrivals(found, w, both=True), case, w)
    return markup.say(*_said(found, case.plan, w)) + drawing


def _said(found: Meeting, plan: Plan, w: Words) -> tuple[str, ...]:
    return (
        w(
            "Both are right after {both} on average, later than either. Whichever is right first "
            "waits {wait} for the other, and the burn of those weeks comes to {cost}.",
            both=w.weeks(round(found.weeks_needed)),
            wait=w.weeks(round(found.wait)),
            cost=w.money(round(found.wait * plan.burn_per_week, -3), plan.currency),
        ),
        w(
            "In {share} of lives it is “{second}”, the quicker half, that comes last.",
            share=w.percent(found.second_is_last, 0.005),
            second=w.name(found.second.milestone),
        ),
    )


def _arrivals(found: Meeting, w: Words, *, both: bool) -> Arrivals:
    halves = (found.first, found.second)
    last = next(week for week in found.horizon if found.both_by(week) >= NEARLY_ALL)
    weeks = range(last + 1)
    lines = {w.name(half.milestone): [half.right_by(week) for week in weeks] for half in halves}
    if both:
        lines[w("both")] = [found.both_by(week) for week in weeks]
    at = round(found.first.weeks_needed)
    one, other = (w.percent(half.right_by(at), 0.005) for half in halves)
    finding = w(
        "After {weeks} one half is right in {one} of lives, the other in {other}",
        weeks=w.weeks(at),
        one=one,
        other=other,
    )
    if both:
        finding = w(
            "{finding}, both in {share}", finding=finding, share=w.percent(found.both_by(at), 0.005)
        )
    strong = w("both") if both else ""
    return Arrivals(lines, w("weeks since the seed users are there"), finding, at, strong)
