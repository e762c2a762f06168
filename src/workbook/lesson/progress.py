"""A learner's progress, saved outside the notebook: bets, guesses, answers, outcomes.

One small JSON file with a version. It survives restarts, re-runs, deleted cells and updated
notebooks. Every change locks the folder, reads the file again, writes a temporary file next to it
and renames that. A file that cannot be read is set aside, never overwritten; one from a newer
workbook is left alone; if nothing can be written, the change stays in memory and `notes` says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from typing import Any

from workbook.errors import Message
from workbook.files import locked, write_whole

VERSION = 1
FILE = "progress.json"
LISTS = ("answers", "rehearsals")
PARTS = ("bets", "guesses", "shown", "came", "decided", *LISTS)
"""Keyed by `case/fork`, `case/section`, `case/exercise` or `case/place` of a rehearsal; other
figures follow an `@`. Under a key of `LISTS` is a list."""


@dataclass(frozen=True)
class Bet:
    """A learner's prediction at a fork, the confidence (0.5 to 1), the time, and the reason."""

    choice: str
    confidence: float
    placed: str = ""
    why: str = ""


@dataclass(frozen=True)
class Guess:
    """A number guessed as an interval that should hold it 8 times in 10, and the time."""

    low: float
    high: float
    placed: str = ""


