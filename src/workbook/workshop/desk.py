"""The facilitator's view of a class, with names: who is at which step, who is missing, which files
do not simply count.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbook.errors import Message
from workbook.words import N_, Words
from workbook.workshop.inbox import Answer, ReceivedFile
from workbook.workshop.page import HALF_A_POINT, STEP_NAMES, headings, render
from workbook.workshop.rehearsed import plan_to_rehearse
from workbook.workshop.wall import steps_of

STATE_NAMES = {
    "counted": N_("counted"),
    "older": N_("older version"),
    "copy": N_("copy"),
    "altered": N_("counted, but changed after it was handed in"),
    "damaged": N_("not readable"),
}


NOT_YET = N_("Not handed in yet")
MOST_NAME = 60
"""Letters of a name in a row of the desk."""
DESK_HEADS = (
    *(N_("name"), N_("receipt"), N_("is at"), N_("its chain")),
    *(N_("the rehearsal"), N_("the next test")),
)


def desk_page(
    found: Sequence[ReceivedFile],
    answers: Sequence[Answer],
    w: Words,
    refresh: int = 0,
    missing: Sequence[str] = (),
) -> str:
    """Return the facilitator's view: names, steps, files; `missing` have not handed in."""
    odd = [received for received in found if received.state != "counted"]
    return render(
        "desk.html.j2",
        w,
        title=w("The facilitator's desk"),
        finding=w.n("{n} hand-in counts", "{n} hand-ins count", len(answers)),
        refresh=refresh,
        heads=[w(head) for head in DESK_HEADS],
        missing=missing,
        rows=[_row(answer, w) for answer in sorted(answers, key=_by_step)],
        steps=[(w(STEP_NAMES[step]), n) for step, n in steps_of(answers).items()],
        people=max(1, len(answers)),
        odd=[
            (received.file, w(STATE_NAMES[received.state]), w.message(received.why or Message("")))
            for received in odd
        ],
        say={**headings(w), "files": w("Files that do not simply count"), "missing": w(NOT_YET)},
    )


def _by_step(answer: Answer) -> tuple[int, str]:
    return (len(answer.done), answer.name.casefold())


def _row(answer: Answer, w: Words) -> list[str]:
    chain = ""
    if answer.problem is not None:
        chain = w.message(answer.problem)
    elif answer.chain is not None:
        template = "{n} milestones; the goal in {share} of lives"
        goal = w.percent(answer.chain.goal, max(answer.chain.goal_error, HALF_A_POINT))
        chain = w(template, n=len(answer.chain.plan.milestones), share=goal)
    step = w(STEP_NAMES[answer.step])
    name, next_test = desk_name(answer.name), answer.next_test
    return [name, answer.receipt, step, chain, _lived(answer, w), next_test]


def desk_name(name: str) -> str:
    """Return a name as a row of the desk shows it: a dash for none, the start of a long one.

    >>> desk_name("  "), desk_name("Wang"), desk_name("x" * 400)[-3:]
    ('–', 'Wang', 'xx…')
    """
    plain = name.strip() or "–"
    return plain if len(plain) <= MOST_NAME else f"{plain[:MOST_NAME]}…"


def _lived(answer: Answer, w: Words) -> str:
    """Say whether a rehearsal counts; neither its ending nor its cost, which would rank people."""
    if answer.rehearsal_problem is not None:
        return w.message(answer.rehearsal_problem)
    if answer.rehearsal is None:
        return ""
    case = w.text(plan_to_rehearse(answer.rehearsal.case).title or answer.rehearsal.case)
    return w.n(
        "{case}, luck {seed}: {n} decision",
        "{case}, luck {seed}: {n} decisions",
        len(answer.rehearsal.moves),
        case=case,
        seed=answer.rehearsal.seed,
    )
