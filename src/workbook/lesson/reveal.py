"""What the walk shows after the bet: what happened, the jump, the way back, where it is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from workbook.cases import Case, sources
from workbook.charts.fates import hundred
from workbook.lesson import markup
from workbook.lesson.diary import diary, ending
from workbook.lesson.plays import Choices, Plays, fork_of
from workbook.lesson.progress import Bet
from workbook.lesson.sums import BACK_LIVES, Gap, Sweep, WayBack, paired, way_back
from workbook.outcomes import Outcomes
from workbook.words import Words


def options(case: Case, plays: Plays, fork_id: str, bet: Bet | None, w: Words) -> str:
    """Every option on the same luck: the fates, the gaps and the flips, and the bet's standing."""
    fork = fork_of(plays.plan, fork_id)
    names = {option.id: w.name(option) for option in fork.options}
    played = {id: plays.play({fork_id: id}) for id in names}
    best, second = sorted(played, key=lambda id: -played[id].fates["goal"])[:2]
    gap = paired(played[best], played[second])
    dots = [hundred(outcomes) for outcomes in played.values()]
    rows = [
        (name, *(str(counts[fate]) for fate in ("goal", "ruin", "stuck", "open")))
        for name, counts in zip(names.values(), dots, strict=True)
    ]
    heads = tuple(w.fate(fate) for fate in ("goal", "ruin", "stuck", "open"))
    return "".join(
        (
            _verdict(bet, names, best, second, gap, w),
            markup.table((w("of 100 lives"), *heads), rows, list(played).index(best)),
            markup.say(_gap_said(names[best], names[second], gap, w)),
        )
    )


def _gap_said(best: str, second: str, gap: Gap, w: Words) -> str:
    return w(
        "On the same luck, of 1,000 lives {won} reach the goal only with “{best}” and {lost} only "
        "with “{second}”: {gap}, give or take {error}.",
        won=round(gap.won * 1000),
        lost=round(gap.lost * 1000),
        best=best,
        second=second,
        gap=w.points(gap.gap, gap.error),
        error=w.number(round(200 * gap.error, 1)),
    )


def _verdict(
    bet: Bet | None, names: dict[str, str], best: str, second: str, gap: Gap, w: Words
) -> str:
    """What the play says of the bet; it calls no winner that chance could explain."""
    close = gap.gap <= 2 * gap.error
    if close:
        said = w(
            "“{best}” and “{second}” are too close to call on these figures.",
            best=names[best],
            second=names[second],
        )
    else:
        said = w("Most lives reach the goal with “{best}”.", best=names[best])
    if bet is None:
        return markup.line(said)
    right = bet.choice == best or (close and bet.choice == second)
    yours = w(
        "You were {confidence} sure of “{option}”.",
        confidence=w.percent(bet.confidence),
        option=names[bet.choice],
    )
    return markup.line(f"{said} {yours}", "good" if right else "note")


def happened(
    case: Case, plays: Plays, bet: Bet | None, taken: tuple[Choices, str], w: Words
) -> str:
    """What the founder did and what came of it, beside what the play says of the same steps."""
    choices, fork = taken
    steps = "".join(
        f"<li>{escape(w.text(step.text))} "
        f'<span class="wb-cash">{escape(w.list(step.claims))}</span></li>'
        for step in case.happened
    )
    goal = plays.play(choices)
    played = w(
        "Played with the same steps, the plan reaches its goal {chance}: "
        "what happened once is not what had to happen.",
        chance=w.chance(goal.fates["goal"], goal.fates_error["goal"]),
    )
    names = {option.id: w.name(option) for option in fork_of(plays.plan, fork).options}
    verdict = ""
    if bet is not None:
        same = bet.choice == choices.get(fork)
        template = (
            w("Your bet was the founder's choice: {option}.", option=names[bet.choice])
            if same
            else w(
                "You bet on “{option}”; the founder took “{other}”.",
                option=names[bet.choice],
                other=names[choices[fork]],
            )
        )
        verdict = markup.line(template, "good" if same else "note")
    return f'{verdict}<ol class="wb-diary">{steps}</ol>{markup.say(played)}'