def now() -> str:
    """Return the present time, as saved in the file."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass
class Progress:
    """The learner's file, and problems with it (`notes`, sentences to be shown)."""

    folder: Path
    notes: list[Message] = field(default_factory=list)
    _memory: dict[str, Any] = field(default_factory=dict)
    _only_memory: bool = False

    def __post_init__(self) -> None:
        self._memory = self._read()

    @property
    def file(self) -> Path:
        """The progress file."""
        return self.folder / FILE

    def keys(self, part: str) -> list[tuple[str, str]]:
        """Return the case and fork, section or exercise of each entry in this part."""
        pairs = (key.partition("/") for key in self._part(part))
        return [(case, of) for case, _, of in pairs]

    def bet(self, case: str, fork: str) -> Bet | None:
        """Return the bet at this fork, if one was placed."""
        found: Any = self._part("bets").get(f"{case}/{fork}")
        try:
            choice, placed = str(found["choice"]), str(found["placed"])
            bet = Bet(choice, float(found["confidence"]), placed, str(found.get("why", "")))
        except (TypeError, KeyError, ValueError, AttributeError):
            return None
        return bet if 0 <= bet.confidence <= 1 else None

    def first_bet(self, case: str, fork: str) -> Bet | None:
        """Return the bet at this fork on the case's own figures, else the first on any others."""
        others = (key for of, key in self.keys("bets") if of == case)
        at = [key for key in others if key.partition("@")[0] == fork]
        bets = [bet for key in at if (bet := self.bet(case, key))]
        return self.bet(case, fork) or min(bets, key=lambda bet: bet.placed, default=None)

    def place(self, case: str, fork: str, bet: Bet, options: Collection[str] = ()) -> None:
        """Save a bet. Once its outcome has been shown, the previous bet is kept instead.

        A previous bet on an option that is no longer among the fork's `options` is replaced;
        without `options`, none is.
        """
        key, stands = f"{case}/{fork}", self.bet(case, fork)
        gone = stands is not None and bool(options) and stands.choice not in options
        if stands and self.shown(case, fork) and not gone:
            return
        record = {**asdict(bet), "placed": bet.placed or now()}

        def change(data: dict[str, Any]) -> None:
            data["bets"][key] = record
            for part in ("shown", "came") if gone else ():
                data[part].pop(key, None)

        self._change(change)

    def guess(self, case: str, section: str) -> Guess | None:
        """Return the interval guessed before this section, if any."""
        found: Any = self._part("guesses").get(f"{case}/{section}")
        try:
            guess = Guess(float(found["low"]), float(found["high"]), str(found["placed"]))
        except (TypeError, KeyError, ValueError):
            return None
        return guess if isfinite(guess.high - guess.low) and guess.low <= guess.high else None

    def place_guess(self, case: str, section: str, guess: Guess) -> None:
        """Save an interval; once the number has been shown, the previous one is kept."""
        if self.shown(case, section) and self.guess(case, section):
            return
        record = {"low": guess.low, "high": guess.high, "placed": guess.placed or now()}
        self._change(lambda data: data["guesses"].__setitem__(f"{case}/{section}", record))

    def shown(self, case: str, key: str) -> bool:
        """Whether the outcome of this fork or section has been shown."""
        return f"{case}/{key}" in self._part("shown")

    def came(self, case: str, key: str) -> float | None:
        """Return what was first shown: how right a bet was, or the number guessed."""
        found = self._part("came").get(f"{case}/{key}")
        return float(found) if isinstance(found, (int, float)) and isfinite(found) else None

    def show(self, case: str, key: str, came: float | None = None) -> None:
        """Save that the outcome has been shown, and what it was: from now on both are final."""
        if not (self.bet(case, key) or self.guess(case, key)):
            return
        if self.shown(case, key) and (came is None or self.came(case, key) is not None):
            return

        def change(data: dict[str, Any]) -> None:
            data["shown"].setdefault(f"{case}/{key}", now())
            if came is not None:
                data["came"].setdefault(f"{case}/{key}", came)

        self._change(change)

    def answers(self, case: str, exercise: str) -> list[dict[str, Any]]:
        """Return every answer given to an exercise, the first one first."""
        found = self._part("answers").get(f"{case}/{exercise}")
        entries = [entry for entry in found or () if isinstance(entry, dict)]
        return [entry for entry in entries if isinstance(entry.get("answer"), dict)]

    def answer(self, case: str, exercise: str, answer: dict[str, Any], right: bool) -> None:
        """Save an answer and whether it was right."""
        record = {"answer": answer, "right": right, "given": now()}
        self._change(
            lambda data: data["answers"].setdefault(f"{case}/{exercise}", []).append(record)
        )

    def decided(self, case: str, question: str) -> bool | None:
        """Return a yes or no that the learner decided for a case; None if not yet."""
        found = self._part("decided").get(f"{case}/{question}")
        return found if isinstance(found, bool) else None

    def decide(self, case: str, question: str, answer: bool) -> None:
        """Save a yes or no; it may be changed at any time."""
        self._change(lambda data: data["decided"].__setitem__(f"{case}/{question}", answer))

    def rehearsals(self, case: str, place: str) -> list[dict[str, Any]]:
        """Return the rehearsals at a place of a notebook, the first one first."""
        found = self._part("rehearsals").get(f"{case}/{place}")
        return [entry for entry in found or () if isinstance(entry, dict)]

    def keep_rehearsal(self, case: str, place: str, record: dict[str, Any]) -> None:
        """Save a rehearsal; it replaces the one that was started at the same time."""

        def change(data: dict[str, Any]) -> None:
            kept = data["rehearsals"].setdefault(f"{case}/{place}", [])
            same = [n for n, other in enumerate(kept) if _begun(other) == _begun(record)]
            if same:
                kept[same[-1]] = record
            else:
                kept.append(record)

        self._change(change)

    def _part(self, name: str) -> dict[str, Any]:
        if not self._only_memory:
            self._memory = self._read()
        return dict(self._memory[name])

    def _change(self, change: Callable[[dict[str, Any]], Any]) -> None:
        with self._alone():
            self._apply(change)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Serialise changes from several notebooks."""
        with ExitStack() as stack:
            with suppress(OSError):  # writing reports what cannot be written
                self.folder.mkdir(parents=True, exist_ok=True)
                stack.enter_context(locked(self.folder, wait=True))
            yield

    def _apply(self, change: Callable[[dict[str, Any]], Any]) -> None:
        data = self._memory if self._only_memory else self._read()
        change(data)
        self._memory = data
        if self._only_memory:
            return
        try:
            self._write(data)
        except OSError:
            self._stay_in_memory(
                Message(
                    "{folder} cannot be written, so your work is kept only until the kernel stops.",
                    {"folder": str(self.folder)},
                )
            )

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self.file.read_text("utf-8"))
        except FileNotFoundError:
            return _blank()
        except OSError:
            template = "{file} cannot be read, so your work is kept only until the kernel stops."
            return self._from_memory(template)
        except ValueError:
            return self._set_aside()
        if not isinstance(found, dict) or not isinstance(found.get("workbook_progress"), int):
            return self._set_aside()
        if found["workbook_progress"] > VERSION:
            template = (
                "{file} was written by a newer workbook and is left as it is; "
                "your work is kept only until the kernel stops."
            )
            return self._from_memory(template)
        whole = {**_blank(), **found}
        return whole if _sound(whole) else self._set_aside()

    def _from_memory(self, template: str) -> dict[str, Any]:
        """Return what is kept in memory, the only place from now on."""
        self._stay_in_memory(Message(template, {"file": str(self.file)}))
        return self._memory or _blank()

    def _set_aside(self) -> dict[str, Any]:
        number = 1
        while (aside := self.folder / f"progress.damaged-{number}.json").exists():
            number += 1
        try:
            self.file.rename(aside)
        except FileNotFoundError:  # another notebook has just done so
            return self._read()
        except OSError:
            self._stay_in_memory(
                Message(
                    "{file} cannot be read, so your work is kept only until the kernel stops.",
                    {"file": str(self.file)},
                )
            )
            return _blank()
        self.notes.append(
            Message(
                "The file with your work could not be read. It is kept as {file}; "
                "a fresh one is begun.",
                {"file": str(aside)},
            )
        )
        return _blank()

    def _write(self, data: dict[str, Any]) -> None:
        write_whole(self.file, json.dumps(data, ensure_ascii=False, indent=2).encode("utf-8"))

    def _stay_in_memory(self, note: Message) -> None:
        self._only_memory = True
        if note not in self.notes:
            self.notes.append(note)


def _blank() -> dict[str, Any]:
    return {"workbook_progress": VERSION, **{part: {} for part in PARTS}}


def _sound(data: dict[str, Any]) -> bool:
    """Whether the parts of the file have the shape that this version writes."""
    return all(isinstance(data[part], dict) for part in PARTS) and all(
        isinstance(entries, list) for part in LISTS for entries in data[part].values()
    )


def _begun(record: object) -> object:
    return record.get("begun") if isinstance(record, dict) else None
