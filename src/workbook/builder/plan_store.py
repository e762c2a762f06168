"""Where the plan is kept: its file, the last ten versions, and what may go wrong with files.

Every committed edit is written within two seconds, to a temporary name that is renamed; comments
and order of the file stay. A file that somebody else has changed since we read it (another tab, an
editor) is never overwritten: our version is written next to it under another name, and the learner
chooses. Where nothing can be written the plan stays in memory, and the panel says so until it can
be written again.

`my-work/plans/bakery/` has the versions: `0007.yaml`, … and, where two tabs wrote at once,
`0008-mine.yaml`. Of those set aside the last fifty stay: they are the only copy of somebody's work.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal

from workbook import cases
from workbook.builder.edits import RefusedError
from workbook.builder.reasons import unwritten
from workbook.cases import Case
from workbook.cases.file import put, text_of
from workbook.cases.writing import text_for
from workbook.consistency.faults import one_line
from workbook.errors import Fault, InputError, Message, WorkError
from workbook.files import home
from workbook.plan import Plan

MOST = 10
MOST_ASIDE = 50
MOST_LETTERS = 80
NAMES = "names.json"
NAME = re.compile(r"(\d{4,})(?:-(mine|theirs))?\.yaml")
Aside = Literal["mine", "theirs"]


@dataclass(frozen=True)
class Version:
    """A version that can be had back.

    `name` is what the learner called it; such a one stays. `whose`: "" for one that was in the plan
    file, "mine" for one set aside while the file belonged to another tab, "theirs" for what was
    written over. `written` is the moment, in UTC.
    """

    file: Path
    number: int
    whose: str
    written: datetime
    name: str = ""

    @property
    def plan(self) -> Plan | None:
        """The plan of this version; None where its file can no longer be read."""
        try:
            return cases.read(self.file).plan
        except InputError:
            return None


class Versions:
    """The folder of a plan's versions; it is made with the first of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> tuple[Version, ...]:
        """Every version, the newest first."""
        try:
            files = list(self.folder.iterdir())
        except OSError:
            return ()
        names = self.names()
        found = [
            replace(version, name=names.get(file.name, ""))
            for file in files
            if (version := _version(file)) is not None
        ]
        return tuple(sorted(found, key=lambda version: -version.number))

    def add_text(self, text: str, whose: Aside | None = None) -> None:
        """Keep a text as the newest version, unless the newest says the same.

        Raises
        ------
        WorkError
            Where the folder cannot be written.
        """
        known = self.all()
        try:
            if known and known[0].file.read_text("utf-8") == text:
                return
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            template = "{path} cannot be written: {reason}"
            raise WorkError(template, path=str(self.folder), reason=reason) from None
        number = known[0].number + 1 if known else 1
        suffix = f"-{whose}" if whose else ""
        put(self.folder / f"{number:04d}{suffix}.yaml", text)
        self._thin()

    def names(self) -> dict[str, str]:
        """The names of versions, by file."""
        try:
            found = json.loads((self.folder / NAMES).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}

    def name(self, file: str, name: str) -> None:
        """Call a version by a name; it stays from now on."""
        put(self.folder / NAMES, json.dumps({**self.names(), file: name}, ensure_ascii=False))

    def _thin(self) -> None:
        every = [version for version in self.all() if not version.name]
        plain = [version for version in every if not version.whose]
        aside = [version for version in every if version.whose]
        for version in (*plain[MOST:], *aside[MOST_ASIDE:]):
            version.file.unlink(missing_ok=True)


def _version(file: Path) -> Version | None:
    named = NAME.fullmatch(file.name)
    if not named:
        return None
    try:
        written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:
        return None
    return Version(file, int(named[1]), named[2] or "", written)


PLANS = "plans"
SECONDS = 1.0
"""How long an edit may wait for the next one before it is written: half of what is promised."""

Status = Literal["kept", "elsewhere", "broken", "memory"]


def fingerprint(text: str) -> str:
    """What tells one text of the file from another."""
    return sha256(text.encode()).hexdigest()[:16]


def plan_file(name: str) -> Path:
    """The file of a plan that is kept with the learner's own work."""
    return home() / PLANS / f"{name}.yaml"


def _same(one: Plan, other: Plan | None) -> bool:
    """Whether two plans are written alike: an estimate may be the one that holds unwritten, too."""
    return other is not None and one == other and unwritten(one) == unwritten(other)


