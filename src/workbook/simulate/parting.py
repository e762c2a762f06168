"""Where plays of edited plans part: at the first use of a figure in which their plans differ.

Until a milestone is begun, its price and its length change nothing; until an attempt at it ends,
nor does its pass rate; until it is reached, nor what it gives; until it is too little, nor the cash
at the start. So plays whose plans differ in such figures only follow one path, on which the plan of
one of them stands for all, and part where a figure is used that is not the same for all. Where a
rate differs, only those runs part in which it makes a difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Protocol, cast

import numpy as np

from workbook.outcomes import Floats, Ints
from workbook.simulate.hypotheses import TRUE
from workbook.simulate.run_states import Bools, RunStates
from workbook.simulate.tables import NONE, Row

USES: Mapping[str, tuple[str, ...]] = {
    "start": ("cost", "cost_draw", "teams_racing", "length", "length_draw", "hours"),
    "redesign": ("redesign_cost", "redesign_length"),
    "attempt": ("rates", "rate_count"),
    "truth": ("belief",),
    "test": ("if_true", "if_false"),
    "limit": ("limit",),
    "gives": ("gives", "funded"),
    "redesign_gives": ("redesign_gives", "redesign_funded"),
}
"""Figures of a milestone by when they are first used; all others matter from the first week."""
USE = {use: number for number, use in enumerate(USES)}
MOST_PLAYS = 62
"""Plays of one pass: a set of them is a number of so many bits."""
LATE = frozenset(name for names in USES.values() for name in names)


def frame_of(row: Row) -> tuple[Any, ...]:
    """Return what matters of a variant from the first week."""
    return tuple((row[n].shape, row[n].tobytes()) for n in sorted(row.keys() - LATE))


class Codes:
    """Numbers for the figures of each use and milestone: equal numbers mean equal figures."""

    def __init__(self) -> None:
        self._known: dict[Any, int] = {}

    def of(self, row: Row) -> Ints:
        """Return the numbers of a variant; shape (uses, columns)."""
        columns = len(row["cost"])
        found = np.array(
            [[self._code(row, use, n) for n in range(columns)] for use in USES], dtype=np.int64
        ).reshape(len(USES), columns)
        start, redesign = found[USE["start"]], found[USE["redesign"]].copy()
        for column, relied in enumerate(row["relied_on"].tolist()):
            mended = [redesign[at] for at in (column, *relied) if at != NONE]
            start[column] = self._number(("start", start[column], *mended))
        return found

    def _code(self, row: Row, use: str, column: int) -> int:
        found = [row[name][column] for name in USES[use]]
        if use == "attempt":
            found[0] = found[0][: found[1]]
        return self._number((use, *(value.tobytes() for value in found)))

    def _number(self, key: Any) -> int:
        return self._known.setdefault(key, len(self._known))


def set_of(plays: Iterable[int]) -> int:
    """Return a set of plays as a number with a bit for each."""
    return sum(1 << play for play in plays)


class Edited(Protocol):
    """The variants of plays of edited plans, as parting asks for them."""

    root: Ints
    history: Ints

    def of_root(self, root: int, history: int) -> int:
        """Return the variant of a plan after these forks."""

    def codes(self, variant: int) -> Ints:
        """Return a number for the figures of each use and milestone."""


class PartedStates(RunStates):
    """Paths that several plays follow until they part; `label` is the set of these plays.

    By play: `root_of` is its plan; by plan: `cash_of` is its cash at the start, in cents. Plays are
    sorted by cash: what is there of a path is the cash of the first, the poorest of its plays.
    """

    root_of: Ints
    cash_of: Ints

    @cached_property
    def equally_rich(self) -> bool:
        """Whether all plans begin with the same cash."""
        return bool((self.cash_of == self.cash_of[0]).all())

    @cached_property
    def _as_rich(self) -> Ints:
        """For each plan, the plays that begin with as much cash."""
        cash = self.cash_of[self.root_of]
        return np.array([set_of((cash == own).nonzero()[0].tolist()) for own in self.cash_of])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._known: dict[tuple[str, int, int, int], list[int]] = {}

    @property
    def edited(self) -> Edited:
        """The variants of the plays."""
        return cast(Edited, self.variants)

    def leave(self, paths: Ints, plays: Ints) -> Ints:
        """Let these plays of each path leave the others; return the paths that they follow."""
        paths, plays = paths[plays != 0].copy(), plays[plays != 0]
        others = self.label[paths] & ~plays
        parted = others.nonzero()[0]
        if len(parted):
            left = paths[parted]
            paths[parted] = self._set_apart(left, plays[parted])
            self.label[left] = others[parted]
            self._go_by_the_first(left)
        return paths

    def _set_apart(self, paths: Ints, plays: Ints) -> Ints:
        """Let these plays follow copies of these paths from now on; return the copies."""
        new = self.copy(paths)
        self.label[new] = plays
        self._go_by_the_first(new)
        return new

    def _go_by_the_first(self, paths: Ints) -> None:
        """Let the plan of the first play of each path, the poorest, stand for those of all."""
        first, before = self.root_of[_lowest(self.label[paths])], self.variant[paths]
        variants = self.edited
        other = (variants.root[before] != first).nonzero()[0]
        paths, root, before = paths[other], first[other], before[other]
        more = self.cash_of[root] - self.cash_of[variants.root[before]]
        self.cash[paths] += more
        self.begun_with[paths] += more
        history = variants.history[before]
        kind = history * (len(self.root_of) + 1) + root
        for number in np.unique(kind).tolist():
            forks, plan = divmod(number, len(self.root_of) + 1)
            self.variant[paths[kind == number]] = variants.of_root(plan, forks)

    def part_by_cash(
        self, lives: Ints, needed: Ints, *, one_by_one: bool = False
    ) -> tuple[Ints, Ints | slice]:
        """Let plays that have this much cash leave those that have less."""
        if self.equally_rich:
            return lives, slice(None)
        label, first = self.label[lives], self.root_of[_lowest(self.label[lives])]
        short = (self.cash[lives] < needed) & ((label & ~self._as_rich[first]) != 0)
        some = short.nonzero()[0]
        if not len(some):
            return lives, slice(None)
        since, paths = self.size, lives[some]
        more = self.cash_of[self.root_of] - self.cash_of[first[some]][:, None]
        able = more >= (needed[some] - self.cash[paths])[:, None]
        self.leave(paths, _union(able, 1 << np.arange(len(self.root_of))) & label[some])
        if one_by_one:
            for rich in np.unique(self._as_rich).tolist():
                self.leave(paths, self.label[paths] & rich)
        return self.followed(lives, since)

    def part(self, use: str, lives: Ints, columns: Ints) -> tuple[Ints, Ints]:
        """Part plays whose plans differ in a figure of these milestones that is about to be used.

        Returns all paths there are now of these, and their milestones.
        """
        if len(self.cash_of) == 1:  # plays of one plan part at forks alone
            return lives, columns
        label = self.label[lives]
        several = (label & (label - 1)).nonzero()[0]
        if not len(several):
            return lives, columns
        since = self.size
        histories = self.edited.history[self.variant[lives[several]]]
        kind = histories * self.columns + columns[several]
        for number in np.bincount(kind.astype(np.intp, copy=False)).nonzero()[0].tolist():
            mine = several[kind == number]
            history, column = divmod(number, self.columns)
            groups = self._groups(use, history, column, int(np.bitwise_or.reduce(label[mine])))
            if len(groups) > 1:
                self._part(use, lives[mine], column, history, groups)
        lives, at = self.followed(lives, since)
        return lives, columns[at]

    def _groups(self, use: str, history: int, column: int, plays: int) -> list[int]:
        """Return those plays that agree in a figure, as sets."""
        key = use, history, column, plays
        if key not in self._known:
            of: dict[int, int] = {}
            for play, root in enumerate(self.root_of.tolist()):
                if plays >> play & 1:
                    codes = self.edited.codes(self.edited.of_root(root, history))
                    code = int(codes[USE[use], column])
                    of[code] = of.get(code, 0) | 1 << play
            self._known[key] = list(of.values())
        return self._known[key]

    def _part(self, use: str, paths: Ints, column: int, history: int, groups: list[int]) -> None:
        """Part these plays on paths of one history by a figure in which they differ."""
        there = (self.label[paths][:, None] & np.array(groups)) != 0
        several = there.sum(axis=1) > 1
        paths, there = paths[several], there[several]
        if use in ("attempt", "truth", "test", "limit") and not self.conditions.of:
            roots = self.root_of[_lowest(np.array(groups))].tolist()
            variants = np.array([self.edited.of_root(root, history) for root in roots])
            paths, there = self._otherwise(use, paths, column, variants, there)
        first = there.argmax(axis=1)
        there[np.arange(len(paths)), first] = False
        rows, group = there.nonzero()
        if len(rows):
            label = self.label[paths]
            self._set_apart(paths[rows], label[rows] & np.array(groups)[group])
            self.label[paths] = label & np.array(groups)[first]
            self._go_by_the_first(paths)

    def _otherwise(
        self, use: str, paths: Ints, column: int, variants: Ints, there: Bools
    ) -> tuple[Ints, Bools]:
        """Return the paths of those runs in which plays come to different ends; others divide."""
        figures = self._figures(use, paths, column, variants)
        least = np.where(there, figures, np.inf).min(axis=1, initial=np.inf)
        most = np.where(there, figures, -np.inf).max(axis=1, initial=-np.inf)
        if use == "limit":
            tries = self.tries[paths, column]
            some = (tries >= least) & (tries < most)
            return paths[some], there[some]
        places, owner = self.members(paths)
        drawn = self.luck[use].next(np.full(len(places), column), self.order[places])
        alike = drawn < least[owner]
        if use == "truth":  # which is drawn once
            alike |= drawn >= most[owner]
        paths, same, before = self.divide(paths, places, alike)
        return paths[~same], there[before][~same]

    def _figures(self, use: str, paths: Ints, column: int, variants: Ints) -> Floats | Ints:
        """Return the chances, or limits, of these variants on each path; (paths, variants)."""
        tables, each = self.variants.tables, np.zeros((len(paths), 1), dtype=np.int64)
        if use == "limit":
            return np.asarray(tables.limit[variants, column] + each)
        if use == "truth":
            return np.asarray(tables.belief[variants, column] + each)
        if use == "test":
            true = self.truth[paths, column][:, None] == TRUE
            yes, no = tables.if_true[variants, column], tables.if_false[variants, column]
            return np.asarray(np.where(true, yes, no))
        made = self.tries[paths, column].astype(np.int64)[:, None]
        made = np.minimum(made, tables.rate_count[variants, column])
        return np.asarray(tables.rates[variants, column, made - 1])


def _union(some: Bools, sets: Ints) -> Ints:
    """Return all plays of some of these sets, row by row; (rows, sets)."""
    return np.asarray(np.bitwise_or.reduce(np.where(some, sets, 0), axis=1))


def _lowest(sets: Ints) -> Ints:
    """Return the first play of each set."""
    return np.asarray(np.bitwise_count((sets & -sets) - 1), dtype=np.int64)
