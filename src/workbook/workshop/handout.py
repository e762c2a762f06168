"""The page a participant takes home: the chain, its proofs, the kill line, and the next test.

One HTML file that needs no network. It prints on one sheet, with a box for the test's result.
"""

from __future__ import annotations

from workbook.lesson.markup import joined
from workbook.plan import BREAKEVEN, Milestone, Proof
from workbook.words import Words
from workbook.workshop.answers import Answer, SimulatedChain
from workbook.workshop.page import HALF_A_POINT, render

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
        say={
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
        },
    )


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
    asked = (("at least {level}", proof.at_least), ("at most {level}", proof.at_most))
    levels = [
        w(template, level=_level(level, proof.of, w))
        for template, level in asked
        if level is not None
    ]
    if not levels:
        return w("{measure} (no level set)", measure=w.text(proof.measure))
    told = f"{w.list(levels)} {w.text(proof.unit)}".strip()
    return w("{measure}: {level}", measure=w.text(proof.measure), level=told)


def _level(level: float, of: float | None, w: Words) -> str:
    shown = w.number(level)
    return shown if of is None else w("{level} of {of}", level=shown, of=w.number(of))