def conversion(case: Case, outcomes: Outcomes, milestone: str, w: Words) -> str:
    """The jump in the share of channels that sign, and what it hangs on."""
    from workbook.charts import conversion as chart
    from workbook.charts import figure

    plan = case.plan
    before = plan.sales.conversion if plan.sales else 0.0
    gives = plan.milestone(milestone).gives
    after = gives.conversion if gives and gives.conversion is not None else before
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
    drawn = figure.picture(chart, outcomes, w, basis=case.basis).html
    return markup.say(said) + drawn + markup.small(limit)


def skipped(case: Case, plays: Plays, milestone: str, choices: Choices, w: Words) -> str:
    """What walking around a milestone costs: the goal, and the way back with the cash left."""
    from workbook.charts import fates, figure

    kept, without = plays.play(), plays.play(choices)
    name = w.name(plays.plan.milestone(milestone))
    back = way_back(plays, milestone, choices)
    gap = without.fates["goal"] - kept.fates["goal"]
    error = max(without.fates_error["goal"], kept.fates_error["goal"])
    said = w(
        "Leave out “{milestone}” and the goal is reached {without} instead of {kept} "
        "({gap} on the same luck).",
        milestone=name,
        without=w.chance(without.fates["goal"], without.fates_error["goal"]),
        kept=w.chance(kept.fates["goal"], kept.fates_error["goal"]),
        gap=w.points(gap, error),
    )
    return "".join(
        (
            markup.say(said),
            figure.picture(fates, without, w, basis=case.basis).html,
            markup.say(*_way_back_said(back, plays, name, w)),
            _autopsy(plays, choices, w),
        )
    )


def _way_back_said(back: WayBack, plays: Plays, name: str, w: Words) -> Iterable[str]:
    currency = plays.plan.currency
    yield w(
        "In {share} of lives the first push after the skip fails.",
        share=w.percent(back.failed, 0.5 / BACK_LIVES**0.5),
    )
    if back.cash_left is None:
        return
    yield w(
        "By then half of them have {cash} or less. One round of “{milestone}”, burn included, "
        "costs {one}; the road to passing it costs {road} on average.",
        cash=w.money(round(back.cash_left, -3), currency),
        milestone=name,
        one=w.money(back.one_round, currency),
        road=w.money(round(back.whole_road, -3), currency),
    )
    yield w(
        "{once} of them could pay for one round more, {whole} for the whole road back.",
        once=w.percent(back.can_try_once, 0.02),
        whole=w.percent(back.can_go_all_the_way, 0.02),
    )


def _autopsy(plays: Plays, choices: Choices, w: Words) -> str:
    """The first life that the skip kills, read week by week."""
    for number in range(1, min(plays.runs, 60) + 1):
        life = plays.life(number, choices)
        if life.fate == "ruin":
            told = diary(life, plays.plan, w)
            head = w(
                "Autopsy of life {number}: {ending}",
                number=number,
                ending=ending(life, plays.plan, w),
            )
            return markup.fold(head, told)
    return ""


def crossings(found: Sweep, names: dict[str, str], head: str, shown: list[str], w: Words) -> str:
    """A sweep as a table: the option ahead at each value, unless chance could explain its lead."""
    rows = []
    for position, value in enumerate(shown):
        ahead = found.winner(position)
        cells = [w.percent(found.goal[option][position]) for option in names]
        rows.append((value, *cells, names[ahead] if ahead else w("too close to call")))
    return markup.table((head, *names.values(), w("ahead")), rows)


def changes_of_lead(found: Sweep, names: dict[str, str], shown: list[str], w: Words) -> str:
    """Where the lead changes, in one sentence."""
    leads = [(position, found.winner(position)) for position in range(len(shown))]
    clear = [(position, lead) for position, lead in leads if lead]
    if not clear:
        return w("Nowhere in this range is one of them clearly ahead.")
    parts = []
    last = None
    for position, lead in clear:
        if lead != last:
            parts.append(
                w("from {value} on “{option}” leads", value=shown[position], option=names[lead])
            )
            last = lead
    return w("Read from the top: {parts}.", parts=w.list(parts))


def takeaways(claims: Iterable[str], w: Words) -> str:
    """What to carry away, claim by claim, in the project's own words."""
    known = sources()
    rows = [(id, w.text(getattr(known[id], w.lang))) for id in claims if id in known]
    return markup.table((w("claim"), w("what it says")), rows)
