"""A participant's draft, saved next to their progress until it is handed in.

A draft survives a kernel restart. Each hand-in is a new file and never overwrites an earlier one.
Each chain has its own draft, so two people who share a computer count as two.

After the reveal it asks what participants would choose today: the workshop's own fork first, then
the forks of other cases that they bet on. The wall only counts how many changed their minds.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from workbook.builder.plan_store import plan_file
from workbook.cases.file import put, text_of
from workbook.errors import InputError, WorkError, fault
from workbook.lesson import markup
from workbook.lesson.panel import Panel
from workbook.lesson.progress import Bet, Progress, now
from workbook.lesson.rehearsal.saved import Store
from workbook.words import Words
from workbook.words.speech import Language
from workbook.workshop.hand_in import (
    MOST_PLAN,
    SUFFIX,
    HandIn,
    Key,
    Short,
    Stake,
    bet_forks,
    check_forks,
    read_hand_in,
)

FOLDER = "hand-in"


def new_person() -> str:
    """Return a random code that identifies the hand-ins of one person without naming them."""
    return secrets.token_hex(8)


class Draft(BaseModel):
    """A hand-in that is not handed in yet.

    Attributes
    ----------
    now
        By `case/fork`: the choice after the reveal.
    chain
        The name of the participant's plan.
    before
        By `case/fork`, the time of each bet that somebody else had placed on this computer when
        this participant began. Empty for the first person.
    rehearsed
        Where the rehearsal of the class is kept in the learner's file, as `case/place`.
    edition, receipt
        The number of hand-ins so far, and the receipt of the last one.
    received
        The receipt that the room gave last; empty without a room.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    person: str = Field(default_factory=new_person, min_length=1, max_length=64)
    name: Short = ""
    own_id: Short = ""
    kill_line: Short = ""
    next_test: Short = ""
    now: Mapping[Key, Key] = Field(default_factory=dict)
    chain: Key = "my-chain"
    before: Mapping[Key, Short] = Field(default_factory=dict)
    rehearsed: Short = ""
    edition: int = Field(default=0, ge=0, lt=1_000_000)
    receipt: Short = ""
    received: Short = ""

    def owns(self, fork: str, bet: Bet) -> bool:
        """Whether a bet belongs to this participant, not to a previous user of the computer."""
        return self.before.get(fork) != bet.placed


def draft(home: Path, chain: str, progress: Progress) -> Draft:
    """Return the saved draft of a chain, or a new one if there is none or it cannot be read."""
    chain = chain[:200]
    try:
        found = Draft.model_validate_json(_file(home, chain).read_bytes())
        return found.model_copy(update={"chain": chain})
    except (OSError, ValidationError):
        bets = _bets(progress) if any((home / FOLDER).glob(".draft-*.json")) else {}
        return Draft(chain=chain, before={fork: bet.placed for fork, bet in bets.items()})


def _bets(progress: Progress) -> dict[str, Bet]:
    """Return the bets placed on this computer, by fork."""
    placed = {key: progress.first_bet(*key.split("/")) for key in bet_forks()}
    return {key: bet for key, bet in placed.items() if bet is not None}


def keep(draft: Draft, home: Path) -> None:
    """Save the draft; raise WorkError if it cannot be written."""
    _write(_file(home, draft.chain), draft.model_dump_json(indent=1) + "\n")


def _file(home: Path, chain: str) -> Path:
    plain = re.sub(r"[^\w-]", "_", chain)[:60]
    return home / FOLDER / f".draft-{plain}.json"


def hand_in_of(draft: Draft, progress: Progress, lang: Language, plan: str) -> HandIn:
    """Make a hand-in from the draft, the bets placed and the text of the plan."""
    stakes = {
        key: Stake(choice=bet.choice, confidence=bet.confidence, now=draft.now.get(key, ""))
        for key, bet in _bets(progress).items()
        if draft.owns(key, bet)
    }
    return HandIn(
        person=draft.person,
        name=draft.name,
        lang=lang,
        edition=draft.edition + 1,
        made=now(),
        bets=stakes,
        plan=plan,
        kill_line=draft.kill_line,
        next_test=draft.next_test,
        rehearsal=first_life(draft.rehearsed, progress),
        own_id=draft.own_id.strip(),
    ).sealed()


def first_life(place: str, progress: Progress) -> str:
    """Return the line of the first finished rehearsal at a place; empty without one.

    Later ones, and those played on from a decision, knew the cards.
    """
    case, _, where = place.partition("/")
    played = Store(progress, case, where).all() if where else []
    return next((one.line for one in played if one.fate and one.rewound is None), "")


def plan_text(chain: str) -> str:
    """Return the text of a chain's plan file; empty if there is none yet.

    Raises
    ------
    InputError
        If the file is not text, or far too long.
    """
    file = plan_file(chain)
    text = text_of(file) if file.exists() else ""
    if len(text) > MOST_PLAN:
        template = "this plan is too long to be handed in; a workshop's chain takes about a page"
        raise InputError(str(file), [fault("", template)])
    return text


def hand_in(entry: HandIn, home: Path) -> Path:
    """Write the hand-in to a new file named after its receipt."""
    path = hand_in_file(entry.receipt, home)
    _write(path, entry.text())
    return path


def hand_in_file(receipt: str, home: Path) -> Path:
    """Return the path of the hand-in with this receipt."""
    return home / FOLDER / f"{receipt}{SUFFIX}"


def same(entry: HandIn, file: Path) -> bool:
    """Whether the hand-in in a file has the same content, apart from edition and time."""
    try:
        there = read_hand_in(file.read_bytes(), file.name)
    except (OSError, InputError):
        return False
    when = {"edition": 1, "made": "", "receipt": ""}
    return there.model_copy(update=when) == entry.model_copy(update=when)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WorkError(
            "{path} cannot be written: {reason}", path=str(path), reason=reason
        ) from None
    put(path, text)


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
    check_forks("look_back", forks)
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
