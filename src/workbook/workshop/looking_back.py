"""After the reveal: what a participant would choose today, at every fork that they bet on.

The workshop's own fork stands first; whoever has bet on another case, in its own notebook, is asked
about that too. The wall counts how many changed their minds, and no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import Any, Protocol

from workbook.errors import InputError, fault
from workbook.lesson import markup
from workbook.lesson.panel import Panel
from workbook.lesson.progress import Progress
from workbook.words import Words
from workbook.workshop.draft import Draft
from workbook.workshop.entry import Entry
from workbook.workshop.forks import crossroads


class Seat(Protocol):
    """What is asked of a participant's seat."""

    w: Words
    draft: Draft
    alive: bool

    @property
    def entry(self) -> Entry:
        """Their hand-in as it would be now."""

    @property
    def progress(self) -> Progress:
        """Their bets."""

    def keep(self, **changes: Any) -> None:
        """Write something into the draft."""


def looking_back(seat: Seat, forks: Sequence[str]) -> Panel:
    """The ways out of each fork to choose of again, and what was said to the choice.

    Parameters
    ----------
    forks
        `case/fork`, asked about whether they bet there or not; those of their other bets follow.

    Raises
    ------
    InputError
        For a fork that there is not.
    """
    _check(forks)
    w = seat.w
    asked = [*forks, *(fork for fork in seat.entry.bets if fork not in forks)]

    def render() -> str:
        return "".join(_looked_back(seat, fork) for fork in asked)

    if not seat.alive:
        return Panel(w, render, alive=False)
    choices = [_choice(seat, fork) for fork in asked]
    question = markup.line(w("And now? What would you choose today?"))
    panel = Panel(w, render, choices, head=lambda: question)

    def chosen(fork: str, change: Any) -> None:
        seat.keep(now={**seat.draft.now, fork: change["new"]})
        panel.refresh()

    for fork, choice in zip(asked, choices, strict=True):
        choice.observe(panel.guarded(partial(chosen, fork)), "value")
    return panel


def _check(forks: Sequence[str]) -> None:
    template = "no fork '{found}'; there are: {allowed}"
    allowed = ", ".join(crossroads())
    unknown = [fork for fork in forks if fork not in crossroads()]
    if unknown:
        told = [fault("fork", template, found=fork, allowed=allowed) for fork in unknown]
        raise InputError("look_back", told)


def _choice(seat: Seat, fork: str) -> Any:
    import ipywidgets as widgets

    ways, now = crossroads()[fork].options, seat.draft.now.get(fork)
    return widgets.RadioButtons(
        options=[(seat.w.text(name), id) for id, name in ways.items()],
        value=now if now in ways else None,
        description=_called(fork, seat.w),
        style={"description_width": "initial"},
        layout=widgets.Layout(width="auto"),
    )


def _called(fork: str, w: Words) -> str:
    ways = crossroads()[fork]
    return f"{w.text(ways.case)} · {w.text(ways.name)}"


def _looked_back(seat: Seat, fork: str) -> str:
    head = f"<p><strong>{escape(_called(fork, seat.w))}</strong></p>"
    return head + _said(seat, fork)


def _said(seat: Seat, fork: str) -> str:
    w, bet = seat.w, seat.progress.bet(*fork.split("/"))
    now = seat.draft.now.get(fork, "")
    if bet is None:
        return markup.line(
            w("Once your bet stands and you have seen what comes of it, choose here again.")
        )
    if not seat.draft.owns(fork, bet):
        template = "The bet on this computer is somebody else's. Yours stands on paper."
        return markup.line(w(template))
    if not now:
        return markup.line(w("Nothing chosen yet. There is no shame in staying where you were."))
    if now == bet.choice:
        return markup.line(w("You would do the same again."), "good")
    return markup.line(w("You would choose otherwise now. That is worth a sentence: why?"))
