"""What a participant has written so far, kept beside their progress until it is handed in.

A draft outlives a restarted kernel. Handing in makes a new file each time and touches no old one,
so that a later, better version never costs the earlier. Each chain has a draft of its own, so two
people who share a computer, each with a chain, are two.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from workbook.builder.shelf import plan_file
from workbook.cases.file import put, text_of
from workbook.errors import InputError, WorkError, fault
from workbook.lesson.progress import Bet, Progress, now
from workbook.words.catalogue import Language
from workbook.workshop.entry import MOST_PLAN, SUFFIX, Entry, Key, Short, Stake, read_entry
from workbook.workshop.forks import crossroads

FOLDER = "hand-in"


def new_person() -> str:
    """A code that tells two hand-ins of one computer from those of two; it says no more."""
    return secrets.token_hex(8)


class Draft(BaseModel):
    """A hand-in in the making.

    Attributes
    ----------
    now
        By `case/fork`: what they would choose after the reveal.
    chain
        The name of their plan among their own plans.
    before
        By `case/fork`, when the bets were placed that stood here as a second person sat down at
        this computer: those are not theirs. Empty for the first person.
    edition, receipt
        How often they have handed in, and the receipt of the last time.
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
        """Whether a bet at a fork is theirs, and not that of who sat here before."""
        return self.before.get(fork) != bet.placed


def draft(home: Path, chain: str, progress: Progress) -> Draft:
    """The draft that stands for a chain; a new one where there is none that can be read."""
    chain = chain[:200]
    try:
        found = Draft.model_validate_json(_file(home, chain).read_bytes())
        return found.model_copy(update={"chain": chain})
    except (OSError, ValidationError):
        bets = _bets(progress) if any((home / FOLDER).glob(".draft-*.json")) else {}
        return Draft(chain=chain, before={fork: bet.placed for fork, bet in bets.items()})


def _bets(progress: Progress) -> dict[str, Bet]:
    """The bets that stand on this computer, by fork."""
    placed = {key: progress.bet(*key.split("/")) for key in crossroads()}
    return {key: bet for key, bet in placed.items() if bet is not None}


def keep(draft: Draft, home: Path) -> None:
    """Keep the draft; WorkError where it cannot be written."""
    _write(_file(home, draft.chain), draft.model_dump_json(indent=1) + "\n")


def _file(home: Path, chain: str) -> Path:
    plain = re.sub(r"[^\w-]", "_", chain)[:60]
    return home / FOLDER / f".draft-{plain}.json"


def entry_of(draft: Draft, progress: Progress, lang: Language, plan: str) -> Entry:
    """The hand-in that the draft, the bets placed and the text of the plan make today."""
    stakes = {
        key: Stake(choice=bet.choice, confidence=bet.confidence, now=draft.now.get(key, ""))
        for key, bet in _bets(progress).items()
        if draft.owns(key, bet)
    }
    return Entry(
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
    """The text of a chain's plan file; empty where there is none yet.

    Raises
    ------
    InputError
        Where there is one that is no text, or far too long.
    """
    file = plan_file(chain)
    text = text_of(file) if file.exists() else ""
    if len(text) > MOST_PLAN:
        template = "this plan is too long to be handed in; a chain of a workshop is a page"
        raise InputError(str(file), [fault("", template)])
    return text


def hand_in(entry: Entry, home: Path) -> Path:
    """Write the hand-in as a file of its own, named after its receipt."""
    path = hand_in_file(entry.receipt, home)
    _write(path, entry.text())
    return path


def hand_in_file(receipt: str, home: Path) -> Path:
    """Where the hand-in with this receipt lies."""
    return home / FOLDER / f"{receipt}{SUFFIX}"


def same(entry: Entry, file: Path) -> bool:
    """Whether the hand-in in a file says what this one says, whenever either was made."""
    try:
        there = read_entry(file.read_bytes(), file.name)
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
