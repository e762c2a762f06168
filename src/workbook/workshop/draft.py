"""What a participant has written so far, kept beside their progress until it is handed in.

A draft outlives a restarted kernel. Handing in makes a new file each time and touches no old one,
so that a later, better version never costs the earlier.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from workbook.builder.shelf import plan_file
from workbook.cases.file import put
from workbook.errors import WorkError
from workbook.lesson.progress import Progress
from workbook.words.catalogue import Language
from workbook.workshop.entry import SUFFIX, Entry, Key, Short, Stake
from workbook.workshop.forks import crossroads

FOLDER = "hand-in"
DRAFT = ".draft.json"


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
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    person: str = Field(default_factory=new_person, min_length=1, max_length=64)
    name: Short = ""
    kill_line: Short = ""
    next_test: Short = ""
    now: Mapping[Key, Key] = Field(default_factory=dict)
    chain: Key = "my-chain"


def draft(home: Path) -> Draft:
    """The draft that stands; a new one where there is none, or where it cannot be read."""
    try:
        return Draft.model_validate_json((home / FOLDER / DRAFT).read_bytes())
    except (OSError, ValidationError):
        return Draft()


def keep(draft: Draft, home: Path) -> None:
    """Keep the draft; WorkError where it cannot be written."""
    _write(home / FOLDER / DRAFT, draft.model_dump_json(indent=1) + "\n")


def entry_of(draft: Draft, progress: Progress, lang: Language) -> Entry:
    """The hand-in that the draft, the bets placed and the chain built make today."""
    stakes = {}
    for key in crossroads():
        bet = progress.bet(*key.split("/"))
        if bet is not None:
            now = draft.now.get(key, "")
            stakes[key] = Stake(choice=bet.choice, confidence=bet.confidence, now=now)
    return Entry(
        person=draft.person,
        name=draft.name,
        lang=lang,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        bets=stakes,
        plan=_plan_text(draft.chain),
        kill_line=draft.kill_line,
        next_test=draft.next_test,
    ).sealed()


def _plan_text(chain: str) -> str:
    try:
        return plan_file(chain).read_text("utf-8")
    except (OSError, ValueError):
        return ""


def hand_in(entry: Entry, home: Path) -> Path:
    """Write the hand-in as a file of its own, named after its receipt."""
    path = home / FOLDER / f"{entry.receipt}{SUFFIX}"
    _write(path, entry.text())
    return path


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WorkError(
            "{path} cannot be written: {reason}", path=str(path), reason=reason
        ) from None
    put(path, text)
