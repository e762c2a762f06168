"""The workshop on paper: a bet slip, a worksheet, and cards, for when a laptop fails.

One HTML page that prints on A4 or Letter in black and white. It has the same boxes as the builder,
so that handwritten answers can be typed in later.
"""

from __future__ import annotations

from typing import Literal

from workbook import cases
from workbook.errors import InputError, fault
from workbook.words import Words
from workbook.workshop.bets import bet_forks

Paper = Literal["A4", "Letter"]
PAPERS: tuple[Paper, ...] = ("A4", "Letter")
MILESTONES, CARDS = 5, 6
FORK = "caffeine-lozenge/cash-gap"


def paper_page(w: Words, paper: Paper = "A4", fork: str = FORK) -> str:
    """Return bet slip, worksheet and cards as one page to print.

    Raises
    ------
    InputError
        For another paper size, or an unknown fork.
    """
    from workbook.workshop.page import render

    if paper not in PAPERS:
        template = "there is no paper '{found}'; choose A4 or Letter"
        raise InputError("paper", [fault("", template, found=str(paper)[:40])])
    if fork not in bet_forks():
        template = "no fork '{found}'; there are: {allowed}"
        allowed = ", ".join(bet_forks())
        raise InputError("paper", [fault("fork", template, found=fork, allowed=allowed)])
    bet_fork = bet_forks()[fork]
    case = cases.load(fork.partition("/")[0])
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
