"""Type in a bet that was placed on paper: it becomes a hand-in as any other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbook.cases.file import put
from workbook.errors import InputError, WorkError, fault
from workbook.lesson import markup
from workbook.lesson.confidence import confidence_box, confidence_in
from workbook.lesson.panel import Panel
from workbook.lesson.progress import now
from workbook.words import Words
from workbook.workshop.draft import new_person
from workbook.workshop.hand_in import SUFFIX, HandIn, Stake, bet_forks, check_forks

BOX: dict[str, Any] = {"style": {"description_width": "initial"}}
EMPTY = {"choice": None, "sure": "", "name": "", "own_id": ""}
"""The fields that are emptied after a bet, for the next one."""


def paper_bet(
    folder: Path, fork: str, choice: str, sure: float, w: Words, name: str = "", own_id: str = ""
) -> str:
    """Write a bet into the folder of the hand-ins, and return its receipt.

    Parameters
    ----------
    sure
        The confidence as a share, 0.5 to 1.

    Raises
    ------
    InputError
        If the fork has no such option.
    WorkError
        If the file cannot be written.
    """
    if choice not in (options := bet_forks()[fork].options):
        template = "no option '{found}'; the fork has: {allowed}"
        wrong = fault("choice", template, found=choice[:80], allowed=", ".join(options))
        raise InputError("paper_bet", [wrong])
    bet = Stake(choice=choice, confidence=sure)
    made = HandIn(
        person=new_person(),
        name=name[:400],
        own_id=own_id[:400],
        lang=w.lang,
        made=now(),
        bets={fork: bet},
    ).sealed()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        template = "{path} cannot be written: {reason}"
        raise WorkError(template, path=str(folder), reason=reason) from None
    put(folder / f"{made.receipt}{SUFFIX}", made.text())
    return made.receipt


def paper_bet_panel(w: Words, folder: Path, fork: str, *, alive: bool = True) -> Panel:
    """Show a form for bets on paper, one after another; nothing in a batch run.

    Raises
    ------
    InputError
        For an unknown fork.
    """
    check_forks("fork", [fork])
    title = w("A bet on paper: {fork}", fork=w.text(bet_forks()[fork].name))
    if not alive:
        return Panel(w, lambda: markup.line(title), alive=False)
    added: list[str] = []
    boxes, head = _boxes(w, fork), lambda: markup.line(title)
    panel = Panel(w, lambda: _added(added, w), tuple(boxes.values()), head=head)

    def pressed(_: Any) -> None:
        values = _values(boxes, w)
        if isinstance(values, str):
            panel.say(values, "fault")
            return
        added.append(paper_bet(folder, fork, w=w, **values))
        for key, empty in EMPTY.items():
            boxes[key].value = empty
        panel.say("")
        panel.refresh()

    panel.controls = (*panel.controls, panel.primary(w("Add this bet"), pressed))
    return panel


def _values(boxes: Mapping[str, Any], w: Words) -> dict[str, Any] | str:
    """Return what is in the fields, by the argument of `paper_bet`, or what is missing."""
    if boxes["choice"].value is None:
        return w("Choose one of the ways first; then add the bet.")
    sure = confidence_in(boxes["sure"].value, w)
    if isinstance(sure, str):
        return sure
    return {key: box.value for key, box in boxes.items()} | {"sure": sure}


def _boxes(w: Words, fork: str) -> Mapping[str, Any]:
    """Return the fields, by the argument of `paper_bet` that each one fills."""
    import ipywidgets as widgets

    options = [(w.text(name), id) for id, name in bet_forks()[fork].options.items()]
    return {
        "choice": widgets.RadioButtons(
            options=options, value=None, description=w("I choose"), **BOX
        ),
        "sure": confidence_box(w, w("How sure, in 100")),
        "name": widgets.Text(description=w("name"), **BOX),
        "own_id": widgets.Text(description=w("own number"), **BOX),
    }


def _added(receipts: list[str], w: Words) -> str:
    if not receipts:
        return ""
    said = w.n("{n} bet typed in.", "{n} bets typed in.", len(receipts))
    return markup.line(f"{said} {receipts[-1]}", "good")
