"""Rehearsals as they are kept in the learner's file: the line that replays, and what was said.

Everything else follows from the line: positions, diary and debrief are computed again. A saved
rehearsal that is not finished is gone on with after a restart.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from workbook.lesson.progress import Progress
from workbook.rehearsal import STOPPED
from workbook.words import Words

LONGEST_NAME = 60
OWN_PLAN = "plan-"
"""Before the name of a plan of one's own, where a shipped case has its id."""


@dataclass(frozen=True)
class Score:
    """The debrief of a finished rehearsal in four numbers, in shares from 0 to 1.

    `start` plus `cost` (of all decisions, at most 0) plus `luck` is `ending`.
    """

    start: float
    cost: float
    luck: float
    ending: float


@dataclass(frozen=True)
class Saved:
    """One rehearsal.

    Attributes
    ----------
    line
        Plan, seed and moves, as `workbook rehearse` writes them.
    begun, ended
        Times in UTC, ISO 8601; `ended` is empty while it is played.
    fate
        How it ended; empty while it is played.
    asked
        The decisions, counted from 0, at which the coach was asked.
    forecasts
        Each attempt that the player gave a chance: the chance in percent, and whether it passed.
    who
        By decision, who decided, where a team plays.
    rewound
        The decision from which it was played on with the same luck; None if it began at the start.
    opened
        Whether the player asked for the odds before the bet.
    score
        Its debrief in numbers; None before it was shown.
    """

    line: str
    begun: str
    ended: str = ""
    fate: str = ""
    asked: tuple[int, ...] = ()
    forecasts: tuple[tuple[int, bool], ...] = ()
    who: Mapping[int, str] = field(default_factory=dict)
    rewound: int | None = None
    opened: bool = False
    score: Score | None = None

    @property
    def goal(self) -> bool:
        """Whether it ended at the goal."""
        return self.fate == "goal"

    def but(self, **changes: Any) -> Saved:
        """Return a copy with changes."""
        return replace(self, **changes)

    def record(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return asdict(self)


def now() -> str:
    """Return the present time, exact enough to name a rehearsal."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def read(record: Mapping[str, Any]) -> Saved | None:
    """Return a rehearsal from its JSON; None if it is not one."""
    try:
        line, begun = str(record["line"]), str(record["begun"])
        asked = tuple(sorted({int(n) for n in record.get("asked") or ()}))
        forecasts = ((int(said), bool(passed)) for said, passed in record.get("forecasts") or ())
        who = {int(n): str(name)[:LONGEST_NAME] for n, name in (record.get("who") or {}).items()}
        rewound = record.get("rewound")
        return Saved(
            line,
            begun,
            str(record.get("ended") or ""),
            str(record.get("fate") or ""),
            asked,
            tuple((said, passed) for said, passed in forecasts if 0 <= said <= 100),
            who,
            None if rewound is None else int(rewound),
            bool(record.get("opened")),
            _score(record.get("score")),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return None


def _score(found: Any) -> Score | None:
    with suppress(KeyError, TypeError, ValueError):
        values = [float(found[name]) for name in ("start", "cost", "luck", "ending")]
        if all(map(isfinite, values)):
            return Score(*values)
    return None


@dataclass(frozen=True)
class Store:
    """The rehearsals of one place: the top of a notebook, its end, a plan of one's own."""

    progress: Progress
    case: str
    place: str

    def all(self) -> list[Saved]:
        """Return every rehearsal kept here, the first one first."""
        found = map(read, self.progress.rehearsals(self.case, self.place))
        return [one for one in found if one is not None]

    def keep(self, saved: Saved) -> None:
        """Save a rehearsal, in the place of what was saved of it before."""
        self.progress.keep_rehearsal(self.case, self.place, saved.record())


def everywhere(progress: Progress) -> list[tuple[str, Saved]]:
    """Return every rehearsal in the file with its case, in the order of beginning."""
    places = progress.keys("rehearsals")
    found = [(case, one) for case, place in places for one in Store(progress, case, place).all()]
    return sorted(found, key=lambda pair: pair[1].begun)


def fate_said(fate: str, w: Words) -> str:
    """Return the name of an ending, that of a player who stopped too."""
    return w("stopped") if fate == STOPPED else w.fate(fate)
