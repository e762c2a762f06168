"""After the reveal, ask participants what they would choose today at every fork they bet on.

The workshop's own fork comes first, then the forks of other cases that they bet on. The wall only
counts how many changed their minds.
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
from workbook.workshop.bets import bet_forks
from workbook.workshop.draft import Draft
from workbook.workshop.hand_in import HandIn


class HasDraft(Protocol):
    """The part of a participant that this panel needs."""

    w: Words
    draft: Draft
    alive: bool

    @property
    def entry(self) -> HandIn:
        """The hand-in as of now."""

    @property
    def progress(self) -> Progress:
        """The bets."""

    def keep(self, **changes: Any) -> None:
        """Change and save the draft."""


def choose_again(participant: HasDraft, forks: Sequence[str]) -> Panel:
    """Show the options of each fork to choose from again, with a reply to each choice.

    Parameters
    ----------
    forks
        `case/fork`: shown even without a bet. The forks of the participant's other bets follow.

    Raises
    ------
    InputError
        For an unknown fork.
    """
    _check(forks)
    w = participant.w
    asked = [*forks, *(fork for fork in participant.entry.bets if fork not in forks)]

    def render() -> str:
        return "".join(_fork_html(participant, fork) for fork in asked)

    if not participant.alive:
        return Panel(w, render, alive=False)
    choices = [_choice(participant, fork) for fork in asked]
    question = markup.line(w("And now? What would you choose today?"))
    panel = Panel(w, render, choices, head=lambda: question)

    def chosen(fork: str, change: Any) -> None:
        participant.keep(now={**participant.draft.now, fork: change["new"]})
        panel.refresh()

    for fork, choice in zip(asked, choices, strict=True):
        choice.observe(panel.guarded(partial(chosen, fork)), "value")
    return panel


def _check(forks: Sequence[str]) -> None:
    template = "no fork '{found}'; there are: {allowed}"
    allowed = ", ".join(bet_forks())
    unknown = [fork for fork in forks if fork not in bet_forks()]
    if unknown:
        told = [fault("fork", template, found=fork, allowed=allowed) for fork in unknown]
        raise InputError("look_back", told)


def _choice(participant: HasDraft, fork: str) -> Any:
    import ipywidgets as widgets

    options, now = bet_forks()[fork].options, participant.draft.now.get(fork)
    return widgets.RadioButtons(
        options=[(participant.w.text(name), id) for id, name in options.items()],
        value=now if now in options else None,
        description=_title(fork, participant.w),
        style={"description_width": "initial"},
        layout=widgets.Layout(width="auto"),
    )


def _title(fork: str, w: Words) -> str:
    found = bet_forks()[fork]
    return f"{w.text(found.case)} · {w.text(found.name)}"


def _fork_html(participant: HasDraft, fork: str) -> str:
    head = f"<p><strong>{escape(_title(fork, participant.w))}</strong></p>"
    return head + _reply(participant, fork)


def _reply(participant: HasDraft, fork: str) -> str:
    w, bet = participant.w, participant.progress.first_bet(*fork.split("/"))
    now = participant.draft.now.get(fork, "")
    if bet is None:
        return markup.line(
            w("Once you have placed your bet and seen the outcome, choose here again.")
        )
    if not participant.draft.owns(fork, bet):
        template = "The bet on this computer is somebody else's. Yours is on paper."
        return markup.line(w(template))
    if not now:
        return markup.line(w("Nothing chosen yet. There is no shame in staying where you were."))
    if now == bet.choice:
        return markup.line(w("You would do the same again."), "good")
    return markup.line(w("You would choose differently now. That is worth a sentence: why?"))