@dataclass
class PlanStore:
    """One plan file, read and written.

    Open it with `PlanStore.open`. Then `keep(plan)` after each edit; `look()` now and then (the
    window got focus, a timer) to see whether somebody else has written.

    Attributes
    ----------
    file
        The plan file.
    status
        "kept": the file says what the learner sees. "elsewhere": somebody else has changed it, and
        `theirs` reads it. "broken": it was changed by hand and has `faults`. "memory": it cannot
        be written.
    said
        What is wrong, for the panel; None while all is well.
    case
        What the file holds beside the plan: comments, facts, where each figure comes from.
    """

    file: Path
    status: Status = "kept"
    said: Message | None = None
    faults: tuple[Fault, ...] = ()
    case: Case | None = None
    _print: str | None = None
    _kept: Plan | None = None

    @classmethod
    def open(cls, file: Path, fresh: Callable[[], Plan]) -> tuple[PlanStore, Plan]:
        """The store, and the plan to start with: the file's, the last good version, or a new one.

        A file with faults is left as it is: `status` is "broken", and the plan that comes back is
        the last good version, or `fresh()` where there is none.
        """
        store = cls(file)
        found = store._read()
        if found is None and store.status != "kept":
            last = next(iter(store.versions()), None)
            plan = last.plan if last else None
            return store, plan or fresh()
        if found is None:
            found = fresh()
            store.keep(found)
        return store, found

    def keep(self, plan: Plan, case: Case | None = None) -> bool:
        """Write the plan; False where it is not in the file afterwards, and `said` says why.

        `case` is what the plan came from, whose comments and facts it keeps; that of the file
        where none is given.
        """
        self.case = case or self.case
        if self.status in ("elsewhere", "broken") or self._changed_by_others():
            self._aside(plan)
            return False
        if self.status == "kept" and _same(plan, self._kept):
            return True
        return self._write(plan)

    def look(self) -> bool:
        """Whether somebody else has changed the file since; `said` and `status` tell then."""
        return self.status in ("elsewhere", "broken") or self._changed_by_others()

    def theirs(self) -> Plan | None:
        """The plan as the file has it now, taken as ours from here on; None where it has faults."""
        self.status, self.said, self.faults = "kept", None, ()
        return self._read()

    def overwrite(self, plan: Plan, case: Case | None = None) -> bool:
        """Write ours over the file after all; what it said is kept among the versions."""
        self.case = case or self.case
        with suppress(InputError, WorkError):
            self._versions.add_text(text_of(self.file), "theirs")
        self.status, self.said, self.faults = "kept", None, ()
        return self._write(plan, over=True)

    def versions(self) -> tuple[Version, ...]:
        """The versions that can be had back, the newest first; ten, and those set aside."""
        return self._versions.all()

    def name_version(self, plan: Plan, name: str) -> Message:
        """Keep a plan as a version under a name; what came of it, in a sentence."""
        text = one_line(name)[:MOST_LETTERS]
        if not text:
            raise RefusedError("A version needs a name.")
        case = self.case.using(plan) if self.case else Case(plan)
        self._versions.add_text(text_for(case))
        self._versions.name(self.versions()[0].file.name, text)
        return Message("This version is kept as “{name}”.", {"name": text})

    @property
    def _versions(self) -> Versions:
        return Versions(self.file.parent / self.file.stem)

    # Reading

    def _read(self) -> Plan | None:
        if not self.file.exists():
            return None
        try:
            text = text_of(self.file)
            self._print = fingerprint(text)
            self.case = cases.read_text(text, self.file.name)
        except InputError as error:
            self._broken(error)
            return None
        self._kept = self.case.plan
        return self._kept

    def _broken(self, error: InputError) -> None:
        self.status, self.faults = "broken", error.faults
        template = (
            "{file} has faults and is left as it is; shown is the last good version. Mend the file"
            " and load it again, or write this version over it."
        )
        self.said = Message(template, {"file": self.file.name})

    def _changed_by_others(self) -> bool:
        now = self._print_now()
        if now == self._print or (now is None and self._print is None):
            return False
        if now is None:  # taken away: the next edit writes it again
            self._print = None
            return False
        self.status = "elsewhere"
        template = (
            "{file} was changed elsewhere: another tab, perhaps. Nothing is lost: what you do here"
            " is kept beside it. Load the other version, or write yours over it."
        )
        self.said = Message(template, {"file": self.file.name})
        return True

    def _print_now(self) -> str | None:
        try:
            return fingerprint(text_of(self.file)) if self.file.exists() else None
        except InputError:
            return "unreadable"

    # Writing

    def _write(self, plan: Plan, *, over: bool = False) -> bool:
        """Write the plan; `over` whatever somebody else may have written meanwhile."""
        try:
            case = self.case.using(plan) if self.case else Case(plan)
            text = text_for(case)  # takes a moment, in which another may have written
            if not over and self._changed_by_others():
                self._aside(plan)
                return False
            self.file.parent.mkdir(parents=True, exist_ok=True)
            put(self.file, text)
        except (WorkError, InputError, OSError) as error:
            self._in_memory(error)
            return False
        self.status, self.said = "kept", None
        self._print, self._kept = fingerprint(text), plan
        self.case = replace(case, text=text)
        self._version(text)
        return True

    def _version(self, text: str) -> None:
        try:
            self._versions.add_text(text)
        except WorkError as error:
            self.said = error.message

    def _aside(self, plan: Plan) -> None:
        """Keep ours under a name of its own while the file belongs to somebody else."""
        try:
            case = self.case.using(plan) if self.case else Case(plan)
            self._versions.add_text(text_for(case), "mine")
        except (WorkError, InputError) as error:
            self._in_memory(error, status=self.status)

    def _in_memory(self, error: Exception, status: Status = "memory") -> None:
        self.status = status
        if isinstance(error, WorkError):
            reason = error.message
        elif isinstance(error, InputError):
            reason = error.faults[0].message
        else:
            why = getattr(error, "strerror", None) or str(error)
            values = {"path": str(self.file), "reason": why}
            reason = Message("{path} cannot be written: {reason}", values)
        template = "{reason}. Your edits are safe only as long as this notebook runs."
        self.said = Message(template, {"reason": reason})
