"""A participant's draft, saved next to their progress until it is handed in.

A draft survives a kernel restart. Each hand-in is a new file and never overwrites an earlier one.
Each chain has its own draft, so two people who share a computer count as two.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from workbook.builder.plan_store import plan_file
from workbook.cases.file import put, text_of
from workbook.errors import InputError, WorkError, fault
from workbook.lesson.progress import Bet, Progress, now
from workbook.words.catalogue import Language
from workbook.workshop.bets import bet_forks
from workbook.workshop.hand_in import MOST_PLAN, SUFFIX, HandIn, Key, Short, Stake, read_hand_in

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
    edition, receipt
        The number of hand-ins so far, and the receipt of the last one.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    person: str = Field(default_factory=new_person, min_length=1, max_length=64)
    name: Short = ""
    kill_line: Short = ""
    next_test: Short = ""
    now: Mapping[Key, Key] = Field(default_factory=dict)
    chain: Key = "my-chain"
    before: Mapping[Key, Short] = Field(default_factory=dict)
    edition: int = Field(default=0, ge=0, lt=1_000_000)
    receipt: Short = ""

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
    ).sealed()


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
