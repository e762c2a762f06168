"""Outcomes of plays of one pass: what is not asked for is not computed.

A what-if is mostly asked for the chance of its goal, and how it differs run by run. So the fates of
a play are counted at once, and everything else of it is computed when it is first asked for: its
milestones, means, runs and weeks. Until then only what all paths of the pass have come to is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache, partial
from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from workbook.outcomes import (
    FATES,
    Ints,
    Lives,
    MilestoneOutcome,
    Outcomes,
    Weekly,
    share_error,
)
from workbook.plan import Plan
from workbook.simulate.book import Book
from workbook.simulate.joining import BY_MILESTONE, JoinedStates
from workbook.simulate.lasting import RECORDED
from workbook.simulate.tables import NONE
from workbook.simulate.tally import lives, means, milestone

KEPT = np.int32
"""Numbers of runs, paths and pasts as the outcomes of each play keep them: in half the memory."""


class Later:
    """Fields of a dataclass that are computed when they are first asked for."""

    _later: dict[str, Callable[[], Any]]

    @classmethod
    def of(cls, later: Mapping[str, Callable[[], Any]], **now: Any) -> Any:
        """Return one with some fields known, and how to compute each of the others."""
        made = cls.__new__(cls)
        for name, value in {**now, "_later": dict(later)}.items():
            object.__setattr__(made, name, value)
        return made

    def __getattr__(self, name: str) -> Any:
        later = self.__dict__.get("_later", {})
        if name not in later:
            raise AttributeError(name)
        object.__setattr__(self, name, later[name]())
        later.pop(name, None)
        return getattr(self, name)

    def __reduce__(self) -> tuple[type[Any], tuple[Any, ...]]:
        """Pickle and copy all fields, computed now."""
        kind: Any = type(self).__bases__[-1]
        return kind, tuple(getattr(self, field.name) for field in fields(kind))


class LaterOutcomes(Later, Outcomes):
    """The outcomes of a play of many."""


class LaterLives(Later, Lives):
    """The runs of a play of many."""


class LaterWeekly(Later, Weekly):
    """The weeks of a play of many."""


class Records:
    """What all paths of a pass have come to: arrays by path; `cash` is what each began with.

    By follower: `run`, `path`, its last entry in `pasts`, and in bytes the set of its plays.
    """

    def __init__(self, states: JoinedStates) -> None:
        self.lives, self.columns, self.seed = states.lives, states.columns, states.draws.seed
        self.variants = SimpleNamespace(ids=states.variants.ids)
        self.arrays = {name: getattr(states, name).copy() for name in RECORDED}
        self.cash = states.cash_of[states.edited.root[states.variant]]
        for name in ("share", "debt"):
            if getattr(states, name) is not None:
                self.arrays[name] = getattr(states, name).copy()
        places, path = states.members(np.arange(states.size))
        followers = states.order[places]
        run, past = states.run[followers], states.past[followers]
        self.run, self.path, self.past = np.array([run, path, past], dtype=KEPT)
        self.pasts = states.pasts.arrays()
        plays = states.plays_of[followers].astype("<i8", copy=False)
        self._plays = np.ascontiguousarray(plays.view(np.uint8).reshape(-1, 8).T)

    def followers(self, play: int) -> Ints:
        """Return the followers that stand for a play, one for each run."""
        byte, bit = divmod(play, 8)
        return np.flatnonzero(self._plays[byte] & 1 << bit != 0)


class Ended:
    """What every run of a play has come to, as `Book` has it: arrays by run, made on first use."""

    def __init__(self, records: Records, play: int, cash: int) -> None:
        self._records, self._cash = records, cash
        followers = records.followers(play)
        run = records.run[followers]
        self.path, self._past = np.empty((2, len(run)), dtype=KEPT)
        self.path[run], self._past[run] = records.path[followers], records.past[followers]
        self.lives, self.columns, self.seed = records.lives, records.columns, records.seed
        self.variants = records.variants
        if "debt" not in records.arrays:
            self.share = self.debt = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._records.arrays:
            raise AttributeError(name)
        found = self._records.arrays[name][self.path]
        self._tell_past(name, found)
        if name == "cash_at_end":
            found += self._cash - self._records.cash[self.path]
        if name == "cash_needed":
            np.maximum(found, 0, out=found)
        setattr(self, name, found)
        return found

    def _tell_past(self, name: str, found: Any) -> None:
        """Put right what runs had come to before their paths joined others, the last time first."""
        pasts, runs, past = self._records.pasts, np.arange(self.lives), self._past
        more = pasts.get({"cash_at_end": "cash", "cash_needed": "needed"}.get(name, name))
        while more is not None and len(some := (past != NONE).nonzero()[0]):
            runs, past = runs[some], past[some]
            row = pasts["row"][past]
            if name in BY_MILESTONE:
                if name == "cash_needed":
                    found[runs] += more[row, None]
                at, columns = pasts["reached"][row].nonzero()
                found[runs[at], columns] = pasts[name][row[at], columns]
            else:
                found[runs] += more[row]
            past = pasts["before"][past]


def outcomes_of(
    book: Any,
    shown: Ints,
    horizon: int,
    weekly: Callable[[], Weekly],
    play: tuple[Plan, Mapping[str, str]],
) -> Outcomes:
    """Return the outcomes of a play of which this is recorded, as `tally.outcomes` does."""
    counts = np.bincount(book.fate, minlength=len(FATES)).tolist()
    shares = {f: n / book.lives for f, n in zip(FATES, counts, strict=True)}
    found: Outcomes = LaterOutcomes.of(
        {
            "milestones": partial(_milestones, book, shown, horizon),
            "mean": partial(means, book),
        },
        **{"plan": play[0], "choices": dict(play[1]), "how": "simulated"},
        **{"runs": book.lives, "seed": book.seed, "fates": shares},
        fates_error={fate: share_error(share, book.lives) for fate, share in shares.items()},
        weekly=_each(LaterWeekly, cache(weekly)),
        lives=_lives(book, shown),
    )
    return found


def _lives(book: Any, shown: Ints) -> Any:
    """Return the runs of a play, their fates at once."""
    debt = None if book.debt is None else book.debt / 100
    known = {"fate": book.fate, "share": book.share, "debt": debt}
    return _each(LaterLives, cache(partial(lives, book, shown)), **known)


def _milestones(book: Book, shown: Ints, horizon: int) -> dict[str, MilestoneOutcome]:
    found = (milestone(book, column, horizon) for column in shown.tolist())
    return {one.id: one for one in found}


def _each(kind: type[Later], compute: Callable[[], Any], **now: Any) -> Any:
    """Return one whose fields are all computed at once, when one is asked for, but for these."""
    names = [field.name for field in fields(cast(Any, kind)) if field.name not in now]
    return kind.of({name: partial(_field, compute, name) for name in names}, **now)


def _field(compute: Callable[[], Any], name: str) -> Any:
    return getattr(compute(), name)
