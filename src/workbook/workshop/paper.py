"""The workshop on paper: sheets for when a laptop fails, and the page to take home.

The sheets (a bet slip, a worksheet, cards) are one HTML page that prints on A4 or Letter in black
and white. It has the same boxes as the builder, so that handwritten answers can be typed in later.

The page to take home has the chain, its proofs, the kill line and the next test with a box for its
result: one HTML file that needs no network and prints on one sheet.
"""

from __future__ import annotations

from typing import Literal

from workbook import cases
from workbook.lesson.markup import joined
from workbook.plan import BREAKEVEN, Milestone, Proof
from workbook.wording.proofs import level_of
from workbook.words import Words
from workbook.workshop.hand_in import bet_forks
from workbook.workshop.inbox import Answer, SimulatedChain
from workbook.workshop.page import HALF_A_POINT, render

Paper = Literal["A4", "Letter"]
PAPERS: tuple[Paper, ...] = ("A4", "Letter")
MILESTONES, CARDS = 5, 6
FORK = "caffeine-lozenge/cash-gap"


def paper_page(w: Words, paper: Paper = "A4") -> str:
    """Return bet slip, worksheet and cards as one page to print."""
    bet_fork = bet_forks()[FORK]
    case = cases.load(FORK.partition("/")[0])
    return render(
        "paper.html.j2",
        w,
        title=w("Workshop sheets"),
        paper=paper,
        case=w.text(bet_fork.case),
        situation=w.text(case.situation),
        question=w.text(case.question),
        fork=w.text(bet_fork.name),
        options=[w.text(name) for name in bet_fork.options.values()],
        sure=range(50, 101, 10),
        milestones=range(1, MILESTONES + 1),
        cards=range(CARDS),
        questions=_questions(w),
        say=_labels(w),
    )


def _questions(w: Words) -> list[tuple[str, str]]:
    """Return the five questions for a milestone, each with the claim it comes from."""
    return [
        (w("Can the goal be reached without it? Then it is no milestone."), "P3"),
        (w("What must be proved before it?"), "P4"),
        (w("To what level must it be delivered before it counts? Could somebody fail?"), "P5"),
        (w("Which small win does it stand on?"), "P6"),
        (w("If you walk around it: what is left to come back with?"), "P10"),
    ]


def _labels(w: Words) -> dict[str, str]:
    return {
        "bet": w("My bet"),
        "choose": w("I choose"),
        "sure": w("How sure, in 100"),
        "why": w("because"),
        "after": w("After the reveal I would choose"),
        "sheet": w("My chain"),
        "goal": w("The goal, with a number and a date"),
        "cash": w("Cash"),
        "burn": w("Burn a week"),
        "runway": w("Runway = cash ÷ burn, in weeks"),
        "milestone": w("milestone"),
        "proof": w("Proof: who, how many of how many"),
        "weeks": w("weeks"),
        "cost": w("cost"),
        "passes": w("passes in 10"),
        "missed": w("If missed"),
        "needs": w("needs"),
        "kill": w("Kill line: the week or balance at which I stop or turn round"),
        "test": w("Next test, within seven days: what, with whom, what result counts"),
        "odds": w("By hand: multiply the pass rates. That is the chance with one attempt each."),
        "ask": w("Five questions for every milestone"),
        "cards": w("Cards: cut out, lay in order, draw the arrows"),
    }


MOST_FINDINGS = 3


def handout_page(answer: Answer, w: Words) -> str:
    """Return the page of one participant; it says so if the chain cannot be simulated."""
    chain = answer.chain
    return render(
        "handout.html.j2",
        w,
        title=w("For Monday"),
        finding=_finding(chain, w),
        refresh=0,
        goal=_goal(chain, w) if chain else "",
        rows=[_row(m, w) for m in chain.plan.milestones] if chain else [],
        asked=[w.message(found.message) for found in chain.findings[:MOST_FINDINGS]]
        if chain
        else [],
        kill_line=answer.kill_line,
        next_test=answer.next_test,
        say=_handout_labels(w),
    )


def _handout_labels(w: Words) -> dict[str, str]:
    return {
        "skip": w("Skip to the content"),
        "goal": w("The goal"),
        "chain": w("My chain"),
        "milestone": w("milestone"),
        "proof": w("What proves it"),
        "missed": w("If missed"),
        "kill": w("Here I stop or turn round"),
        "test": w("What I test within seven days"),
        "empty": w("Still empty. Fill it in by hand, today."),
        "result": w("What the test said, and what I change"),
        "asked": w("What the rules still ask"),
    }


def _finding(chain: SimulatedChain | None, w: Words) -> str:
    if chain is None:
        return w("There is no chain yet that could be played. Three milestones are enough.")
    goal = w.percent(chain.goal, max(chain.goal_error, HALF_A_POINT))
    template = "As written, the goal is reached in {share} of 1,000 played lives."
    said = [w(template, share=goal)]
    if chain.runway_weeks is not None:
        weeks = w.weeks(round(chain.runway_weeks))
        said.append(w("Without income the money lasts {weeks}.", weeks=weeks))
    return joined(*said)


def _goal(chain: SimulatedChain, w: Words) -> str:
    if chain.plan.goal == BREAKEVEN:
        return w("income covers what you spend")
    return w.name(chain.plan.milestone(chain.plan.goal))


def _row(milestone: Milestone, w: Words) -> tuple[str, str, str]:
    missed = w.text(milestone.if_missed) if milestone.if_missed else ""
    return w.name(milestone), _proof(milestone.proof, w), missed


def _proof(proof: Proof | None, w: Words) -> str:
    """Return the measure and the levels it must meet; empty without a proof."""
    if proof is None:
        return ""
    measure = w.text(proof.measure)
    if aim := level_of(proof, w):
        return w("{measure}: {level}", measure=measure, level=aim)
    return w("{measure} (no level set)", measure=measure)
