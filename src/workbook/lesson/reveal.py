"""The sections after the bet: what happened, the conversion, the way back, where it is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from workbook.cases import Case, sources
from workbook.law import Economy
from workbook.lesson import markup
from workbook.lesson.comparisons import (
    BACK_RUNS,
    Choices,
    Plays,
    Sweep,
    WayBack,
    contenders,
    fork_of,
    ranked,
    way_back,
)
from workbook.lesson.markup import chart_html, chart_table
from workbook.lesson.progress import Bet
from workbook.lesson.views import diary, ending
from workbook.life import Life
from workbook.outcomes import Outcomes
from workbook.plan import Fork
from workbook.play import EQUAL, goal_gap
from workbook.whatif import Contrast
from workbook.whatif.contrast import contrast
from workbook.words import N_, Words

NO_CHOICES: Choices = {}
LIVES_READ = 60
"""The single runs that are looked through for one to show."""


def options(
    case: Case,
    plays: Plays,
    fork_id: str,
    bet: Bet | None,
    w: Words,
    *,
    drawn: bool = True,
    others: Choices = NO_CHOICES,
) -> str:
    """Compare all options with common random numbers, and say how the bet did.

    They are shown as a table unless they are `drawn`. `others` are choices at other forks.
    """
    from workbook.charts.options import side_by_side

    names = {option.id: w.name(option) for option in fork_of(plays.plan, fork_id).options}
    played = {id: plays.play({**others, fork_id: id}) for id in names}
    best, second = ranked(played)[:2]
    front = contenders(played)
    found = contrast(played[second], played[best])
    ways = side_by_side({names[id]: outcomes for id, outcomes in played.items()})
    return "".join(
        (
            _verdict(bet, names, front, w),
            (chart_html if drawn else chart_table)("options", ways, case, w),
            markup.say(_flips(names[best], names[second], found, w), _too_little(found, w)),
        )
    )


def reason(bet: Bet | None, w: Words) -> str:
    """What the learner wrote when they placed the bet, word for word; nothing if nothing."""
    return markup.small(w("You wrote: “{why}”", why=bet.why)) if bet and bet.why else ""


def _flips(best: str, second: str, found: Contrast, w: Words) -> str:
    if not round(found.saved) and not round(found.lost):
        template = "On the same luck “{best}” and “{second}” bring the same lives to the goal."
        return w(template, best=best, second=second)
    return w(
        "On the same luck only “{best}” reaches the goal in {won} of 1,000 lives, and only "
        "“{second}” in {lost}: {gap} between them, give or take {error}.",
        won=round(found.saved),
        lost=round(found.lost),
        best=best,
        second=second,
        gap=w.apart(found.gap.value),
        error=w.number(round(200 * found.gap.error, 1)),
    )


def _too_little(found: Contrast, w: Words) -> str:
    """Say why a gap that is not chance is still too small to decide."""
    if not found.gap.clear or found.gap.decides:
        return ""
    return w(
        "Chance alone would hardly explain that, but figures as rough as these cannot carry a "
        "choice on less than {least} points: take the two as equally good.",
        least=round(EQUAL * 100),
    )


def _verdict(bet: Bet | None, names: dict[str, str], front: list[str], w: Words) -> str:
    """Say what the simulation says about the bet; no winner is named without a clear lead."""
    if len(front) == 1:
        said = w("Most lives reach the goal with “{best}”.", best=names[front[0]])
    else:
        close = w.list([w("“{choice}”", choice=names[id]) for id in front])
        said = w("{options} are too close to call on these figures.", options=close)
    if bet is None:
        return markup.line(said)
    yours = w(
        "You were {confidence} sure of “{option}”.",
        confidence=w.percent(bet.confidence),
        option=names[bet.choice],
    )
    return markup.line(markup.joined(said, yours), "good" if bet.choice in front else "note")


def happened(
    case: Case, plays: Plays, bet: Bet | None, taken: tuple[Choices, str], w: Words
) -> str:
    """Show what the founder did and what happened, next to the simulation of the same choices."""
    choices, fork = taken
    steps = "".join(
        f"<li>{escape(w.text(step.text))} "
        f'<span class="wb-cash">{escape(w.list(step.claims))}</span></li>'
        for step in case.happened
    )
    goal = plays.play(choices)
    played = w(
        "Played with the same steps, the plan reaches its goal in {share} of lives: "
        "what happened once is not what had to happen.",
        share=w.percent(goal.fates["goal"], goal.fates_error["goal"]),
    )
    verdict = _bet_compared(bet, fork_of(plays.plan, fork), choices, w) if bet else ""
    return f'{verdict}<ol class="wb-diary">{steps}</ol>{markup.say(played)}'


def _bet_compared(bet: Bet, fork: Fork, choices: Choices, w: Words) -> str:
    """Say whether the bet was the founder's choice."""
    names = {option.id: w.name(option) for option in fork.options}
    if bet.choice == choices.get(fork.id):
        said = w("Your bet was the founder's choice: {option}.", option=names[bet.choice])
        return markup.line(said, "good")
    said = w(
        "You bet on “{option}”; the founder took “{other}”.",
        option=names[bet.choice],
        other=names[choices[fork.id]],
    )
    return markup.line(said, "note")


def conversion(case: Case, outcomes: Outcomes, milestone: str, w: Words) -> str:
    """Show the jump in the share of channels that sign, and its cause."""
    plan = case.plan
    economy = Economy.of(plan)
    before = economy.conversion
    after = economy.after(plan.milestone(milestone).gives).conversion
    said = w(
        "Of a hundred channels asked, about {before} signed before “{milestone}” and {after} "
        "after it: {times} times as many from the same walk.",
        before=round(before * 100),
        after=round(after * 100),
        milestone=w.name(plan.milestone(milestone)),
        times=w.number(round(after / before, 1)) if before else "–",
    )
    reached = outcomes.milestones[milestone].reached
    limit = w(
        "The two rates are stated in the lecture ({claim}). How often a life gets as far as the "
        "second one is not: here it is {share} of them, on assumed figures.",
        claim=w.list(case.facts["signing_rate_after"].claims),
        share=w.percent(reached, outcomes.fates_error["goal"]),
    )
    return markup.say(said) + chart_html("conversion", outcomes, case, w) + markup.small(limit)


def skipped(
    case: Case, plays: Plays, milestone: str, ways: tuple[Choices, Choices], w: Words
) -> str:
    """Show the cost of skipping a milestone: the goal, and the way back with the cash left.

    `ways` are the choices that keep it, and those that skip it besides.
    """
    choices = {**ways[0], **ways[1]}
    kept, without = plays.play(ways[0]), plays.play(choices)
    name = w.name(plays.plan.milestone(milestone))
    back = way_back(plays, milestone, choices)
    return "".join(
        (
            markup.say(left_out(kept, without, name, w)),
            chart_html("fates", without, case, w),
            markup.say(*_way_back_said(back, plays, name, w)),
            _autopsy(plays, choices, back, w),
        )
    )


def left_out(kept: Outcomes, without: Outcomes, name: str, w: Words) -> str:
    """Compare the chance of the goal with and without a milestone."""
    gap = goal_gap(kept, without)
    return w(
        "The chance of the goal with “{milestone}”: {kept}. Without it: {without} ({gap} on the "
        "same luck).",
        milestone=name,
        without=w.chance(without.fates["goal"], without.fates_error["goal"]),
        kept=w.chance(kept.fates["goal"], kept.fates_error["goal"]),
        gap=w.points(gap.value, gap.error),
    )


def _way_back_said(back: WayBack, plays: Plays, name: str, w: Words) -> Iterable[str]:
    currency = plays.plan.currency
    if round(back.failed, 2) == 0:
        yield w("Hardly any life gets as far as a first push after the skip.")
        return
    yield w(
        "In {share} of lives the first push after the skip fails.",
        share=w.percent(back.failed, 0.5 / BACK_RUNS**0.5),
    )
    if back.cash_left is None:
        return
    yield w(
        "By then half of them have {cash} or less. One round of “{milestone}”, burn included, "
        "costs {one}; getting it passed costs {road} on average.",
        cash=w.money(round(back.cash_left, -3), currency),
        milestone=name,
        one=w.money(back.one_attempt, currency),
        road=w.money(round(back.full_price, -3), currency),
    )
    yield _can_pay(back, w)
    if plays.plan.cash is not None and back.full_price > plays.plan.cash:
        yield w("The whole way back costs more than there was at the start.")


def _can_pay(back: WayBack, w: Words) -> str:
    """Say how many could pay for one round more, and for the whole way back."""
    once = w.percent(back.can_try_once, 0.02)
    if round(back.can_pay_all, 2) == 0:
        template = "{once} of them could pay for one round more, hardly any for the whole way."
        return w(template, once=once)
    return w(
        "{once} of them could pay for one round more, {whole} for the whole way back.",
        once=once,
        whole=w.percent(back.can_pay_all, 0.02),
    )


def returns(plays: Plays, milestone: str, choices: Choices) -> bool:
    """Whether the way back to a skipped milestone is shown: its price, and a life it ruined."""
    back = way_back(plays, milestone, choices)
    return back.cash_left is not None and _ruined(plays, choices) is not None


def _ruined(plays: Plays, choices: Choices) -> int | None:
    """Return the number of the first ruined run among those that are read."""
    numbers = range(1, min(plays.runs, LIVES_READ) + 1)
    return next((n for n in numbers if plays.life(n, choices).fate == "ruin"), None)


def _autopsy(plays: Plays, choices: Choices, back: WayBack, w: Words) -> str:
    """Show the first run that the skip ruins, week by week, and when it could still turn round."""
    number = _ruined(plays, choices)
    if number is None:
        return ""
    life = plays.life(number, choices)
    head = w(
        "Autopsy of life {number}: {ending}", number=number, ending=ending(life, plays.plan, w)
    )
    return markup.fold(head, diary(life, plays.plan, w) + markup.say(_last_chance(life, back, w)))


def _last_chance(life: Life, back: WayBack, w: Words) -> str:
    """Say the last week with money for the whole way back, else for one round more."""
    for price, template in (
        (back.full_price, N_("Last week with money for the whole way back: {week}.")),
        (back.one_attempt, N_("Last week with money for one round more: {week}.")),
    ):
        weeks = [event.week for event in life.events if event.cash >= price]
        if weeks:
            return w(template, week=weeks[-1])
    return w("At no time was there money for one round more.")


def crossing(
    case: Case,
    found: Sweep,
    names: dict[str, str],
    what: str,
    say: Callable[[float], str],
    w: Words,
    *,
    drawn: bool = True,
) -> str:
    """Chart where the lead changes as one figure varies; as a table unless it is `drawn`."""
    from workbook.charts.crossing import Crossing

    shown = chart_html if drawn else chart_table
    return shown("crossing", Crossing(found, names, what, say, found.fronts), case, w)


def takeaways(claims: Iterable[str], w: Words) -> str:
    """List what to remember, claim by claim, in the project's own words."""
    known = sources()
    rows = [(id, w.text(getattr(known[id], w.lang))) for id in claims if id in known]
    return markup.table((w("claim"), w("what it says")), rows)
